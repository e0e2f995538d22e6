"""Where a Chinese line may end. Works on strings and a measure; knows no font.

Laws: the lines joined give the text (but for a space at a break); no line begins with a mark that closes or
ends with one that opens; number with measure, phone and the words below stay whole; no last line of one
character.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

NOT_AT_START = frozenset("，。、；：！？）》」』”’·%,.;:!?)…—–")
NOT_AT_END = frozenset("（《「『“‘(")
_NUMERAL = "一二三四五六七八九十百"
_MEASURE = "号楼|号院|号|单元|栋|幢|层|楼|室|区|期|米|路|排|座|弄|巷|门|户|年|月|日|时|点|分|组|村|队|%"
_UNIT = re.compile(
    r"股份有限公司|有限责任公司|有限公司"
    rf"|第[{_NUMERAL}\d]+(?:分公司|网格|社区|小区|{_MEASURE})|分公司|物业|服务|管理|集团|社区|街道|小区"
    rf"|\+?\d+(?:[ :.–/~-]\d+)*(?:{_MEASURE})?"
    rf"|[{_NUMERAL}]+(?:{_MEASURE})"
    r"|[A-Za-z0-9][A-Za-z0-9'./@_&-]*"
    r"|.",
    re.DOTALL,
)


def units(text: str) -> list[str]:
    """The pieces a line may hold or leave, marks attached to what they must not part from."""
    found: list[str] = []
    for piece in _UNIT.findall(text):
        joins = found and (piece[0] in NOT_AT_START or piece == " " or found[-1][-1] in NOT_AT_END)
        if joins:
            found[-1] += piece
        else:
            found.append(piece)
    return found


def lines(
    text: str, widths: Sequence[float], measure: Callable[[str], float], *, most: int
) -> tuple[str, ...] | None:
    """The text in at most `most` lines, as early as it fits, or None when it cannot be done lawfully.

    `widths` holds the room of each line; the last one holds for all that follow.
    """
    room = sum(widths) + widths[-1] * (most - len(widths))
    if measure(text) > room * 1.2:  # far too long: not worth trying, and a hostile text costs no time
        return None
    return _fit(units(text), widths, measure, most, 0)


def _fit(
    pieces: list[str], widths: Sequence[float], measure: Callable[[str], float], most: int, row: int
) -> tuple[str, ...] | None:
    room = widths[min(row, len(widths) - 1)]
    whole = "".join(pieces).strip()
    if measure(whole) <= room and not (row and lonely(whole)):
        return (whole,)
    if row + 1 >= most:
        return None
    for end in range(len(pieces) - 1, 0, -1):
        line = "".join(pieces[:end]).strip()
        if measure(line) <= room and (rest := _fit(pieces[end:], widths, measure, most, row + 1)):
            return (line, *rest)
    return None


def lonely(line: str) -> bool:
    """True for a line of one character, marks not counted."""
    return sum(char not in NOT_AT_START and char not in NOT_AT_END for char in line) <= 1
