"""The palette: everything the program can do, found by its name in the search box."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from gridclient.app.desk import Desk
from gridclient.app.joins.search import SearchJoin
from gridclient.desktop.kit.commands import Command, CommandGroup, matching, of_hints
from gridclient.desktop.search import Hit
from gridclient.desktop.shell import words

SHOWN_BESIDE = 4
"""Under what was found in the ledger; those who look for something to do see all."""
_MARK = b"do:"

Offer = Callable[[], Iterable[CommandGroup]]


class CommandsJoin:
    """`offers`: what the parts of the program can do; asked at every key, for it depends on where one is."""

    def __init__(self, desk: Desk, search: SearchJoin, offers: Sequence[Offer]) -> None:
        self._desk = desk
        self._readings = search.index.readings
        self._offers = offers
        self._shown: list[Command] = []
        search.acts = self._find

    def groups(self) -> list[CommandGroup]:
        """All there is to do here and now: on this page first."""
        window = self._desk.window
        front = window.front()
        page = of_hints(front.all_keys() if front is not None else (), window.press)
        made: list[CommandGroup] = []
        keys: set[str] = set()
        for group in (*page, *(group for offer in self._offers for group in offer())):
            fresh = tuple(one for one in group.commands if not one.key or one.key not in keys)
            keys |= {one.key for one in fresh if one.key}
            if fresh:
                made.append(replace(group, commands=fresh))
        return made

    def run(self, id: bytes) -> bool:
        """Do what a chosen row stands for; False where it is no act."""
        if not id.startswith(_MARK):
            return False
        self._shown[int(id.removeprefix(_MARK))].run()
        return True

    def _find(self, typed: str) -> list[Hit]:
        commanding = self._desk.window.commanding
        if not typed.strip() and not commanding:
            return []  # the box was emptied; what has just been chosen from it is still to be done
        if not typed.strip():
            groups = self.groups()
        else:
            found = matching(self.groups(), typed, self._readings, beginnings=not commanding)
            shown = tuple(found if commanding else found[:SHOWN_BESIDE])
            groups = [CommandGroup(words.ACTS_FOUND, shown)] if shown else []
        self._shown = [one for group in groups for one in group.commands]
        hits: list[Hit] = []
        place = 0
        for group in groups:
            hits.append(Hit(b"", "", group.title, ""))
            for one in group.commands:
                hits.append(Hit(_MARK + str(place).encode(), one.icon, one.words, one.more, key=one.key))
                place += 1
        return hits


def places(desk: Desk, go: Callable[[str], object]) -> Offer:
    """The places of the menu."""

    def offer() -> list[CommandGroup]:
        items = desk.window.menu.items
        commands = tuple(
            Command(item.words, partial(go, item.name), _nth(place), icon=item.icon)
            for place, item in enumerate(items, 1)
        )
        return [CommandGroup(words.PLACES, commands)]

    return offer


def _nth(place: int) -> str:
    return f"Alt+{place}" if place < 10 else ""


def everywhere(desk: Desk) -> Offer:
    """What works on every page."""
    window = desk.window
    acts = {
        "Ctrl+F": (window.search, "search"),
        "Ctrl+D": (window.appointment_asked.emit, "calendar-event"),
        "Ctrl+Z": (window.undo_asked.emit, "arrow-back-up"),
        "Ctrl+Shift+Z": (window.acts_asked.emit, "history"),
        "Ctrl+G": (window.guide_asked.emit, "file-text"),
        "F1": (window.show_keys, "help"),
        "F8": (lambda: window.press("F8"), "eye-off"),
        "F9": (window.sync_now_asked.emit, "refresh"),
        "F10": (window.stick_asked.emit, "device-usb"),
        "Ctrl+L": (window.lock_asked.emit, "lock"),
        "": (window.sync_asked.emit, "cloud-up"),
    }
    commands = tuple(
        Command(words.EVERYWHERE_ACTS[key], act, key, icon=icon) for key, (act, icon) in acts.items()
    )
    return lambda: [CommandGroup(words.EVERYWHERE, commands)]
