"""Which column means what: found by the headers, or said by a person in a small JSON file."""

from collections.abc import Sequence

import msgspec

from gridclient.core.domain.errors import KnownError
from gridclient.exchange import words
from gridclient.exchange.targets import (
    ADDRESS,
    BUILDING,
    COMPOUND,
    HEAD_NAME,
    IGNORE,
    NAME,
    ROOM,
    key_of,
)
from gridclient.exchange.words import known_error

REGISTER = "register"
HOTLINE = "hotline"
FEEDBACK = "feedback"
SORTS = (REGISTER, HOTLINE, FEEDBACK)
# The column without which a row of a flat file says nothing.
NEEDED = {
    HOTLINE: ("hotline_ticket.number", words.ASK_TICKET_NUMBER),
    FEEDBACK: ("feedback.body", words.ASK_FEEDBACK_BODY),
}


class ColumnMapping(msgspec.Struct, omit_defaults=True):
    """One column. `field` None: a person has to choose one of `choices`; `samples` help."""

    column: str
    header: str
    field: str | None
    ask: str = ""
    choices: list[str] = []
    samples: list[str] = []


class SheetMapping(msgspec.Struct, omit_defaults=True):
    """One sheet.

    Attributes:
        header: the last row of its header, counted from 1; 0 where none was found.
        header_rows: over how many rows the header goes.
        lacks: which of compound and building no row says, so that the two below have to.
        compound, building: that of every row of the sheet which names none.
        ask: what a person has to fill in here.
    """

    sheet: str
    header: int
    columns: list[ColumnMapping]
    header_rows: int = 1
    lacks: list[str] = []
    compound: str = ""
    building: str = ""
    ask: list[str] = []

    def has(self, *keys: str) -> bool:
        return any(column.field in keys for column in self.columns)

    def open_questions(self, sort: str = REGISTER) -> list[str]:
        """What is missing before rows can be read, in words."""
        asked = [
            f"{column.column} {column.header}：{words.ASK_COLUMN}"
            for column in self.columns
            if not column.field
        ]
        if not self.header:
            asked.append(words.ASK_HEADER)
        if sort != REGISTER:
            needed, ask = NEEDED[sort]
            return asked if self.has(needed) else [*asked, ask]
        if not self.has(NAME, HEAD_NAME):
            asked.append(words.ASK_NAME)
        if not self.has(ROOM, ADDRESS):
            asked.append(words.ASK_ROOM)
        if COMPOUND in self.lacks and not (self.has(COMPOUND) or self.compound.strip()):
            asked.append(words.ASK_COMPOUND)
        if BUILDING in self.lacks and not (self.has(BUILDING) or self.building.strip()):
            asked.append(words.ASK_BUILDING)
        return asked


class Mapping(msgspec.Struct, omit_defaults=True):
    """The sheets to be imported; sheets not named here are left out. `sort`: what sort of file it is.
    `recalled`: sheets read as a person once explained the same headers."""

    sheets: list[SheetMapping]
    sort: str = REGISTER
    recalled: list[str] = []

    def to_json(self) -> bytes:
        """As a file for a person to fill in."""
        return msgspec.json.format(msgspec.json.encode(self), indent=2) + b"\n"


class MappingNeeded(KnownError):
    """Headers a person has to explain. `mapping` is to be filled in and given back."""

    def __init__(self, mapping: Mapping, questions: Sequence[str]) -> None:
        known = known_error("mapping_needed")
        super().__init__(known.code, known.zh, known.en)
        self.mapping = mapping
        self.questions = tuple(questions)


def read_mapping(data: bytes) -> Mapping:
    """A mapping as a person gave it back.

    Raises:
        KnownError: it is no mapping, or names a field that does not exist.
    """
    try:
        mapping = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=Mapping)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise known_error("mapping_broken") from error
    if mapping.sort not in SORTS:
        raise known_error("mapping_broken", mapping.sort)
    for sheet in mapping.sheets:
        for column in sheet.columns:
            if column.field:
                key = key_of(column.field)
                if key is None:
                    raise known_error("mapping_broken", f"{column.column} {column.header}")
                column.field = key
    return mapping


def questions(mapping: Mapping) -> list[str]:
    """Everything a person still has to say; nothing if the mapping is whole."""
    return [
        f"{sheet.sheet}：{asked}" for sheet in mapping.sheets for asked in sheet.open_questions(mapping.sort)
    ]


def taken(column: ColumnMapping) -> bool:
    return column.field is not None and column.field != IGNORE
