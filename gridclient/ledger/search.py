"""Finding a person or a door while typing: one string in memory, looked through for every key.

Two-letter initials and two-character names are what people type, and an index of trigrams finds neither;
a plain scan of the whole community's registers takes about a millisecond.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.core.domain.geography import door
from gridclient.core.domain.ids import Id
from gridclient.core.merge.compact import elements

MOST = 50
_LOOKED_AT = 400


class Entry(NamedTuple):
    """Something that can be found. `opens` is the household to show, or the dwelling where there is none."""

    kind: str
    record: Id
    opens: Id
    building: Id
    title: str
    place: str
    text: str


class SearchIndex:
    """All people and doors of a ledger in memory. `spell` gives pinyin and initials of a name.

    Not thread-safe: one thread asks and refreshes; `read` may run elsewhere.
    """

    def __init__(self, spell: Callable[[str], str]) -> None:
        self._spell = spell
        self._entries: list[Entry] = []
        self._starts: list[int] = []
        self._text = ""

    def read(self, connection: Connection) -> list[Entry]:
        """All entries of a ledger, to be given to `replace`."""
        return [*self._doors(connection), *self._people(connection)]

    def replace(self, entries: Iterable[Entry]) -> None:
        """Look through these from now on."""
        self._entries = list(entries)
        self._starts = []
        at = 0
        for entry in self._entries:
            self._starts.append(at)
            at += len(entry.text) + 1
        self._text = "\n".join(entry.text for entry in self._entries)

    def entry(self, record: Id) -> Entry | None:
        """The entry of a record, if it can be found."""
        return next((entry for entry in self._entries if entry.record == record), None)

    def find(self, typed: str, most: int = MOST) -> list[Entry]:
        """What matches all words typed; whatever begins with the first word comes first."""
        words = normal(typed).split()
        if not words:
            return []
        found = [
            entry for entry in self._containing(words[0]) if all(word in entry.text for word in words[1:])
        ]
        first = "\x1f" + words[0]
        found.sort(key=lambda entry: first not in entry.text)
        return found[:most]

    def _containing(self, word: str) -> list[Entry]:
        found: list[Entry] = []
        at = self._text.find(word)
        while at >= 0 and len(found) < _LOOKED_AT:
            line = bisect_right(self._starts, at) - 1
            found.append(self._entries[line])
            following = line + 1
            if following == len(self._starts):
                break
            at = self._text.find(word, self._starts[following])
        return found

    def _doors(self, connection: Connection) -> list[Entry]:
        made = []
        for row in connection.exec_driver_sql(
            """
            SELECT d.id, h.id, b.id, c.title, b.number, d.unit, d.room, r.name, h.phone
            FROM k_dwelling d JOIN k_building b ON b.id = d.building JOIN k_compound c ON c.id = b.compound
            LEFT JOIN k_household h ON h.dwelling = d.id AND (h.retired IS NULL OR h.retired = '')
            LEFT JOIN k_resident r ON r.id = h.head
            WHERE d.retired IS NULL OR d.retired = ''
            """
        ):
            dwelling, household, building, compound, number, unit, room, head, phone = row
            where = door(number, unit or "", room or "")
            short = "-".join(part for part in (number, unit, room) if part)
            text = _line([short, where, f"{number}-{room}", compound, _digits(phone or "")])
            opens = household or dwelling
            kind = "household" if household else "dwelling"
            made.append(Entry(kind, opens, opens, building, where, f"{compound}　{head or ''}".strip(), text))
        return made

    def _people(self, connection: Connection) -> list[Entry]:
        made = []
        for row in connection.exec_driver_sql(
            """
            SELECT p.id, p.household, b.id, p.name, p.phones, p.id_number, c.title, b.number, d.unit, d.room
            FROM k_resident p JOIN k_household h ON h.id = p.household JOIN k_dwelling d ON d.id = h.dwelling
            JOIN k_building b ON b.id = d.building JOIN k_compound c ON c.id = b.compound
            WHERE (p.retired IS NULL OR p.retired = '') AND (h.retired IS NULL OR h.retired = '')
            """
        ):
            record, household, building, name, phones, number, compound, block, unit, room = row
            numbers = " ".join(_digits(str(phone)) for phone in elements(phones))
            last = number[-4:] if number else ""
            text = _line([name or "", self._spell(name or ""), numbers, last])
            where = f"{compound} {door(block, unit or '', room or '')}"
            made.append(Entry("resident", record, household, building, name or "", where, text))
        return made


def normal(typed: str) -> str:
    """What is typed or stored, as it is compared: one width, one case, dashes alike."""
    plain = unicodedata.normalize("NFKC", typed).casefold()
    for dash in "－—–―#号":
        plain = plain.replace(dash, "-" if dash != "号" else dash)
    return plain


def _line(parts: list[str]) -> str:
    return "\x1f" + "\x1f".join(normal(part).replace("\n", " ") for part in parts if part)


def _digits(phone: str) -> str:
    return "".join(character for character in phone if character.isdigit())
