"""The doors of today as their screen shows them."""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby

from gridclient.app.present import moments
from gridclient.app.present.building import building_name
from gridclient.core.domain import attention, care, codes, masking
from gridclient.core.domain.better_hours import MANY, PARTS, Better
from gridclient.core.domain.care_codes import CARE_TAG
from gridclient.core.domain.doors_due import Reason, When, Why
from gridclient.core.domain.ids import Id
from gridclient.desktop.theme import Tone
from gridclient.desktop.today import DoorDetail, DoorGroup, DoorLine, Order, TodayView
from gridclient.ledger.households import Household, Row
from gridclient.operations.todays_doors import DoorDue, Today, in_walking_order

PRESSING = 80
_CHIPS = {
    Why.MUST: "必访",
    Why.MATTER: "诉求",
    Why.CARE: "关照",
    Why.NEW: "新住户",
    Why.PROMISE: "约定",
    Why.TRIED: "没敲开",
    Why.OVERDUE: "超期",
    Why.NOT_YET: "没去过",
    Why.SOON: "快到期",
}
_HEADS = {
    When.TODAY: ("今天必须到", "有期限的、该关照的", "bad"),
    When.ON_THE_WAY: ("顺路", "走得完就去", "ctl"),
    When.ANOTHER_TIME: ("换个时间去", "按以往敲门的时间算的", "acc"),
}
_EVENING = 3


def today_view(today: Today, order: Order, skipped: Collection[Id]) -> TodayView:
    """The list in an order; what was put off today stands last, whatever it is for."""
    groups = today.grouped()
    due = [one for one in groups[When.TODAY] if one.household not in skipped]
    several = len({one.compound for one in today.found.values()}) > 1
    shown: dict[When, list[DoorDue]] = {}
    left: dict[When, int] = {}
    for when, doors in groups.items():
        here = [one for one in doors if one.household not in skipped]
        most = len(here) if when is When.TODAY else today.most
        shown[when], left[when] = here[:most], max(0, len(here) - most)
    if order is Order.WAY:
        here = [*shown[When.TODAY], *shown[When.ON_THE_WAY]]
        made = [
            *_by_building(here, today.at, several),
            *_by_building(shown[When.ANOTHER_TIME], today.at, several),
        ]
    else:
        made = [one for when in When for one in _of(when, shown[when], left, today.at, several)]
    put_off = in_walking_order([one for one in today.found.values() if one.household in skipped])
    if put_off:
        lines = tuple(_line(one, today.at, several, skipped=True) for one in put_off)
        made.append(DoorGroup("今天先放放", "按空格放回去", "line2", lines))
    return TodayView(
        _day(today.at), today.counted.today, len(due), today.counted.week, tuple(made), order, today.doors > 0
    )


def door_detail(one: DoorDue, found: Household, now: int) -> DoorDetail:
    """A door in words: who lives there, why it comes where it does, what was said last."""
    last = next((visit for visit in found.visits if visit.text("summary")), None)
    return DoorDetail(
        one.household,
        one.door,
        _people(found.people, moments.today(now)),
        one.due.score,
        one.due.points,
        tuple(_facts(one, found, now)),
        one.compound,
        last.text("summary") if last else "",
        moments.day(last.number("at"), now) if last else "",
    )


def glance(one: DoorDue) -> DoorDetail:
    """The same as far as it is known without reading."""
    return DoorDetail(one.household, one.door, one.head, one.due.score, one.due.points, (), one.compound)


def instead_words(instead: Better, now: int) -> str:
    """今晚 18:30, 明天 9:00, 周六 9:00."""
    starts = moments.local(instead.starts)
    days = (starts.date() - moments.today(now)).days
    day = {0: "今晚" if instead.band.part == _EVENING else "今天", 1: "明天"}.get(days)
    return f"{day or '周' + moments.WEEKDAYS[starts.weekday()]} {starts.hour}:{starts:%M}"


def reason_words(one: DoorDue) -> str:
    """Why, in a few words: at another hour that it did not open, else the strongest reason."""
    if one.due.when is When.ANOTHER_TIME and one.due.better is not None:
        return one.due.better.tried
    return one.due.reasons[0].words


def _of(
    when: When, doors: list[DoorDue], left: dict[When, int], now: int, several: bool
) -> Iterable[DoorGroup]:
    title, aside, colour = _HEADS[when]
    if doors:
        more = f"，后面还有 {left[when]} 户" if left[when] else ""
        yield DoorGroup(title, aside + more, colour, tuple(_line(one, now, several) for one in doors))


def _by_building(doors: list[DoorDue], now: int, several: bool) -> Iterable[DoorGroup]:
    for _, here in groupby(in_walking_order(doors), key=lambda one: one.building):
        mine = list(here)
        first, must = mine[0], sum(one.due.when is When.TODAY for one in mine)
        title = building_name(first.number)
        title = f"{first.compound} {title}" if several else title
        aside, colour = (f"{must} 户今天必须到", "bad") if must else ("顺路", "ctl")
        if first.due.when is When.ANOTHER_TIME:
            aside, colour = _HEADS[When.ANOTHER_TIME][0], "acc"
        # The head says the compound.
        yield DoorGroup(title, aside, colour, tuple(_line(one, now, several=False) for one in mine))


def _line(one: DoorDue, now: int, several: bool, *, skipped: bool = False) -> DoorLine:
    first = one.due.reasons[0]
    chip, tone = _chip(first, now)
    elsewhere = one.due.when is When.ANOTHER_TIME and one.due.better is not None
    colour = "ctl"
    if one.due.when is When.TODAY:
        colour = "bad" if one.due.score >= PRESSING else "warn"
    last = moments.ago(one.last_at, now) if one.last_at else "没去过"
    return DoorLine(
        one.household,
        one.door,
        one.head,
        chip,
        tone,
        reason_words(one),
        last,
        one.due.score,
        colour,
        one.compound if several else "",
        instead_words(one.due.better, now) if elsewhere and one.due.better else "",
        skipped,
    )


def _chip(first: Reason, now: int) -> tuple[str, Tone]:
    late = bool(first.until) and first.until < now
    if first.why is Why.APPOINTMENT:
        at = moments.local(first.until)
        today = at.date() == moments.today(now)
        return (f"预约 {at:%H:%M}", Tone.ACC) if today else ("预约过了", Tone.BAD)
    if first.why is Why.CARE:
        return _CHIPS[first.why], Tone.BAD
    if first.why in (Why.MUST, Why.MATTER):
        return _CHIPS[first.why], Tone.BAD if late else Tone.WARN
    return _CHIPS[first.why], Tone.WARN if first.urgent else Tone.NEUTRAL


def _people(people: list[Row], today: date) -> str:
    said = []
    for one in people[:2]:
        years = attention.age(one.text("birth"), today) if one.text("birth") else None
        said.append(one.text("name") + (f" {years} 岁" if years is not None else ""))
    more = f"等 {len(people)} 人" if len(people) > 2 else ""
    return "，".join(said) + more


def _facts(one: DoorDue, found: Household, now: int) -> Iterable[tuple[str, str]]:
    instead = one.due.better
    if instead is not None:
        part = PARTS[instead.band.part]
        hours = f"{_clock(part.begins)}–{_clock(part.ends)}"
        when = instead_words(instead, now).split(" ")[0]
        yield "history", instead.tried
        yield "clock", f"{when} {hours} 更可能在家"
        if instead.misses >= MANY:
            yield "phone", "先打电话约，或门上贴张便条"
    elif one.last_at:
        word = codes.OUTCOME.label(one.last_outcome)
        yield "history", f"上次 {moments.day(one.last_at, now)}，{word}"
    if told := found.household.text("best_time"):
        yield "clock", f"自己说：{masking.text(told)}"
    if keep := found.household.text("care"):
        yield "info-circle", masking.text(keep)
    day = moments.today(now).isoformat()
    holding = [tag.text("tag") for tag in found.tags if care.holds(tag.text("since"), tag.text("until"), day)]
    plain = dict.fromkeys(CARE_TAG.label(tag) for tag in holding if care.level(tag) == 1)
    hidden = sum(care.level(tag) > 1 for tag in holding)
    if plain or hidden:
        yield "heart", "、".join([*plain, *([f"另 {hidden} 项关照"] if hidden else [])])
    if not found.cards:
        yield "id", "还没给过联络卡"


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


def _day(now: int) -> str:
    at = moments.local(now)
    half = "上午" if at.hour < 12 else "下午" if at.hour < 18 else "晚上"
    return f"{at.month}月{at.day}日 周{moments.WEEKDAYS[at.weekday()]} {half}"
