"""One person of a row: every cell read on its own, then checked against the others."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from gridclient.core.domain import addresses, codes, dates, identity, phones
from gridclient.core.domain.declaration import Field, Type
from gridclient.core.domain.people import Household, Resident
from gridclient.core.domain.values import Invalid, check
from gridclient.exchange import words
from gridclient.exchange.cells import DITTO, Cell, text
from gridclient.exchange.targets import (
    BIRTH,
    ID_NUMBER,
    ID_TYPE,
    NAME,
    PHONES,
    RELATION,
    REMARK,
    SEX,
    targets,
)

HEADS = frozenset({"01", "02"})
_IDENTITY_CARD = "111"
_NOTE = re.compile(r"[(（]([^()（）]*)[)）]\s*$")
_DEAD = frozenset({"已故", "去世", "死亡", "亡", "已去世", "已死亡"})
_NOT_FILLED = frozenset({"/", "-", "—", "无", "不详"})
_MALE = frozenset({"11", "20", "21", "22", "23", "41", "43", "51", "61", "63", "71", "73"})
_FEMALE = frozenset({"12", "30", "31", "32", "33", "42", "44", "52", "62", "64", "75", "77"})


class Placed(NamedTuple):
    """A cell with where it stands, for the report."""

    header: str
    cell: Cell


class Remark(NamedTuple):
    """Something found in one cell: `header`, what stood there, what is wrong."""

    header: str
    raw: str
    reason: str


@dataclass(slots=True)
class Person:
    """A resident as read: values by field of the kind; `birth` and `sex` also out of a valid ID number."""

    row: int
    block: int
    values: dict[str, object]
    phones: tuple[str, ...] = ()
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


def read_person(row: int, block: int, cells: Mapping[str, list[Placed]], sex_codes: bool) -> Person:
    """A person from the cells of a row by meaning.

    `sex_codes`: numbers in the column of sexes are those of the standard (1 male, 2 female).

    Raises:
        Unnamed: there is no name.
    """
    person = Person(row, block, {})
    _read_name(person, cells[NAME][0])
    for key, placed in cells.items():
        if key not in _READ_TOGETHER:
            value = read_cell(targets()[key].field, placed[0], person.doubts)
            if value is not None:
                person.values[key.partition(".")[2]] = value
    for remarked in cells.get(REMARK, ()):
        _add_remark(person, text(remarked.cell))
    _read_identity(person, cells)
    _read_sex(person, cells.get(SEX), sex_codes)
    _read_birth(person, cells.get(BIRTH))
    _read_phones(person, cells.get(PHONES, ()))
    _check_relation(person, cells)
    remark = person.values.get("remark")
    if isinstance(remark, str) and len(remark) > Resident.remark.length:
        person.doubts.append(Remark(Resident.remark.zh, remark, words.TOO_LONG))
        del person.values["remark"]
    return person


_READ_TOGETHER = frozenset({NAME, ID_NUMBER, ID_TYPE, SEX, BIRTH, PHONES, REMARK})


def read_cell(field: Field | None, placed: Placed, doubts: list[Remark]) -> object:
    """A cell as the value of a field; None for an empty or a doubtful one, which goes to `doubts`."""
    assert field is not None  # only columns that mean a field come here
    written = text(placed.cell)
    if not written or (written in _NOT_FILLED and field.type is not Type.TEXT):
        return None
    try:
        if written in DITTO:
            raise Invalid(words.NOT_IN_LIST)
        value = _value(field, placed.cell, written)
        check(field, value)
    except Invalid as invalid:
        doubts.append(Remark(placed.header, written, str(invalid)))
        return None
    return value


def _value(field: Field, cell: Cell, written: str) -> object:
    if field.type is Type.CODE:
        return _code(field, written)
    if field.type is Type.DATE:
        return dates.read(cell if not isinstance(cell, bool) else written) or None  # type: ignore[arg-type]
    if field.type is Type.NUMBER:
        number = addresses.floor(written)
        if number is None:
            raise Invalid(words.NOT_IN_LIST)
        return number
    if field.type is Type.PHONE:
        found = phones.read(cell if isinstance(cell, str | int | float) else written)
        if found.rest or not found.numbers:
            raise Invalid(words.PHONE_NOT_CLEAR)
        return found.numbers[0]
    if field.length and len(written) > field.length:
        raise Invalid(words.TOO_LONG)
    return written


def _code(field: Field, written: str) -> str:
    assert field.codes is not None
    padded = written.zfill(2) if field.codes is codes.RELATION and written.isdigit() else written
    code = field.codes.code(padded)
    if code is None:
        raise Invalid(words.NOT_IN_LIST)
    return code


def _read_name(person: Person, placed: Placed) -> None:
    written = "".join(text(placed.cell).split()) if not text(placed.cell).isascii() else text(placed.cell)
    note = _NOTE.search(written)
    name = written[: note.start()] if note else written
    if re.search(r"\d", name):
        person.doubts.append(Remark(placed.header, written, words.NAME_NOT_CLEAR))
        name = re.sub(r"\d{6,}[\dXx]*", "", name)
    if not name or len(name) > Resident.name.length or re.search(r"\d", name) or "\0" in name:
        raise Unnamed(words.NAME_NOT_CLEAR)
    person.values["name"] = name
    if note and note[1] in _DEAD:
        person.values["life"] = "dead"
    elif note and note[1]:
        _add_remark(person, note[1])


def _add_remark(person: Person, written: str) -> None:
    if written and written not in _NOT_FILLED and written not in DITTO:
        earlier = person.values.get("remark")
        person.values["remark"] = f"{earlier}；{written}" if earlier else written


def _read_identity(person: Person, cells: Mapping[str, list[Placed]]) -> None:
    sort = _IDENTITY_CARD
    if ID_TYPE in cells:
        sort = str(read_cell(Resident.id_type, cells[ID_TYPE][0], person.doubts) or _IDENTITY_CARD)
    for placed in cells.get(ID_NUMBER, ()):
        cell = placed.cell
        written = text(cell)
        if not written or written in _NOT_FILLED:
            continue
        if sort != _IDENTITY_CARD and isinstance(cell, str):
            value = read_cell(Resident.id_number, placed, person.doubts)
        else:
            value = _identity(person, placed, written)
        if value:
            person.values["id_number"], person.values["id_type"] = value, sort


def _identity(person: Person, placed: Placed, written: str) -> str | None:
    cell = placed.cell
    try:
        return identity.read(
            cell if isinstance(cell, int | float) and not isinstance(cell, bool) else written
        )
    except Invalid as invalid:
        raw = f"{cell:.0f}" if isinstance(cell, float) else written
        person.doubts.append(Remark(placed.header, raw, str(invalid)))
        return None


def _known_by_number(person: Person) -> tuple[str | None, str | None]:
    """Sex and birth out of the ID number, where it is a valid one of a citizen."""
    if person.values.get("id_type") != _IDENTITY_CARD:
        return None, None
    number = person.id_number
    return identity.sex(number), identity.birth(number)


def _read_sex(person: Person, placed: list[Placed] | None, numbers_are_codes: bool) -> None:
    told, _ = _known_by_number(person)
    said = None
    if placed is not None:
        written = text(placed[0].cell)
        if written in ("0", "1", "2") and not numbers_are_codes:
            if told is None:
                person.doubts.append(Remark(placed[0].header, written, words.SEX_NUMBERS))
        else:
            said = read_cell(Resident.sex, placed[0], person.doubts)
        if said in ("1", "2") and told and said != told:
            person.doubts.append(Remark(placed[0].header, written, words.ID_SEX_DIFFERS))
            return
    value = told or said
    if value:
        person.values["sex"] = value


def _read_birth(person: Person, placed: list[Placed] | None) -> None:
    _, told = _known_by_number(person)
    said = read_cell(Resident.birth, placed[0], person.doubts) if placed is not None else None
    if placed is not None and told and isinstance(said, str) and not dates.agree(told, said):
        person.doubts.append(Remark(placed[0].header, text(placed[0].cell), words.ID_BIRTH_DIFFERS))
        return
    if told or said:
        person.values["birth"] = told or said


def _read_phones(person: Person, cells: list[Placed] | tuple[Placed, ...]) -> None:
    found: dict[str, None] = {}
    for placed in cells:
        cell = placed.cell
        usable = isinstance(cell, str | int | float) and not isinstance(cell, bool)
        read = phones.read(cell) if usable else phones.PhoneCell((), (), text(cell))  # type: ignore[arg-type]
        found.update(dict.fromkeys(read.numbers))
        for number, whose in read.labels:
            _add_remark(person, words.PHONE_OF.format(last=number[-4:], whose=whose))
        if read.rest:
            person.doubts.append(Remark(placed.header, text(cell), words.PHONE_NOT_CLEAR))
    person.phones = tuple(found)


def _check_relation(person: Person, cells: Mapping[str, list[Placed]]) -> None:
    relation, sex = person.values.get("relation_to_head"), person.values.get("sex")
    if (relation in _MALE and sex == "2") or (relation in _FEMALE and sex == "1"):
        placed = cells[RELATION][0]
        person.notices.append(Remark(placed.header, text(placed.cell), words.RELATION_SEX))


def household_sort(note: str) -> str | None:
    """The class of a household that a remark beside its door tells: 空挂户, 常住 …"""
    assert Household.sort.codes is not None
    return Household.sort.codes.code(note.removesuffix("户"))
