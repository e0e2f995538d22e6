"""The page of one matter: its course, units called for it, others about the same thing."""

from gridclient.app.desk import Desk, words_of
from gridclient.app.present.matter_file import matter_file, same_lines, whistle_view
from gridclient.app.present.matters import where
from gridclient.core.domain.ids import Id
from gridclient.desktop.matters import (
    AnswerSheet,
    MatterFile,
    MatterScreen,
    SameLine,
    SameSheet,
    WhistleSheet,
    WhistleView,
)
from gridclient.ledger.households import row
from gridclient.operations.whistle_for_matter import Whistle, answer, whistle
from gridclient.operations.work_on_matter import hang_under

NAME = "matter"


class MatterFileJoin:
    """`current` is the matter on the page."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.current: Id | None = None
        self.screen = MatterScreen(desk.look)
        self.whistle_sheet = WhistleSheet(desk.look, desk.window)
        self.answer_sheet = AnswerSheet(desk.look, desk.window)
        self.same_sheet = SameSheet(desk.look, desk.window)
        desk.window.add_screen(NAME, self.screen)
        self.screen.answer_asked.connect(self._ask_answer)
        self.screen.same_asked.connect(self._ask_same)
        self.screen.part_asked.connect(lambda matter: self._hang(matter, None))
        self.screen.matter_asked.connect(self.open)
        self.whistle_sheet.whistled.connect(self._whistle)
        self.answer_sheet.answered.connect(self._answer)
        self.same_sheet.same_chosen.connect(self._hang)

    def open(self, matter: Id) -> None:
        """Bring the page of a matter to the front."""
        self.current = matter
        self._read(matter, front=True)

    def load(self) -> None:
        """Show the matter on the page anew: something changed."""
        if self.current is not None:
            self._read(self.current, front=False)

    def whistle(self, matter: Id) -> None:
        """Ask which units to call for a matter."""
        ledger = self._desk.ledger

        def work() -> WhistleView | None:
            with ledger.reading() as connection:
                found = row(connection, "matter", matter)
                house = found.fields.get("household") if found else None
                place = where(connection, house) if isinstance(house, bytes) else ""
                title = found.text("title") if found else ""
                return whistle_view(connection, matter, title, place, ledger.clock())

        def done(view: WhistleView | None) -> None:
            if view is not None:
                self.whistle_sheet.write(view)

        self._desk.read(work, done)

    def _read(self, matter: Id, *, front: bool) -> None:
        ledger = self._desk.ledger

        def work() -> MatterFile | None:
            me = ledger.identity()
            with ledger.reading() as connection:
                return matter_file(connection, matter, me, ledger.clock())

        def done(file: MatterFile | None) -> None:
            if file is None or self.current != matter:
                return
            self._desk.show(self.screen, lambda: self.screen.show_file(file))
            if front:
                self._desk.window.show_screen(NAME)

        self._desk.read(work, done)

    def _ask_answer(self, referral: Id) -> None:
        file = self.screen.file
        line = next((one for one in file.calls if one.id == referral), None) if file else None
        if line is not None and line.next:
            self.answer_sheet.write(line)

    def _ask_same(self, matter: Id) -> None:
        ledger = self._desk.ledger
        file = self.screen.file
        title = file.detail.title if file is not None else ""

        def work() -> tuple[SameLine, ...]:
            me = ledger.identity()
            with ledger.reading() as connection:
                return same_lines(connection, matter, me, ledger.clock())

        self._desk.read(work, lambda lines: self.same_sheet.offer(matter, title, lines))

    def _whistle(self, matter: Id, units: list[Id], other: str, sort: str, asked: str) -> None:
        call = Whistle(matter, asked, tuple(units), other, sort)
        self._desk.save(
            lambda: whistle(self._desk.ledger, call),
            f"哨吹出去了，{len(units) + bool(other)} 家。",
            lambda _: self.whistle_sheet.close_over(),
            lambda error: self.whistle_sheet.show_error(words_of(error)),
        )

    def _answer(self, referral: Id, state: str, said: str, rating: int) -> None:
        self._desk.save(
            lambda: answer(self._desk.ledger, referral, state, said, rating),
            "记下了报到。",
            lambda _: self.answer_sheet.close_over(),
            lambda error: self.answer_sheet.show_error(words_of(error)),
        )

    def _hang(self, matter: Id, main: Id | None) -> None:
        self._desk.save(
            lambda: hang_under(self._desk.ledger, matter, main),
            "并好了，往后一起办。" if main else "分开了，各办各的。",
            lambda _: self.same_sheet.close_over(),
            lambda error: self.same_sheet.show_error(words_of(error)),
        )
