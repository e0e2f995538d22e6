"""People and doors, as they are found: what most searches are for, so written by hand."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Connection

from gridclient.core.domain import codes
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.geography import door
from gridclient.core.domain.ids import Id
from gridclient.core.domain.pinyin import Readings
from gridclient.core.merge.compact import elements
from gridclient.ledger.erasing import ERASED
from gridclient.ledger.search.shelf import Entry, Line, Tag, line
from gridclient.ledger.writing import UNDONE

LAST_DIGITS = 6  # four are what people know by heart, six tell the people of a community apart
_ADDRESS = """
    LEFT JOIN k_building b ON b.id = d.building LEFT JOIN k_compound c ON c.id = b.compound
"""
NEVER = f"('{UNDONE}', '{ERASED}')"  # what holds no more in these ways is not found at all
_LIVE = "(h.retired IS NULL OR h.retired = '')"


def people(connection: Connection, readings: Readings, only: Sequence[Id] | None) -> Iterator[Line]:
    """Residents, those who are no more among them. `only`: these records."""
    extra = _Columns("p", "resident", ("former_name", "work_place", "remark"))
    for row in connection.exec_driver_sql(
        f"""
        SELECT p.id, p.household, b.id, p.name, p.phones, p.id_number, p.retired, h.retired,
               c.title, b.number, d.unit, d.room{extra.sql}
        FROM k_resident p LEFT JOIN k_household h ON h.id = p.household
        LEFT JOIN k_dwelling d ON d.id = h.dwelling {_ADDRESS}
        WHERE coalesce(p.retired, '') NOT IN {NEVER} AND p.name IS NOT NULL {_among("p.id", only)}
        """,
        tuple(only or ()),
    ):
        record, household, building, name, phones, number, gone, left, compound, block, unit, room = row[:12]
        where = f"{compound or ''} {door(block or '', unit or '', room or '')}".strip() if block else ""
        entry = Entry(
            "resident", record, household or record, building or b"", name, where, _why_not(gone, left)
        )
        yield line(
            entry,
            (Tag.TITLE, name),
            *((Tag.SOUND, spelling) for spelling in readings.search_text(name).split()),
            *((Tag.PHONE, digits(str(phone))) for phone in elements(phones)),
            (Tag.NUMBER, (number or "")[-LAST_DIGITS:]),
            # Not at the beginning of the part: who looks for a door gets doors first.
            (Tag.DOOR, f"·{short(block, unit, room)}" if block else ""),
            *zip(extra.labels, row[12:], strict=True),
        )


def doors(connection: Connection, only: Sequence[Id] | None) -> Iterator[Line]:
    """Households, and dwellings where none is registered. `only`: these records."""
    for live in (True, False):
        extra = _Columns("h", "household", ("care", "remark"))
        owner = _Columns("d", "dwelling", ("owner_name",))
        joined = f"LEFT JOIN k_household h ON h.dwelling = d.id AND {_LIVE}"
        if not live:
            joined = f"JOIN k_household h ON h.dwelling = d.id AND NOT {_LIVE} AND h.retired NOT IN {NEVER}"
        for row in connection.exec_driver_sql(
            f"""
            SELECT d.id, h.id, b.id, c.title, b.number, d.unit, d.room, r.name, h.phone, d.retired, h.retired,
                   d.owner_phone{extra.sql}{owner.sql}
            FROM k_dwelling d {_ADDRESS} {joined} LEFT JOIN k_resident r ON r.id = h.head
            WHERE coalesce(d.retired, '') NOT IN {NEVER} AND d.room IS NOT NULL
            {_among("coalesce(h.id, d.id)", only)}
            """,
            tuple(only or ()),
        ):
            yield _door(row, (*extra.labels, *owner.labels))


def _door(row: Sequence[str], labels: Sequence[str]) -> Line:
    dwelling, household, building, compound, block, unit, room, head, phone, gone, left, owner = row[:12]
    where = door(block or "", unit or "", room or "")
    opens: Id = household or dwelling  # type: ignore[assignment]
    kind = "household" if household else "dwelling"
    title = f"{compound or ''}　{head or ''}".strip()
    entry = Entry(kind, opens, opens, building or b"", where, title, _why_not(gone, left))  # type: ignore[arg-type]
    return line(
        entry,
        (Tag.DOOR, short(block, unit, room)),
        (Tag.DOOR, where),
        (Tag.DOOR, f"{block}-{room}" if unit else ""),
        (
            Tag.PLACE,
            f"·{compound}" if compound else "",
        ),  # who types a compound's name gets the compound first
        (Tag.PHONE, digits(phone or "")),
        (Tag.PHONE, digits(owner or "")),
        *zip(labels, row[12:], strict=True),
    )


def short(block: str | None, unit: str | None, room: str | None) -> str:
    """12-3-502"""
    return "-".join(part for part in (block, unit, room) if part)


def digits(phone: str) -> str:
    return "".join(character for character in phone if character.isdigit())


class _Columns:
    """More columns to be looked through, each under its label; those this dictionary has."""

    def __init__(self, table: str, kind: str, keys: Sequence[str]) -> None:
        fields = [KINDS[kind].fields[key] for key in keys if key in KINDS[kind].fields]
        self.sql = "".join(f", {table}.{field.key}" for field in fields)
        self.labels = [field.zh for field in fields]


def _among(column: str, only: Sequence[Id] | None) -> str:
    return "" if only is None else f"AND {column} IN ({','.join('?' * len(only))})"


def _why_not(*retired: str | None) -> str:
    """The word for why something holds no more."""
    return next((codes.RETIRED.label(one) for one in retired if one), "")
