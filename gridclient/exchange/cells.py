"""A cell as a table holds it, with its type: whether a number was stored as one decides what it is worth."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta
Row = Sequence[Cell]

DITTO = frozenset({"同上", "同前", "上同", "〃", '"', "″", "“", "”", "''", "。。", "..", "同"})


_ERRORS = frozenset(
    f"#{error}"
    for error in ("N/A", "REF!", "VALUE!", "DIV/0!", "NAME?", "NUM!", "NULL!", "SPILL!", "CALC!", "名称?")
)


def text(cell: Cell) -> str:
    """A cell as a person reads it: 502 for 502.0, a date as YYYY-MM-DD."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell == cell and abs(cell) < 1e21 and cell == int(cell) else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else str(cell)


def is_broken(written: str) -> bool:
    """Whether this is a formula or an error in place of its value: nothing is computed here."""
    return (written[0] == "=" and len(written) != 2) or written in _ERRORS


def is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def letters(column: int) -> str:
    """The name of a column counted from 0: A, B … Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
