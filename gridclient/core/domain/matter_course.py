"""The way of a matter: what may be done at each step, how often it changed hands, until when it is due.

受理 → 核实 → 办理 → 回访 → 办结. It leaves the worker's hands by one of four exits; whoever asked is heard
again before it is done with, and one who is not content has it opened again.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gridclient.core.domain.ids import Id
from gridclient.core.domain.must_visits import due as end_of_workday

SPOT, ESCALATE, WHISTLE, EXPLAIN = "spot", "escalate", "whistle", "explain"
REVISIT, CLOSE = "revisit", "close"
ACTS = (SPOT, ESCALATE, WHISTLE, EXPLAIN, REVISIT, CLOSE)
"""What may be done with a matter, in the order of their digits: the four exits, hearing again, being done."""

FINISHED = frozenset({"closed", "void"})
MANY_HANDS = 2
"""So many hand-overs are too many: somebody has to take it in hand."""

EXPLAINED = 10
"""An explanation is at least so many characters long: whoever asked has to understand it."""

_EXITS = frozenset({SPOT, ESCALATE, WHISTLE, EXPLAIN})
_ALLOWED: Mapping[str, frozenset[str]] = {
    "received": _EXITS,
    "verifying": _EXITS | {CLOSE},
    "handling": _EXITS | {CLOSE},
    "revisiting": frozenset({REVISIT, CLOSE}),
}
_AFTER = {SPOT: "revisiting", ESCALATE: "handling", WHISTLE: "handling", EXPLAIN: "closed", CLOSE: "closed"}
_AFTER_ANSWER = {"good": "closed", "fair": "closed", "bad": "handling"}
_WORKDAYS = {
    "A": 5,
    "B1": 3,
    "B2": 2,
    "B3": 3,
    "B4": 1,
    "B5": 10,
    "B6": 5,
    "B7": 10,
    "B8": 5,
    "B9": 5,
    "C1": 5,
    "C2": 3,
    "C3": 3,
    "C4": 1,
    "C5": 1,
    "C6": 5,
    "D": 1,
    "E": 5,
    "F": 3,
}
USUAL_WORKDAYS = 5


class Hand(NamedTuple):
    """What of a step says in whose hands a matter is."""

    exit: str
    unit: str


class Template(NamedTuple):
    """What is asked for again and again: its title, its category, its working days."""

    title: str
    category: str
    workdays: int


TEMPLATES = (
    Template("单元门坏了", "B1", 2),
    Template("水管漏水", "B4", 1),
    Template("下水道堵了", "B1", 1),
    Template("路灯不亮", "B1", 3),
    Template("办老年就餐卡", "B6", 5),
    Template("楼道堆杂物", "C4", 1),
    Template("电梯坏了", "B1", 1),
    Template("楼上吵闹", "C3", 3),
    Template("申请低保", "B5", 10),
)


def allowed(status: str) -> frozenset[str]:
    """The acts a matter allows at a status (a code of MATTER_STATUS)."""
    return _ALLOWED.get(status, frozenset())


def status_after(act: str, satisfaction: str = "") -> str:
    """Where a matter stands after an act; after hearing again the answer decides."""
    if act == REVISIT:
        return _AFTER_ANSWER.get(satisfaction, "revisiting")
    return _AFTER[act]


def next_status(status: str) -> str:
    """The step that comes after one, for a note without an act; the last one before the end stays."""
    order = ("received", "verifying", "handling", "revisiting")
    place = order.index(status) if status in order else 0
    return order[min(place + 1, len(order) - 1)]


def hand_overs(hands: Iterable[Hand]) -> int:
    """How often a matter went from one to another: reported on, whistled for, or given to another unit."""
    count, holder = 0, ""
    for hand in hands:
        passed_on = hand.exit in (ESCALATE, WHISTLE)
        another = bool(hand.unit) and bool(holder) and hand.unit != holder
        count += passed_on or another
        holder = hand.unit or holder
    return count


def workdays(category: str) -> int:
    """How many working days a matter of a category may take, where nobody has said otherwise."""
    return _WORKDAYS.get(category, USUAL_WORKDAYS)


def due(received: int, days: int) -> int:
    """The end of the n-th working day after a moment, in Unix milliseconds; 0 days: the end of that day."""
    return end_of_workday(received, days)


def roots(same_as: Mapping[Id, Id]) -> dict[Id, Id]:
    """Which matter each one that hangs under another finally belongs to; rings belong to their smallest."""
    found = {}
    for start in same_as:
        seen, at = [start], start
        while at in same_as and same_as[at] not in seen:
            at = same_as[at]
            seen.append(at)
        if at in same_as:  # it goes round and round
            at = min(seen[seen.index(same_as[at]) :])
        found[start] = at
    return {matter: root for matter, root in found.items() if matter != root}
