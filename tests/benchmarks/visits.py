"""How many keys and how long a visit takes, written in the real window by the keyboard alone.

python -m tests.benchmarks.visits [ledger]. Sixty visits from door to door in the demonstration community.
Every key goes to the widget that has the keyboard, words come as an input method commits
them, nothing is called. A program types faster than a person: the seconds of a person are reckoned with the
keystroke-level model
(Card, Moran and Newell 1980), for somebody who types slowly.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QKeyCombination
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from gridclient.core.domain.ids import Id
from gridclient.ledger.ledger import Ledger
from tests.benchmarks.community import whole_ledger
from tests.benchmarks.table import Line, at, show
from tests.benchmarks.window import Window

KEY, CHARACTER, THOUGHT = 0.5, 1.0, 1.35
"""Seconds for a key, for a character by pinyin, and to make up one's mind before a part of the form."""
SECONDS = 20
SAY = "“"
MATRIX = b""


class Sort(NamedTuple):
    """One sort of visit: what is pressed once the door is in front, and how many keys it may take."""

    name: str
    outcome: str
    keys: tuple[str, ...]
    limit: int | None = None


OPEN, NEXT_DOOR = "Enter", "Ctrl+Enter"
PAST_CARD = "Enter, where a card could be given"
ORDINARY = Sort(
    "ordinary: met, why, the four, a sentence, when next",
    "1",
    (OPEN, "1", "2", "Enter", "0", "Enter", "Enter", "“老人按时吃药", "Enter", PAST_CARD, "1", NEXT_DOOR),
    12,
)
CHANGED = Sort(
    "one of the four has changed, in words",
    "1",
    (OPEN, "1", "2", "Enter", "0", "2", "“老伴住院了", "Enter", "Enter", NEXT_DOOR),
    12,
)
MATTER = Sort(
    "something to be done was asked for",
    "1",
    (OPEN, "1", "2", "3", "Enter", "0", "Enter", "1", "“楼道口", "Enter", "1", NEXT_DOOR),
    12,
)
NOBODY = Sort("nobody home", "5", (OPEN, "5", NEXT_DOOR), 3)
THRESHOLD = Sort("spoken with at the threshold", "2", (OPEN, "2", "2", "Enter", "0", NEXT_DOOR), 12)
REFUSED = Sort("refused", "3", (OPEN, "3", NEXT_DOOR))
TELEPHONE = Sort("by telephone", "8", (OPEN, "8", "7", "Enter", "1", NEXT_DOOR), 12)
DAY: tuple[Sort, ...] = (
    ORDINARY,
    NOBODY,
    ORDINARY,
    CHANGED,
    NOBODY,
    THRESHOLD,
    ORDINARY,
    NOBODY,
    MATTER,
    TELEPHONE,
)
DAY += (ORDINARY, NOBODY, THRESHOLD, ORDINARY, CHANGED, NOBODY, ORDINARY, MATTER, NOBODY, REFUSED)
VISITS = 60


class Done(NamedTuple):
    """What one visit took."""

    sort: Sort
    keys: int
    characters: int
    thoughts: int
    seconds: float

    def by_hand(self) -> float:
        """What a slow typist needs, the program's own time included."""
        return self.keys * KEY + self.characters * CHARACTER + self.thoughts * THOUGHT + self.seconds


class Hand:
    """Types into the window, and waits as a person does: until the next thing is to be seen."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.house = window.house
        self.walked = 0

    def start(self) -> None:
        """Open the first door of the building in front."""
        shown = self.house.window
        shown.activateWindow()
        self.window.until(lambda: QApplication.activeWindow() is shown)
        press("Alt+2")
        self.window.until(lambda: self._front() == MATRIX and bool(self.house.building.in_order()))
        press("Enter")
        self.window.until(lambda: bool(self._front()))

    def visit(self, sort: Sort) -> Done:
        """Write one visit; ends when the next door can be read."""
        door = self._front()
        sheet = self.house.visit.sheet
        began = time.perf_counter()
        keys = characters = 0
        for wanted in sort.keys:
            key = "Enter" if wanted == PAST_CARD else wanted
            if wanted == PAST_CARD and not sheet.form.card.is_lit:
                continue
            if key.startswith(SAY):
                say(key.removeprefix(SAY))
                characters += len(key) - 1
            else:
                press(key)
                keys += 1
            self.window.step()
            if key == OPEN and not sheet.isVisible():
                self.window.until(sheet.isVisible)
        self.window.until(lambda: sheet.isHidden() and self._moved_from(door))
        self.window.step()
        took = time.perf_counter() - began
        thoughts = 1 + sort.keys[1:].count("Enter") + (len(sort.keys) > 3)
        return Done(sort, keys, characters, thoughts, took)

    def to_a_household(self) -> None:
        """Walk past doors nobody is registered behind, and behind the last one to the next building."""
        while not self._registered():
            door = self._front()
            if door == MATRIX:
                order = self.house.building.in_order()
                press("PgDown")
                self.walked += 1
                self.window.until(partial(self._other_doors, order))
                self._to_a_registered_cell()
            last = door == self.house.building.in_order()[-1]
            press("Esc" if last else "Alt+Right" if door else OPEN)
            self.walked += 1
            self.window.until(partial(self._moved_from, door))

    def _front(self) -> Id | None:
        """The door that can be read now, MATRIX over a building, None while something is still being read."""
        join, front = self.house.household, self.house.window.front()
        if front is self.house.building.screen:
            return MATRIX
        if join.view is None or front is not join.screen:
            return None
        shown = join.view.household or join.view.dwelling
        return shown if shown == join.current else None

    def _moved_from(self, door: Id | None) -> bool:
        return self._front() not in (None, door)

    def _other_doors(self, before: list[Id]) -> bool:
        return self.house.building.in_order() != before

    def _to_a_registered_cell(self) -> None:
        """On the matrix Enter registers a household where there is none, so walk along to one."""
        matrix = self.house.building.screen.matrix
        while (door := matrix.current_door()) is not None and door.household is None:
            before = matrix.currentIndex()
            press("Right")
            self.walked += 1
            if matrix.currentIndex() == before:
                press("Down")

    def _registered(self) -> bool:
        view = self.house.household.view
        return bool(self._front()) and view is not None and bool(view.household)


def press(name: str) -> None:
    """Press a key, named as in menus, on whatever has the keyboard."""
    found: QKeyCombination = QKeySequence(name)[0]  # type: ignore[index]
    QTest.keyClick(_target(), found.key(), found.keyboardModifiers())


def say(words: str) -> None:
    """Commit words into the line that has the keyboard, as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(words)
    QApplication.sendEvent(_target(), event)


def _target() -> QWidget:
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the keyboard"
    return target


def session(ledger: Ledger, count: int = VISITS) -> tuple[list[Done], int]:
    """Write so many visits; what each took, and the keys for walking past empty doors."""
    window = Window(ledger)
    hand = Hand(window)
    before = outcomes(ledger)
    hand.start()
    done = []
    for number in range(count):
        hand.to_a_household()
        done.append(hand.visit(DAY[number % len(DAY)]))
    window.close()
    assert outcomes(ledger) - before == Counter(one.sort.outcome for one in done), "not what was typed"
    return done, hand.walked


def outcomes(ledger: Ledger) -> Counter[str]:
    """How many visits there are of each outcome."""
    with ledger.reading() as connection:
        return Counter(row[0] for row in connection.exec_driver_sql("SELECT outcome FROM k_visit"))


def line(sort: Sort, done: list[Done]) -> Line:
    """One line of the table."""
    mine = [one for one in done if one.sort is sort]
    keys, characters = max(one.keys for one in mine), max(one.characters for one in mine)
    own = [one.seconds for one in mine]
    slow = max(one.by_hand() for one in mine)
    words = f" + {characters} characters" if characters else ""
    ours = f"{keys} keys{words}; by hand {slow:.1f} s, program {at(own, 0.5):.2f}, worst {max(own):.2f} s"
    budget = f"≤ {sort.limit} keys, ≤ {SECONDS} s" if sort.limit else f"≤ {SECONDS} s"
    over = (sort.limit is not None and keys > sort.limit) or slow > SECONDS
    return Line(f"{sort.name} (×{len(mine)})", ours, budget + (" MISSED" if over else ""))


def main(folder: Path) -> None:
    """Print one table."""
    with whole_ledger(folder) as ledger:
        done, walked = session(ledger)
    lines = [line(sort, done) for sort in dict.fromkeys(one.sort for one in done)]
    slow = [one.by_hand() for one in done]
    keys = sum(one.keys for one in done)
    said = f"{keys / len(done):.1f} keys a visit; by hand {sum(slow) / len(done):.1f} s on average"
    lines.append(Line(f"all {len(done)}", f"{said}, {walked} keys past doors without a household"))
    show("Writing visits by the keyboard alone", lines)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made) / "ledger")
