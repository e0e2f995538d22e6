"""Which door a row speaks of."""

import re
from collections.abc import Container, Mapping, Sequence
from typing import NamedTuple

from gridclient.core.domain import addresses
from gridclient.core.domain.geography import Building, Compound, Dwelling
from gridclient.core.domain.values import Invalid, normal_text
from gridclient.exchange import words
from gridclient.exchange.cell_values import NOT_FILLED, Placed, Remark
from gridclient.exchange.cells import is_broken
from gridclient.exchange.targets import ADDRESS, BUILDING, COMPOUND, DOOR, FLOOR, ROOM, UNIT, targets

_WHOLE_ADDRESS = re.compile(r"单元|[栋幢座#层楼]|\d\s*[-–—－~]\s*\d{3}")
_NUMBERS_ALONE = re.compile(r"\d+\s*[-–—－~]\s*\d+")
# What a table makes of 12-3 and 5-2 while somebody types them.
_MADE_A_DATE = re.compile(r"(?:19|20)\d\d-\d\d(?:-\d\d.*)?|\d{1,2}月\d{1,2}日")


class Door(NamedTuple):
    """A door. `unit` is "" where the building has none; `floor` None where nothing tells it."""

    compound: str
    number: str
    unit: str
    floor: int | None
    room: str


class Unplaced(ValueError):
    """The row names no door; the message says what is missing."""


class ReadDoor(NamedTuple):
    """A door and what was odd about it; `note` stood in brackets behind the address."""

    door: Door
    note: str
    doubts: tuple[Remark, ...]


class DoorReader:
    """Reads the doors of one sheet. `compound`, `building`, `unit`: those of rows that name none.

    A family stands behind one door in several rows: what was read for one is remembered for the next.
    `unit_first`: buildings of which some row has another number before its room (see `addresses.read`).
    """

    def __init__(self, compound: str, building: str, unit: str = "", unit_first: Container[str] = ()) -> None:
        self._compound = compound
        self._building = building
        self._unit = unit
        self._unit_first = unit_first
        self._known: dict[tuple[str, ...], ReadDoor] = {}

    def read(self, cells: Mapping[str, Sequence[Placed]]) -> ReadDoor:
        """The door of a row.

        Raises:
            Unplaced: compound, building or room are missing.
        """
        key = tuple([cells[one][0].written if one in cells else "" for one in DOOR])
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._read(cells)
        return found

    def _read(self, cells: Mapping[str, Sequence[Placed]]) -> ReadDoor:
        said = {key: cells[key][0].written for key in DOOR if key in cells}
        if self._unit:
            said.setdefault(UNIT, self._unit)
        doubts: list[Remark] = []
        compound = normal_text(said.get(COMPOUND, ""))
        _judge_written(said)
        found = self._address(said, compound or self._compound)
        floor = _floor(found.floor, cells.get(FLOOR, ()), doubts)
        room = addresses.at_floor(floor, found.room) if found.floor is None else found.room
        if not (found.sure or addresses.reads_as_room(room)):
            key = ADDRESS if said.get(ADDRESS) else ROOM
            if key in cells:
                doubts.append(Remark(cells[key][0].header, said[key], words.ROOM_NOT_CLEAR))
        own = found.compound if said.get(ADDRESS) and self._names_building(said) else ""
        compound = compound or own or normal_text(self._compound) or found.compound
        door = Door(compound, found.number, found.unit, floor, room)
        if not door.compound:
            raise Unplaced(words.NO_COMPOUND)
        if not door.number:
            raise Unplaced(words.NO_BUILDING)
        if not door.room:
            raise Unplaced(words.NO_ROOM)
        _judge_lengths(door)
        return ReadDoor(door, found.note, tuple(doubts))

    def _address(self, said: Mapping[str, str], compound: str) -> addresses.Address:
        number = addresses.building_in(said.get(BUILDING, ""), compound) or self._building
        unit = addresses.unit(said.get(UNIT, ""))
        room, whole = said.get(ROOM, ""), said.get(ADDRESS, "")
        try:
            if "单元" in number:
                return addresses.read(number + room)
            if room and _WHOLE_ADDRESS.search(room):
                first = re.match(r"\d+", room)
                unit_first = number in self._unit_first or bool(first and first[0] == unit)
                return _with_unit(addresses.read(room, number, unit_first), unit)
            if not room and whole:
                return _with_unit(addresses.read(whole, number, number in self._unit_first), unit)
        except Invalid as invalid:
            raise Unplaced(str(invalid)) from invalid
        written = (said.get(BUILDING, ""), room)
        if UNIT not in said and any(map(_NUMBERS_ALONE.fullmatch, written)):
            raise Unplaced(words.TWO_WAYS)
        plain = addresses.room(room)
        sure = addresses.reads_as_room(plain)
        return addresses.Address("", number, unit, addresses.floor_of(plain), plain, sure=sure)

    def _names_building(self, said: Mapping[str, str]) -> bool:
        """Whether the address itself names its building, so that what stands before it is a compound."""
        try:
            return bool(addresses.read(said[ADDRESS]).number)
        except Invalid:
            return False


def _judge_written(said: Mapping[str, str]) -> None:
    for key, written in said.items():
        if is_broken(written):
            raise Unplaced(f"{targets()[key].label}：{words.NOT_COMPUTED}")
        if key != COMPOUND and _MADE_A_DATE.fullmatch(written):
            raise Unplaced(words.DATE_IN_DOOR)
    if said.get(ROOM) in NOT_FILLED and not said.get(ADDRESS):
        raise Unplaced(words.NO_ROOM)


def _with_unit(found: addresses.Address, unit: str) -> addresses.Address:
    """An address read out of one cell beside a unit of another."""
    if unit and found.unit and found.unit != unit:
        raise Unplaced(words.UNIT_DIFFERS)
    return found._replace(unit=found.unit or unit)


def _floor(told: int | None, column: Sequence[Placed], doubts: list[Remark]) -> int | None:
    """The floor that the room tells, or the column where the room tells none."""
    if not column:
        return told
    floor = addresses.floor(column[0].written)
    if floor is None or (told is not None and told != floor):
        doubts.append(Remark(column[0].header, column[0].written, words.FLOOR_DIFFERS))
        return told
    return floor


def _judge_lengths(door: Door) -> None:
    lengths = (
        (door.compound, Compound.title),
        (door.number, Building.number),
        (door.unit, Dwelling.unit),
        (door.room, Dwelling.room),
    )
    for written, field in lengths:
        if len(written) > field.length or "\0" in written:
            raise Unplaced(f"{field.zh}：{words.TOO_LONG}")
