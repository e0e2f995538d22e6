"""Syncing by itself: the timer over the policy, and looking whether the server can be reached again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import QObject, QTimer

from gridclient.operations.keep_in_sync import Ended, KeepInSync

if TYPE_CHECKING:
    from PySide6.QtNetwork import QTcpSocket

LOOK_MS = 45_000
GIVE_UP_MS = 8_000
LONGEST_MS = 60_000  # a timer set for longer would sleep through a computer's sleep


class ByItself(QObject):
    """Calls `begin` when a sync is due. `clock`: milliseconds that never run backwards; `url` as enrolled.

    While syncs do not reach the server and `unsent()` says that something waits, it knocks at the server's
    door now and then: a bare connection, made by Qt beside the window, that says nothing. Only a door that
    was shut and opens counts, so that a server that answers nonsense is not asked the more for it.
    """

    def __init__(
        self,
        policy: KeepInSync,
        clock: Callable[[], int],
        begin: Callable[[], None],
        unsent: Callable[[], int],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.policy = policy
        self._clock = clock
        self._begin = begin
        self._unsent = unsent
        self._url = ""
        self._shut = False
        self._door: QTcpSocket | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.tick)
        self._looks = QTimer(self)
        self._looks.timeout.connect(self.look)
        self._gives_up = QTimer(self)
        self._gives_up.setSingleShot(True)
        self._gives_up.timeout.connect(lambda: self._looked(False))

    def serve(self, url: str) -> None:
        """From now on, for the server at `url`; "" for none."""
        self._url = url
        self.arm()

    def stop(self) -> None:
        """For good."""
        self._url = ""
        for timer in (self._timer, self._looks, self._gives_up):
            timer.stop()
        self._leave()

    def saved(self) -> None:
        """Something new waits."""
        self.policy.saved(self._clock())
        self.arm()

    def began(self) -> None:
        self.policy.began()
        self._shut = False
        self._leave()
        self.arm()

    def ended(self, how: Ended) -> None:
        self.policy.ended(self._clock(), how)
        self.arm()

    def switch(self, on: bool) -> None:
        self.policy.switch(on)
        self.arm()

    def arm(self) -> None:
        """Sleep until the next sync is due."""
        due = self.policy.due()
        if due is None or not self._url:
            self._timer.stop()
        else:
            self._timer.start(max(0, min(due - self._clock(), LONGEST_MS)))
        if not (self._url and self.policy.waits_for_network):
            self._looks.stop()
        elif not self._looks.isActive():
            self._looks.start(LOOK_MS)

    def tick(self) -> None:
        """Begin, if it is time."""
        due = self.policy.due()
        if self._url and due is not None and due <= self._clock():
            self._begin()
        else:
            self.arm()

    def look(self) -> None:
        """Knock, if somebody waits for the door to open."""
        if self._door is not None or not (self._url and self.policy.waits_for_network and self._unsent()):
            return
        from PySide6.QtNetwork import QNetworkProxy, QTcpSocket

        parts = urlsplit(self._url)
        door = self._door = QTcpSocket(self)
        door.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        door.connected.connect(lambda: self._looked(True))
        door.errorOccurred.connect(lambda _: self._looked(False))
        self._gives_up.start(GIVE_UP_MS)
        door.connectToHost(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))

    def _looked(self, open_: bool) -> None:
        self._leave()
        if open_ and self._shut:
            self.policy.came_back(self._clock())
            self.arm()
        self._shut = not open_

    def _leave(self) -> None:
        self._gives_up.stop()
        door, self._door = self._door, None
        if door is not None:
            door.blockSignals(True)
            door.abort()
            door.deleteLater()

    def listen(self) -> None:
        """Let the system say when the network comes back, where it can: then it is looked at once."""
        from PySide6.QtNetwork import QNetworkInformation

        if QNetworkInformation.loadBackendByFeatures(QNetworkInformation.Feature.Reachability):
            told = QNetworkInformation.instance()
            told.reachabilityChanged.connect(self._told)

    def _told(self) -> None:
        self.look()
