"""Reading what can be found out of a ledger: all of it, or what some changed records stand for."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.pinyin import Readings
from gridclient.ledger.search import declared
from gridclient.ledger.search.doors import doors, people
from gridclient.ledger.search.shelf import Line, Shelf

# The order in which groups stand where their matches are equally good.
GROUPS = ("person", "door", "place", "matter", "visit", "care", "staff", "paper", "desk")
_CHUNK = 500
MANY = 1500


class Reading(NamedTuple):
    """All that can be found: shelves by group, and where on the shelf of doors what each opens stands."""

    shelves: dict[str, Shelf]
    doors: dict[Id, int]


def read_all(connection: Connection, readings: Readings) -> Reading:
    """Everything of a ledger."""
    lines = _lines(connection, readings, None)
    # Made line by line: nothing a collector of garbage would have to look through is kept on the way.
    shelves = {group: Shelf(chain.from_iterable(lines.get(group, ()))) for group in GROUPS}
    return Reading(shelves, {opens: place for place, opens in enumerate(shelves["door"].opens)})


def read_some(
    connection: Connection, readings: Readings, touched: Iterable[Id]
) -> tuple[set[Id], dict[str, list[Line]]] | None:
    """What changed records stand for: the records to forget and the lines to know; None where reading
    everything is less work."""
    wanted = set(touched)
    if len(wanted) > MANY:
        return None
    wanted = _with_those_around(connection, wanted)
    found: dict[str, list[Line]] = {}
    ordered = sorted(wanted)
    for start in range(0, len(ordered), _CHUNK):
        for group, lines in _lines(connection, readings, ordered[start : start + _CHUNK]).items():
            found.setdefault(group, []).extend(chain.from_iterable(lines))
    return wanted, found


def _lines(
    connection: Connection, readings: Readings, only: Sequence[Id] | None
) -> dict[str, list[Iterator[Line]]]:
    found = {"person": [people(connection, readings, only)], "door": [doors(connection, only)]}
    for kind in KINDS:
        spec = declared.spec_of(kind)
        if spec is not None:
            made = declared.lines(connection, kind, spec, readings, only)
            found.setdefault(spec.group, []).append(made)
    return found


# What shows something of a record in its own entry: (table, its id, where the other one's id stands).
_AROUND = (
    ("k_household", "id", "head"),
    ("k_household", "id", "dwelling"),
    ("k_household", "dwelling", "id"),
    ("k_resident", "id", "household"),
    ("k_matter_step", "matter", "id"),
)


def _with_those_around(connection: Connection, touched: set[Id]) -> set[Id]:
    """A head's name stands at the door, a door's number beside its people."""
    wanted = set(touched)
    for table, shows, column in _AROUND:
        ordered = sorted(wanted)
        for start in range(0, len(ordered), _CHUNK):
            some = tuple(ordered[start : start + _CHUNK])
            marks = ",".join("?" * len(some))
            rows = connection.exec_driver_sql(
                f"SELECT {shows} FROM {table} WHERE {column} IN ({marks}) AND {shows} IS NOT NULL", some
            )
            wanted.update(row[0] for row in rows)
    return wanted
