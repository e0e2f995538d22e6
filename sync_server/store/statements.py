"""SQL made by SQLAlchemy Core once and run as text: typed statements at the driver's speed."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import Dialect

LARGEST = 1024  # ids in one lookup


class Statement:
    """One statement and the order of its values."""

    def __init__(self, dialect: Dialect, element: sa.Executable, order: Sequence[str]) -> None:
        keys = list(order) if isinstance(element, sa.Insert) and element.select is None else None
        compiled = element.compile(dialect=dialect, column_keys=keys)  # type: ignore[attr-defined]
        if list(compiled.positiontup or ()) != list(order):
            raise ValueError(f"values go {compiled.positiontup}, not {list(order)}")
        self.sql = str(compiled)

    def run(self, connection: sa.Connection, *values: object) -> sa.CursorResult[Any]:
        return connection.exec_driver_sql(self.sql, values)

    def plain(self, connection: sa.Connection, *values: object) -> list[Any]:
        """All rows as the driver's own tuples."""
        with closing(self.run(connection, *values)) as found:
            return list(found.cursor.fetchall())


class Bulk:
    """One statement for many rows.

    PostgreSQL gets each column as one array and plans once; elsewhere the driver repeats the statement.
    """

    def __init__(
        self,
        dialect: Dialect,
        columns: Sequence[sa.Column[Any]],
        single: sa.Executable,
        joined: Callable[[sa.TableValuedAlias], sa.Executable],
    ) -> None:
        """`columns` name the values of a row and their types, in order; `single` takes them one row at a
        time, `joined` as a table."""
        names = [column.name for column in columns]
        self._as_arrays = dialect.name == "postgresql"
        element = joined(_incoming(columns)) if self._as_arrays else single
        self._statement = Statement(dialect, element, names)

    def run(self, connection: sa.Connection, rows: Sequence[tuple[object, ...]]) -> None:
        if not rows:
            return
        values = [list(one) for one in zip(*rows, strict=True)] if self._as_arrays else None
        connection.exec_driver_sql(self._statement.sql, tuple(values) if values else list(rows))


def bulk_insert(dialect: Dialect, table: sa.Table, keys: Sequence[str] = ()) -> Bulk:
    """Insert rows; those whose `keys` are there take their place."""
    new = put(dialect, table, keys) if keys else sa.insert(table)
    names = [column.name for column in table.columns]
    return Bulk(
        dialect, list(table.columns), new, lambda rows: new.from_select(names, sa.select(*rows.columns))
    )


def _incoming(columns: Sequence[sa.Column[Any]]) -> sa.TableValuedAlias:
    arrays = [sa.bindparam(one.name, type_=sa.ARRAY(one.type)) for one in columns]
    named = [sa.column(one.name, one.type) for one in columns]
    return sa.func.unnest(*arrays).table_valued(*named, name="incoming").render_derived()


Among = Callable[[sa.Column[bytes]], sa.ColumnElement[bool]]


class Lookup:
    """A query by a set of ids.

    PostgreSQL takes them as one array. Elsewhere it is rendered once for each power of two of them, repeating
    the last to fill up.
    """

    def __init__(
        self,
        dialect: Dialect,
        order: Sequence[str],
        make: Callable[[Among], sa.Select[Any]],
        after: Sequence[str] = (),
    ) -> None:
        """`make` gets a condition for "one of the ids"; `order` and `after` name what stands around them."""
        self._dialect = dialect
        self._before, self._after = list(order), list(after)
        self._make = make
        self._as_array = dialect.name == "postgresql"
        self._rendered: dict[int, Statement] = {}

    def bound(self, wanted: Sequence[bytes]) -> tuple[Statement, tuple[object, ...]]:
        """The statement for some ids, and what is put where they stand."""
        if self._as_array:
            return self._statement(0), (list(wanted),)
        size = 1 << max(len(wanted) - 1, 0).bit_length()
        return self._statement(size), (*wanted, *[wanted[-1]] * (size - len(wanted)))

    def _statement(self, size: int) -> Statement:
        if size not in self._rendered:
            ids = [f"id{number}" for number in range(size)] or ["ids"]
            element = self._make(lambda column: self._among(column, ids, size))
            self._rendered[size] = Statement(self._dialect, element, [*self._before, *ids, *self._after])
        return self._rendered[size]

    def _among(self, column: sa.Column[bytes], ids: list[str], size: int) -> sa.ColumnElement[bool]:
        if size == 0:
            return column == sa.any_(sa.bindparam(ids[0], type_=sa.ARRAY(sa.LargeBinary)))
        return column.in_([sa.bindparam(one, type_=sa.LargeBinary) for one in ids])

    def all(self, connection: sa.Connection, wanted: Collection[bytes], *before: object) -> Iterator[Any]:
        """The rows of these ids, in no order across more than `LARGEST` of them."""
        ordered = sorted(wanted)
        for start in range(0, len(ordered), LARGEST):
            statement, values = self.bound(ordered[start : start + LARGEST])
            yield from statement.plain(connection, *before, *values)

    def once(
        self, connection: sa.Connection, wanted: Collection[bytes], before: tuple[object, ...], *after: object
    ) -> list[Any]:
        """The rows of one query over all these ids."""
        if not wanted:
            return []
        statement, values = self.bound(list(wanted))
        return statement.plain(connection, *before, *values, *after)


def storable(text: str) -> str:
    """A text as every engine keeps it: PostgreSQL refuses the character with the number 0."""
    return text.replace("\0", "")


def insert_new(dialect: Dialect, table: sa.Table) -> sa.Insert:
    """An insert that leaves alone what is there already."""
    return _insert(dialect, table).on_conflict_do_nothing()


def put(dialect: Dialect, table: sa.Table, keys: Sequence[str]) -> sa.Insert:
    """An insert that takes the place of the row with these keys, if there is one."""
    fresh = _insert(dialect, table)
    changed = {one.name: fresh.excluded[one.name] for one in table.columns if one.name not in keys}
    return fresh.on_conflict_do_update(index_elements=list(keys), set_=changed)


def _insert(dialect: Dialect, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(table) if dialect.name == "postgresql" else sqlite.insert(table)
