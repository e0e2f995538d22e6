"""`python -m tests.end_to_end.watched_window LEDGER`: the real desktop, telling on stdout what it shows.

Keys come from outside, from a real display and a real input method; what they did can only be seen in here.
"""

import json
import sys
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QLineEdit

from gridclient.app.main import run
from gridclient.app.roof import Roof

EVERY_MS = 20


class Teller(QObject):
    """Prints a line of JSON whenever something it tells has changed."""

    def __init__(self, app: QApplication) -> None:
        super().__init__()
        self._app = app
        self._composing = ""
        self._told: dict[str, object] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tell)
        self._timer.start(EVERY_MS)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composing = event.preeditString()
        return False

    def _tell(self) -> None:
        seen = self._seen()
        if seen != self._told:
            self._told = seen
            print(json.dumps(seen), flush=True)

    def _seen(self) -> dict[str, object]:
        roof = next((each for each in self._app.topLevelWidgets() if isinstance(each, Roof)), None)
        focus = self._app.focusWidget()
        seen: dict[str, object] = {
            "active": roof is not None and self._app.activeWindow() is roof,
            "focus": focus.accessibleName() if focus is not None else "",
            "text": focus.text() if isinstance(focus, QLineEdit) else "",
            "composing": self._composing,
        }
        house = roof.house if roof is not None else None
        if house is None:
            return {**seen, "page": "unlock"}
        window, popup = house.window, house.window.popup
        rows = range(popup.model.rowCount()) if popup.isVisible() else ()
        front = next((name for name, each in window._screens.items() if each is window.front()), "")
        return {
            **seen,
            "page": front,
            "search": window.top.search.line.text(),
            "in_search": window.top.search.line.hasFocus(),
            "hits": [f"{hit.title}　{hit.second}" for hit in map(popup.model.hit, rows)],
            "sheet": house.visit.sheet.isVisible(),
            "door": house.household.view.door if house.household.view is not None else "",
        }


if __name__ == "__main__":
    app = QApplication(sys.argv[:1])
    teller = Teller(app)
    sys.exit(run(Path(sys.argv[1])))
