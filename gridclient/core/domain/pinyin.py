"""How a name sounds, for finding it by typing letters: 单晓 is danxiao, shanxiao, chanxiao; dx, sx, cx."""

import unicodedata
from collections.abc import Iterable, Mapping

# Two readings that given names really have; of other characters the first is enough.
_TWO_IN_GIVEN_NAMES = frozenset("乐茜晟长朝行重盛")
# Double surnames whose second character sounds otherwise than alone.
_DOUBLE_SURNAMES = {
    "万俟": ("mo", "qi"),
    "尉迟": ("yu", "chi"),
    "单于": ("chan", "yu"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
    "令狐": ("ling", "hu"),
}
_MOST_SPELLINGS = 24


class Readings:
    """What every character may sound like, the usual reading first.

    `table`: readings without tones by character; ü is v, as people type it.
    """

    def __init__(self, table: Mapping[str, tuple[str, ...]]) -> None:
        self._table = table

    def of(self, character: str) -> tuple[str, ...]:
        """The readings of one character; a letter or digit is its own, anything else has none."""
        found = self._table.get(character)
        if found is None:
            return (character.lower(),) if character.isascii() and character.isalnum() else ()
        return found

    def search_text(self, name: str) -> str:
        """All full spellings of a name, then all its initials, parted by spaces; "" if it has no sound."""
        spellings = self._spellings(unicodedata.normalize("NFKC", name))
        whole = ["".join(spelling) for spelling in spellings if spelling]
        initials = ["".join(syllable[0] for syllable in spelling) for spelling in spellings if spelling]
        return " ".join(dict.fromkeys([*whole, *initials]))

    def _spellings(self, name: str) -> list[tuple[str, ...]]:
        double = _DOUBLE_SURNAMES.get(name[:2])
        made: list[tuple[str, ...]] = [double] if double else []
        made += _joined([()], self._candidates(name[:1], first=True))
        rest = [readings for character in name[1:] if (readings := self._candidates(character))]
        if double:
            made = [double, *_joined(made[1:], rest[0] if rest else ())]
            rest = rest[1:]
        for readings in rest:
            made = _joined(made, readings)
        return made

    def _candidates(self, character: str, *, first: bool = False) -> tuple[str, ...]:
        readings = self.of(character) if character else ()
        return readings if first or character in _TWO_IN_GIVEN_NAMES else readings[:1]


def _joined(spellings: list[tuple[str, ...]], readings: Iterable[str]) -> list[tuple[str, ...]]:
    longer = [(*spelling, reading) for spelling in spellings for reading in readings]
    return longer[:_MOST_SPELLINGS] or spellings


def parse_table(text: str) -> dict[str, tuple[str, ...]]:
    """The table in the form it ships in: a line a syllable, `syllable⇥usual characters⇥other characters`.

    What a line adds as other reading follows the readings of earlier lines.
    """
    table: dict[str, tuple[str, ...]] = {}
    others: list[tuple[str, str]] = []
    for line in text.splitlines():
        syllable, usual, other = line.split("\t")
        table.update(dict.fromkeys(usual, (syllable,)))
        others.append((syllable, other))
    for syllable, other in others:
        for character in other:
            table[character] = (*table[character], syllable)
    return table
