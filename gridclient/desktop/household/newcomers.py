"""Those who move in, one row a person: name, relation, number, telephone; Enter leads to the next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gridclient.core.domain import codes
from gridclient.core.domain.attention import age
from gridclient.core.domain.doubts import Doubt, of_household, of_resident
from gridclient.core.domain.people import Resident
from gridclient.core.domain.values import Invalid
from gridclient.desktop.household import edit_words as words
from gridclient.desktop.household.fields import LineField, Stored
from gridclient.desktop.household.reading import read_born, read_phones, read_quick_relation, read_text
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.theme import Look, Role

HEAD = "02"
NAME, RELATION, BORN, PHONES = "name", "relation_to_head", "id_number", "phones"
_SHARES = {NAME: 5, RELATION: 5, BORN: 9, PHONES: 7}
# What a doubt about a field of the record is said under.
_UNDER = {"birth": BORN, "sex": BORN}


class Newcomer(QWidget):
    """One person. The first row has the labels above its fields; all have them for a screen reader."""

    changed = Signal()
    left = Signal(int)

    def __init__(self, look: Look, place: int, today: date | None) -> None:
        super().__init__()
        self._look, self._today = look, today
        labels = {
            NAME: Resident.name.zh,
            RELATION: words.RELATION,
            BORN: words.BORN,
            PHONES: Resident.phones.zh,
        }
        shown = labels if place == 0 else dict.fromkeys(labels, "")
        self.fields = {
            NAME: LineField(look, NAME, shown[NAME], partial(read_text, Resident.name)),
            RELATION: LineField(look, RELATION, shown[RELATION], read_quick_relation, writer=_relation),
            BORN: LineField(look, BORN, shown[BORN], read_born, placeholder=words.BORN_HINT),
            PHONES: LineField(look, PHONES, shown[PHONES], partial(read_phones, Resident.phones)),
        }
        self._told = PlainLabel(look, role=Role.SMALL, colour="text2")
        self._told.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        for column, (key, field) in enumerate(self.fields.items()):
            field.input.line.setAccessibleName(words.person_field(place, labels[key]))
            self._grid.addWidget(field, 0, column, Qt.AlignmentFlag.AlignTop)
            self._grid.setColumnStretch(column, _SHARES[key])
        self._grid.addWidget(self._told, 1, 2, 1, 2)
        self._join()
        look.changed.connect(self._follow)
        self._follow()

    @property
    def empty(self) -> bool:
        """Nothing was written of anybody; a relation alone is nobody."""
        return not any(self.fields[key].input.words.strip() for key in (NAME, BORN, PHONES))

    @property
    def named(self) -> bool:
        return bool(self.fields[NAME].input.words.strip())

    def read(self) -> dict[str, Stored] | None:
        """The stored fields; None where something cannot be read, and the focus goes there."""
        bad = [field for field in self.fields.values() if not field.check()]
        if bad:
            bad[0].setFocus()
            return None
        read = {key: field.read() for key, field in self.fields.items()}
        born = read.pop(BORN)
        made = {**read, **(born if isinstance(born, dict) else {})}
        return {key: value for key, value in made.items() if value not in (None, [])}

    def show_doubts(self, doubts: list[Doubt]) -> None:
        """Say each under its field."""
        for doubt in doubts:
            field = self.fields.get(_UNDER.get(doubt.field, doubt.field))
            if field is not None:
                field.show_error(doubt.words, doubt=True)

    def _join(self) -> None:
        order = list(self.fields.values())
        for place, field in enumerate(order):
            field.changed.connect(self.changed)
            if place + 1 < len(order):
                field.entered.connect(partial(_focus, order[place + 1]))
            if place:
                field.went_back.connect(partial(_focus, order[place - 1]))
        order[0].went_back.connect(lambda: self.left.emit(-1))
        order[-1].entered.connect(lambda: self.left.emit(1))
        self.fields[BORN].changed.connect(self._tell)
        relation = self.fields[RELATION]
        relation.entered.connect(lambda: self._spell(relation))

    def _spell(self, relation: LineField) -> None:
        """A digit becomes the word it stands for."""
        try:
            relation.fill(relation.read())
        except Invalid:
            return

    def _tell(self) -> None:
        """What the number says, at once."""
        try:
            born = self.fields[BORN].read()
        except Invalid:
            born = {}
        told = ""
        if isinstance(born, Mapping) and born.get("birth"):
            birth, sex = str(born["birth"]), str(born.get("sex") or "")
            years = age(birth, self._today) if self._today is not None else None
            told = words.told(codes.SEX.label(sex) if sex else "", birth, years)
        self._told.setText(told)
        self._told.setVisible(bool(told))

    def _follow(self) -> None:
        px = self._look.theme.px
        self._grid.setHorizontalSpacing(px(10))
        self._grid.setVerticalSpacing(px(3))


class Newcomers(QWidget):
    """Rows of people; ``finished`` when Enter is pressed on an empty one, ``went_back`` before the first."""

    changed = Signal()
    finished = Signal()
    went_back = Signal()

    def __init__(self, look: Look, today: date | None) -> None:
        super().__init__()
        self._look, self._today = look, today
        self.rows: list[Newcomer] = []
        self._doubted: set[tuple[int, Doubt]] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        look.changed.connect(self._follow)
        self._follow()
        self.add().fields[RELATION].fill(HEAD)

    def add(self) -> Newcomer:
        """One more row."""
        row = Newcomer(self._look, len(self.rows), self._today)
        self.rows.append(row)
        self._column.addWidget(row)
        row.changed.connect(self.changed)
        row.left.connect(lambda step: self._leave(row, step))
        row.fields[NAME].entered.connect(lambda: self._past_name(row))
        return row

    def next_person(self) -> None:
        """Go to the row after the last that has somebody in it."""
        if not self.rows[-1].empty:
            self.add()
        _focus(self.rows[-1].fields[NAME])

    def first(self) -> LineField:
        return self.rows[0].fields[NAME]

    @property
    def written(self) -> bool:
        return any(not row.empty for row in self.rows)

    def read(self) -> list[dict[str, Stored]] | None:
        """All people, the head first; None where something cannot be read."""
        made = []
        for row in self.rows:
            if row.empty and (row is not self.rows[0] or self.written):
                continue
            read = row.read()
            if read is None:
                return None
            made.append(read)
        return made

    def stands_by(self, people: list[dict[str, Stored]]) -> int:
        """How many doubts there are that were not shown before; they are shown now."""
        rows = [row for row in self.rows if not row.empty]
        today = self._today
        found = {
            (place, doubt)
            for place, person in enumerate(people)
            for doubt in (of_resident(person, today) if today is not None else [])
        }
        for doubt in of_household(None, people):
            key = RELATION if doubt.field == "head" else doubt.field
            found.add((len(people) - 1, Doubt(key, doubt.words)))
        if self._doubted.issuperset(found):
            return 0
        self._doubted = found
        for place, row in enumerate(rows):
            row.show_doubts([doubt for at, doubt in found if at == place])
        return len(found)

    def _past_name(self, row: Newcomer) -> None:
        """Enter on an empty name: nobody more."""
        if row.empty and row is not self.rows[0]:
            row.fields[NAME].show_error("")
            self.finished.emit()

    def _leave(self, row: Newcomer, step: int) -> None:
        place = self.rows.index(row) + step
        if place < 0:
            self.went_back.emit()
        elif place < len(self.rows):
            _focus(self.rows[place].fields[NAME if step > 0 else PHONES])
        elif row.named:
            self.next_person()
        else:
            self.finished.emit()

    def _follow(self) -> None:
        self._column.setSpacing(self._look.theme.px(8))


def _focus(field: LineField) -> None:
    field.setFocus(Qt.FocusReason.TabFocusReason)


def _relation(value: object) -> str:
    return codes.RELATION.label(value) if isinstance(value, str) else ""
