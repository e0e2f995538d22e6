"""What the settings are given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Section(StrEnum):
    """The parts of the page that can fail."""

    PHONE = "phone"
    PASSPHRASE = "passphrase"
    JOIN = "join"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class SettingsView:
    """Who works here, on what, and how it looks; texts are ready to show, an empty one is not known.

    ``anew``: the community takes this ledger for a copy, and a new code has to be given.
    """

    name: str
    role: str
    community: str
    grids: str
    phone: str
    hours: str
    folder: str
    since: str
    enrolled: bool
    factor: float
    dark: bool
    version: str
    licences: str
    anew: bool = False
