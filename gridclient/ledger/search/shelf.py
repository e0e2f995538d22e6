"""Entries of one group in columns, and one string with a line for each."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.ledger.search.typed import normal

BEGINS = "\x1f"
ENDS = "\x1e"


class Tag(StrEnum):
    """What a part of a line is, where it is no field with a name of its own. Nobody types these."""

    TITLE = "\x01"
    SOUND = "\x02"
    PLACE = "\x03"
    DOOR = "\x04"
    PHONE = "\x05"
    NUMBER = "\x06"


# Labels stand in a line as one character that nobody types: whoever looks for 单 does not mean 工作单位.
# From the upper end of what Unicode leaves to everybody; the lower holds rare names of old systems.
PROGRESS = "办理"
_LABELS = sorted({PROGRESS, *(field.zh for kind in KINDS.values() for field in kind.fields.values())})
_MARKS = {label: chr(0xF000 + place) for place, label in enumerate(_LABELS)}
_SAID = {mark: label for label, mark in _MARKS.items()}


def label_of(mark: str) -> str:
    """What a tag in a line says: a Tag as it is, or a field's label."""
    return _SAID.get(mark, mark)


class Entry(NamedTuple):
    """Something that can be found. `opens` is the household to show, the dwelling where there is none, or
    the record itself; `retired` says in a word why it holds no more; `at` is when it happened, if it did."""

    kind: str
    record: Id
    opens: Id
    building: Id
    title: str
    place: str = ""
    retired: str = ""
    at: int = 0


class Line(NamedTuple):
    """An entry and what it is found by: what is in plain letters and digits, and everything else."""

    entry: Entry
    plain: str
    other: str


_CLEAN = {ord("\n"): " ", ord("\r"): " ", ord(BEGINS): " ", ord(ENDS): " "}


def line(entry: Entry, *said: tuple[str, str | None]) -> Line:
    """The line of an entry from (tag, words); whatever has no words is left out. A tag is one of Tag, or a
    field's label."""
    plain: list[str] = []
    other: list[str] = []
    for tag, words in said:
        if words:
            part = f"{BEGINS}{normal(words).translate(_CLEAN)}{ENDS}{_MARKS.get(tag, tag)}"
            (plain if part.isascii() else other).append(part)
    return Line(entry, "".join(plain), "".join(other))


class Side:
    """One string, a line an entry."""

    def __init__(self, lines: list[str]) -> None:
        self._starts: list[int] = []
        self._letters: set[str] = set()
        at = 0
        for one in lines:  # in steps: whoever else wants to run gets in between
            self._starts.append(at)
            self._letters.update(one)
            at += len(one) + 1
        self._text = "\n".join(lines)

    def line(self, place: int) -> str:
        starts = self._starts
        end = starts[place + 1] - 1 if place + 1 < len(starts) else len(self._text)
        return self._text[starts[place] : end]

    def places(self, word: str) -> Iterator[int]:
        """The lines that contain a word, in the order they stand."""
        if not self._letters.issuperset(word):
            return
        text, starts = self._text, self._starts
        at = text.find(word)
        while at >= 0:
            place = bisect_right(starts, at) - 1
            yield place
            if place + 1 == len(starts):
                break
            at = text.find(word, starts[place + 1])


class Shelf:
    """Not to be changed once made. Columns, because a collector has nothing to look at in them; letters and
    digits apart from the rest, because a string of those alone is half as long to look through."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._columns: list[list[Any]] = [[] for _ in Entry._fields]
        plain, other = [], []
        for one in lines:
            for column, value in zip(self._columns, one.entry, strict=True):
                column.append(value)
            plain.append(one.plain)
            other.append(one.other)
        self.plain = Side(plain)
        self.other = Side(other)

    def __len__(self) -> int:
        return len(self.records)

    @property
    def records(self) -> list[Id]:
        return self._columns[1]

    @property
    def opens(self) -> list[Id]:
        return self._columns[2]

    @property
    def titles(self) -> list[str]:
        return self._columns[4]

    @property
    def retired(self) -> list[str]:
        return self._columns[6]

    def entry(self, place: int) -> Entry:
        return Entry(*(column[place] for column in self._columns))

    def line(self, place: int) -> str:
        """What the entry at a place is found by."""
        return self.plain.line(place) + self.other.line(place)


EMPTY = Shelf(())
