"""What is kept of a fault of the program, shown once to whoever can pass it on."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.shell import words
from gridclient.desktop.theme import Look, Role, Tone


class ReportSheet(Sheet):
    """Esc keeps the report for the next start; ``deleted`` when it may go."""

    deleted = Signal()

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.REPORT_TITLE, close=words.CLOSE, width=774)
        self.said = Notice(look, tone=Tone.OK, icon="circle-check")
        self.text = PlainLabel(look, role=Role.SMALL, colour="text2", wrap=True)
        self.text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.copy = Button(look, words.COPY, kind=Kind.PRIMARY, key="Ctrl+C")
        self.delete = Button(look, words.DELETE, key="Delete")
        why = PlainLabel(look, words.REPORT_WHY, role=Role.SECOND, wrap=True)
        for part in (why, self.said):
            self.body.addWidget(part)
        self.body.addWidget(Scroll(self.text), 1)
        self.foot.addStretch()
        for button in (self.delete, self.copy):
            self.foot.addWidget(button)
        self.copy.clicked.connect(self._copy)
        self.delete.clicked.connect(self._delete)
        self.escaped.connect(self.close_over)

    def show_report(self, report: str) -> None:
        self.text.setText(report)
        self.open(self.copy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        copy = event.key() == Qt.Key.Key_C and event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if copy:
            self._copy()
        elif event.key() == Qt.Key.Key_Delete:
            self._delete()
        else:
            super().keyPressEvent(event)

    def _copy(self) -> None:
        QApplication.clipboard().setText(self.text.text())
        self.said.say(words.COPIED)

    def _delete(self) -> None:
        self.close_over()
        self.deleted.emit()
