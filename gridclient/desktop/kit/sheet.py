"""Sheets for work that takes the whole attention, questions before what cannot be undone."""

from __future__ import annotations

from PySide6.QtCore import QPropertyAnimation, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QStyle, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button, IconButton, Kind
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.overlay import Overlay, Panel, Rule
from gridclient.desktop.theme import Look, Role, Size

SLIDE_MS = 120
SHADOW = 16


class Sheet(Overlay):
    """Work that takes the whole attention: comes from the right, ``width`` wide; the record stays in sight.

    Put content into ``body`` and the buttons of the foot into ``foot``. Esc and × say ``escaped``.
    """

    def __init__(self, look: Look, host: QWidget, title: str, *, close: str, width: int = 774) -> None:
        super().__init__(look, host)
        self._width = width
        self.panel = Panel(look, self)
        self.title = PlainLabel(look, title, role=Role.SHEET, bold=True)
        self.subtitle = PlainLabel(look, colour="text2", role=Role.BODY)
        self.aside = PlainLabel(look, colour="text2", role=Role.SMALL)
        self.close_button = IconButton(look, "x", close)
        self.close_button.clicked.connect(self.escape)
        self.head = QHBoxLayout()
        self.head.addWidget(self.title)
        self.head.addWidget(self.subtitle)
        self.head.addStretch()
        self.head.addWidget(self.aside)
        self.head.addWidget(self.close_button)
        self.body = QVBoxLayout()
        self.foot = QHBoxLayout()
        self._column = QVBoxLayout(self.panel)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self.head)
        self._column.addWidget(Rule(look, self.panel))
        self._column.addLayout(self.body, 1)
        self._foot_rule = Rule(look, self.panel)
        self._column.addWidget(self._foot_rule)
        self._column.addLayout(self.foot)
        self._slide = QPropertyAnimation(self.panel, b"geometry", self)
        self._slide.setDuration(SLIDE_MS)
        self.setAccessibleName(title)

    def set_title(self, title: str, subtitle: str = "", aside: str = "") -> None:
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        self.aside.setText(aside)
        self.setAccessibleName(title)

    def open(self, focus: QWidget | None = None) -> None:
        self._foot_rule.setVisible(self.foot.count() > 0)
        super().open(focus)
        animated = self.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, self) > 0
        if animated:
            end = self.panel.geometry()
            self._slide.setStartValue(end.translated(self.look.theme.px(80), 0))
            self._slide.setEndValue(end)
            self._slide.start()

    def place(self) -> None:
        px = self.look.theme.px
        self._slide.stop()
        self.head.setContentsMargins(px(28), px(10), px(20), px(10))
        self.head.setSpacing(px(16))
        self.body.setContentsMargins(px(28), px(12), px(28), px(12))
        self.foot.setContentsMargins(px(28), px(10), px(28), px(10))
        self.foot.setSpacing(px(12))
        width = min(px(self._width), self.width() - px(48))
        self.panel.setGeometry(QRect(self.width() - width, 0, width, self.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        edge = self.panel.x()
        shade = QColor(Qt.GlobalColor.black)
        for step in range(SHADOW):
            shade.setAlphaF(0.2 * (1 - step / SHADOW) ** 2)
            painter.fillRect(edge - step - 1, 0, 1, self.height(), shade)
        painter.end()


class Question(Overlay):
    """Asks before what cannot be undone: the title is the question, the buttons repeat the verb.

    Esc and the harmless button answer False.
    """

    answered = Signal(bool)

    def __init__(
        self, look: Look, host: QWidget, question: str, *, safe: str, act: str, keep: str, danger: bool = True
    ) -> None:
        super().__init__(look, host)
        self._panel = Panel(look, self, radius=Size.RADIUS_SHEET)
        self._question = PlainLabel(look, question, role=Role.HEAD, bold=True, wrap=True)
        self._safe = PlainLabel(look, safe, colour="text2", wrap=True)
        self.act = Button(look, act, kind=Kind.DANGER if danger else Kind.PRIMARY, height=Size.BUTTON)
        self.keep = Button(look, keep, key="Esc")
        self.act.clicked.connect(lambda: self._answer(True))
        self.keep.clicked.connect(lambda: self._answer(False))
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.act)
        buttons.addWidget(self.keep)
        self._column = QVBoxLayout(self._panel)
        self._column.addWidget(self._question)
        self._column.addWidget(self._safe)
        self._column.addLayout(buttons)
        self.setAccessibleName(question)

    def open(self, focus: QWidget | None = None) -> None:
        super().open(focus or self.keep)

    def escape(self) -> None:
        self._answer(False)

    def place(self) -> None:
        px = self.look.theme.px
        self._column.setContentsMargins(px(24), px(24), px(24), px(20))
        self._column.setSpacing(px(16))
        width = min(px(460), self.width() - px(40))
        self._panel.setFixedWidth(width)
        height = max(self._column.heightForWidth(width), self._panel.sizeHint().height())
        self._panel.setGeometry((self.width() - width) // 2, (self.height() - height) // 3, width, height)

    def _answer(self, yes: bool) -> None:
        self.close_over()
        self.answered.emit(yes)
