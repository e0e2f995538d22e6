"""Which door a row speaks of."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from gridclient.core.domain import addresses
from gridclient.core.domain.geography import Building, Compound, Dwelling
from gridclient.core.domain.values import Invalid, normal_text
from gridclient.exchange import words
from gridclient.exchange.cell_values import Placed, Remark
from gridclient.exchange.targets import ADDRESS, BUILDING, COMPOUND, DOOR, FLOOR, ROOM, UNIT

_WHOLE_ADDRESS = re.compile(r"单元|[栋幢座#]|号楼|\d\s*[-–—－~]\s*\d{3}")


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
    """Reads the doors of one sheet. `compound`, `building`: those of rows that name none.

    A family stands behind one door in several rows: what was read for one is remembered for the next.
    """

    def __init__(self, compound: str, building: str) -> None:
        self._compound = compound
        self._building = building
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
        doubts: list[Remark] = []
        compound = normal_text(said.get(COMPOUND, "") or self._compound)
        found = _address(said, compound, self._building)
        if not found.sure:
            key = ADDRESS if said.get(ADDRESS) else ROOM
            doubts.append(Remark(cells[key][0].header, said[key], words.ROOM_NOT_CLEAR))
        floor = _floor(found.floor, cells.get(FLOOR, ()), doubts)
        door = Door(compound or found.compound, found.number, found.unit, floor, found.room)
        if not door.compound:
            raise Unplaced(words.NO_COMPOUND)
        if not door.number:
            raise Unplaced(words.NO_BUILDING)
        if not door.room:
            raise Unplaced(words.NO_ROOM)
        _judge_lengths(door)
        return ReadDoor(door, found.note, tuple(doubts))


def _address(said: Mapping[str, str], compound: str, building: str) -> addresses.Address:
    number = _building(said.get(BUILDING, ""), compound) or building
    unit = addresses.unit(said.get(UNIT, ""))
    room, whole = said.get(ROOM, ""), said.get(ADDRESS, "")
    try:
        if "单元" in number:
            return addresses.read(number + room)
        if room and not unit and _WHOLE_ADDRESS.search(room):
            return addresses.read(room, number)
        if not room and whole:
            found = addresses.read(whole, number)
            return found._replace(unit=found.unit or unit)
    except Invalid as invalid:
        raise Unplaced(str(invalid)) from invalid
    plain = addresses.room(room)
    return addresses.Address("", number, unit, addresses.floor_of(plain), plain)


def _building(written: str, compound: str) -> str:
    plain = normal_text(written)
    if compound and plain.startswith(compound) and len(plain) > len(compound):
        plain = plain.removeprefix(compound)
    return addresses.building_number(plain)


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
