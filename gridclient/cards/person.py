"""Laying out the name: whole beside the role, whole on the column, or in two lines."""

from __future__ import annotations

from gridclient.cards.card import Card
from gridclient.cards.embedding import WIDE_SPACE
from gridclient.cards.pen import POINTS
from gridclient.cards.sketch import Sketch, millimetres
from gridclient.cards.slots import draw_field
from gridclient.cards.template import Person
from gridclient.cards.wording import DOT, is_han, printed_name


def draw_person(sketch: Sketch, person: Person, card: Card) -> None:
    """Name, role and the line below them."""
    name = sketch.read(card, "name", printed_name)
    role = sketch.read(card, "role")
    if not name:
        sketch.missing("name")
        return
    beside = _beside(sketch, person, name, role)
    if not beside and not _alone(sketch, person, name) and not _twice(sketch, person, name):
        sketch.too_long("name", name)
    draw_field(sketch, person.below, card, first="" if beside else role)


def _beside(sketch: Sketch, person: Person, name: str, role: str) -> bool:
    # A name of two characters is parted to the width of one of three.
    two = len(name) == 2 and all(map(is_han, name))
    style = person.style
    line = sketch.line(WIDE_SPACE.join(name) if two else name, style.weight)
    share = person.slot / millimetres(line, style.size)
    title = sketch.line(role, person.role_style.weight)
    size = _tenths(style.size * min(1, share))
    end = person.at.x + millimetres(line, size) + person.role_gap
    fits = end + millimetres(title, person.role_style.size) <= person.at.x + person.column
    if share < person.beside or not fits:
        return False
    sketch.write(line, person.at.x, person.at.y, style, size)
    sketch.write(title, end, person.at.y, person.role_style)
    return True


def _alone(sketch: Sketch, person: Person, name: str) -> bool:
    """One line of the whole column. A name that cannot break shrinks on, as far as its floor."""
    line = sketch.line(name, person.style.weight)
    share = min(1, person.column / millimetres(line, person.style.size))
    size = _tenths(person.style.size * share)
    if share < person.alone and (_breaks(name) or size < person.floor):
        return False
    sketch.write(line, person.at.x, person.at.y, person.style, size)
    return True


def _twice(sketch: Sketch, person: Person, name: str) -> bool:
    style = person.style
    pairs = [
        (sketch.line(name[:end].strip(), style.weight), sketch.line(name[end:].strip(), style.weight))
        for end in _breaks(name)
    ]
    if not pairs:
        return False
    pair = min(pairs, key=lambda lines: max(line.em for line in lines))
    longest = max(millimetres(line, 1) for line in pair)
    size = _tenths(min(style.size * person.twice, person.column / longest))
    if size < person.floor:
        return False
    y = person.at.y - person.lift
    sketch.write(pair[0], person.at.x, y - size * person.lead / POINTS, style, size)
    sketch.write(pair[1], person.at.x, y, style, size)
    return True


def _breaks(name: str) -> list[int]:
    """Where a name may part: after an interpunct, or at a space between Latin words."""
    return [i + 1 for i, char in enumerate(name[:-1]) if char in (DOT, " ") and i]


def _tenths(size: float) -> float:
    return int(size * 10 + 1e-6) / 10
