"""今日: which doors somebody should go to today, and why, in words and points that add up.

Every reason bears points; the strongest counts whole, the next two a quarter each, and who lives there and
whether this is their hour a little more. So a score is never above 100, never falls when one more reason
comes, and is told as the sum it is.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gridclient.core.domain import attention, care
from gridclient.core.domain.attention import DAY, EMPTY_USES, UNFINISHED_USES, Visiting
from gridclient.core.domain.better_hours import (
    CHINA,
    SHUT,
    Better,
    Try,
    at_home_now,
    better,
    day_number,
    misses,
)
from gridclient.core.domain.care_codes import CARE_TAG
from gridclient.core.domain.intervals import OLD, Facts, Intervals, Owed, owed
from gridclient.core.domain.must_visits import Trigger, unanswered
from gridclient.core.domain.visits import EFFECTIVE, NOBODY
from gridclient.core.domain.work_codes import MUST_VISIT

MISSES = 2  # shut so often in a row, another hour is tried
DAYS_DOORS = 15  # about what a worker walks in a day
_SHARE = 4
_OTHERS = 2
_PERSON, _HOUR = 8, 4
_MATTER_DAYS = 3
_LAST = "23:59"
_EPOCH = date(1970, 1, 1).toordinal()
_NOBODY_THERE = EMPTY_USES | UNFINISHED_USES
_AT_THE_DOOR = frozenset({"1", "2", "6"})
_WAITING = frozenset({"", "asked", "confirmed"})


class Why(StrEnum):
    """What brings somebody to a door."""

    APPOINTMENT = "appointment"
    MUST = "must"
    MATTER = "matter"
    CARE = "care"
    NEW = "new"
    PROMISE = "promise"
    TRIED = "tried"
    OVERDUE = "overdue"
    NOT_YET = "not_yet"
    SOON = "soon"


class When(StrEnum):
    """Today, on the way, or at another hour."""

    TODAY = "today"
    ON_THE_WAY = "on_the_way"
    ANOTHER_TIME = "another_time"


class Reason(NamedTuple):
    """`urgent`: it is for today; `until`: it has a last moment, Unix milliseconds (0: none)."""

    why: Why
    words: str
    points: int
    urgent: bool = False
    until: int = 0


class Point(NamedTuple):
    """One line of the sum."""

    words: str
    points: int


class Due(NamedTuple):
    """A door to go to. `reasons`: the strongest first; `points` add up to `score`."""

    when: When
    score: int
    reasons: tuple[Reason, ...]
    points: tuple[Point, ...]
    better: Better | None


class OpenMatter(NamedTuple):
    """Something asked for that is not done. `due`: Unix milliseconds, 0 for no deadline."""

    title: str
    due: int


class Agreed(NamedTuple):
    """An appointment. `state`: a code of APPOINTMENT_STATE."""

    starts: int
    topic: str
    state: str


class Known(NamedTuple):
    """What of a household decides; times are Unix milliseconds, 0 for never.

    `visits`: in the order of time; `next_due`: what the last of them says.
    """

    facts: Facts
    last_at: int = 0
    last_outcome: str = ""
    next_due: str = ""
    visits: tuple[Try, ...] = ()
    told: str = ""
    away_until: str = ""
    triggers: tuple[Trigger, ...] = ()
    matters: tuple[OpenMatter, ...] = ()
    agreed: tuple[Agreed, ...] = ()


def due(known: Known, now: int, every: Intervals, workdays: int) -> Due | None:
    """Whether and why somebody should go there today; None where there is no reason, or where it is done."""
    reasons = _reasons(known, now, every, workdays)
    if not reasons:
        return None
    reasons.sort(key=lambda one: (-one.points, one.why, one.words))
    later = [one for one in reasons if one.why is Why.APPOINTMENT and one.until > known.last_at]
    been = known.last_at and _day(known.last_at) == _day(now) and known.last_outcome != SHUT
    if been and not later:
        return None
    instead = better(known.visits, now, known.told)
    points = _points(reasons, known, now)
    return Due(
        _when(reasons, instead, known, now),
        sum(one.points for one in points),
        tuple(reasons),
        points,
        instead,
    )


def said_care(owing: Owed) -> str:
    """Why somebody is looked after, as may be read over a shoulder: of level 2 and 3 only that they are."""
    tag = CARE_TAG.code(owing.why)
    return "重点关照" if tag is not None and care.level(tag) > 1 else owing.why


def _points(reasons: list[Reason], known: Known, now: int) -> tuple[Point, ...]:
    first, *others = reasons
    points = [Point(first.words, first.points)]
    points += [Point(one.words, one.points // _SHARE) for one in others[:_OTHERS]]
    if known.facts.oldest >= OLD:
        points.append(Point(f"{OLD} 岁以上", _PERSON))
    elif known.facts.lives_alone:
        points.append(Point("一个人住", _PERSON))
    if at_home_now(known.visits, now):
        points.append(Point("这个钟点常在家", _HOUR))
    return tuple(points)


def _when(reasons: list[Reason], instead: Better | None, known: Known, now: int) -> When:
    urgent = any(one.urgent for one in reasons)
    here = When.TODAY if urgent else When.ON_THE_WAY
    if instead is None or instead.is_now(now) or any(one.why is Why.APPOINTMENT for one in reasons):
        return here
    knocked = known.last_outcome == SHUT and _day(known.last_at) == _day(now)
    if instead.misses < MISSES and not knocked:
        return here
    # What has to be today is tried again today, unless somebody has just stood there.
    last = min((one.until for one in reasons if one.urgent and one.until), default=0)
    if last and instead.starts > max(last, _ends(now)) and not knocked:
        return here
    return When.ANOTHER_TIME


def _reasons(known: Known, now: int, every: Intervals, workdays: int) -> list[Reason]:
    found = list(_appointments(known, now)) if known.agreed else []
    if known.facts.use in _NOBODY_THERE or known.last_outcome in ("6", "7"):
        return found
    if known.matters:
        found += _matters(known.matters, now)
    if known.away_until and known.away_until >= _date(_day(now)).isoformat()[: len(known.away_until)]:
        return found
    if known.triggers:
        found += _musts(known, now, workdays)
    met = _latest(known, EFFECTIVE)
    newcomer = _newcomer(known.facts.moved_in, met, now, every)
    found += newcomer
    found += _rhythm(known, met, now, every, bool(newcomer))
    shut = misses(known.visits)
    if shut >= (MISSES if met else 1):
        found.append(Reason(Why.TRIED, f"敲 {shut} 次没开", 14 + min(2 * shut, 12)))
    if known.next_due:
        found += _promised(known, now)
    return found


def _appointments(known: Known, now: int) -> Iterable[Reason]:
    today = _day(now)
    for one in known.agreed:
        day = _day(one.starts)
        if one.state not in _WAITING or day > today or _day(known.last_at) > day:
            continue
        if known.last_at >= one.starts and known.last_outcome in EFFECTIVE:
            continue
        topic = f"，{one.topic}" if one.topic else ""
        if day == today:
            hour = _hour(one.starts)
            words = f"想约今天 {hour}，还没回话" if one.state == "asked" else f"约好今天 {hour}"
            yield Reason(Why.APPOINTMENT, words + topic, 60, True, one.starts)
        else:
            yield Reason(Why.APPOINTMENT, f"约的 {_said(day, today)}，还没去{topic}", 56, True, one.starts)


def _musts(known: Known, now: int, workdays: int) -> Iterable[Reason]:
    for one in unanswered(known.triggers, known.visits, workdays)[:1]:
        label = MUST_VISIT.label(one.trigger.sort)
        left = _day(one.due) - _day(now)
        if left < 0:
            yield Reason(Why.MUST, f"{label}，超 {-left} 天", 50 + min(-left, 8), True, one.due)
        elif left == 0:
            yield Reason(Why.MUST, f"{label}，今天到期", 50, True, one.due)
        else:
            yield Reason(Why.MUST, f"{label}，还剩 {left} 天", max(46 - 3 * left, 30), False, one.due)


def _matters(matters: Iterable[OpenMatter], now: int) -> Iterable[Reason]:
    for one in matters:
        if not one.due:
            continue
        left = _day(one.due) - _day(now)
        if left < 0:
            yield Reason(Why.MATTER, f"{one.title}，超 {-left} 天", 46 + min(-left, 8), True, one.due)
        elif left == 0:
            hour = _hour(one.due)
            until = f"今天 {hour} 到期" if hour != _LAST else "今天到期"
            yield Reason(Why.MATTER, f"{one.title}，{until}", 46, True, one.due)
        elif left <= _MATTER_DAYS:
            yield Reason(Why.MATTER, f"{one.title}，还剩 {left} 天", 36 - 3 * left, False, one.due)


def _newcomer(moved: str, met: int, now: int, every: Intervals) -> list[Reason]:
    if len(moved) != 10:
        return []
    day = _written(moved)
    days = _day(now) - day
    if days not in range(attention.NEWCOMER_DAYS) or (met and _day(met) >= day):
        return []
    late = days >= every.newcomer
    words = f"搬来 {days} 天，还没见面" if late else f"搬来 {days} 天，{every.newcomer} 天内要见面"
    return [Reason(Why.NEW, words, 34 + min(days, 10), late)]


def _rhythm(known: Known, met: int, now: int, every: Intervals, newcomer: bool) -> Iterable[Reason]:
    """What the visits so far say: overdue, nearly so, knocked in vain, never been there."""
    owing = owed(known.facts, every)
    stands, over = attention.visiting(
        use=known.facts.use,
        registered=True,
        last_outcome=known.last_outcome,
        met_at=met,
        home_at=_latest(known, _AT_THE_DOOR) if owing.contact else 0,
        now=now,
        owed=owing,
    )
    cared = bool(owing.contact) or owing.home <= min(every.care, every.ordinary)
    if over > 0:
        yield _overdue(owing, over, cared)
    elif stands is Visiting.SOON:
        yield Reason(Why.SOON, f"{-over} 天后到期" if over else "今天到期", 12)
    if stands is Visiting.NOT_YET and not newcomer:
        yield Reason(Why.NOT_YET, f"{said_care(owing)}，还没去过" if cared and owing.why else "还没去过", 22)


def _overdue(owing: Owed, over: int, cared: bool) -> Reason:
    who = f"{said_care(owing)}，" if owing.why else ""
    if cared and owing.why:
        return Reason(Why.CARE, f"{who}走访超期 {over} 天", 38 + min(over, 14), True)
    return Reason(Why.OVERDUE, f"{who}走访超期 {over} 天", 16 + min(over // 10, 12))


def _promised(known: Known, now: int) -> Iterable[Reason]:
    """The next time that was written down at the last visit has come."""
    today = _day(now)
    if len(known.next_due) != 10 or not known.last_at:
        return
    day = _written(known.next_due)
    if _day(known.last_at) < day <= today:
        how = "上次没见着，" if known.last_outcome in NOBODY else "上次"
        yield Reason(Why.PROMISE, f"{how}定了{_said(day, today)}再来", 20 + min(today - day, 10))


def _latest(known: Known, outcomes: frozenset[str]) -> int:
    """When something last came of a visit, 0 for never."""
    return next((one.at for one in reversed(known.visits) if one.outcome in outcomes), 0)


_day = day_number


def _ends(now: int) -> int:
    """The last moment of today."""
    return (_day(now) + 1) * DAY - CHINA - 1


def _hour(at: int) -> str:
    minutes = (at + CHINA) % DAY // 60_000
    return f"{minutes // 60:02}:{minutes % 60:02}"


def _written(day: str) -> int:
    return date.fromisoformat(day).toordinal() - _EPOCH


def _date(day: int) -> date:
    return date.fromordinal(day + _EPOCH)


def _said(day: int, today: int) -> str:
    if day == today:
        return "今天"
    told, this = _date(day), _date(today)
    year = f"{told.year}年" if told.year != this.year else ""
    return f"{year}{told.month}月{told.day}日"
