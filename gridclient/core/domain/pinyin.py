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
    "乐正": ("yue", "zheng"),
    "子车": ("zi", "ju"),
    "夹谷": ("jia", "gu"),
    "宰父": ("zai", "fu"),
    "谷梁": ("gu", "liang"),
    "鲜于": ("xian", "yu"),
}
# Readings of surnames that the table of characters does not have.
_SURNAMES = {
    "贠": ("yun",),
    "牟": ("mu", "mou"),
    "不": ("fou",),
    "要": ("yao",),
    "解": ("hai",),
    "盖": ("he",),
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
        """All full spellings of a name, then all its initials, then both halves of it short; parted by
        spaces; "" if it has no sound."""
        spellings = [one for one in self._spellings(unicodedata.normalize("NFKC", name)) if one]
        whole = ["".join(spelling) for spelling in spellings]
        initials = ["".join(syllable[0] for syllable in spelling) for spelling in spellings]
        halves = []
        for first, *rest in spellings:
            if rest:
                halves.append(first[0] + "".join(rest))
            if len(rest) > 1:
                halves.append(first + "".join(syllable[0] for syllable in rest))
        return " ".join(dict.fromkeys([*whole, *initials, *halves]))

    def hears(self, name: str, typed: str) -> bool:
        """Whether `typed`, in characters and letters mixed, is this name or a beginning of it: l萍, 李p."""
        return self._hears(unicodedata.normalize("NFKC", name).casefold(), typed)

    def _hears(self, name: str, typed: str) -> bool:
        if not typed:
            return True
        if not name:
            return False
        if typed[0] == name[0] and self._hears(name[1:], typed[1:]):
            return True
        for reading in {*self.of(name[0]), *_SURNAMES.get(name[0], ())}:
            length = 0
            while length < len(reading) and typed[length : length + 1] == reading[length]:
                length += 1
                if self._hears(name[1:], typed[length:]):
                    return True
        return False

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
        if first:
            return tuple(dict.fromkeys([*readings, *_SURNAMES.get(character, ())]))
        return readings if character in _TWO_IN_GIVEN_NAMES else readings[:1]


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
