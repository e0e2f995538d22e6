"""Asking: which entries hold what was typed, the best of every group first."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from gridclient.core.domain.ids import Id
from gridclient.core.domain.pinyin import Readings
from gridclient.ledger.search.reading import Reading
from gridclient.ledger.search.shelf import BEGINS, EMPTY, ENDS, Entry, Line, Shelf, Tag, label_of
from gridclient.ledger.search.typed import Asked, asked

MOST = 5
_LOOKED_AT = 60
_TRIED = 800
_HEARD = 300
_RETIRED = 10
# A letter or digit or two are in nearly every note: what is said in words is asked with more of them.
_LETTERS = 3
_DIGITS = 4
_MOST_FRESH = 4000


class Why(NamedTuple):
    """Where it was found, if not in its title: a Tag or a label, the words there, and which of them."""

    tag: str
    words: str
    begins: int
    ends: int


class Found(NamedTuple):
    """One thing found. `door`: the entry of the door it belongs to."""

    entry: Entry
    why: Why | None
    door: Entry | None


class Group(NamedTuple):
    """What was found of one sort. `total`: how many in all; `more`: or still more than that."""

    name: str
    found: list[Found]
    total: int
    more: bool


class _Hit(NamedTuple):
    rank: int
    fresh: bool
    place: int
    words: tuple[str, ...]


class SearchIndex:
    """Everything that can be found in a ledger, in memory.

    Not thread-safe: one thread asks, replaces and updates; readings are made elsewhere.
    """

    def __init__(self, readings: Readings) -> None:
        self.readings = readings
        self._base = Reading({}, {})
        self._fresh: dict[str, dict[Id, Line]] = {}
        self._fresh_shelves: dict[str, Shelf] = {}
        self._fresh_doors: dict[Id, Entry] = {}
        self._gone: set[Id] = set()

    def replace(self, reading: Reading) -> Reading:
        """Look through this from now on. What was looked through before comes back, to be let go of where
        it keeps nobody waiting."""
        before, self._base = self._base, reading
        self._fresh, self._fresh_shelves, self._fresh_doors, self._gone = {}, {}, {}, set()
        return before

    def update(self, gone: Iterable[Id], lines: Mapping[str, list[Line]]) -> bool:
        """Some records changed: forget these, know those. False when it is time to read everything anew."""
        gone = set(gone)
        self._gone |= gone
        for group in {*self._fresh, *lines}:
            known = self._fresh.setdefault(group, {})
            for record in gone:
                known.pop(record, None)
            known.update((line.entry.record, line) for line in lines.get(group, ()))
            self._fresh_shelves[group] = Shelf(known.values())
        for record in gone:
            self._fresh_doors.pop(record, None)
        for line in lines.get("door", ()):
            self._fresh_doors[line.entry.opens] = line.entry
        return sum(map(len, self._fresh.values())) < _MOST_FRESH

    def entry(self, record: Id) -> Entry | None:
        """The entry of a record, if it can be found."""
        for shelves in (self._fresh_shelves, self._base.shelves):
            for shelf in shelves.values():
                if record in shelf.records and not (shelves is self._base.shelves and record in self._gone):
                    return shelf.entry(shelf.records.index(record))
        return None

    def door(self, opens: Id) -> Entry | None:
        """The door of a household or dwelling."""
        fresh = self._fresh_doors.get(opens)
        place = None if opens in self._gone else self._base.doors.get(opens)
        return fresh or (None if place is None else self._base.shelves["door"].entry(place))

    def find(self, typed: str, most: int = MOST) -> list[Group]:
        """What matches, group by group; the group with the best match first. At most so many of each."""
        want = asked(typed)
        if not want.forms:
            return []
        ranked: list[tuple[int, int, Group]] = []
        names = dict.fromkeys([*self._base.shelves, *self._fresh_shelves])
        for order, name in enumerate(names):
            found = self._look(name, want)
            if found is not None:
                hits, more = found
                group = Group(name, [self._found(name, hit) for hit in hits[:most]], len(hits), more)
                ranked.append((min(hits[0].rank, _RETIRED), order, group))
        return [group for _, _, group in sorted(ranked, key=lambda one: one[:2])]

    def _look(self, name: str, want: Asked) -> tuple[list[_Hit], bool] | None:
        """The hits of one group by the first form that has any."""
        for form in want.forms:
            hits: list[_Hit] = []
            more = False
            for fresh, shelf in self._shelves(name):
                places, cut = _places(shelf, form, ordered=_ordered(name, form))
                more = more or cut
                hits += self._ranked(shelf, places, form, fresh)
            if want.mixed is not None and name in ("person", "staff"):
                hits += self._mixed(name, want.mixed)
            if hits:
                return sorted(hits, key=lambda hit: (hit.rank, not hit.fresh, hit.place)), more
        return None

    def _shelves(self, name: str) -> list[tuple[bool, Shelf]]:
        fresh, base = self._fresh_shelves.get(name, EMPTY), self._base.shelves.get(name, EMPTY)
        return [(True, fresh), (False, base)] if len(fresh) else [(False, base)]

    def _ranked(
        self, shelf: Shelf, places: Iterable[int], form: tuple[str, ...], fresh: bool
    ) -> Iterator[_Hit]:
        for place in places:
            if fresh or shelf.records[place] not in self._gone:
                rank = _rank(shelf.line(place), form)
                if rank is not None:
                    yield _Hit(rank + (_RETIRED if shelf.retired[place] else 0), fresh, place, form)

    def _mixed(self, name: str, mixed: tuple[str, str]) -> Iterator[_Hit]:
        typed, known = mixed
        word = BEGINS + known if typed.startswith(known) else known
        for fresh, shelf in self._shelves(name):
            for place in islice(shelf.other.places(word), _HEARD):
                known_gone = not fresh and shelf.records[place] in self._gone
                if not known_gone and self.readings.hears(shelf.titles[place], typed):
                    yield _Hit(_RETIRED if shelf.retired[place] else 1, fresh, place, (known,))

    def _found(self, name: str, hit: _Hit) -> Found:
        shelves = self._fresh_shelves if hit.fresh else self._base.shelves
        shelf = shelves[name]
        entry = shelf.entry(hit.place)
        return Found(entry, _why(shelf.line(hit.place), hit.words), self.door(entry.opens))


def _ordered(name: str, form: tuple[str, ...]) -> bool:
    """Whether the order on the shelf is good enough: the newest first; of digits inside telephone
    numbers none is better than another."""
    return name in ("visit", "matter") or (name in ("person", "desk") and form[0].isdigit())


def _places(shelf: Shelf, words: tuple[str, ...], *, ordered: bool) -> tuple[list[int], bool]:
    """Where all words of a form stand; where they stand too often, also where they begin a part. `ordered`:
    the order on the shelf is the best there is."""
    word = max(words, key=len)
    others = [one for one in words if one != word]
    plain = word.isascii()
    sides = [shelf.plain] if plain else []
    if not plain or len(word) >= (_DIGITS if word.isdigit() else _LETTERS):
        sides.append(shelf.other)
    found: list[int] = []
    for side in sides:
        looked_at = side.places(word)
        if others:
            looked_at = (place for place in islice(looked_at, _TRIED) if _holds(shelf.line(place), others))
        found += islice(looked_at, _LOOKED_AT)
    if len(found) < _LOOKED_AT or ordered:
        return found, len(found) >= _LOOKED_AT
    whole = "".join(words)
    for side in sides:
        begins = list(islice(side.places(BEGINS + whole), _LOOKED_AT))
        found += begins
        if len(begins) == _LOOKED_AT and len(whole) > 1:
            found += islice(side.places(f"{BEGINS}{whole}{ENDS}"), _LOOKED_AT)
    return list(dict.fromkeys(found)), True


def _holds(line: str, words: Iterable[str]) -> bool:
    return all(word in line for word in words)


def _rank(line: str, words: tuple[str, ...]) -> int | None:
    """0 is all of a part, 1 its beginning, 2 beginnings of several parts, 3 anywhere; None is not at all."""
    whole = "".join(words)
    if f"{BEGINS}{whole}{ENDS}" in line:
        return 0
    if BEGINS + whole in line:
        return 1
    if len(words) > 1 and all(BEGINS + word in line for word in words):
        return 2
    return 3 if all(word in line for word in words) else None


def _why(line: str, words: tuple[str, ...]) -> Why | None:
    """The part where the first of the words stands that the title does not show."""
    for word in ("".join(words), *words):
        at = line.find(BEGINS + word)
        at = line.find(word) if at < 0 else at + 1
        if at < 0:
            continue
        begins, ends = line.rfind(BEGINS, 0, at) + 1, line.find(ENDS, at)
        after = line.find(BEGINS, ends)
        tag = label_of(line[ends + 1 : after if after >= 0 else len(line)])
        if tag in (Tag.TITLE, Tag.SOUND, Tag.PLACE, Tag.DOOR):
            if len(words) == 1:
                return None
            continue
        return Why(tag, line[begins:ends], at - begins, at - begins + len(word))
    return None
