"""The side panel: one matter in words, its steps with people and times, what may be done now."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card, Chip
from gridclient.desktop.kit.facts import Facts
from gridclient.desktop.kit.ink import RIGHT, Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.overlay import Rule
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.matters import words
from gridclient.desktop.matters.acts import ActGrid
from gridclient.desktop.matters.view import MatterDetail, StepLine
from gridclient.desktop.theme import Look, Role, Tone

STEP = 56
CHIPS = 3


class MatterPanel(Card):
    """``act_asked(act)``, ``step_asked()`` and the others are about the matter shown."""

    act_asked = Signal(str)
    step_asked = Signal()
    household_asked = Signal()
    file_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=16, parent=parent)
        self._detail: MatterDetail | None = None
        self._number = PlainLabel(look, role=Role.SMALL, colour="text3", wrap=True)
        self._title = PlainLabel(look, words.NOTHING, role=Role.HEAD, bold=True, wrap=True)
        self._where = PlainLabel(look, role=Role.SECOND, colour="text2", wrap=True)
        self._chips = [Chip(look) for _ in range(CHIPS)]
        self._facts = Facts(look)
        self._steps = StepColumn(look)
        self._how = PlainLabel(look, words.HOW, role=Role.SECOND, bold=True)
        self._why_not = PlainLabel(look, role=Role.SMALL, colour="text2", wrap=True)
        self.acts = ActGrid(look, columns=2)
        self.step_button = Button(look, words.STEP, kind=Kind.PRIMARY, key="Enter")
        self._household = Button(look, words.HOUSEHOLD, kind=Kind.LINK, key="F7", height=30)
        self._file = Button(look, words.OPEN, kind=Kind.LINK, key="Space", height=30)
        self._build()
        self.acts.asked.connect(self.act_asked)
        self.step_button.clicked.connect(self.step_asked)
        self._household.clicked.connect(self.household_asked)
        self._file.clicked.connect(self.file_asked)
        look.changed.connect(self._fit)
        self._fit()
        self.show_detail(None)

    @property
    def detail(self) -> MatterDetail | None:
        return self._detail

    def show_detail(self, detail: MatterDetail | None) -> None:
        """Show this matter, or that none is chosen."""
        self._detail = detail
        some = detail is not None
        open_ = detail is not None and bool(detail.acts)
        self._number.setVisible(some)
        self._where.setVisible(detail is not None and bool(detail.where))
        self._how.setVisible(open_)
        self.step_button.setVisible(open_)
        self.acts.show_acts(detail.acts if detail is not None else ())
        self._steps.show_steps(detail.steps if detail is not None else ())
        self._facts.show_facts(detail.facts if detail is not None else ())
        self._facts.setVisible(detail is not None and bool(detail.facts))
        self._household.setVisible(detail is not None and bool(detail.household))
        self._file.setVisible(detail is not None and bool(detail.steps))
        chips = detail.chips if detail is not None else ()
        for place, chip in enumerate(self._chips):
            chip.show_fact(*(chips[place] if place < len(chips) else ("", Tone.NEUTRAL, "")))
        self._why_not.setVisible(detail is not None and bool(detail.why_not))
        if detail is None:
            self._title.setText(words.NOTHING)
            return
        self._number.setText(detail.number)
        self._title.setText(detail.title)
        self._where.setText(detail.where)
        self._why_not.setText(detail.why_not)

    def _build(self) -> None:
        upper = QWidget()
        self._upper = QVBoxLayout(upper)
        self._upper.setContentsMargins(0, 0, 0, 0)
        self._upper.addWidget(self._title)
        self._chip_row = QHBoxLayout()
        for chip in self._chips:
            self._chip_row.addWidget(chip)
        self._chip_row.addStretch()
        self._upper.addLayout(self._chip_row)
        self._upper.addWidget(self._where)
        self._upper.addWidget(self._number)
        self._upper.addWidget(self._facts)
        self._links = QHBoxLayout()
        self._links.addWidget(self._file)
        self._links.addWidget(self._household)
        self._links.addStretch()
        self._upper.addLayout(self._links)
        self._upper.addWidget(Rule(self.look, upper))
        self._upper.addWidget(self._steps)
        self._upper.addStretch()
        self.body.addWidget(Scroll(upper), 1)
        lower: tuple[QWidget, ...] = (self._how, self._why_not, self.acts, self.step_button)
        for part in lower:
            self.body.addWidget(part)

    def _fit(self) -> None:
        px = self.look.theme.px
        self._upper.setSpacing(px(8))
        self._chip_row.setSpacing(px(8))
        self._links.setSpacing(px(4))


class StepColumn(Painted):
    """Done with a tick, the one here ringed, empty circles to come."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._steps: tuple[StepLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[StepLine]) -> None:
        self._steps = tuple(steps)
        spoken = ["，".join(part for part in (each.name, each.when, each.note) if part) for each in steps]
        self.setAccessibleName("；".join(spoken))
        self.setMinimumHeight(self.sizeHint().height())
        self.update()

    def draw(self, ink: Ink) -> None:
        px = ink.theme.px
        for place, step in enumerate(self._steps):
            top = px(STEP) * place
            middle, x = top + px(16), px(11)
            if place + 1 < len(self._steps):
                colour = "ok" if step.done else "line2"
                ink.fill(QRectF(x, middle + px(12), 1, px(STEP - 24)), colour)
            _node(ink, x, middle, step)
            colour = "text" if step.done or step.here else "text2"
            bold = step.done or step.here
            ink.text(px(34), middle, step.name, role=Role.BODY, bold=bold, colour=colour)
            when = "bad" if step.late else "warn" if step.here else "text2"
            ink.text(self.width(), middle, step.when, role=Role.SMALL, colour=when, align=RIGHT)
            room = self.width() - px(34)
            ink.text(px(34), middle + px(24), step.note, role=Role.SMALL, colour="text2", width=room)

    def sizeHint(self) -> QSize:
        return QSize(self.look.theme.px(200), self.look.theme.px(STEP) * len(self._steps))


def _node(ink: Ink, x: float, middle: float, step: StepLine) -> None:
    px = ink.theme.px
    circle = QRectF(x - px(10), middle - px(10), px(20), px(20))
    if step.done:
        ink.box(circle, fill="ok", radius=10)
        ink.icon(x - px(7), middle, "check", size=14, colour="surface")
    elif step.here:
        colour = "bad" if step.late else "acc"
        ink.box(circle, fill="surface", line=colour, width=px(2), radius=10)
        ink.box(QRectF(x - px(5), middle - px(5), px(10), px(10)), fill=colour, radius=5)
    else:
        ink.box(
            circle.adjusted(px(2), px(2), -px(2), -px(2)), fill="surface", line="line2", width=px(2), radius=8
        )
