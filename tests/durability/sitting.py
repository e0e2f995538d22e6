"""A person sits down at the real window: unlocks, searches, opens a home, begins a visit, meets a bug, locks.

python -m tests.durability.sitting LEDGER PASSPHRASE NAME PICTURES
"""

import asyncio
import sys
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from gridclient.app.crash import CrashReports
from gridclient.app.roof import Roof
from gridclient.desktop.theme import Look
from gridclient.operations.runner import ThreadRunner
from gridclient.tour.hands import Hands, Key


async def sit(roof: Roof, hands: Hands, passphrase: str, name: str) -> None:
    roof.show()
    await hands.see("the keyboard", QApplication.focusWidget)
    await hands.type(passphrase)
    await hands.press(Key.Key_Return)
    await hands.see("the ledger's window", lambda: roof.house is not None)
    house = roof.house
    assert house is not None
    await hands.rest(0.3)
    house.window.search()
    await hands.type(name)
    await hands.see("a hit", house.window.popup.isVisible)
    await hands.press(Key.Key_Return)
    await hands.see("the household", lambda: house.household.view is not None)
    view = house.household.view
    assert view is not None
    house.visit.open(view.household)
    await hands.see("the visit sheet", house.visit.sheet.isVisible)
    house.visit.sheet.draft_changed.emit({"outcome": "1", "summary": f"{name}说一切都好"})
    await hands.rest(0.3)

    def broken() -> None:
        raise RuntimeError(f"a bug that speaks of {name}")

    house.desk.read(broken, lambda _: None)
    await hands.rest(0.3)
    for screen in ("matters", "register", "settings"):
        house.go(screen)
        await hands.rest(0.1)
    roof.lock()
    await hands.see("locked", lambda: roof.ledger is None)


def main() -> None:
    ledger, passphrase, name, pictures = sys.argv[1:]
    app = QApplication(sys.argv[:1])
    app.setQuitOnLastWindowClosed(False)
    CrashReports(Path(pictures).parent / "crash.txt", lambda: "").install()
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    runner = ThreadRunner(lambda: loop)
    roof = Roof(app, Look(app), runner, Path(ledger))
    try:
        loop.run_until_complete(sit(roof, Hands(Path(pictures)), passphrase, name))
    finally:
        roof.close_ledger()
        runner.close()
    print("sat")


if __name__ == "__main__":
    main()
