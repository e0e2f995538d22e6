"""Locking by itself: nobody at the keyboard, the computer put to sleep, the screen locked.

What the system can tell is taken where it can be had and missed by nobody: a sleeping computer is also known
by the clock, which has jumped when it wakes.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import SLOT, QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

TICK_MS = 5_000
JUMP_MS = 60_000
_ACTS = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)
DESKTOPS = ("freedesktop", "gnome", "mate", "cinnamon")
_TELLERS = (
    ("system", "org.freedesktop.login1", "org.freedesktop.login1.Manager", "PrepareForSleep"),
    *(("session", f"org.{one}.ScreenSaver", f"org.{one}.ScreenSaver", "ActiveChanged") for one in DESKTOPS),
    ("session", "org.ukui.ScreenSaver", "org.ukui.ScreenSaver", "lock"),
)


class Watch(QObject):
    """Calls `lock` after `minutes()` without a hand at the computer, and when it sleeps.

    `clock` gives Unix milliseconds.
    """

    def __init__(
        self,
        app: QApplication,
        clock: Callable[[], int],
        minutes: Callable[[], int],
        lock: Callable[[], None],
    ) -> None:
        super().__init__(app)
        self._clock = clock
        self._minutes = minutes
        self._lock = lock
        self._acted = self._ticked = clock()
        self.listening = False
        app.installEventFilter(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(TICK_MS)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTS:
            self._acted = self._clock()
        return False

    def tick(self) -> None:
        """See whether it is time."""
        now = self._clock()
        slept = not -JUMP_MS < now - self._ticked < TICK_MS + JUMP_MS
        idle = now - self._acted >= self._minutes() * 60_000
        self._ticked = now
        if slept or idle:
            self._acted = now
            self._lock()

    @Slot(bool)
    def told(self, on: bool) -> None:
        """The system says it goes to sleep or has locked its screen."""
        if on:
            self._lock()

    @Slot()
    def told_plainly(self) -> None:
        self._lock()

    def listen(self) -> None:
        """Let the system tell, where there is one that can."""
        self.listening = True
        try:
            from PySide6.QtDBus import QDBusConnection
        except ImportError:
            return
        buses = {"system": QDBusConnection.systemBus(), "session": QDBusConnection.sessionBus()}
        for bus, service, interface, name in _TELLERS:
            if buses[bus].isConnected():
                path = "/" + service.replace(".", "/")
                slot = SLOT("told_plainly()" if name == "lock" else "told(bool)")
                # The binding takes the text of SLOT alone, its type hints bytes alone.
                buses[bus].connect(service, path, interface, name, self, slot)  # type: ignore[call-overload]
