"""Matters as their list and their panel show them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.app.present import moments
from gridclient.core.domain import codes, geography, matter_course, whistles
from gridclient.core.domain.declaration import DESK_ROLES
from gridclient.core.domain.ids import Id
from gridclient.core.domain.matter_course import Hand
from gridclient.core.domain.matters import Standing, Step, standing
from gridclient.desktop.kit.facts import Fact
from gridclient.desktop.matters import Filter, MatterDetail, MatterRow, MattersView, StepLine
from gridclient.desktop.theme import Tone
from gridclient.ledger.households import Row, row, rows, worker_names
from gridclient.ledger.identity import Identity
from gridclient.ledger.tables import column_name

FINISHED = matter_course.FINISHED
STATUSES = tuple(code for code in codes.MATTER_STATUS.labels if code != "void")
LIVE = "(retired IS NULL OR retired = '')"
HOUR, DAY = 3_600_000, 24 * 3_600_000
MINUTE = 60_000
LONG_DAYS = 30
DONE_DAYS = 30
SECRET = "保密事项"


class Found(NamedTuple):
    """One matter: its row, its detail, how long it has been there, and what the filters ask about."""

    row: MatterRow
    detail: MatterDetail
    age: int
    due: int
    mine: bool = False
    called: bool = False
    confidential: bool = False
    finished: int = 0


class Clock(NamedTuple):
    words: str
    tone: Tone
    late: bool
    soon: bool


class Around(NamedTuple):
    """What is around all matters: steps and calls by matter, who is who, who looks."""

    steps: Mapping[Id, list[Row]]
    calls: Mapping[Id, list[Row]]
    same: Mapping[Id, list[Id]]
    homes: Mapping[Id, Id]
    workers: Mapping[Id, str]
    me: Identity
    now: int


def around(connection: Connection, matters: Sequence[Row], me: Identity, now: int) -> Around:
    steps: dict[Id, list[Row]] = {}
    for step in rows(connection, "matter_step", LIVE, (), f"ORDER BY {column_name('at')}"):
        steps.setdefault(id_of(step.fields.get("matter")), []).append(step)
    calls: dict[Id, list[Row]] = {}
    for call in rows(connection, "referral", LIVE, (), f"ORDER BY {column_name('at')}"):
        calls.setdefault(id_of(call.fields.get("matter")), []).append(call)
    known = {matter.id for matter in matters}
    same_as = {one.id: id_of(one.fields.get("duplicate_of")) for one in matters}
    same: dict[Id, list[Id]] = {}
    for one, main in matter_course.roots({key: to for key, to in same_as.items() if to in known}).items():
        same.setdefault(main, []).append(one)
    homes = {one.id: id_of(one.fields.get("household")) for one in matters}
    return Around(steps, calls, same, homes, worker_names(connection), me, now)


def all_matters(connection: Connection, me: Identity, now: int) -> list[Found]:
    """Matters that are not done and those done lately; what is late first, then by what is due.

    One that hangs under another goes on with that one and is not shown by itself.
    """
    matters = rows(connection, "matter", LIVE, ())
    about = around(connection, matters, me, now)
    hung = {one for under in about.same.values() for one in under}
    found = []
    for matter in matters:
        if matter.id in hung:
            continue
        stands = status_of(about.steps.get(matter.id, []))
        ended = last_at(about.steps.get(matter.id, [])) or matter.at
        if stands.status not in FINISHED or (stands.status == "closed" and now - ended < DONE_DAYS * DAY):
            found.append(found_of(connection, matter, about))
    never = 1 << 62
    return sorted(found, key=lambda one: (not one.row.late, one.due or never, -one.age))


def matters_view(found: Sequence[Found], chosen: Filter) -> MattersView:
    """The page for one filter."""
    counts = {one: sum(_in(each, one) for each in found) for one in Filter}
    shown = tuple(each.row for each in found if _in(each, chosen))
    done = sorted((each for each in found if each.finished), key=lambda each: -each.finished)
    late = counts[Filter.LATE]
    summary = f"没办完 {counts[Filter.OPEN]} 件" + (f"，超期 {late} 件" if late else "")
    closed = tuple(each.row for each in done)
    if chosen is Filter.CLOSED:
        shown = closed
    return MattersView(shown, summary if counts[Filter.OPEN] else "", counts, chosen, closed)


def _in(found: Found, chosen: Filter) -> bool:
    if chosen is Filter.CLOSED or found.finished:
        return chosen is Filter.CLOSED and bool(found.finished)
    asked = {
        Filter.OPEN: True,
        Filter.MINE: found.mine,
        Filter.SOON: not found.row.late and found.row.tone is Tone.WARN and bool(found.due),
        Filter.LATE: found.row.late,
        Filter.REVISITING: found.row.status == "revisiting",
        Filter.WHISTLED: found.called,
        Filter.CONFIDENTIAL: found.confidential,
    }
    return asked[chosen]


def found_of(connection: Connection, matter: Row, about: Around) -> Found:
    """One matter with everything its row and its panel say."""
    steps = about.steps.get(matter.id, [])
    stands = status_of(steps)
    finished = (last_at(steps) or matter.at) if stands.status in FINISHED else 0
    told = may_see(matter, about.me)
    since = matter.number("received") or matter.at
    age = moments.days_between(since, about.now)
    clock = clock_of(since, matter.number("due"), about.now)
    if finished:
        clock = Clock(_day(finished), Tone.OK, late=False, soon=False)
    household = id_of(matter.fields.get("household"))
    place = where(connection, household) or matter.text("location")
    same = about.same.get(matter.id, [])
    others, homes = len(same), len({about.homes[one] for one in (matter.id, *same)})
    who = f"{place}，{homes} 户都提过" if homes > 1 else place
    title = matter.text("title") if told else SECRET
    row_ = MatterRow(
        matter.id,
        title,
        who if told else "",
        handler_of(matter, steps, about.workers),
        stands.status,
        clock.words,
        clock.tone,
        "check" if finished else "alert-triangle" if clock.late else "clock",
        clock.late,
        stands.disputed,
    )
    calls = about.calls.get(matter.id, [])
    detail = MatterDetail(
        matter.id,
        _number(matter, since, about.now),
        title,
        row_.where,
        (
            *_chips(row_, steps),
            *((SECRET, Tone.WARN, "lock") for _ in [0] if matter.fields.get("confidential")),
        ),
        _lines(steps, stands.status, clock.late, about) if told else (),
        stands.status,
        matter_course.allowed(stands.status) if told else frozenset(),
        "" if told else "只有记下的人和书记能看。",
        household if told else b"",
        _facts(calls, others, about.now) if told else (),
    )
    return Found(
        row_,
        detail,
        age,
        matter.number("due"),
        mine=about.me.worker in (id_of(matter.fields.get("worker")), matter.author),
        called=any(call.text("state") not in whistles.OVER for call in calls),
        confidential=bool(matter.fields.get("confidential")),
        finished=finished,
    )


def may_see(matter: Row, me: Identity) -> bool:
    """Whether this person may know it: a confidential matter is for its author and the desk."""
    named = me.worker in (matter.author, id_of(matter.fields.get("worker")))
    return not matter.fields.get("confidential") or named or me.role in DESK_ROLES


def clock_of(since: int, due: int, now: int) -> Clock:
    """The time that is left, or how far beyond it; without a day to be done by, the age."""
    if due:
        late = due < now
        words = f"超 {span(now - due)}" if late else f"剩 {span(due - now)}"
        soon = not late and due - now < DAY
        return Clock(words, Tone.BAD if late else Tone.WARN if soon else Tone.NEUTRAL, late, soon)
    age = moments.days_between(since, now)
    tone = Tone.WARN if age >= LONG_DAYS else Tone.NEUTRAL
    return Clock(f"{age} 天了" if age else "今天", tone, late=False, soon=False)


def span(millis: int) -> str:
    """A stretch of time as people say it: 20 分钟, 3 小时, 2 天."""
    if millis < HOUR:
        return f"{max(1, millis // MINUTE)} 分钟"
    return f"{millis // HOUR} 小时" if millis < DAY else f"{millis // DAY} 天"


def _day(millis: int) -> str:
    at = moments.local(millis)
    return f"{at.month}月{at.day}日"


def status_of(steps: Iterable[Row]) -> Standing:
    return standing(
        Step(step.id, step.text("status"), frozenset(_ids(step.fields.get("after")))) for step in steps
    )


def handler_of(matter: Row, steps: Sequence[Row], workers: Mapping[Id, str]) -> str:
    """Who has it now: the unit named last, else who took the last step."""
    unit = next((step.text("unit") for step in reversed(steps) if step.text("unit")), "")
    charge = workers.get(id_of(matter.fields.get("worker")), "")
    return unit or charge or workers.get(steps[-1].author if steps else matter.author, "")


def last_at(steps: Sequence[Row]) -> int:
    return max((step.number("at") for step in steps), default=0)


def _number(matter: Row, since: int, now: int) -> str:
    """Its day, its channel, its category, in one line."""
    channel, category = matter.text("channel"), matter.text("category")
    parts = [
        moments.day(since, now),
        codes.CHANNEL.label(channel) if channel else "",
        codes.MATTER_CATEGORY.label(category) if category else "",
    ]
    return " · ".join(part for part in parts if part)


def _chips(row_: MatterRow, steps: Sequence[Row]) -> tuple[tuple[str, Tone, str], ...]:
    hands = matter_course.hand_overs(Hand(step.text("exit"), step.text("unit")) for step in steps)
    chips = [(row_.clock, row_.tone, row_.clock_icon)]
    if hands:
        tone = Tone.WARN if hands >= matter_course.MANY_HANDS else Tone.NEUTRAL
        chips.append((f"转手 {hands} 次", tone, ""))
    return tuple(chips)


def _facts(calls: Sequence[Row], others: int, now: int) -> tuple[Fact, ...]:
    facts = []
    if calls:
        silent = sum(whistles.is_late(one.text("state"), one.number("respond_by"), now) for one in calls)
        waiting = sum(one.text("state") in ("", "whistled") for one in calls)
        how = f"{silent} 家超时没应" if silent else f"{waiting} 家还没应" if waiting else "都应了"
        colour = "bad" if silent else "text2"
        facts.append(Fact("speakerphone", f"吹哨 {len(calls)} 家，{how}", colour))
    if others:
        facts.append(Fact("link", f"另有 {others} 件并在这里"))
    return tuple(facts)


def _lines(steps: list[Row], status: str, late: bool, about: Around) -> tuple[StepLine, ...]:
    here = STATUSES.index(status) if status in STATUSES else 0
    lines = []
    for at, code in enumerate(STATUSES):
        mine = [step for step in steps if step.text("status") == code]
        when = moments.day(mine[-1].number("at"), about.now) if mine else ""
        who = about.workers.get(mine[-1].author, "") if mine else ""
        said = mine[-1].text("note") if mine else ""
        note = "：".join(part for part in (who, said) if part)
        name = codes.MATTER_STATUS.label(code)
        done = at < here or status == "closed"
        lines.append(StepLine(name, when, note, done, at == here and not done, late and at == here))
    return tuple(lines)


def where(connection: Connection, household: Id) -> str:
    """The door and the head of a household in words."""
    house = row(connection, "household", household or None)
    dwelling = row(connection, "dwelling", id_of(house.fields.get("dwelling")) if house else None)
    building = row(connection, "building", dwelling.place if dwelling else None)
    head = row(connection, "resident", id_of(house.fields.get("head")) if house else None)
    if dwelling is None or building is None:
        return ""
    door = geography.door(building.text("number"), dwelling.text("unit"), dwelling.text("room"))
    return f"{door} {head.text('name')}" if head else door


def id_of(value: object) -> Id:
    return value if isinstance(value, bytes) else b""


def _ids(value: object) -> list[Id]:
    return [one for one in value if isinstance(one, bytes)] if isinstance(value, list) else []
