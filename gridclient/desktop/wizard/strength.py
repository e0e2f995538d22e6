"""How good a passphrase is, in words."""

from __future__ import annotations

import itertools
from enum import Enum

from gridclient.desktop.wizard import words

SHORTEST = 10
LONG = 16


class Strength(Enum):
    """From refused to good."""

    SHORT = 0
    WEAK = 1
    FAIR = 2
    STRONG = 3


def judge(said: str) -> tuple[Strength, str]:
    """The grade and the words for it; the ledger itself refuses what is on the list of common ones."""
    if len(said) < SHORTEST:
        return Strength.SHORT, words.missing(SHORTEST - len(said))
    if len(set(said)) < 5 or said.isdigit() or _runs(said):
        return Strength.WEAK, words.WEAK
    sorts = {_sort(each) for each in said}
    if len(said) >= LONG or len(sorts) >= 3 or (sorts & {"han"} and len(set(said)) >= 8):
        return Strength.STRONG, words.STRONG
    return Strength.FAIR, words.FAIR


def _sort(letter: str) -> str:
    if letter.isdigit():
        return "digit"
    if letter.isascii():
        return "upper" if letter.isupper() else "lower" if letter.islower() else "sign"
    return "han"


def _runs(said: str) -> bool:
    """Mostly one run like 1234567890 or abcdefghij."""
    steps = [ord(after) - ord(before) for before, after in itertools.pairwise(said)]
    return any(steps.count(step) > len(steps) * 0.7 for step in (-1, 0, 1))
