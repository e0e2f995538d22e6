"""One person of a row: every cell read on its own, then checked against the others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gridclient.core.domain import codes, dates, identity, phones, relation_words
from gridclient.core.domain.people import Resident
from gridclient.core.domain.values import Invalid, check
from gridclient.exchange import names, tags, words
from gridclient.exchange.cell_values import NOT_FILLED, CellReader, Placed, Remark
from gridclient.exchange.cells import DITTO, is_broken
from gridclient.exchange.targets import BIRTH, ID_NUMBER, ID_TYPE, NAME, PHONES, RELATION, REMARK, SEX, TAGS

HEADS = frozenset({"01", "02"})
_IDENTITY_CARD = "111"
_DEAD = frozenset({"已故", "去世", "死亡", "亡", "已去世", "已死亡"})
_READ_TOGETHER = frozenset({NAME, ID_NUMBER, ID_TYPE, SEX, BIRTH, PHONES, REMARK, TAGS})
_CODES_OR_NOT = frozenset("012")


@dataclass(slots=True)
class Person:
    """A resident as read: values by field of the kind; `birth` and `sex` also out of a valid ID number."""

    row: int
    block: int
    values: dict[str, object]
    phones: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    doubts: list[Remark] = field(default_factory=list)
    notices: list[Remark] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.values["name"])

    @property
    def id_number(self) -> str:
        return str(self.values.get("id_number") or "")

    @property
    def is_head(self) -> bool:
        return self.values.get("relation_to_head") in HEADS


class Unnamed(ValueError):
    """No usable name; the message says why."""


class PersonReader:
    """Reads the people of one sheet.

    `sex_codes`: numbers in the column of sexes are those of the standard (1 male, 2 female).
    `spoilt_ids`: the column of ID numbers was once stored as numbers (see `identity.are_spoilt`).
    """

    def __init__(self, cells: CellReader, sex_codes: bool, spoilt_ids: bool = False) -> None:
        self._cells = cells
        self._sex_codes = sex_codes
        self._spoilt_ids = spoilt_ids

    def read(self, row: int, block: int, cells: Mapping[str, Sequence[Placed]]) -> Person:
        """A person from the cells of a row by meaning.

        Raises:
            Unnamed: there is no name.
        """
        person = Person(row, block, {})
        found = names.read(cells[NAME][0].written)
        if found.fault:
            raise Unnamed(found.fault)
        person.values["name"] = found.name
        for key, several in cells.items():
            if key not in _READ_TOGETHER:
                value = self._cells.read(key, several[0], person.doubts)
                if value is not None:
                    person.values[key.partition(".")[2]] = value
        for placed in cells.get(REMARK, ()):
            if is_broken(placed.written):
                person.doubts.append(Remark(placed.header, placed.written, words.NOT_COMPUTED))
            else:
                _add_remark(person, placed.written)
        self._read_identity(person, cells)
        self._take_from_name(person, cells[NAME][0], found)
        self._read_sex_and_birth(person, cells.get(SEX), cells.get(BIRTH))
        _read_phones(person, cells.get(PHONES, ()))
        person.tags = tags.in_column(cells.get(TAGS, ()), person.doubts)
        _check_relation(person, cells)
        _check_remark(person)
        return person

    def _read_identity(self, person: Person, cells: Mapping[str, Sequence[Placed]]) -> None:
        sort = _IDENTITY_CARD
        if ID_TYPE in cells:
            sort = str(self._cells.read(ID_TYPE, cells[ID_TYPE][0], person.doubts) or _IDENTITY_CARD)
        for placed in cells.get(ID_NUMBER, ()):
            if placed.written in NOT_FILLED:
                continue
            if is_broken(placed.written):
                person.doubts.append(Remark(placed.header, placed.written, words.NOT_COMPUTED))
                continue
            if sort != _IDENTITY_CARD and isinstance(placed.cell, str):
                value = self._cells.read(ID_NUMBER, placed, person.doubts)
            else:
                value = self._identity(person, placed)
            if value:
                person.values["id_number"], person.values["id_type"] = value, sort

    def _identity(self, person: Person, placed: Placed) -> str | None:
        cell = placed.cell
        is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
        try:
            return identity.read(cell if is_number else placed.written, self._spoilt_ids)  # type: ignore[arg-type]
        except Invalid as invalid:
            raw = f"{cell:.0f}" if isinstance(cell, float) else placed.written
            person.doubts.append(Remark(placed.header, raw, str(invalid)))
            last = identity.last_four(placed.written)
            if last:
                _add_remark(person, words.LAST_FOUR.format(last=last))
            return None

    @staticmethod
    def _take_from_name(person: Person, placed: Placed, found: names.Name) -> None:
        """What stood beside the name in its cell: an ID number, who it is, or a note."""
        if found.id_number:
            if person.values.setdefault("id_number", found.id_number) != found.id_number:
                person.doubts.append(Remark(placed.header, placed.written, words.ID_DIFFERS))
            person.values.setdefault("id_type", _IDENTITY_CARD)
        relation = codes.RELATION.code(found.note) if found.note and not found.note.isdigit() else None
        if found.note in _DEAD:
            person.values["life"] = "dead"
        elif relation and person.values.setdefault("relation_to_head", relation) == relation:
            return
        else:
            _add_remark(person, found.note)

    def _read_sex_and_birth(
        self, person: Person, sex: Sequence[Placed] | None, birth: Sequence[Placed] | None
    ) -> None:
        """Both from a valid number of a citizen; a cell that says otherwise leaves them blank."""
        known_sex, known_birth = None, None
        if person.values.get("id_type") == _IDENTITY_CARD:
            known_sex, known_birth = identity.told(person.id_number)
        self._read_sex(person, sex[0] if sex else None, known_sex)
        self._read_birth(person, birth[0] if birth else None, known_birth)

    def _read_sex(self, person: Person, placed: Placed | None, known: str | None) -> None:
        said = None
        if placed is not None:
            if placed.written in _CODES_OR_NOT and not self._sex_codes:
                if known is None:
                    person.doubts.append(Remark(placed.header, placed.written, words.SEX_NUMBERS))
            else:
                said = self._cells.read(SEX, placed, person.doubts)
            if said in ("1", "2") and known and said != known:
                person.doubts.append(Remark(placed.header, placed.written, words.ID_SEX_DIFFERS))
                return
        value = known or said
        if value:
            person.values["sex"] = value

    def _read_birth(self, person: Person, placed: Placed | None, known: str | None) -> None:
        said = self._cells.read(BIRTH, placed, person.doubts) if placed is not None else None
        if placed is not None and known and isinstance(said, str) and not dates.agree(known, said):
            person.doubts.append(Remark(placed.header, placed.written, words.ID_BIRTH_DIFFERS))
            return
        if known or said:
            person.values["birth"] = known or said


def _add_remark(person: Person, written: str) -> None:
    if written and written not in NOT_FILLED and written not in DITTO:
        earlier = person.values.get("remark")
        person.values["remark"] = f"{earlier}；{written}" if earlier else written


def _check_remark(person: Person) -> None:
    remark = person.values.get("remark")
    if remark is None:
        return
    try:
        check(Resident.remark, remark)
    except Invalid as invalid:
        person.doubts.append(Remark(Resident.remark.zh, str(remark), str(invalid)))
        del person.values["remark"]


def _read_phones(person: Person, cells: Sequence[Placed]) -> None:
    found: dict[str, None] = {}
    for placed in cells:
        read = phones.read(placed.written)
        found.update(dict.fromkeys(read.numbers))
        for number, whose in read.labels:
            _add_remark(person, words.PHONE_OF.format(last=number[-4:], whose=whose))
        if read.rest:
            reason = words.NOT_COMPUTED if is_broken(placed.written) else words.PHONE_NOT_CLEAR
            person.doubts.append(Remark(placed.header, placed.written, reason))
    person.phones = tuple(found)


def _check_relation(person: Person, cells: Mapping[str, Sequence[Placed]]) -> None:
    relation, sex = person.values.get("relation_to_head"), person.values.get("sex")
    if (relation in relation_words.MALE and sex == "2") or (relation in relation_words.FEMALE and sex == "1"):
        placed = cells[RELATION][0]
        person.notices.append(Remark(placed.header, placed.written, words.RELATION_SEX))
