"""The last steps: the ledger is being made, the register arrives, work can begin."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridclient.desktop.kit.card import Progress
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.theme import Look, Tone
from gridclient.desktop.wizard import words


class ArrivalStep(QWidget):
    """Progress with 停下, then one sentence with numbers."""

    stop_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.progress = Progress(look, stop=words.STOP)
        self._says = Notice(look, tone=Tone.OK, icon="circle-check")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.progress)
        column.addWidget(self._says)
        column.addStretch()
        self.progress.stop_asked.connect(self.stop_asked)

    def show_progress(self, what: str, done: int, total: int, left: str, *, stoppable: bool) -> None:
        self.progress.show()
        self.progress.stop.setVisible(stoppable)
        self.progress.show_progress(what, done, total, left)
        self._says.say("")

    def show_finished(self, sentence: str, *, ok: bool) -> None:
        self.progress.hide()
        self._says.say(sentence, Tone.OK if ok else Tone.WARN, "circle-check" if ok else "alert-triangle")

    @property
    def sentence(self) -> str:
        return self._says.words
