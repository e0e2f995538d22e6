"""A cell read on its own, as the value of a field, or listed as doubtful."""

import re
import unicodedata
from datetime import date
from typing import NamedTuple

from gridclient.core.domain import addresses, codes, dates, phones
from gridclient.core.domain.declaration import Field, Type
from gridclient.core.domain.values import Invalid, check
from gridclient.exchange import words
from gridclient.exchange.cells import DITTO, Cell, is_broken
from gridclient.exchange.targets import targets

NOT_FILLED = frozenset(
    {"/", "\\", "-", "--", "—", "——", "无", "不详", "未知", "暂无", "没有", "空", "N/A", "n/a"}
)


class Placed(NamedTuple):
    """A cell that is not blank: the header it stands under, and how it reads."""

    header: str
    cell: Cell
    written: str


class Remark(NamedTuple):
    """Something found in one cell: its header, what stood there, what is wrong."""

    header: str
    raw: str
    reason: str


class CellReader:
    """Reads cells by what their column means. The same words stand in a column thousands of times: what text
    has once been read as is remembered."""

    def __init__(self, bare_days: bool = True) -> None:
        """`bare_days`: whether a bare number in a column of days may be one."""
        self._bare_days = bare_days
        self._fields = {key: target.field for key, target in targets().items() if target.field is not None}
        self._known: dict[tuple[str, str], tuple[object, str]] = {}

    def read(self, key: str, placed: Placed, doubts: list[Remark]) -> object:
        """The value; None for one not filled in or doubtful, and that goes to `doubts`."""
        if isinstance(placed.cell, str):
            found = self._known.get((key, placed.written))
            if found is None:
                found = self._known[key, placed.written] = _outcome(self._fields[key], placed)
        else:
            found = _outcome(self._fields[key], placed)
            if not self._bare_days and _is_bare_day(self._fields[key], placed.cell):
                found = None, words.FROM_1904
        value, reason = found
        if reason:
            doubts.append(Remark(placed.header, placed.written, reason))
        return value


def _is_bare_day(field: Field, cell: Cell) -> bool:
    """Whether this is a number of days since some first one."""
    return field.type is Type.DATE and isinstance(cell, int | float) and 9_999 < cell < 100_000


def _outcome(field: Field, placed: Placed) -> tuple[object, str]:
    """The value, or the reason why there is none."""
    if is_broken(placed.written):
        return None, words.NOT_COMPUTED
    if placed.written in NOT_FILLED and field.type is not Type.TEXT:
        return None, ""
    try:
        value = _value(field, placed)
        check(field, value)
    except Invalid as invalid:
        return None, str(invalid)
    return value, ""


def _value(field: Field, placed: Placed) -> object:
    written = placed.written
    if written in DITTO:
        raise Invalid(words.NOT_IN_LIST)
    if field.type is Type.CODE:
        return _code(field, written)
    if field.type is Type.DATE:
        return _date(placed)
    if field.type is Type.NUMBER:
        number = addresses.floor(written)
        if number is None:
            raise Invalid(words.NOT_IN_LIST)
        return number
    if field.type is Type.PHONE:
        found = phones.read(written)
        if found.rest or not found.numbers:
            raise Invalid(words.PHONE_NOT_CLEAR)
        return found.numbers[0]
    if field.length and len(written) > field.length:
        raise Invalid(words.TOO_LONG)
    return written


def _code(field: Field, written: str) -> str:
    assert field.codes is not None
    code = field.codes.code(relation_word(written) if field.codes is codes.RELATION else written)
    if code is None:
        raise Invalid(words.NOT_IN_LIST)
    return code


def relation_word(written: str) -> str:
    """A relation without spaces and what joins it to the head: 02 of 2, 妻 of 户主之妻 or 其妻."""
    if written.isdigit():
        return written.zfill(2)
    plain = unicodedata.normalize("NFKC", "".join(written.split()))
    return re.sub(r"^(?:户主)?(?:[之的]|其(?![他它余]))(?=.)|^户主(?!$|本人)", "", plain)


def _date(placed: Placed) -> str | None:
    cell = placed.cell
    if isinstance(cell, bool) or not isinstance(cell, str | int | float | date):
        raise Invalid(words.NOT_IN_LIST)
    return dates.read(placed.written if isinstance(cell, str) else cell) or None
