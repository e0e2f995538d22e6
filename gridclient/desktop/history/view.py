"""What the sheet of a history shows: plain data, texts ready to be read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field as it is now, and who said so last."""

    group: str
    label: str
    value: str
    last: str = ""


@dataclass(frozen=True, slots=True)
class Telling:
    """One change of one field, or the making of a record, which speaks of all its ``groups``."""

    id: bytes
    groups: tuple[str, ...]
    icon: str
    what: str
    who: str
    when: str
    chip: str = ""
    bad: bool = False


@dataclass(frozen=True, slots=True)
class HistoryView:
    """The newest telling first; ``note`` says what this computer cannot know."""

    title: str
    subtitle: str
    fields: tuple[FieldLine, ...]
    told: tuple[Telling, ...]
    note: str = ""
