"""Beside the list: the chosen door, why it comes first, what was said last; and the same folded to a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card
from gridclient.desktop.kit.facts import Fact, Facts
from gridclient.desktop.kit.ink import RIGHT, Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.overlay import Rule
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.theme import Look, Role, Size
from gridclient.desktop.today import words
from gridclient.desktop.today.view import DoorDetail

LINE = 27
NOBODY = 5


class DoorPanel(Card):
    """300 wide. Says what the buttons want of the door shown."""

    visit_asked = Signal()
    household_asked = Signal()
    nobody_pressed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=16, parent=parent)
        self.stop = PlainLabel(look, role=Role.SECOND, colour="acc")
        self.door = PlainLabel(look, words.CHOOSE, role=Role.VALUE, bold=True, wrap=True)
        self.people = PlainLabel(look, role=Role.SECOND, colour="text2", wrap=True)
        self.points = Points(look)
        self._promise_title = PlainLabel(look, words.LAST, role=Role.SECOND, bold=True)
        self._promised = PlainLabel(look, role=Role.SMALL, colour="text2")
        self.promise = Facts(look)
        self._before = PlainLabel(look, words.BEFORE, role=Role.SECOND, bold=True)
        self.facts = Facts(look)
        self.visit_button = Button(look, words.VISIT, kind=Kind.PRIMARY, key="Enter")
        self.nobody = Button(look, words.NOBODY, key=str(NOBODY))
        self.household = Button(look, words.HOUSEHOLD, key="F7")
        self._rules = [Rule(look, self) for _ in range(3)]
        self.visit_button.clicked.connect(self.visit_asked)
        self.household.clicked.connect(self.household_asked)
        self.nobody.clicked.connect(self.nobody_pressed)
        self._build()
        look.changed.connect(self._fit)
        self._fit()
        self.show_detail(None)

    def show_detail(self, detail: DoorDetail | None, stop: int = 0) -> None:
        """Show this door, the n-th of the list, or that none is chosen."""
        some = detail is not None
        self.stop.setText(words.stop(stop, detail.compound) if detail else "")
        self.door.setText(detail.title if detail else words.CHOOSE)
        self.people.setText(detail.people if detail else "")
        self.points.show_points(detail.points if detail else (), detail.score if detail else 0)
        promise = detail.promise if detail else ""
        self.promise.show_facts([Fact("message-circle", promise)] if promise else ())
        self._promised.setText(detail.promised if detail else "")
        self.facts.show_facts([Fact(icon, said) for icon, said in detail.facts] if detail else ())
        facts = bool(detail and detail.facts)
        door: tuple[QWidget, ...] = (self.stop, self.people, self.points, self._rules[0])
        buttons = (self.visit_button, self.nobody, self.household)
        last: tuple[QWidget, ...] = (self._promise_title, self._promised, self.promise, self._rules[1])
        before: tuple[QWidget, ...] = (self._before, self.facts, self._rules[2])
        for widgets, shown in (((*door, *buttons), some), (last, bool(promise)), (before, facts)):
            for widget in widgets:
                widget.setVisible(shown)

    def _build(self) -> None:
        inner = QWidget()
        self._upper = QVBoxLayout(inner)
        self._upper.setContentsMargins(0, 0, 0, 0)
        upper: tuple[QWidget, ...] = (self.stop, self.door, self.people, self._rules[0], self.points)
        for widget in (*upper, self._rules[1]):
            self._upper.addWidget(widget)
        said = QHBoxLayout()
        said.addWidget(self._promise_title)
        said.addStretch()
        said.addWidget(self._promised)
        self._upper.addLayout(said)
        lower: tuple[QWidget, ...] = (self.promise, self._rules[2], self._before, self.facts)
        for widget in lower:
            self._upper.addWidget(widget)
        self._upper.addStretch()
        self.body.addWidget(Scroll(inner), 1)
        self.body.addWidget(self.visit_button)
        self._row = QHBoxLayout()
        self._row.addWidget(self.nobody)
        self._row.addWidget(self.household)
        self.body.addLayout(self._row)

    def _fit(self) -> None:
        px = self.look.theme.px
        self._upper.setSpacing(px(8))
        self._row.setSpacing(px(8))
        self.setFixedWidth(px(Size.SIDE))


class Points(Painted):
    """The sum that is the score: what, and how much."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._points: tuple[tuple[str, int], ...] = ()
        self._score = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_points(self, points: Sequence[tuple[str, int]], score: int) -> None:
        self._points, self._score = tuple(points), score
        spoken = "，".join(f"{what} {words.plus(much)}" for what, much in self._points)
        self.setAccessibleName(f"{words.WHY} {words.score(score)}：{spoken}")
        self.updateGeometry()
        self.update()

    def draw(self, ink: Ink) -> None:
        px = ink.theme.px
        middle = px(LINE) / 2
        ink.text(0, middle, words.WHY, role=Role.SECOND, bold=True)
        score = words.score(self._score)
        ink.text(self.width(), middle, score, role=Role.SECOND, bold=True, align=RIGHT)
        room = self.width() - px(44)
        for place, (what, much) in enumerate(self._points, start=1):
            y = middle + place * px(LINE)
            ink.text(0, y, what, role=Role.SECOND, colour="text2", width=room)
            ink.text(self.width(), y, words.plus(much), role=Role.SECOND, colour="text2", align=RIGHT)

    def sizeHint(self) -> QSize:
        px = self.look.theme.px
        return QSize(px(200), px(LINE) * (1 + len(self._points)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.theme.px(120), self.sizeHint().height())


class DoorStrip(Card):
    """The chosen door in one line, for the largest text; the outcomes wait behind one button."""

    visit_asked = Signal()
    outcome_pressed = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=10, parent=parent)
        self._said = ""
        self.promise = PlainLabel(look, role=Role.SECOND, colour="text2")
        self.promise.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.visit_button = Button(look, words.VISIT, kind=Kind.PRIMARY, key="Enter", height=Size.BUTTON)
        self.nobody = Button(look, words.NOBODY, key=str(NOBODY), height=Size.BUTTON)
        self.visit_button.clicked.connect(self.visit_asked)
        self.nobody.clicked.connect(lambda: self.outcome_pressed.emit(NOBODY))
        row = QHBoxLayout()
        row.addWidget(self.promise, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.nobody)
        row.addWidget(self.visit_button)
        row.setSpacing(look.theme.px(12))
        self.body.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_detail(self, detail: DoorDetail | None) -> None:
        for button in (self.visit_button, self.nobody):
            button.setVisible(detail is not None)
        said = ""
        if detail is not None:
            said = f"{words.LAST}：{detail.promise}" if detail.promise else detail.people
        self._said = said
        self._elide()

    def _elide(self) -> None:
        metrics = self.promise.fontMetrics()
        room = max(self.promise.contentsRect().width(), 0)
        self.promise.setText(metrics.elidedText(self._said, Qt.TextElideMode.ElideRight, room))
        self.promise.setAccessibleName(self._said)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._elide()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
