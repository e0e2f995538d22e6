"""How the columns of a file are read, as the page shows it on which a person explains them."""

from collections.abc import Sequence

from gridclient.app.present.register import summary
from gridclient.core.domain.geography import door
from gridclient.desktop.register import ColumnLine, ColumnsView, Meaning, SheetColumns
from gridclient.exchange import words
from gridclient.exchange.headers import samples
from gridclient.exchange.incoming import Incoming
from gridclient.exchange.mapping import REGISTER, ColumnMapping, Mapping, SheetMapping, questions
from gridclient.exchange.register import Register
from gridclient.exchange.targets import (
    AMBIGUOUS,
    BUILDING,
    COMPOUND,
    IGNORE,
    INCOMING,
    Target,
    choosable,
    normal_header,
)
from gridclient.exchange.workbook import Workbook
from gridclient.operations.import_register import Preview

SHOWN = 3
_NOT_TAKEN = Meaning(IGNORE, "不要这一列", "别的")
_GROUPS = {"resident": "人", "household": "户", "dwelling": "房屋", "care_tag": "关照"}


def columns_view(file: str, book: Workbook, mapping: Mapping) -> ColumnsView:
    """Every column with its first values, and what is still to be said."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    known = choosable(mapping.sort)
    return ColumnsView(
        file,
        mapping.sort,
        tuple(
            SheetColumns(
                said.sheet,
                tuple(
                    _line(column, samples(sheets[said.sheet], said, column.column), known)
                    for column in said.columns
                ),
                _lacks(said, mapping.sort),
                said.compound,
                said.building,
            )
            for said in mapping.sheets
        ),
        _every(known),
        tuple(_plain(asked) for asked in questions(mapping)),
        tuple(words.SORTS.items()),
        bool(mapping.recalled),
    )


def effect(shown: Preview) -> tuple[str, tuple[str, ...]]:
    """What the first rows become: the sentence, and some of them in words."""
    said = summary(shown).replace("还没写进台账。", "")
    return f"照这样读前几十行：{said}", tuple(_rows(shown.register))


def _rows(read: Register | Incoming) -> Sequence[str]:
    if isinstance(read, Incoming):
        labels = INCOMING[read.sort].fields
        return [
            f"第 {entry.row} 行　" + "　".join(f"{labels[key].zh} {value}" for key, value in told)
            for entry in read.entries[:SHOWN]
            if (told := [(key, value) for key, value in entry.values.items() if isinstance(value, str)][:4])
        ]
    people = [(one, row, person) for one in read.households for row, person in one.people]
    people.sort(key=lambda each: (each[1].sheet, each[1].row))
    return [
        f"第 {row.row} 行　{one.door.compound} {door(one.door.number, one.door.unit, one.door.room)}"
        f"　{person.name}　{'　'.join(person.phones)}"
        for one, row, person in people[:SHOWN]
    ]


def _line(column: ColumnMapping, values: Sequence[str], known: dict[str, Target]) -> ColumnLine:
    likely = AMBIGUOUS.get(normal_header(column.header), ())
    target = known.get(column.field) if column.field else None
    return ColumnLine(
        column.column,
        column.header,
        tuple(values),
        _meaning(target) if target is not None else None,
        tuple(_meaning(known[key]) for key in likely if key in known),
    )


def _meaning(target: Target) -> Meaning:
    if target.key == IGNORE:
        return _NOT_TAKEN
    kind = target.key.partition(".")[0]
    return Meaning(target.key, target.label, _GROUPS.get(kind, "门牌" if kind not in _INCOMING else "内容"))


_INCOMING = frozenset(kind.kind for kind in INCOMING.values())


def _every(known: dict[str, Target]) -> tuple[Meaning, ...]:
    found = [_meaning(target) for target in known.values() if target.key != IGNORE]
    order = list(dict.fromkeys(["门牌", "人", "户", "关照", "房屋", *(each.group for each in found)]))
    found.sort(key=lambda each: order.index(each.group))
    return (_NOT_TAKEN, *found)


def _lacks(said: SheetMapping, sort: str) -> tuple[str, ...]:
    if sort != REGISTER:
        return ()
    keys = (("compound", COMPOUND), ("building", BUILDING))
    return tuple(name for name, key in keys if key in said.lacks and not said.has(key))


def _plain(asked: str) -> str:
    """A question without the words for people who edit the file by hand."""
    return asked.split("？在 field")[0].split("：在 ")[0]
