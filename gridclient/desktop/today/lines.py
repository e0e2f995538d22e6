"""The doors of today as rows of the painted list."""

from __future__ import annotations

from gridclient.desktop.kit.rows import Bar, Cell, Column, Group, Mark, Row, Words
from gridclient.desktop.theme import Role, Tone
from gridclient.desktop.today import words
from gridclient.desktop.today.view import DoorLine, TodayView

_COMPOUND = 5
_WIDTHS = (30, 150, 66, 104, 0, 104, 78, 62)
_RIGHT = frozenset({0, 6})
# What larger text leaves no room for, the least needed first.
_SHED = {5: 2, 6: 3, 7: 1}


def columns(*, several: bool = False) -> tuple[Column, ...]:
    """The columns; `several`: doors of more than one compound are among them."""
    made = [
        Column(head, width, place in _RIGHT, _SHED.get(place, 0))
        for place, (head, width) in enumerate(zip(words.HEADS, _WIDTHS, strict=True))
    ]
    return tuple(made if several else [*made[:_COMPOUND], *made[_COMPOUND + 1 :]])


def rows(view: TodayView, *, several: bool = False) -> list[Row | Group]:
    """Group heads and doors, numbered through."""
    made: list[Row | Group] = []
    stop = 0
    for group in view.groups:
        made.append(Group(group.title, words.count(len(group.lines)), group.aside, group.colour))
        for line in group.lines:
            stop += 1
            made.append(_row(line, stop, several=several))
    return made


def _row(line: DoorLine, stop: int, *, several: bool) -> Row:
    chip = Mark(line.instead, Tone.ACC, "clock") if line.instead else Mark(line.chip, line.tone)
    cells: list[Cell] = [
        Words(str(stop), role=Role.SECOND, colour="text3"),
        Words(line.door, bold=True),
        Words(line.head, free=True),
        chip,
        Words(line.reason, role=Role.SECOND, colour="text2", free=True),
        Words(line.compound, role=Role.SMALL, colour="text2", free=True),
        Words(line.last, role=Role.SMALL, colour="text2"),
        Bar(str(line.score), line.score / 100, line.colour),
    ]
    if not several:
        del cells[_COMPOUND]
    spoken = (line.compound, line.door, line.head, line.instead, line.reason, words.score(line.score))
    return Row(line.household, tuple(cells), "，".join(filter(None, spoken)), dim=line.skipped)
