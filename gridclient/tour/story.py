"""What the tour does, step by step: the office's register becomes cards at the door."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.desktop.theme import Look
from gridclient.operations.apply import apply_line
from gridclient.operations.dump import dump
from gridclient.operations.runner import ThreadRunner
from gridclient.resources_path import resource
from gridclient.tour import course, guides, records, sticks
from gridclient.tour.hands import Hands, Key, digit
from gridclient.tour.laptop import Laptop
from gridclient.tour.server import LocalServer

CTRL = Qt.KeyboardModifier.ControlModifier
BLOCK = "12"
FAMILY = "12-2-301"


class Story:
    """The office's laptop (何敏), the worker's (周岚), and the server between them."""

    def __init__(
        self, app: QApplication, look: Look, hands: Hands, server: LocalServer, folder: Path
    ) -> None:
        self._app, self._look, self._hands = app, look, hands
        self._server, self._folder = server, folder
        self.laptops: list[Laptop] = []
        self._household: Id = b""
        self._resident: Id = b""

    async def tell(self, new_runner: Callable[[], ThreadRunner]) -> None:
        """The whole main job. Raises TourError where something expected was not seen."""
        hands = self._hands
        office = self._laptop("office", new_runner)
        await hands.step("start and join the community", lambda: self._start(office))
        await hands.step("import the register", lambda: self._import(office))
        await hands.step("divide the work and sync", lambda: self._divide(office))
        worker = self._laptop("worker", new_runner)
        await hands.step("start the worker's laptop", lambda: self._start_worker(worker))
        await hands.step("see which door is next", lambda: records.set_out(hands, worker, hands.directory))
        await hands.step("find a household", lambda: self._find(worker))
        await hands.step("record a visit and raise a matter", lambda: self._visit(worker))
        await hands.step("search everything", lambda: records.look_up(hands, worker, "就餐卡"))
        await hands.step("look after somebody, see who changed what", lambda: self._look_after(worker))
        await hands.step("carry a matter on", lambda: course.carry_on(hands, worker))
        await hands.step("agree on a time", lambda: course.agree(hands, worker, self._household))
        await hands.step("record nobody home from the matrix", lambda: self._nobody(worker))
        await hands.step("edit the same resident on both laptops", lambda: self._disagree(office, worker))
        await hands.step("sync both", lambda: self._sync_both(office, worker))
        await hands.step("settle the disagreement", lambda: self._settle(office, worker))
        await hands.step("print cards", lambda: self._cards(office))
        await hands.step("look a guide up", lambda: guides.look_up(hands, office, self._household))
        await hands.step("export tables", lambda: records.export(hands, office, hands.directory))
        await hands.step("carry work on a stick", lambda: self._carry(worker))
        await hands.step("look at it dark and large", lambda: self._looks(worker))

    def _laptop(self, name: str, new_runner: Callable[[], ThreadRunner]) -> Laptop:
        laptop = Laptop(self._app, self._look, self._hands, self._folder / name, new_runner)
        self.laptops.append(laptop)
        return laptop

    async def _start(self, office: Laptop) -> None:
        office.front()
        await self._hands.picture(office.roof, "first-start")
        await office.join(self._server.url, self._server.code("何敏"), "join")
        await self._hands.picture(office.roof, "empty-today")

    async def _import(self, office: Laptop) -> None:
        hands, register = self._hands, office.house.register
        office.house.go("register")
        await hands.picture(office.roof, "import-start")
        register.screen.file_chosen.emit(str(resource("samples/plain.xlsx")))
        await hands.see("the preview", lambda: register.preview is not None)
        await hands.picture(office.roof, "import-preview")
        await hands.press(Key.Key_Return, with_=CTRL)
        await hands.see("the import done", lambda: register.imported is not None)
        await hands.picture(office.roof, "import-done")
        office.house.go("building")
        await hands.see("a building", lambda: office.house.building.in_order())
        await hands.picture(office.roof, "building")

    async def _divide(self, office: Laptop) -> None:
        """The supervisor's acts that have no screen yet go through the same door as a script's."""
        ledger = office.house.ledger
        grid = apply_line(ledger, {"kind": "grid", "fields": {"title": "三号网格", "number": "03"}})["record"]
        for building in list(dump(ledger, "building")):
            number = str(building["fields"]["number"])  # type: ignore[index]
            if number in (BLOCK, "13"):
                apply_line(
                    ledger, {"kind": "building", "record": building["record"], "fields": {"grid": grid}}
                )
        self._describe(office)
        office.house.desk.everything_changed()
        await self._hands.rest(0.5)
        await office.sync()
        self._server.run("worker", "add", "周岚", "--role", "worker", "--grid", "三号网格")
        await office.sync()
        worker = next(
            one
            for one in dump(ledger, "worker")
            if one["fields"]["name"] == "周岚"  # type: ignore[index]
        )
        said = {"phone": "13900000307", "badge": "S-0307", "hours": "每天 8:00–20:00"}
        apply_line(ledger, {"kind": "worker", "record": worker["record"], "fields": said})
        await office.sync()
        office.house.sync.open()
        await self._hands.picture(office.roof, "sync-office")
        await self._hands.press(Key.Key_Escape)
        await self._hands.see("the sheet closed", office.house.sync.sheet.isHidden)

    def _describe(self, office: Laptop) -> None:
        ledger = office.house.ledger
        community = next(iter(dump(ledger, "community")))
        said = {
            "address": "示例路 18 号（小区东门北侧）",
            "phone": "09000000101",
            "police_name": "高远",
            "police_phone": "13900000003",
            "doctor_name": "秦素",
            "doctor_phone": "13900000004",
        }
        apply_line(ledger, {"kind": "community", "record": community["record"], "fields": said})
        compound = next(iter(dump(ledger, "compound")))
        said = {"property_company": "示例物业服务有限公司", "property_phone": "13900000005"}
        apply_line(ledger, {"kind": "compound", "record": compound["record"], "fields": said})
        settings = {"qr_address": "https://qinghe.example/k/"}
        from gridclient.core.domain.desk import SETTINGS_ID

        apply_line(ledger, {"kind": "settings", "record": ids.text(SETTINGS_ID), "fields": settings})

    async def _start_worker(self, worker: Laptop) -> None:
        worker.front()
        await worker.join(self._server.url, self._server.code("周岚"))
        await self._hands.see("the worker's buildings", lambda: worker.house.building.in_order())
        worker.house.go("building")
        await self._hands.picture(worker.roof, "worker-building")

    async def _find(self, worker: Laptop) -> None:
        hands = self._hands
        await worker.find(FAMILY)
        await hands.picture(worker.roof, "search-door")
        await hands.press(Key.Key_Return)
        await hands.see("the household", lambda: worker.house.household.view is not None)
        await hands.rest(0.3)
        view = worker.house.household.view
        assert view is not None
        self._household, self._resident = view.household, view.people[0].id
        await hands.picture(worker.roof, "household")

    async def _visit(self, worker: Laptop) -> None:
        hands, sheet = self._hands, worker.house.visit.sheet
        await hands.press(Key.Key_Return)
        await hands.see("the visit sheet", sheet.isVisible)
        await hands.rest(0.3)
        await hands.press(digit(1))
        await hands.press(digit(2), digit(4), Key.Key_Return)
        await hands.press(Key.Key_Return)
        await hands.press(digit(4))
        await hands.picture(worker.roof, "visit")
        await hands.press(Key.Key_Return, with_=CTRL)
        await hands.see("the visit saved", lambda: not sheet.isVisible())
        await hands.rest(0.4)
        worker.house.open_household(self._household)
        await hands.rest(0.5)
        await hands.picture(worker.roof, "household-visited")

    async def _look_after(self, worker: Laptop) -> None:
        await records.look_after(self._hands, worker, self._household, self._resident)

    async def _nobody(self, worker: Laptop) -> None:
        hands = self._hands
        worker.house.go("building")
        await hands.rest(0.3)
        await hands.press(Key.Key_Down, Key.Key_Right)
        await hands.press(digit(5))
        await hands.rest(0.5)
        await hands.picture(worker.roof, "nobody-home")

    async def _disagree(self, office: Laptop, worker: Laptop) -> None:
        """Both without a network: each saves what it was told."""
        await self._edit(worker, "3", "edit-resident")
        await self._edit(office, "1")

    async def _edit(self, laptop: Laptop, residence: str, picture: str = "") -> None:
        sheet = laptop.house.household.sheet
        await self._open(laptop)
        laptop.house.household.screen.edit_asked.emit("resident", self._resident)
        await self._hands.see("the edit sheet", sheet.isVisible)
        await self._hands.rest(0.3)
        if picture:
            await self._hands.picture(laptop.roof, picture)
        sheet.edit_saved.emit("resident", self._resident, {"residence": residence})
        await self._hands.see("saved", sheet.isHidden)

    async def _open(self, laptop: Laptop) -> None:
        """Bring the household before this laptop's person."""
        laptop.front()
        laptop.house.household.view = None
        laptop.house.open_household(self._household)
        await self._hands.see("the household", lambda: laptop.house.household.view is not None)
        await self._hands.rest(0.4)

    async def _sync_both(self, office: Laptop, worker: Laptop) -> None:
        await self._open(worker)
        worker.house.sync.open()
        await self._hands.picture(worker.roof, "sync-worker")
        await self._hands.press(Key.Key_Escape)
        await self._hands.see("the sheet closed", worker.house.sync.sheet.isHidden)
        await worker.sync()
        await office.sync()
        await worker.sync()
        for laptop, name in ((worker, "both-versions-worker"), (office, "both-versions-office")):
            await self._open(laptop)
            await self._see_dispute(laptop)
            await self._hands.picture(laptop.roof, name)

    async def _see_dispute(self, laptop: Laptop) -> None:
        await self._hands.see("two versions", lambda: laptop.house.settle.count)
        await self._hands.rest(0.4)

    async def _settle(self, office: Laptop, worker: Laptop) -> None:
        hands, settle = self._hands, office.house.settle
        office.front()
        office.house.go("desk")
        await hands.rest(0.3)
        await hands.picture(office.roof, "desk")
        while settle.count:
            await self._decide(office, settle.count)
        await office.sync()
        await worker.sync()
        await hands.see("one version on both", lambda: not worker.house.settle.count)
        worker.front()
        worker.house.open_household(self._household)
        await hands.rest(0.4)
        await hands.picture(worker.roof, "settled-on-worker")

    async def _decide(self, office: Laptop, waiting: int) -> None:
        await self._hands.press(digit(1))
        await self._hands.picture(office.roof, f"desk-chosen-{waiting}")
        await self._hands.press(Key.Key_Return)
        await self._hands.see("decided", lambda: office.house.settle.count < waiting)
        await self._hands.rest(0.3)

    async def _cards(self, office: Laptop) -> None:
        hands, cards = self._hands, office.house.cards
        office.front()
        office.house.go("cards")
        block = next(line.id for line in office.house.building.lines if line.number == BLOCK)
        cards.screen.scope_chosen.emit(block)
        await hands.see("the cards laid out", lambda: cards.deck is not None)
        await hands.rest(0.8)
        await hands.picture(office.roof, "cards")
        cards.screen.save_asked.emit(str(self._hands.directory / f"cards-{BLOCK}.pdf"))
        await hands.see("the cards printed", lambda: cards.report is not None)
        await hands.picture(office.roof, "cards-done")

    async def _carry(self, worker: Laptop) -> None:
        await sticks.carry(self._hands, worker, self._server, self._resident, self._folder)

    async def _looks(self, worker: Laptop) -> None:
        from gridclient.desktop.theme import Scheme

        worker.front()
        self._look.choose(scheme=Scheme.DARK)
        worker.house.go("building")
        await self._hands.picture(worker.roof, "building-dark")
        self._look.choose(scheme=Scheme.LIGHT, factor=1.5)
        await self._hands.picture(worker.roof, "building-large")
        worker.house.open_household(self._household)
        await self._hands.rest(0.4)
        await self._hands.picture(worker.roof, "household-large")
        self._look.choose(factor=1.0)
