"""When the network is down: what waits, what was not taken, and a stick to the office and back."""

from pathlib import Path

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.operations.apply import apply_line
from gridclient.operations.dump import dump
from gridclient.tour.hands import Hands, Key, TourError
from gridclient.tour.laptop import Laptop
from gridclient.tour.server import LocalServer

NOTE = "电话以物业公示栏为准"


async def be_refused(worker: Laptop, server: LocalServer) -> None:
    """Two corrections only the desk may make: one is declined with a reason, one still waits."""
    _correct(worker, "compound", {"property_phone": "13900000015"})
    await worker.sync()
    server.run("held", "--all-of", "role", "--decline", "--note", NOTE)
    _correct(worker, "community", {"doctor_phone": "13900000014"})
    await worker.sync()
    _demand(worker, pending=0)


async def carry(hands: Hands, worker: Laptop, server: LocalServer, resident: Id, folder: Path) -> None:
    """Work while nobody answers, take it to the office on a stick, and read what came back."""
    worker.front()
    worker.house.sync.by_itself.switch(False)
    await be_refused(worker, server)
    server.stop()
    for said in ("听力弱，敲门要重", "儿子周末回来"):
        _edit(worker, "resident", ids.text(resident), {"remark": said})
    worker.house.desk.everything_changed()
    await worker.sync()
    _demand(worker, pending=2)
    sheet = worker.house.sync.sheet
    worker.house.sync.open()
    await hands.picture(worker.roof, "stuck-offline")
    await _pack(hands, worker, server, folder)
    _demand(worker, pending=0)
    await hands.picture(worker.roof, "stuck-answered")
    await hands.press(Key.Key_Escape)
    await hands.see("the sheet closed", sheet.isHidden)
    server.start()
    await worker.sync()
    last = worker.house.sync.last
    if last is None or not last.complete or last.pushed:
        raise TourError("the network and the stick do not agree")
    worker.house.sync.by_itself.switch(True)


async def _pack(hands: Hands, worker: Laptop, server: LocalServer, folder: Path) -> None:
    pack, answers = folder / "带到社区.pack", folder / "回执.answers"
    sheet = worker.house.sync.sheet
    sheet.pack_chosen.emit(str(pack))
    await hands.see("the stick written", pack.exists)
    await hands.picture(worker.roof, "stuck-packed")
    server.run("unpack", str(pack), "--answers", str(answers))
    sheet.brought_chosen.emit(str(answers))
    await hands.see("the answers read", lambda: not worker.house.ledger.unsent().pending)


def _correct(worker: Laptop, kind: str, said: dict[str, object]) -> None:
    record = next(iter(dump(worker.house.ledger, kind)))["record"]
    _edit(worker, kind, str(record), said)


def _edit(worker: Laptop, kind: str, record: str, said: dict[str, object]) -> None:
    apply_line(worker.house.ledger, {"kind": kind, "record": record, "fields": said})


def _demand(worker: Laptop, *, pending: int) -> None:
    """So many wait to be sent; one is held and one declined."""
    with worker.house.ledger.reading() as connection:
        states = "SELECT state, COUNT(*) FROM change WHERE state <> 'done' GROUP BY state"
        found = {str(state): int(count) for state, count in connection.exec_driver_sql(states)}
    wanted = {"held": 1, "declined": 1, **({"pending": pending} if pending else {})}
    if found != wanted:
        raise TourError(f"waiting: {found}")
