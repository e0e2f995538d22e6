"""Doors written as numbers with dashes between them: which of them is building, unit, floor and room."""

import re
from collections.abc import Sequence
from typing import NamedTuple

TWO_WAYS = "地址有两种读法，分不清楼、单元和楼层"
TWO_ROOMS = "写了不止一个房号"
_MOST_DOORS = 20
WHOLE = re.compile(
    r"(?P<before>(?:.*[^\dA-Za-z\-])?)"
    r"(?P<parts>(?:\d+|[A-Za-z]\d?)(?:-(?:\d+|[A-Za-z]|[甲乙丙丁东西南北中](?=-)))*-\d+)"
    r"(?P<after>(?:室|号房|房|号|户)?(?:[东西南北中]户?|左|右)?)"
)


class Parts(NamedTuple):
    """Building and unit as written, "" where there is none; the room with its own dash (5-2, 502-1)."""

    building: str
    unit: str
    room: str


class Doubtful(ValueError):
    """It can be read in two ways, or in none; the message says why."""


def read(parts: Sequence[str], building: str, unit_first: bool) -> Parts:
    """What the numbers mean. `building`: the one the sheet names. `unit_first`: the first of two is a unit
    even where it equals the building.

    Raises:
        Doubtful: there are two readings.
    """
    first, rest = parts[0], parts[1:]
    if len(rest) == 1 or (len(rest) == 2 and _is_room(rest[0]) and _is_short(rest[1])):
        named = _one_room(rest)
        if not building:
            _demand(not _is_room(first), TWO_ROOMS)
            return Parts(first, "", named)
        if re.fullmatch(r"[A-Z]\d", first):
            _demand(first == building, TWO_WAYS)
            return Parts(first, "", named)
        _demand(not _is_room(first), TWO_ROOMS)
        _demand(unit_first or first.lstrip("0") != building, TWO_WAYS)
        return Parts("", first, named)
    if building and _tells_floor(rest) and first.lstrip("0") != building:
        return Parts("", first, "-".join(rest))
    return inside(rest)._replace(building=first)


def inside(parts: Sequence[str]) -> Parts:
    """Unit and room of what stands behind the building.

    Raises:
        Doubtful: there are two readings.
    """
    if _is_room(parts[0]):
        return Parts("", "", _one_room(parts))
    _demand(len(parts) > 1, TWO_WAYS)
    return Parts("", parts[0], _door(parts[1:]))


def _door(parts: Sequence[str]) -> str:
    """A room behind its unit: 502, 502-1, or floor and number."""
    return "-".join(parts) if _tells_floor(parts) else _one_room(parts)


def _one_room(parts: Sequence[str]) -> str:
    _demand(_is_room(parts[0]), TWO_WAYS)
    _demand(len(parts) == 1 or (len(parts) == 2 and _is_short(parts[1])), TWO_ROOMS)
    return "-".join(parts)


def _tells_floor(parts: Sequence[str]) -> bool:
    """Floor and number: nobody has more than twenty doors on one."""
    return len(parts) == 2 and all(map(_is_short, parts)) and int(parts[1]) <= _MOST_DOORS


def _is_room(part: str) -> bool:
    return part.isdigit() and 3 <= len(part) <= 4


def _is_short(part: str) -> bool:
    return part.isdigit() and len(part) <= 2


def _demand(holds: bool, reason: str) -> None:
    if not holds:
        raise Doubtful(reason)
