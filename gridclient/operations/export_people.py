"""Everybody who lives here, in walking order, household by household."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import Connection

from gridclient.core.domain import attention
from gridclient.core.domain.declaration import RETIRED_GROUP, Field, Kind, Type
from gridclient.core.domain.geography import Building, Compound, Dwelling, Grid, door
from gridclient.core.domain.people import Household, Resident
from gridclient.ledger.buildings import natural
from gridclient.ledger.tables import column_name
from gridclient.operations.export_scope import Extent
from gridclient.operations.listing import Listing, Made, Reading, gathered, spoken

HOUSE, PERSON = "户", "居民"
SHARED = f"{HOUSE}."
_HIDDEN = (Type.REF, Type.BLOB)
Column = tuple[str, str, Field]


def joined(alias: str, dwelling: str = "h.dwelling") -> str:
    """SQL that joins a table to what `house_columns` speaks of; what names no door still has its place."""
    household = "" if alias == "h" else f" LEFT JOIN k_household h ON h.id = {alias}.household"
    return (
        f"{household} LEFT JOIN k_dwelling d ON d.id = {dwelling}"
        f" LEFT JOIN k_building b ON b.id = coalesce(d.building, {alias}.place)"
        " LEFT JOIN k_compound c ON c.id = b.compound"
        " LEFT JOIN k_grid g ON g.id = b.grid LEFT JOIN k_resident hr ON hr.id = h.head"
    )


def live(alias: str) -> str:
    return f"({alias}.retired IS NULL OR {alias}.retired = '')"


def columns_of(prefix: str, alias: str, kind: type[Kind]) -> list[Column]:
    """(name, SQL, field) of everything a kind says in words."""
    return [
        (f"{prefix}.{field.zh}", f"{alias}.{column_name(key)}", field)
        for key, field in kind.fields.items()
        if field.group != RETIRED_GROUP and field.type not in _HIDDEN
    ]


def house_columns() -> list[Column]:
    """What is said of the household a row belongs to, with its door."""
    return [
        (f"{HOUSE}.小区", "c.title", Compound.title),
        (f"{HOUSE}.楼栋", "b.number", Building.number),
        *columns_of(HOUSE, "d", Dwelling),
        (f"{HOUSE}.网格", "g.title", Grid.title),
        (f"{HOUSE}.户主", "hr.name", Resident.name),
        (f"{HOUSE}.户主身份证号", "hr.id_number", Resident.id_number),
        *columns_of(HOUSE, "h", Household),
    ]


def walking(columns: Sequence[Column]) -> Callable[[Sequence[object]], object]:
    """A key that puts rows in the order in which one walks past their doors."""
    at = {name: place for place, (name, _, _) in enumerate(columns)}
    compound, number, unit, floor, room = (
        at[f"{HOUSE}.{name}"] for name in ("小区", "楼栋", "单元", "楼层", "房号")
    )
    known: dict[object, tuple[int, int, str]] = {}

    def order(written: object) -> tuple[int, int, str]:
        if written not in known:
            known[written] = natural(str(written or ""))
        return known[written]

    return lambda row: (
        row[compound] is None,
        row[compound] or "",
        order(row[number]),
        order(row[unit]),
        row[floor] or 0,
        order(row[room]),
    )


def residents(connection: Connection, extent: Extent, today: date, wanted: str = "1") -> Listing:
    """Everybody registered in an area. `wanted`: a condition over the person r and the household h."""
    columns = [*house_columns(), *columns_of(PERSON, "r", Resident)]
    where, given = extent.where("r.place")
    found = gathered(
        connection,
        f"SELECT {', '.join(sql for _, sql, _ in columns)}, r.household, r.id = h.head, r.id"
        f" FROM k_resident r{joined('r')}"
        f" WHERE {live('r')} AND (h.id IS NULL OR {live('h')}) AND ({wanted}) AND {where}",
        given,
    )
    place, birth = walking(columns), _at(columns, f"{PERSON}.{Resident.birth.zh}")
    rows = sorted(
        found, key=lambda row: (place(row), row[-3] or b"", not row[-2], row[birth] or "9", row[-1])
    )
    fields = fields_of(columns)
    groups = [row[-3] or row[-1] for row in rows]
    made = house_made(rows, fields) | _person_made(rows, fields, groups, today)
    return Listing(rows, fields, made, groups)


def households(connection: Connection, extent: Extent) -> Listing:
    """Every household of an area, people or none."""
    columns = house_columns()
    where, given = extent.where("h.place")
    found = gathered(
        connection,
        f"SELECT {', '.join(sql for _, sql, _ in columns)}, h.id FROM k_household h"
        f"{joined('h')} WHERE {live('h')} AND {where}",
        given,
    )
    place = walking(columns)
    rows = sorted(found, key=lambda row: (place(row), row[-1]))
    fields = fields_of(columns)
    return Listing(rows, fields, house_made(rows, fields), [row[-1] for row in rows])


def fields_of(columns: Sequence[Column]) -> dict[str, tuple[int, Field]]:
    """Where the value of each name stands; the spoken ones are made of theirs."""
    return {name: (place, field) for place, (name, _, field) in enumerate(columns)}


def house_made(rows: Sequence[Sequence[object]], fields: dict[str, tuple[int, Field]]) -> dict[str, Made]:
    """The names about a household that are no field: 12号楼, the whole door, its number in the table."""
    number, unit, room, compound = (fields[f"{HOUSE}.{name}"][0] for name in ("楼栋", "单元", "房号", "小区"))

    def block(_: Reading) -> list[str]:
        return [door(str(row[number] or ""), "", "") for row in rows]

    def where(_: Reading) -> list[str]:
        return [door(str(row[number] or ""), str(row[unit] or ""), str(row[room] or "")) for row in rows]

    def address(reading: Reading) -> list[str]:
        return [f"{row[compound] or ''}{said}" for row, said in zip(rows, where(reading), strict=True)]

    del fields[f"{HOUSE}.楼栋"]
    return {f"{HOUSE}.楼栋": block, f"{HOUSE}.门牌": where, f"{HOUSE}.地址": address}


def numbered(groups: Sequence[object]) -> list[str]:
    """1, 1, 2, 3, 3: the number of the household each row belongs to."""
    made, number, last = [], 0, object()
    for group in groups:
        number += group != last
        last = group
        made.append(str(number))
    return made


def serial(rows: Sequence[object]) -> Made:
    return lambda _: [str(number) for number in range(1, len(rows) + 1)]


def _person_made(
    rows: Sequence[Sequence[object]],
    fields: dict[str, tuple[int, Field]],
    groups: Sequence[object],
    today: date,
) -> dict[str, Made]:
    birth = fields[f"{PERSON}.{Resident.birth.zh}"][0]

    def ages(_: Reading) -> list[str]:
        known = [attention.age(str(row[birth]), today) if row[birth] else None for row in rows]
        return ["" if one is None or one < 0 else str(one) for one in known]

    made: dict[str, Made] = {
        f"{PERSON}.序号": serial(rows),
        f"{PERSON}.年龄": ages,
        f"{HOUSE}.户编号": lambda _: numbered(groups),
    }
    # Official forms call things by other words; they mean the same field.
    for field in Resident.fields.values():
        if f"{PERSON}.{field.zh}" in fields:
            place = fields[f"{PERSON}.{field.zh}"]
            for word in field.headers:
                if f"{PERSON}.{word}" not in fields:
                    made.setdefault(f"{PERSON}.{word}", _same(rows, place))
    return made


def _same(rows: Sequence[Sequence[object]], place: tuple[int, Field]) -> Made:
    return lambda reading: spoken(place[1], [row[place[0]] for row in rows], reading)


def _at(columns: Sequence[Column], name: str) -> int:
    return next(place for place, (one, _, _) in enumerate(columns) if one == name)
