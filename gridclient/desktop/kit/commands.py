"""What can be done, in words: for the palette, which finds an act by its name and does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from gridclient.core.domain.pinyin import Readings
from gridclient.desktop.kit.hints import Hint, HintGroup

SOUNDS = 1
_BETWEEN = "、"
_ASIDE = "（"
# Keys that only move about: by name there would be nothing to choose.
_MOVING = frozenset({"↑", "↓", "←", "→", "Tab", "Home", "End", "PgUp", "PgDn", "方向键"})
_SHOWN_AS = {
    "空格": "Space",
    "↑": "Up",
    "↓": "Down",
    "←": "Left",
    "→": "Right",
    "−": "-",
    "Enter": "Return",
}


@dataclass(frozen=True, slots=True)
class Command:
    """One act: its name, what does it, the key that does the same, and what else is to be said of it."""

    words: str
    run: Callable[[], object]
    key: str = ""
    more: str = ""
    icon: str = "arrow-right"


@dataclass(frozen=True, slots=True)
class CommandGroup:
    """The acts of one part of the program."""

    title: str
    commands: tuple[Command, ...]


def key_name(shown: str) -> str:
    """The name of a key as Qt spells it, of one that a hint shows."""
    before, plus, last = shown.replace(" ", "").rpartition("+")
    if not last:  # the plus itself
        return f"{before}++"
    return f"{before}{plus}{_SHOWN_AS.get(last, last)}"


def acts_of(hint: Hint) -> Iterator[tuple[str, str]]:
    """The key and the name of everything a hint speaks of; a key that only moves about is no act."""
    names = hint.each or tuple(hint.words.partition(_ASIDE)[0].split(_BETWEEN))
    if hint.span:
        keys = _run(hint.keys[0], hint.keys[-1])
        if len(names) != len(keys):
            names = tuple(f"{hint.words} {key.rpartition('+')[2]}" for key in keys)
        yield from zip(keys, names, strict=True)
    elif len(hint.keys) > 1 and len(names) == len(hint.keys):
        yield from zip(hint.keys, names, strict=True)
    elif hint.keys[0] not in _MOVING:
        yield hint.keys[0], hint.words.partition(_ASIDE)[0]


def of_hints(groups: Iterable[HintGroup], press: Callable[[str], object]) -> list[CommandGroup]:
    """Everything that the keys of a screen do. `press` gets the name of a key as Qt spells it."""
    made = []
    for group in groups:
        commands = tuple(
            Command(words, partial(press, key_name(key)), key, _aside(hint), "bolt")
            for hint in group.hints
            for key, words in acts_of(hint)
        )
        if commands:
            made.append(CommandGroup(group.title, commands))
    return made


def matching(
    groups: Sequence[CommandGroup], typed: str, readings: Readings, *, beginnings: bool = False
) -> list[Command]:
    """The acts that `typed` may mean, in characters, letters or initials; the best first.

    `beginnings`: only those whose name begins so.
    """
    asked = "".join(typed.split()).casefold()
    ranked = []
    for place, command in enumerate(command for group in groups for command in group.commands):
        rank = _rank(command.words, asked, readings) if asked else None
        if rank is not None and not (beginnings and rank > SOUNDS):
            ranked.append((rank, place, command))
    return [command for _, _, command in sorted(ranked, key=lambda one: one[:2])]


def _rank(words: str, asked: str, readings: Readings) -> int | None:
    """-1 is just that, 0 begins so, 1 sounds so, 2 holds it, 3 a part sounds so; None is not at all."""
    said = "".join(one for one in words if one.isalnum()).casefold()
    if said.startswith(asked):
        return 0 if said != asked else -1
    if readings.hears(said, asked):
        return SOUNDS
    if asked in said:
        return 2
    # One letter alone is the beginning of too many parts.
    parts = range(1, len(said)) if len(asked) > 1 else ()
    return 3 if any(readings.hears(said[place:], asked) for place in parts) else None


def _run(first: str, last: str) -> list[str]:
    """1 to 9, Ctrl+1 to 6."""
    before, plus, begins = first.rpartition("+")
    return [f"{before}{plus}{digit}" for digit in range(int(begins), int(last.rpartition("+")[2]) + 1)]


def _aside(hint: Hint) -> str:
    return hint.words.partition(_ASIDE)[2].rstrip("）")
