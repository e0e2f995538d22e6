"""What the export screen is given, and what it asks for."""

from __future__ import annotations

from dataclasses import dataclass

from gridclient.desktop.kit.picker import Item


@dataclass(frozen=True, slots=True)
class ExportsView:
    """What there is to export and of where.

    Attributes:
        tables: tables of the ledger and forms to fill, in groups; `undated` are those that are of now.
        areas: the whole community, grids, buildings.
        periods: first and last day of what the switch offers, `("", "")` for always.
        whole: whether this person may take whole numbers out.
    """

    tables: tuple[Item, ...]
    undated: frozenset[bytes]
    areas: tuple[Item, ...]
    periods: tuple[tuple[str, str], ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What a person asked for; `path` is where it goes, and a file there may be replaced: they said so."""

    table: bytes
    area: bytes
    since: str
    until: str
    whole: bool
    purpose: str
    flat: bool
    path: str
