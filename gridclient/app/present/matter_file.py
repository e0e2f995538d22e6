"""One matter as its page shows it: the course, the calls, what is the same."""

from collections.abc import Sequence

from sqlalchemy import Connection

from gridclient.app.present import moments
from gridclient.app.present.matters import (
    FINISHED,
    LIVE,
    SECRET,
    Around,
    around,
    found_of,
    id_of,
    may_see,
    span,
    status_of,
    where,
)
from gridclient.core.domain import codes, masking, national_codes, whistles, work_codes
from gridclient.core.domain.ids import Id
from gridclient.core.domain.matter_course import Hand, hand_overs
from gridclient.desktop.kit.facts import Fact
from gridclient.desktop.kit.timeline import Event
from gridclient.desktop.matters import CallLine, MatterFile, SameLine, Unit, WhistleView
from gridclient.desktop.theme import Tone
from gridclient.ledger.households import Row, row, rows
from gridclient.ledger.identity import Identity

_ICONS = {"whistle": "speakerphone", "escalate": "chevron-up", "explain": "messages", "spot": "check"}
_STATUS_ICONS = {
    "received": "message-report",
    "verifying": "search",
    "handling": "clipboard-list",
    "revisiting": "phone",
    "closed": "check",
    "void": "ban",
}
_DONE_CALLS = {"reported": Tone.OK, "closed": Tone.OK, "refused": Tone.BAD}
DESK_BODY = "详情在社区，书记能看"
LIKELY = 30


def matter_file(connection: Connection, matter: Id, me: Identity, now: int) -> MatterFile | None:
    """Everything about a matter; None where it is not known here or not for this person."""
    found = row(connection, "matter", matter)
    if found is None or not may_see(found, me):
        return None
    every = rows(connection, "matter", LIVE, ())
    about = around(connection, every, me, now)
    shown = found_of(connection, found, about)
    known = {one.id: one for one in every}
    under = known.get(id_of(found.fields.get("duplicate_of")))
    return MatterFile(
        shown.detail,
        _events(about.steps.get(matter, []), about),
        _about(connection, found, about),
        tuple(call_line(call, now) for call in about.calls.get(matter, [])),
        tuple(_same(connection, known[one], about) for one in about.same.get(matter, [])),
        _same(connection, under, about) if under is not None else None,
    )


def call_line(call: Row, now: int) -> CallLine:
    """How one unit answered, in words."""
    state, until = call.text("state") or "whistled", call.number("respond_by")
    late = whistles.is_late(state, until, now)
    tone = _DONE_CALLS.get(state, Tone.NEUTRAL)
    if late:
        words, tone = f"超时 {span(now - until)}", Tone.BAD
    elif state == "whistled" and until:
        words, tone = f"等 {span(until - now)}", Tone.WARN
    else:
        words = work_codes.REFERRAL_STATE.label(state)
    stamps = ("done", "arrived", "answered", "at")
    when = next((call.number(key) for key in stamps if call.number(key)), 0)
    rating = call.number("rating")
    told = [
        moments.day(when, now),
        masking.text(call.text("result") or call.text("opinion")),
        f"{rating} 分" if rating else "",
    ]
    return CallLine(
        call.id,
        call.text("unit") or "单位",
        state,
        words,
        tone,
        "　".join(part for part in told if part),
        whistles.next_states(state),
    )


def whistle_view(connection: Connection, matter: Id, title: str, where_: str, now: int) -> WhistleView | None:
    """The units that may be called, those that handle such matters first, and until when they answer."""
    found = row(connection, "matter", matter)
    if found is None:
        return None
    category = found.text("category")
    units = []
    for one in rows(connection, "partner", LIVE, ()):
        handles = one.fields.get("categories")
        usual = isinstance(handles, list) and category in handles
        sort = one.text("sort")
        about = [work_codes.PARTNER_SORT.label(sort) if sort else "", one.text("contact"), one.text("phone")]
        units.append(Unit(one.id, one.text("title"), "，".join(part for part in about if part), usual))
    units.sort(key=lambda unit: (not unit.usual, unit.name))
    until = {
        sort: f"{moments.moment(whistles.respond_by(now, category, sort), now)} 前"
        for sort in work_codes.WHISTLE_SORT.labels
    }
    return WhistleView(matter, title, where_, tuple(units), until)


def same_lines(connection: Connection, matter: Id, me: Identity, now: int) -> tuple[SameLine, ...]:
    """Open matters this one may be the same as: of the same building and category first."""
    every = rows(connection, "matter", LIVE, ())
    about = around(connection, every, me, now)
    mine = next((one for one in every if one.id == matter), None)
    if mine is None:
        return ()
    hung = {one for under in about.same.values() for one in under}
    others = [
        one
        for one in every
        if one.id != matter
        and one.id not in hung
        and may_see(one, me)
        and status_of(about.steps.get(one.id, [])).status not in FINISHED
    ]
    others.sort(
        key=lambda one: (
            one.place != mine.place,
            one.text("category") != mine.text("category"),
            -(one.number("received") or one.at),
        )
    )
    return tuple(_same(connection, one, about) for one in others[:LIKELY])


def _events(steps: Sequence[Row], about: Around) -> tuple[Event, ...]:
    """Newest first: what was done, who said what, when."""
    events = []
    for step in reversed(steps):
        status, exit_ = step.text("status"), step.text("exit")
        what = codes.MATTER_EXIT.label(exit_) if exit_ else codes.MATTER_STATUS.label(status)
        unit = step.text("unit")
        said = masking.text(step.text("note"))
        who = about.workers.get(step.author, "")
        result, answer, level = step.text("result"), step.text("satisfaction"), step.text("level")
        chips = [
            work_codes.RESULT_TYPE.label(result) if result else "",
            work_codes.SATISFACTION.label(answer) if answer else "",
            work_codes.SOLVED_LEVEL.label(level) if level else "",
        ]
        tone = Tone.BAD if answer == "bad" else Tone.OK if status == "closed" else Tone.NEUTRAL
        events.append(
            Event(
                step.id,
                _ICONS.get(exit_) or _STATUS_ICONS.get(status, "pencil"),
                f"{what}，{unit}" if unit else what,
                "：".join(part for part in (who, said) if part),
                moments.moment(step.number("at"), about.now),
                "ok" if status == "closed" else "acc" if exit_ else "text2",
                "，".join(part for part in chips if part),
                tone,
            )
        )
    return tuple(events)


def _about(connection: Connection, matter: Row, about: Around) -> tuple[Fact, ...]:
    facts = []
    body = matter.text("body")
    if matter.fields.get("confidential"):
        kept = rows(connection, "matter_body", f"matter = ? AND {LIVE}", (matter.id,))
        body = kept[-1].text("body") if kept else DESK_BODY
        facts.append(Fact("lock", "保密：只有记下的人和书记能看", "warn"))
    if body:
        facts.append(Fact("message-circle", masking.text(body)))
    who, phone = matter.text("initiator"), matter.text("phone")
    if who or phone:
        told = "　".join(part for part in (who, masking.phone(phone) if phone else "") if part)
        facts.append(Fact("user", f"{told} 反映的"))
    due = matter.number("due")
    if due:
        facts.append(Fact("clock", f"{moments.moment(due, about.now)} 前办完"))
    dispute = matter.text("dispute_class")
    if dispute:
        facts.append(Fact("file-text", national_codes.DISPUTE_CLASS.label(dispute)))
    steps = about.steps.get(matter.id, [])
    hands = hand_overs(Hand(step.text("exit"), step.text("unit")) for step in steps)
    if hands:
        facts.append(Fact("refresh", f"转手 {hands} 次", "warn" if hands > 1 else "text2"))
    return tuple(facts)


def _same(connection: Connection, matter: Row, about: Around) -> SameLine:
    told = may_see(matter, about.me)
    place = where(connection, id_of(matter.fields.get("household"))) or matter.text("location")
    when = moments.day(matter.number("received") or matter.at, about.now)
    return SameLine(matter.id, matter.text("title") if told else SECRET, place if told else "", when)
