"""Which door a row speaks of."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from gridclient.core.domain import addresses
from gridclient.core.domain.geography import Building, Compound, Dwelling
from gridclient.core.domain.values import Invalid, normal_text
from gridclient.exchange import words
from gridclient.exchange.cells import text
from gridclient.exchange.people import Placed, Remark
from gridclient.exchange.targets import ADDRESS, BUILDING, COMPOUND, FLOOR, ROOM, UNIT

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
    doubts: list[Remark]


def read_door(cells: Mapping[str, list[Placed]], compound: str, building: str) -> ReadDoor:
    """The door of a row. `compound`, `building`: those of the sheet, for rows that name none.

    Raises:
        Unplaced: compound, building or room are missing.
    """
    said = {
        key: text(cells[key][0].cell)
        for key in (COMPOUND, BUILDING, UNIT, FLOOR, ROOM, ADDRESS)
        if key in cells
    }
    doubts: list[Remark] = []
    compound = normal_text(said.get(COMPOUND, "") or compound)
    found = _address(said, compound, building)
    if not found.sure:
        key = ADDRESS if said.get(ADDRESS) else ROOM
        doubts.append(Remark(cells[key][0].header, said[key], words.ROOM_NOT_CLEAR))
    floor = _floor(said, found, cells, doubts)
    door = Door(compound or found.compound, found.number, found.unit, floor, found.room)
    if not door.compound:
        raise Unplaced(words.NO_COMPOUND)
    if not door.number:
        raise Unplaced(words.NO_BUILDING)
    if not door.room:
        raise Unplaced(words.NO_ROOM)
    _judge_lengths(door)
    return ReadDoor(door, found.note, doubts)


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


def _floor(
    said: Mapping[str, str], found: addresses.Address, cells: Mapping[str, list[Placed]], doubts: list[Remark]
) -> int | None:
    """The floor that the room tells, or the column where the room tells none."""
    written = said.get(FLOOR, "")
    if not written:
        return found.floor
    floor = addresses.floor(written)
    if floor is None or (found.floor is not None and found.floor != floor):
        doubts.append(Remark(cells[FLOOR][0].header, written, words.FLOOR_DIFFERS))
        return found.floor
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
