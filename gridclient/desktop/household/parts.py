"""The quiet parts of the household page: facts of the house, the 四清, what is still owed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gridclient.desktop.household import words
from gridclient.desktop.household.people import QuietList
from gridclient.desktop.household.view import CheckLine, FactLine, Owed
from gridclient.desktop.kit.ink import RIGHT, Ink, chip_width
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.kit.rows import Column, Mark, Row, Words
from gridclient.desktop.kit.two import TwoBadge
from gridclient.desktop.theme import Look, Role, Tone

CHECK_LINE = 36
OWED_COLUMNS = (Column("", 0), Column("", 150, shed=1), Column("", 150, right=True))
_CHECK_ICON = {Tone.OK: "circle-check", Tone.WARN: "circle-dashed", Tone.NEUTRAL: "circle-dashed"}


class FactGrid(QWidget):
    """Label and value in two columns; values wrap, versions stand in a badge."""

    two_pressed = Signal(bytes, str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._facts: tuple[FactLine, ...] | None = None
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        look.changed.connect(self._follow)
        self._follow()

    def show_facts(self, facts: Sequence[FactLine]) -> None:
        """Show these lines in their order."""
        if self._facts == tuple(facts):
            return
        self._facts = tuple(facts)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not facts:
            self._grid.addWidget(
                PlainLabel(self._look, words.NO_FACTS, role=Role.SECOND, colour="text3"), 0, 0
            )
        for place, fact in enumerate(facts):
            self._add(place, fact)
        self._grid.setRowStretch(len(facts), 1)

    def _add(self, place: int, fact: FactLine) -> None:
        look = self._look
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(PlainLabel(look, fact.label, role=Role.SECOND, colour="text2"), place, 0, top)
        if not fact.conflict:
            value = PlainLabel(look, fact.value, role=Role.SECOND, wrap=True)
            value.setAccessibleName(f"{fact.label} {fact.value}")
            self._grid.addWidget(value, place, 1, top)
            return
        badge = TwoBadge(look, fact.label, fact.conflict)
        badge.clicked.connect(lambda: self.two_pressed.emit(fact.record, fact.kind, fact.group))
        self._grid.addWidget(badge, place, 1)

    def _follow(self) -> None:
        px = self._look.theme.px
        self._grid.setHorizontalSpacing(px(20))
        self._grid.setVerticalSpacing(px(6))


class CheckLines(Painted):
    """The 四清: symbol, name, state and since when."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._checks: tuple[CheckLine, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_checks(self, checks: Sequence[CheckLine]) -> None:
        self._checks = tuple(checks)
        self.setAccessibleName("；".join(f"{each.name} {each.state}" for each in self._checks))
        self.updateGeometry()
        self.update()

    def draw(self, ink: Ink) -> None:
        px = ink.theme.px
        for place, each in enumerate(self._checks):
            middle = px(CHECK_LINE) * (place + 0.5)
            colour = "warn" if each.tone is Tone.WARN else "text2"
            ink.icon(0, middle, _CHECK_ICON[each.tone], size=20, colour=each.tone.ink)
            ink.text(px(30), middle, each.name, role=Role.SECOND)
            ink.text(self.width(), middle, each.state, role=Role.SMALL, colour=colour, align=RIGHT)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        widest = max(
            (
                theme.advance(each.name, Role.SECOND) + theme.advance(each.state, Role.SMALL)
                for each in self._checks
            ),
            default=0,
        )
        return QSize(round(widest) + theme.px(46), theme.px(CHECK_LINE) * max(len(self._checks), 1))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class OwedList(QuietList):
    """What waits at this door; Enter opens it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, OWED_COLUMNS, name=words.OWED, parent=parent)

    def show_owed(self, owed: Sequence[Owed]) -> None:
        self.show_quietly([_owed_row(each) for each in owed])


def _owed_row(owed: Owed) -> Row:
    return Row(
        owed.id,
        (
            Words(owed.title, role=Role.SECOND, free=True, icon=owed.icon),
            Words(owed.since, role=Role.SMALL, colour="text2"),
            Mark(owed.chip, owed.tone) if owed.chip else None,
        ),
        "，".join(each for each in (owed.title, owed.since, owed.chip) if each),
    )


class ChipRow(Painted):
    """A few short facts beside each other; those there is no room for are left out, last first."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._chips: tuple[str, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chips(self, chips: Sequence[str]) -> None:
        self._chips = tuple(chips)
        self.setAccessibleName("，".join(self._chips))
        self.update()

    def draw(self, ink: Ink) -> None:
        x = 0.0
        for chip in self._chips:
            if x + chip_width(self.look, chip) > self.width():
                return
            x += ink.chip(x, self.height() / 2, chip) + ink.theme.px(8)

    def sizeHint(self) -> QSize:
        return QSize(self.look.theme.px(60), self.look.theme.px(28))
