"""How a door looks in each layer: symbol, tint, texture. Never colour alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gridclient.desktop.building import words
from gridclient.desktop.building.view import Clock, Door, Layer, State


@dataclass(frozen=True, slots=True)
class Face:
    """The symbol is an icon, a character or (``quarters``) a disc; ``bar`` marks lateness without colour."""

    icon: str = ""
    sign: str = ""
    quarters: int | None = None
    ink: str = "text2"
    fill: str = "surface"
    line: str = "line"
    bar: bool = False
    hatched: bool = False
    dashed: bool = False
    dim: bool = False
    disc: bool = False


_VACANT = Face(icon="minus", ink="text3", fill="sunk", hatched=True, dim=True)
_UNREGISTERED = Face(icon="question-mark", ink="text2", line="line2", dashed=True, dim=True)
_CONSTRUCTION = Face(sign=words.CONSTRUCTION_SIGN, ink="text3", fill="sunk", hatched=True, dim=True)

STATES = {
    State.VISITED: Face(icon="circle-check", ink="ok"),
    State.SOON: Face(icon="circle-half-2", ink="warn", fill="warnbg", line="warnline"),
    State.OVERDUE: Face(icon="alert-triangle", ink="bad", fill="badbg", line="badline", bar=True),
    State.TRIED: Face(icon="circle-x", ink="text2", line="line2"),
    State.NOT_YET: Face(icon="circle-dashed", ink="text3"),
    State.VACANT: _VACANT,
    State.UNREGISTERED: _UNREGISTERED,
    State.CONSTRUCTION: _CONSTRUCTION,
}
_OCCUPANCIES = {
    "自": Face(sign="自", ink="ok"),
    "租": Face(sign="租", ink="acc", fill="accbg", line="accline"),
    "借": Face(sign="借", ink="acc", fill="accbg", line="accline"),
    "空": Face(sign="空", ink="text3", fill="sunk", hatched=True, dim=True),
    "营": Face(sign="营", ink="warn", fill="warnbg", line="warnline"),
    "公": Face(sign="公", ink="warn", fill="warnbg", line="warnline"),
}
_CLOCKS = {
    Clock.NONE: Face(ink="text3"),
    Clock.OPEN: Face(ink="acc", fill="accbg", line="accline"),
    Clock.SOON: Face(ink="warn", fill="warnbg", line="warnline"),
    Clock.LATE: Face(ink="bad", fill="badbg", line="badline", bar=True),
}
_PLAIN = Face(ink="text3")
_FIXED = {State.UNREGISTERED: _UNREGISTERED, State.CONSTRUCTION: _CONSTRUCTION}


def face(door: Door, layer: Layer) -> Face:
    """How the door looks in the layer."""
    fixed = _FIXED.get(door.state)
    if layer is Layer.VISITS or fixed is not None:
        return fixed or STATES[door.state]
    if layer is Layer.OCCUPANCY:
        return _OCCUPANCIES.get(door.occupancy, _PLAIN)
    if door.state is State.VACANT:
        return _VACANT
    if layer is Layer.CHECKS:
        return _checks(door.checks)
    if layer is Layer.CARE:
        return _cared(door.care[:2]) if door.care else _PLAIN
    return _matters(door)


def _cared(sign: str) -> Face:
    return Face(sign=sign, ink="acc", fill="accbg", line="accline")


def _checks(count: int | None) -> Face:
    if count is None:
        return Face(quarters=0, ink="text3", line="line2")
    if count >= 4:
        return Face(quarters=4, ink="ok")
    return Face(quarters=count, ink="warn", fill="warnbg", line="warnline")


def _matters(door: Door) -> Face:
    base = _CLOCKS[door.clock]
    return replace(base, sign=str(min(door.matters, 99)), disc=True) if door.matters else base


def tag(door: Door, layer: Layer) -> str:
    """The character at the right of a cell; in the layer of care the symbol itself says it."""
    return "" if layer is Layer.CARE else door.tag


def legend(doors: Iterable[Door], layer: Layer) -> tuple[tuple[Face, str, int], ...]:
    """Face, words and number of each sort; the numbers add up to all doors but shops."""
    counts: dict[str, tuple[Face, int]] = {}
    for door in doors:
        if door.span == 1:
            said = _sort(door, layer)
            shown = _sample(door, layer)
            counts[said] = (shown, counts.get(said, (shown, 0))[1] + 1)
    order = _order(layer)
    found = sorted(counts.items(), key=lambda each: order.index(each[0]) if each[0] in order else len(order))
    return tuple((shown, said, count) for said, (shown, count) in found)


def _sample(door: Door, layer: Layer) -> Face:
    """The face of a sort without what belongs to one door alone."""
    shown = face(door, layer)
    if door.state in _FIXED or door.state is State.VACANT:
        return shown
    if layer is Layer.CARE and door.care:
        return replace(shown, sign="", icon="heart")
    if layer is Layer.MATTERS and shown.disc:
        return replace(shown, sign="", disc=False, icon="message-report")
    return shown


def _sort(door: Door, layer: Layer) -> str:
    fixed = _FIXED.get(door.state)
    if layer is Layer.VISITS or fixed is not None:
        return words.STATES[door.state]
    if layer is Layer.OCCUPANCY:
        return words.OCCUPANCIES.get(door.occupancy, door.occupancy)
    if door.state is State.VACANT:
        return words.STATES[door.state]
    if layer is Layer.CHECKS:
        return words.checks(door.checks or 0)
    if layer is Layer.CARE:
        return words.LAYERS[Layer.CARE] if door.care else words.NO_CARE
    return words.CLOCKS[door.clock]


def _order(layer: Layer) -> list[str]:
    states = list(words.STATES.values())
    if layer is Layer.VISITS:
        return states
    if layer is Layer.OCCUPANCY:
        return list(words.OCCUPANCIES.values())
    if layer is Layer.CHECKS:
        return [words.checks(count) for count in range(4, -1, -1)] + states
    if layer is Layer.CARE:
        return [words.LAYERS[Layer.CARE], words.NO_CARE, *states]
    return [words.CLOCKS[clock] for clock in (Clock.LATE, Clock.SOON, Clock.OPEN, Clock.NONE)] + states
