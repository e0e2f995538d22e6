"""吹哨报到: how a call on a unit goes on, how long it has to answer, and whether it is late.

已吹哨 → 已应哨 → 已报到 → 处置中 → 已反馈 → 已销号; it may be refused with a reason, or taken back before it
is answered.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, timezone

HOUR = 3_600_000
ANSWERED = frozenset({"answered", "arrived", "handling", "reported", "closed"})
OVER = frozenset({"refused", "reported", "closed", "withdrawn"})
RATINGS = range(1, 6)

_NEXT: Mapping[str, tuple[str, ...]] = {
    "drafted": ("whistled", "withdrawn"),
    "whistled": ("answered", "arrived", "reported", "refused", "withdrawn"),
    "answered": ("arrived", "handling", "reported", "refused"),
    "arrived": ("handling", "reported"),
    "handling": ("reported",),
    "reported": ("closed", "handling"),
}
_STAMP = {"answered": "answered", "arrived": "arrived", "reported": "done"}
_BEFORE = {"arrived": ("answered",), "reported": ("answered",)}
# Water, fire and safety want somebody at once; the rest has a working day, what takes papers three.
_HOURS = {"B4": 2, "C4": 2, "C5": 1, "B1": 9, "B2": 9, "B3": 9, "C1": 9, "C2": 9, "C3": 4, "A": 9}
_USUAL_HOURS = 27
_EMERGENCY_HOURS = 1
_CHINA = timezone(timedelta(hours=8))
_OPENS, _SHUTS = 9, 18


def next_states(state: str) -> tuple[str, ...]:
    """The states (codes of REFERRAL_STATE) a call may come to from the one it is in."""
    return _NEXT.get(state or "whistled", ())


def respond_by(at: int, category: str, sort: str = "") -> int:
    """Until when a unit has to answer. An emergency counts by the clock, all else by office hours."""
    if sort == "emergency":
        return at + _EMERGENCY_HOURS * HOUR
    left = _HOURS.get(category, _USUAL_HOURS) * HOUR
    moment = datetime.fromtimestamp(at / 1000, UTC).astimezone(_CHINA)
    while True:
        opens = moment.replace(hour=_OPENS, minute=0, second=0, microsecond=0)
        shuts = moment.replace(hour=_SHUTS, minute=0, second=0, microsecond=0)
        moment = max(moment, opens)
        room = round((shuts - moment).total_seconds() * 1000) if moment.weekday() < 5 else 0
        if 0 < room >= left:
            return round((moment + timedelta(milliseconds=left)).timestamp() * 1000)
        left -= max(room, 0)
        moment = opens + timedelta(days=1)


def is_late(state: str, until: int, now: int) -> bool:
    """Whether nobody has answered in time."""
    return state in ("", "whistled") and bool(until) and until < now


def came(state: str, now: int, known: Mapping[str, object]) -> dict[str, int]:
    """The times a new state sets: its own, and those before it that nobody wrote down."""
    stamps = [_STAMP[one] for one in (*_BEFORE.get(state, ()), state) if one in _STAMP]
    return {key: now for key in stamps if not known.get(key)}
