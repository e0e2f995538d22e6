"""What the page of a household shows: plain data, texts ready to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from gridclient.desktop.kit.timeline import Event
from gridclient.desktop.theme import Tone


class Standing(Enum):
    """Whether somebody lives behind this door."""

    LIVED = "lived"
    VACANT = "vacant"
    MOVED = "moved"


class Sort(Enum):
    """What a happening belongs to; the filters of the timeline."""

    VISIT = "visit"
    MATTER = "matter"
    CARD = "card"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Person:
    """One resident. ``conflicts`` names each group with several versions and gives the shown values.

    ``stale`` says that ``verified`` lies further back than it should.
    """

    id: bytes
    name: str
    relation: str = ""
    sex_age: str = ""
    phone: str = ""
    residence: str = ""
    verified: str = ""
    stale: bool = False
    conflicts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    care: str = ""


@dataclass(frozen=True, slots=True)
class FactLine:
    """One fact of the house, the record, kind and group it comes from, its versions if several."""

    label: str
    value: str
    record: bytes = b""
    kind: str = "household"
    group: str = ""
    conflict: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One of the 四清: its name, how it stands and since when; ``tone`` OK clear, WARN changed or due."""

    name: str
    state: str
    tone: Tone = Tone.OK


@dataclass(frozen=True, slots=True)
class Owed:
    """Something not done yet: a matter, or under the household's own id a visit that is owed."""

    id: bytes
    icon: str
    title: str
    since: str
    chip: str = ""
    tone: Tone = Tone.NEUTRAL


@dataclass(frozen=True, slots=True)
class Happening:
    """One entry of the timeline."""

    event: Event
    sort: Sort


@dataclass(frozen=True, slots=True)
class HouseholdView:
    """Everything known about one door. ``household`` is empty where nobody is registered yet.

    ``families`` are all households of the dwelling when there are several; ``notice`` is a line to be read
    first (空房，10月2日看过; 已搬走 8月).
    """

    household: bytes
    dwelling: bytes
    door: str
    head: str = ""
    standing: Standing = Standing.LIVED
    notice: str = ""
    successor: bytes = b""
    chips: tuple[str, ...] = ()
    families: tuple[tuple[bytes, str], ...] = ()
    people: tuple[Person, ...] = ()
    people_summary: str = ""
    verified: str = ""
    stale: bool = False
    facts: tuple[FactLine, ...] = ()
    checks: tuple[CheckLine, ...] = ()
    checks_summary: str = ""
    owed: tuple[Owed, ...] = ()
    timeline: tuple[Happening, ...] = ()
    before: bool = True
    after: bool = True
    may_erase: bool = False
