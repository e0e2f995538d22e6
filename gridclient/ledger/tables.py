"""The tables, made from the dictionary: one a kind, in the order of the wire's rows."""

from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, String, Table
from sqlalchemy.dialects.sqlite import dialect as sqlite_dialect
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.types import TypeEngine

from gridclient.core.domain.declaration import Field, Kind, Type
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.merge.compact import FIXED

SCHEMA = 3
metadata = MetaData()

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", LargeBinary))

# Own changes, kept until their place is lost. `laid`: not yet in the server's heads, so laid over them.
# `state`: pending, done (the server has it), held, quarantined, declined (held, and the supervisor said no),
# dismissed, superseded (its author looked and let it be). `reason`: a short word for those in between.
change = Table(
    "change",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", LargeBinary, nullable=False),
    Column("kind", String, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("place", LargeBinary, nullable=False),
    Column("batch", LargeBinary),
    Column("at", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("laid", Integer, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("words", String),
    Column("body", LargeBinary, nullable=False),
    Column("reason", String),
    Index("change_id", "id", unique=True),
)
Index("change_laid", change.c.record, sqlite_where=change.c.laid == 1)
Index("change_pending", change.c.number, sqlite_where=change.c.state == "pending")
Index("change_open", change.c.number, sqlite_where=change.c.state != "done")
Index("change_taken", change.c.seq, sqlite_where=change.c.seq > 0)
Index("change_again", change.c.record, sqlite_where=change.c.id != change.c.record)
Index("change_batch", change.c.batch, sqlite_where=change.c.batch.is_not(None))

# The server's row of every record that has own changes laid over it; others are shown as the server has them.
base = Table(
    "base",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("kind", String, nullable=False),
    Column("place", LargeBinary, nullable=False),
    Column("row", LargeBinary, nullable=False),
)

# Records of kinds this program does not know: kept whole, shown nowhere.
other = Table(
    "other",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("kind", String, nullable=False),
    Column("place", LargeBinary, nullable=False),
    Column("row", LargeBinary, nullable=False),
)

# Places held: how far each is filled, and the digest of the server's heads in it.
place = Table(
    "place",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("whole", Integer, nullable=False),
    Column("stage", Integer),
    Column("seq", BigInteger),
    Column("count", Integer, nullable=False),
    Column("total", BigInteger, nullable=False),
)

# What a group held before an own change wrote it: enough to take that change back.
inverse = Table(
    "inverse",
    metadata,
    Column("change", LargeBinary, primary_key=True),
    Column("fields", LargeBinary, nullable=False),
)

# What others wrote, this laptop holds and a server has lost: handed in as copies, kept until the verdict.
# `state`: waiting (to be handed in), held, declined, quarantined; what is accepted leaves the table.
only_here = Table(
    "only_here",
    metadata,
    Column("copy", LargeBinary, primary_key=True),
    Column("original", LargeBinary, nullable=False),
    Column("kind", String, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("place", LargeBinary, nullable=False),
    Column("author", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("noted", BigInteger, nullable=False),
    Column("state", String, nullable=False),
    Column("reason", String),
    Column("words", String),
    Column("body", LargeBinary, nullable=False),
)

# Own visits in places this laptop may no longer hold: so that one's own counts stay true.
kept_visit = Table(
    "kept_visit",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("at", BigInteger, nullable=False),
)

# Own changes of places lost, sealed so that only the community's safe opens them.
sealed = Table(
    "sealed",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("place", LargeBinary, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# A form half written: encrypted like everything here, never a change.
draft = Table(
    "draft",
    metadata,
    Column("name", String, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("body", LargeBinary, nullable=False),
)

# Own changes that went out in a pack file: the last file that carried each, and when it was made.
packed = Table(
    "packed",
    metadata,
    Column("change", LargeBinary, primary_key=True),
    Column("pack", LargeBinary, nullable=False),
    Column("made", BigInteger, nullable=False),
)

# Pack files of other laptops that were opened here, as they came: they are carried on to the server.
carried = Table(
    "carried",
    metadata,
    Column("pack", LargeBinary, primary_key=True),
    Column("device", LargeBinary, nullable=False),
    Column("worker", LargeBinary, nullable=False),
    Column("made", BigInteger, nullable=False),
    Column("opened", BigInteger, nullable=False),
    Column("changes", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
    Column("answers", LargeBinary),
)

# What lay in them and the server has not sent yet: shown over its records (`laid`), never pushed as own.
opened = Table(
    "opened",
    metadata,
    Column("id", LargeBinary, primary_key=True),
    Column("pack", LargeBinary, nullable=False),
    Column("kind", String, nullable=False),
    Column("record", LargeBinary, nullable=False),
    Column("place", LargeBinary, nullable=False),
    Column("laid", Integer, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Index("opened_record", "record"),
)

_TYPES: dict[Type, type[TypeEngine[Any]]] = {
    Type.REF: LargeBinary,
    Type.BLOB: LargeBinary,
    Type.NUMBER: BigInteger,
    Type.FLAG: Integer,
    Type.INSTANT: BigInteger,
}
_FIXED: dict[str, type[TypeEngine[Any]]] = {
    "id": LargeBinary,
    "author": LargeBinary,
    "at": BigInteger,
    "heads": LargeBinary,
    "extra": LargeBinary,
}


def _column(field: Field) -> Column[Any]:
    return Column(
        field.key + "_" if field.key in FIXED else field.key,
        LargeBinary if field.is_set else _TYPES.get(field.type, String),
    )


def column_name(key: str) -> str:
    """The column of a field; one named like a fixed column stands beside it with a mark."""
    return key + "_" if key in FIXED else key


def _table(kind: type[Kind]) -> Table:
    columns: list[Column[Any]] = [Column("pk", Integer, primary_key=True)]
    columns.append(Column("place", LargeBinary, nullable=False))
    columns += [Column(name, type_, nullable=name in ("heads", "extra")) for name, type_ in _FIXED.items()]
    columns += [_column(field) for field in kind.fields.values()]
    table: Table = Table(f"k_{kind.kind}", metadata, *columns)
    Index(f"{kind.kind}_id", table.c.id, unique=True)
    if kind.within:
        Index(f"{kind.kind}_within", table.c[kind.within])
    return table


RECORDS: dict[str, Table] = {name: _table(kind) for name, kind in KINDS.items()}
_visit = RECORDS["visit"].c
Index("visit_dwelling", _visit.dwelling, sqlite_where=_visit.household.is_(None))


@cache
def upsert(kind: str) -> str:
    """SQL that stores one row: place, then the columns of the wire's row. Rendered once; tuples go in."""
    table = RECORDS[kind]
    names = [column.name for column in table.columns if column.name != "pk"]
    statement = insert(table)
    statement = statement.on_conflict_do_update(
        index_elements=["id"], set_={name: statement.excluded[name] for name in names if name != "id"}
    )
    compiled = statement.compile(dialect=sqlite_dialect(paramstyle="qmark"), column_keys=names)
    assert list(compiled.positiontup or []) == names
    return str(compiled)
