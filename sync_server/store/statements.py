"""SQL made by SQLAlchemy Core once and run as text: typed statements at the driver's speed."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.sql.elements import BindParameter

LARGEST = 1024  # ids in one lookup


class Statement:
    """One statement and the order of its values."""

    def __init__(self, dialect: Dialect, element: sa.Executable, order: Sequence[str]) -> None:
        keys = list(order) if isinstance(element, sa.Insert) else None
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

    def run_many(self, connection: sa.Connection, rows: Sequence[tuple[object, ...]]) -> None:
        if rows:
            connection.exec_driver_sql(self.sql, list(rows))


class Lookup:
    """A query by a set of ids; rendered once for each power of two of them, repeating the last to fill up."""

    def __init__(
        self,
        dialect: Dialect,
        order: Sequence[str],
        make: Callable[[list[BindParameter[bytes]]], sa.Select[Any]],
    ) -> None:
        self._dialect = dialect
        self._before = list(order)
        self._make = make
        self._rendered: dict[int, Statement] = {}

    def statement(self, count: int) -> tuple[Statement, int]:
        """The statement for so many ids, and how many it takes."""
        size = 1 << max(count - 1, 0).bit_length()
        if size not in self._rendered:
            names = [f"id{number}" for number in range(size)]
            element = self._make([sa.bindparam(name, type_=sa.LargeBinary) for name in names])
            self._rendered[size] = Statement(self._dialect, element, [*self._before, *names])
        return self._rendered[size], size

    def all(self, connection: sa.Connection, wanted: Collection[bytes], *before: object) -> Iterator[Any]:
        """The rows of these ids, in no order across more than `LARGEST` of them."""
        ordered = sorted(wanted)
        for start in range(0, len(ordered), LARGEST):
            some = ordered[start : start + LARGEST]
            statement, size = self.statement(len(some))
            yield from statement.plain(connection, *before, *some, *[some[-1]] * (size - len(some)))

    def first(
        self, connection: sa.Connection, most: int, wanted: Collection[bytes], *before: object
    ) -> list[Any]:
        """The first rows of one query over all these ids."""
        if not wanted:
            return []
        statement, size = self.statement(len(wanted))
        filled = [*wanted, *[next(iter(wanted))] * (size - len(wanted))]
        with closing(statement.run(connection, *before, *filled)) as found:
            return list(found.cursor.fetchmany(most))
