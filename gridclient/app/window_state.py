"""How the window stood when it was last used: place, size, page. Nothing of anybody's records is among it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSettings, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget

USUAL = QSize(1366, 768)
GRIP = QSize(240, 40)
"""So much of the upper edge has to be on a screen for a hand to catch the window by it."""
_PLACE, _MAXIMISED, _PAGE, _DAY = "place", "maximised", "page", "page_day"


def sane(kept: QRect | None, screens: Sequence[QRect]) -> QRect:
    """Where to put a window that last stood at `kept`. `screens`: the room on each, the main one first.

    It stays where it was if it can still be caught there; else it comes to the main screen. It is never
    larger than the screen it is on.
    """
    known = kept is not None and kept.isValid()
    wanted = kept if kept is not None and known else QRect(QPoint(0, 0), USUAL)
    edge = QRect(wanted.topLeft(), QSize(wanted.width(), GRIP.height()))
    for screen in screens if known else ():
        caught = screen.intersected(edge)
        if caught.width() >= GRIP.width() and caught.height() >= GRIP.height():
            return _shrunk(wanted, screen)
    main = screens[0]
    placed = QRect(QPoint(0, 0), wanted.size().boundedTo(main.size()))
    placed.moveCenter(main.center())
    return placed


def _shrunk(wanted: QRect, screen: QRect) -> QRect:
    return QRect(wanted.topLeft(), wanted.size().boundedTo(screen.size()))


class WindowState:
    """Keeps and restores it in `settings`, which is this computer's and not the ledger's."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def restore(self, window: QWidget) -> None:
        """Put a window that is not yet shown where it was."""
        kept = self._settings.value(_PLACE)
        main = QApplication.primaryScreen()
        screens = [main, *(each for each in QApplication.screens() if each is not main)]
        room = [each.availableGeometry() for each in screens]
        window.setGeometry(sane(kept if isinstance(kept, QRect) else None, room))
        if self._settings.value(_MAXIMISED, False, bool):
            window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)

    def keep(self, window: QWidget) -> None:
        """Note where the window is; of a maximised one also where it goes when it no longer is."""
        if window.isMinimized():
            return
        normal = window.normalGeometry()
        self._settings.setValue(_PLACE, normal if normal.isValid() else window.geometry())
        self._settings.setValue(_MAXIMISED, window.isMaximized())

    def page(self, day: str) -> str:
        """The page that was last in front on this day; a new day begins anew."""
        if self._settings.value(_DAY, "", str) != day:
            return ""
        return str(self._settings.value(_PAGE, "", str))

    def keep_page(self, name: str, day: str) -> None:
        self._settings.setValue(_PAGE, name)
        self._settings.setValue(_DAY, day)
