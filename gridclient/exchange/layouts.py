"""Layouts a person has explained once: the same headers in the same order are read the same way next time.

A layout is known by its headers alone, never by what stands below them. What a file itself does not say
(which compound, which building) is not remembered: the next file of the same shape may be about another.
"""

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from hashlib import sha256

import msgspec

from gridclient.exchange.mapping import REGISTER, Mapping, SheetMapping
from gridclient.exchange.targets import IGNORE, normal_header


class Layout(msgspec.Struct, frozen=True, array_like=True):
    """What the columns of one layout mean, in their order, and which sort of file has it."""

    sort: str
    fields: tuple[str, ...]


Layouts = Dictionary[str, Layout]


def fingerprint(headers: Sequence[str]) -> str:
    """What a layout is known by. Titles above the headers make no other layout."""
    return sha256("\x1f".join([normal_header(name) for name in headers]).encode()).hexdigest()


def learned(mapping: Mapping) -> dict[str, Layout]:
    """The layouts of a mapping that leaves nothing open."""
    found = {}
    for sheet in mapping.sheets:
        if all(column.field for column in sheet.columns):
            fields = tuple(column.field or IGNORE for column in sheet.columns)
            found[_of(sheet)] = Layout(mapping.sort, fields)
    return found


def recall(sheet: SheetMapping, layouts: Layouts, sort: str = REGISTER) -> bool:
    """Fill in what was said of this layout before; whether anything was."""
    known = layouts.get(_of(sheet))
    if known is None or known.sort != sort or len(known.fields) != len(sheet.columns):
        return False
    for column, field in zip(sheet.columns, known.fields, strict=True):
        column.field, column.ask, column.choices = field, "", []
    return True


def remembered_sort(sheet: SheetMapping, layouts: Layouts) -> str:
    """Which sort of file a person said this layout is; "" for one not seen before."""
    known = layouts.get(_of(sheet))
    return known.sort if known is not None else ""


def _of(sheet: SheetMapping) -> str:
    return fingerprint([column.header for column in sheet.columns])
