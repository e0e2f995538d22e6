"""Layouts of tables this laptop has been told about; they stay in its ledger and are never sent."""

from sqlalchemy import Connection

from gridclient.exchange.layouts import Layout, Layouts, learned
from gridclient.exchange.mapping import Mapping
from gridclient.ledger.identity import get, put
from gridclient.ledger.ledger import Ledger

_NAME = "layouts"
_KEPT = 200


def remembered(connection: Connection) -> Layouts:
    """Every layout, by what it is known by."""
    return get(connection, _NAME, dict[str, Layout]) or {}


def remember(ledger: Ledger, mapping: Mapping) -> int:
    """Read tables with the same headers this way from now on; how many layouts that are."""
    new = learned(mapping)
    with ledger.writing() as connection:
        before = {key: one for key, one in remembered(connection).items() if key not in new}
        put(connection, _NAME, dict([*before.items(), *new.items()][-_KEPT:]))
    return len(new)


def forget(ledger: Ledger, mapping: Mapping) -> None:
    """Ask again when a table with these headers comes."""
    gone = learned(mapping)
    with ledger.writing() as connection:
        kept = {key: one for key, one in remembered(connection).items() if key not in gone}
        put(connection, _NAME, kept)
