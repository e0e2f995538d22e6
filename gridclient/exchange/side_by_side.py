"""Several people in one row: columns that repeat, with numbers (姓名1, 身份证1, 姓名2 …) or without."""

import re
from collections.abc import Sequence

from gridclient.core.domain import numerals
from gridclient.exchange.targets import NAME, SEVERAL, normal_header, synonyms

_COUNT = r"\d{1,2}|[一二三四五六七八九十]"
_BEHIND = re.compile(rf"(.+?)[(]?({_COUNT})[)]?")
_BEFORE = re.compile(rf"(?:家庭成员|家庭人员|成员|家属|人员|第)[(]?({_COUNT})[)]?(?:人|位|个)?的?(.+)")
_WHOSE = re.compile(r"^(?:家庭成员|成员|家属|住户|居民|人员|本人)")
PERSONAL = "resident."


def meaning(header: str) -> str | None:
    """What a header means, its number left aside; None for an unknown one."""
    return _taken_apart(header)[0]


def number(header: str) -> int:
    """Which of several people a header speaks of; 0 where it does not say."""
    return _taken_apart(header)[1]


def blocks(columns: Sequence[tuple[str, str]]) -> list[int]:
    """Which person of the row every (meaning, header) speaks of, from 0. A column with a number goes to the
    name with that number; one without to the name before it; what is nobody's own is with the first."""
    numbers = [number(header) for key, header in columns if key == NAME]
    found, names = [], 0
    for key, header in columns:
        names += key == NAME
        said = number(header)
        if not key.startswith(PERSONAL):
            found.append(0)
        elif key == NAME:
            found.append(names - 1)
        elif said and len(numbers) > 1 and said in numbers:
            found.append(numbers.index(said))
        else:
            found.append(max(names - 1, 0))
    return found


def muddled(columns: Sequence[tuple[str, str]]) -> set[str]:
    """Meanings that several people's columns have, where nobody can tell which is whose."""
    where = blocks(columns)
    if max(where, default=0) == 0:
        return set()
    seen: set[tuple[int, str]] = set()
    found = set()
    for block, (key, _) in zip(where, columns, strict=True):
        if key.startswith(PERSONAL) and key not in SEVERAL:
            if (block, key) in seen:
                found.add(key)
            seen.add((block, key))
    return found


def _taken_apart(header: str) -> tuple[str | None, int]:
    word = normal_header(header)
    known = synonyms()
    if word in known:
        return known[word], 0
    behind, before = _BEHIND.fullmatch(word), _BEFORE.fullmatch(word)
    plain = _WHOSE.sub("", word)
    if plain != word and (known.get(plain) or "").startswith(PERSONAL):
        return known[plain], 0
    for count, base in (
        (behind[2], behind[1]) if behind else ("", ""),
        (before[1], before[2]) if before else ("", ""),
    ):
        key = known.get(base)
        if key is not None and key.startswith(PERSONAL):
            return key, int(count) if count.isdigit() else numerals.read(count) or 0
    return None, 0
