"""The people behind a door, with a badge wherever two versions stand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from gridclient.core.domain.people import Resident
from gridclient.desktop.household import words
from gridclient.desktop.household.view import Person
from gridclient.desktop.kit.rowlist import RowDelegate, RowList, spans
from gridclient.desktop.kit.rows import Cell, Column, Index, Row, Two, Words
from gridclient.desktop.theme import Look, Role

SHORTEST_NAME = 60


def columns(name: int = SHORTEST_NAME) -> tuple[Column, ...]:
    """The columns, with ``name`` pixels (at 100 %) for the names: a name is never cut."""
    return (
        Column(words.HEADS[0], name),
        Column(words.HEADS[1], 56),
        Column(words.HEADS[2], 52),
        Column(words.HEADS[3], 104, shed=2),
        Column(words.HEADS[4], 0),
        Column(words.HEADS[6], 84, shed=3),
        Column(words.HEADS[5], 64, shed=1),
    )


# Which column a group of the dictionary is read in.
COLUMN_OF = {
    Resident.name.group: 0,
    Resident.relation_to_head.group: 1,
    Resident.sex.group: 2,
    Resident.birth.group: 2,
    Resident.phones.group: 3,
    Resident.residence.group: 4,
}
# Columns with room for a badge, best first. Versions of anything else stand there under its label.
WIDE: tuple[int, ...] = (4, 3, 6)
ROW = 46
TWO_ROW = 60


class _PeopleDelegate(RowDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = index.data(Qt.ItemDataRole.UserRole)
        two = isinstance(row, Row) and any(isinstance(cell, Two) for cell in row.cells)
        return QSize(100, self._look.theme.px(TWO_ROW if two else ROW))


class QuietList(RowList):
    """A list on a page with other things: no row is current until the keyboard or a click comes to it."""

    def show_quietly(self, rows: Sequence[Row]) -> None:
        """Show these rows; one that was current stays current."""
        before = self.current_id()
        self.rows.set_rows(rows)
        place = self.rows.place_of(before) if before is not None else None
        self.setCurrentIndex(self.rows.index(place) if place is not None else QModelIndex())

    def sizeHint(self) -> QSize:
        # What is in it decides how high it wants to be, not the default of Qt.
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current_id() is None and self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(0))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.setCurrentIndex(QModelIndex())


class PeopleList(QuietList):
    """One row a person."""

    two_pressed = Signal(bytes, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, columns(), name=words.PEOPLE, parent=parent)
        self._delegate = _PeopleDelegate(look, columns(), two_lines=False)
        self._delegate.lines = True
        self.setItemDelegate(self._delegate)
        self._people: tuple[Person, ...] = ()

    def show_people(self, people: Sequence[Person]) -> None:
        """Show these people; one who was current stays current."""
        self._people = tuple(people)
        self.fit_names()
        self.show_quietly([_row(each) for each in people])

    def fit_names(self) -> None:
        """Give the longest name its room."""
        theme = self._look.theme
        longest = max((theme.advance(each.name, bold=True) for each in self._people), default=0)
        self.set_columns(columns(max(SHORTEST_NAME, round(longest / theme.factor) + 1)))

    def wanted_height(self, most: int) -> int:
        """How high it has to be to show all, or the first ``most``."""
        option = QStyleOptionViewItem()
        count = min(self.rows.rowCount(), most)
        return sum(self._delegate.sizeHint(option, self.rows.index(place)).height() for place in range(count))

    def versions_of(self, id: bytes | None) -> tuple[bytes, str] | None:
        """The first disagreement about this person, or about anybody if ``id`` is None."""
        for person in self._people:
            if person.conflicts and id in (None, person.id):
                return person.id, next(iter(person.conflicts))
        return None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self.rows.item(index.row()) if index.isValid() else None
        if not isinstance(row, Row) or event.button() != Qt.MouseButton.LeftButton:
            return
        across = spans(self._look, self.columns, self.viewport().width())
        for cell, span in zip(row.cells, across, strict=False):
            if isinstance(cell, Two) and span and span[0] <= event.position().x() < span[0] + span[1]:
                self.two_pressed.emit(row.id, cell.group)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()  # the page records a visit, whoever is current
            return
        super().keyPressEvent(event)


def _row(person: Person) -> Row:
    cells: list[Cell] = [
        Words(person.name, bold=True),
        Words(person.relation, role=Role.SECOND, colour="text2", free=True),
        Words(person.sex_age, role=Role.SECOND, colour="text2"),
        Words(person.phone, role=Role.SECOND, colour="text2"),
        Words(person.residence, role=Role.SECOND, colour="text2", free=True),
        Words(person.care, role=Role.SECOND, free=True),
        Words(person.verified, role=Role.SMALL, colour="warn" if person.stale else "text2"),
    ]
    spoken = [person.name, person.relation, person.sex_age, person.phone, person.residence]
    taken: set[int] = set()
    for group, values in person.conflicts.items():
        place = COLUMN_OF.get(group)
        label = Resident.fields[group].zh if group in Resident.fields else group
        spoken.append(f"{label}有几种说法：{'、'.join(values)}")
        wide = [each for each in ((place,) if place in WIDE else ()) + WIDE if each not in taken]
        if wide and wide[0] is not None:
            taken.add(wide[0])
            shown = values if wide[0] == place else (f"{label}：{values[0]}", *values[1:])
            cells[wide[0]] = Two(shown, group)
    spoken.append(f"关照 {person.care}" if person.care else "")
    spoken.append(f"核实 {person.verified}" if person.verified else "")
    return Row(person.id, tuple(cells), "，".join(each for each in spoken if each))
