"""Appointments by week and by month, as their page shows them."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from gridclient.app.present import moments
from gridclient.app.present.matters import LIVE, id_of, span
from gridclient.core.domain import agreed_times, codes, geography, masking, work_codes
from gridclient.core.domain.agreed_times import WEEK, Slot, day_of, monday
from gridclient.core.domain.ids import Id
from gridclient.desktop.appointments import AgreeView, AppointmentRow, DayHead, MonthView, WeekView
from gridclient.desktop.kit.facts import Fact
from gridclient.desktop.theme import Tone
from gridclient.ledger.households import Row, row, rows, worker_names

OFFERED = 9
_TONES = {"kept": Tone.OK, "missed": Tone.WARN, "asked": Tone.WARN, "confirmed": Tone.ACC}
_WORDS = {"kept": "见到了", "missed": "没在", "moved": "改了时间", "asked": "等说定", "confirmed": "说定了"}
_SAID = {"1": "入户", "2": "在门口谈了", "3": "见到了，不愿谈", "5": "敲门没人应", "8": "打了电话"}


def all_appointments(connection: Connection) -> list[Row]:
    """Every appointment that was not taken back, in the order of their times."""
    found = rows(connection, "appointment", LIVE, ())
    return sorted(found, key=lambda one: (one.number("starts"), one.id))


def due_count(appointments: Sequence[Row], now: int) -> int:
    """How many wait for somebody today, or have been waiting since before."""
    return sum(agreed_times.is_due(one.number("starts"), one.text("state"), now) for one in appointments)


def week_view(connection: Connection, appointments: Sequence[Row], first: date, now: int) -> WeekView:
    """The week that begins on a Monday; what waits since before it comes first."""
    days = [first + timedelta(days=each) for each in range(WEEK)]
    names = worker_names(connection)
    here = [one for one in appointments if day_of(one.number("starts")) in days]
    before = [
        one
        for one in appointments
        if day_of(one.number("starts")) < first
        and agreed_times.is_over(one.number("starts"), one.number("ends"), one.text("state"), now)
    ]
    today = moments.today(now)
    last = days[-1]
    until = f"{last.day}日" if last.month == first.month else f"{last.month}月{last.day}日"
    ahead = sum(one.text("state") in agreed_times.OPEN for one in here)
    waiting = tuple(_line(connection, one, names, now) for one in before)
    summary = f"还有 {ahead} 户要见" if ahead else ""
    return WeekView(
        f"{first.month}月{first.day}日 – {until}",
        summary,
        tuple(DayHead(day, _day_words(day, today), day == today) for day in days),
        tuple(_line(connection, one, names, now) for one in here),
        waiting,
    )


def month_view(appointments: Sequence[Row], first: date, now: int) -> MonthView:
    """The month that begins on a day, with how many appointments each day has."""
    counts: dict[date, tuple[int, int]] = {}
    for one in appointments:
        if one.text("state") in ("moved", "cancelled"):
            continue
        day = day_of(one.number("starts"))
        waiting, every = counts.get(day, (0, 0))
        counts[day] = (waiting + (one.text("state") in agreed_times.OPEN), every + 1)
    return MonthView(f"{first.year}年{first.month}月", first, moments.today(now), counts)


def agree_view(
    connection: Connection, household: Id, topic: str, now: int, moves: Id = b""
) -> AgreeView | None:
    """Whom a time is agreed with, and the days offered with what they hold already."""
    door, head = _door(connection, household)
    if not door:
        return None
    today = moments.today(now)
    taken = agreed_times.busy(
        {one.id: (one.number("starts"), one.text("state")) for one in all_appointments(connection)}
    )
    days = []
    for each in range(OFFERED):
        day = today + timedelta(days=each)
        count = taken.get(day, 0)
        near = ("今天", "明天")[each] if each < 2 else f"{day.day}日"  # nine days repeat no number
        taken_words = f" · {count} 户" if count else ""
        days.append((day, f"{near} 周{moments.WEEKDAYS[day.weekday()]}{taken_words}"))
    where = f"{door}，{head}" if head else door
    return AgreeView(household, where, tuple(days), today, topic, moves)


def slot_words(slot: Slot, now: int) -> str:
    """今天 14:00, 11月26日 周四 09:00."""
    return moments.moment(slot.starts, now)


def _day_words(day: date, today: date) -> str:
    names = {0: "今天", 1: "明天", -1: "昨天"}
    plain = f"{day.month}月{day.day}日 周{moments.WEEKDAYS[day.weekday()]}"
    near = names.get((day - today).days)
    return f"{near} {plain}" if near else plain


def _line(connection: Connection, one: Row, names: dict[Id, str], now: int) -> AppointmentRow:
    household = id_of(one.fields.get("household"))
    door, head = _door(connection, household)
    starts, ends, state = one.number("starts"), one.number("ends"), one.text("state") or "asked"
    is_open = state in agreed_times.OPEN
    late = agreed_times.is_over(starts, ends, state, now)
    clock = f"{moments.local(starts):%H:%M}" + (f"–{moments.local(ends):%H:%M}" if ends else "")
    hint = f"超 {span(now - (ends or starts))}" if late else _WORDS.get(state, "")
    return AppointmentRow(
        one.id,
        household,
        day_of(starts),
        clock,
        door or "不在这台电脑里的户",
        head,
        one.text("topic"),
        names.get(id_of(one.fields.get("worker")), ""),
        state,
        _TONES.get(state, Tone.NEUTRAL),
        is_open,
        late,
        hint or work_codes.APPOINTMENT_STATE.label(state),
        _facts(connection, one, household, names, now),
    )


def _facts(
    connection: Connection, one: Row, household: Id, names: dict[Id, str], now: int
) -> tuple[Fact, ...]:
    facts = []
    asked_by, channel = one.text("asked_by"), one.text("channel")
    if asked_by:
        how = f"（{codes.CHANNEL.label(channel)}）" if channel else ""
        facts.append(Fact("user", f"{work_codes.ASKED_BY.label(asked_by)}{how}"))
    who = names.get(id_of(one.fields.get("worker")), "")
    if who:
        facts.append(Fact("id", who))
    house = row(connection, "household", household or None)
    phone = house.text("phone") if house else ""
    if phone:
        facts.append(Fact("phone", masking.phone(phone)))
    day = day_of(one.number("starts"))
    visits = rows(connection, "visit", f"household = ? AND {LIVE}", (household,))
    for visit in sorted(visits, key=lambda each: each.number("at")):
        if day_of(visit.number("at")) == day:
            said = _SAID.get(visit.text("outcome"), "去过")
            facts.append(Fact("door-enter", f"{moments.day(visit.number('at'), now)} {said}", "ok"))
    return tuple(facts)


def _door(connection: Connection, household: Id) -> tuple[str, str]:
    """The door of a household and its head, in words."""
    house = row(connection, "household", household or None)
    dwelling = row(connection, "dwelling", id_of(house.fields.get("dwelling")) if house else None)
    building = row(connection, "building", dwelling.place if dwelling else None)
    if house is None or dwelling is None or building is None:
        return "", ""
    head = row(connection, "resident", id_of(house.fields.get("head")))
    door = geography.door(building.text("number"), dwelling.text("unit"), dwelling.text("room"))
    return door, head.text("name") if head else ""


def first_of(now: int) -> date:
    """The Monday of this week."""
    return monday(moments.today(now))
