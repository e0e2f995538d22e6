"""A household as its page shows it."""

from collections.abc import Mapping

from gridclient.app.present import care, moments
from gridclient.core.domain import attention, codes, geography, masking
from gridclient.core.domain.codes import CodeList
from gridclient.core.domain.declaration import Field, Type
from gridclient.core.domain.doubts import of_household
from gridclient.core.domain.ids import Id
from gridclient.core.domain.intervals import OLD
from gridclient.core.domain.matters import Step, standing
from gridclient.core.domain.people import Household as HouseholdKind
from gridclient.core.domain.people import Resident
from gridclient.core.domain.visits import CHECKS
from gridclient.core.merge.record import Record
from gridclient.desktop.household.view import (
    FactLine,
    Happening,
    HouseholdView,
    Owed,
    Person,
    Sort,
    Standing,
)
from gridclient.desktop.kit import Event
from gridclient.desktop.theme import Tone
from gridclient.ledger.households import Household, Row

STALE_DAYS = 180
FINISHED = frozenset({"closed", "void"})
_OUTCOME_ICONS = {"1": "door-enter", "2": "door", "3": "ban", "4": "ear", "5": "door-off", "8": "phone"}
_SAID = {
    "1": "入户",
    "2": "在门口谈了",
    "3": "开了门，不愿谈",
    "4": "隔着门应了",
    "5": "敲门，没人应",
    "6": "看过，是空房",
    "7": "已经搬走",
    "8": "打了电话",
    "9": "约了改天",
}


def household_view(
    found: Household,
    disputes: dict[Id, Record],
    now: int,
    *,
    families: tuple[tuple[bytes, str], ...] = (),
    settings: Mapping[str, object] | None = None,
) -> HouseholdView:
    """The page of a household. `disputes`: the records of it on which people disagree; `settings`: what the
    community has agreed on."""
    agreed = settings or {}
    head = next((one for one in found.people if one.id == found.household.fields.get("head")), None)
    first = head or (found.people[0] if found.people else None)
    door = _door(found)
    retired = found.household.text("retired")
    notice = ""
    if retired:
        notice = f"已{codes.RETIRED.label(retired)}"
    elif not found.people:
        notice = "这里没有登记人"
    else:
        known = [{**one.fields, "id": one.id} for one in found.people]
        notice = "；".join(doubt.words for doubt in of_household(found.household.fields.get("head"), known))
    verified = max(
        [found.household.number("verified"), *(one.number("verified") for one in found.people)], default=0
    )
    tags = care.holding(found, moments.today(now))
    checks = care.clear_lines(found, _open_matters(found), agreed, now)
    clear = sum(line.tone is Tone.OK for line in checks)
    return HouseholdView(
        household=found.household.id,
        dwelling=found.dwelling.id if found.dwelling else b"",
        door=door,
        head=f"{first.text('name')}家" if first else "",
        standing=Standing.MOVED if retired else Standing.LIVED,
        notice=notice,
        chips=_chips(found, now),
        families=families if len(families) > 1 else (),
        people=tuple(
            _person(one, disputes.get(one.id), now, care.tag_words(tags, one.id), others=bool(verified))
            for one in found.people
        ),
        people_summary=_people_summary(found),
        verified=_verified(verified, now),
        stale=_stale(verified, now),
        facts=_facts(found, disputes.get(found.household.id), now),
        checks=checks,
        checks_summary=f"{len(checks)} 项清了 {clear} 项",
        owed=(*care.must_visits(found, agreed, now), *_owed(found, now)),
        timeline=_timeline(found, now),
    )


def _door(found: Household) -> str:
    if not (found.dwelling and found.building):
        return "不知道在哪栋楼"
    number = found.building.text("number")
    return geography.door(number, found.dwelling.text("unit"), found.dwelling.text("room"))


def _chips(found: Household, now: int) -> tuple[str, ...]:
    today = moments.today(now)
    ages = [attention.age(one.text("birth"), today) for one in found.people if one.text("birth")]
    chips = [
        found.compound.text("title") if found.compound else "",
        codes.HOUSEHOLD_CLASS.label(found.household.text("sort")),
        codes.DWELLING_USE.label(found.dwelling.text("use")) if found.dwelling else "",
        f"{OLD} 岁以上" if any(one is not None and one >= OLD for one in ages) else "",
        care.tag_words(care.holding(found, today), None),
    ]
    return tuple(chip for chip in chips if chip)


def _people_summary(found: Household) -> str:
    moved = found.household.text("moved_in")
    return f"{len(found.people)} 人" + (f"，{moments.partial(moved)}搬来" if moved else "")


def _verified(verified: int, now: int) -> str:
    if not verified:
        return "还没核实过"
    return f"全户核实 {moments.day(verified, now)}，{moments.ago(verified, now)}"


def _stale(verified: int, now: int) -> bool:
    """Only what was verified once can be out of date; a fresh register is no fault of anybody."""
    return bool(verified) and moments.days_between(verified, now) > STALE_DAYS


def _person(row: Row, dispute: Record | None, now: int, tags: str, *, others: bool) -> Person:
    """`others`: somebody of the household was verified; else the head of the card says it for all."""
    years = attention.age(row.text("birth"), moments.today(now)) if row.text("birth") else None
    sex = codes.SEX.label(row.text("sex")) if row.text("sex") in ("1", "2") else ""
    phones = row.fields.get("phones")
    first = str(phones[0]) if isinstance(phones, list) and phones else ""
    verified = row.number("verified")
    return Person(
        id=row.id,
        name=row.text("name"),
        relation=codes.RELATION.label(row.text("relation_to_head")),
        sex_age=f"{sex} {years}".strip() if years is not None else sex,
        phone=masking.phone(first),
        residence=codes.RESIDENCE.label(row.text("residence")),
        verified=moments.ago(verified, now) if verified else "没核实过" if others else "",
        stale=_stale(verified, now),
        care=tags,
        conflicts=_conflicts(dispute, Resident.fields) if dispute else {},
    )


def _conflicts(record: Record, fields: dict[str, Field]) -> dict[str, tuple[str, ...]]:
    from gridclient.core.merge.record import conflicts

    found: dict[str, tuple[str, ...]] = {}
    for group in conflicts(record):
        heads = record.heads.get(group, ())
        said = dict.fromkeys(said_of(fields.get(group), head.value[0]) for head in heads)
        found[group] = tuple(said)
    return found


def said_of(field: Field | None, value: object) -> str:
    """One stored value in words; phones and ID numbers masked."""
    if value is None or value == "":
        return "空"
    if field is None:
        return str(value)
    codes_: CodeList | None = field.codes
    if codes_ is not None:
        return codes_.label(str(value))
    if field.type is Type.PHONE:
        return masking.phone(str(value))
    if field.type is Type.ID_NUMBER:
        return masking.id_number(str(value), born_shown=False)
    if field.type is Type.INSTANT and isinstance(value, int):
        return moments.day(value, value)
    if isinstance(value, bytes):
        return "另一条记录"
    return str(value)


def _facts(found: Household, dispute: Record | None, now: int) -> tuple[FactLine, ...]:
    house, dwelling = found.household, found.dwelling
    disputed = _conflicts(dispute, HouseholdKind.fields) if dispute else {}
    use = codes.DWELLING_USE.label(dwelling.text("use")) if dwelling else ""
    owner = dwelling.text("owner_name") if dwelling else ""
    lines = [
        ("房屋", "，".join(part for part in (use, f"产权人 {owner}" if owner else "") if part), ""),
        ("户主电话", masking.phone(house.text("phone")), "phone"),
        ("搬来", moments.partial(house.text("moved_in")), "moved_in"),
        ("常在家", house.text("best_time"), "best_time"),
        ("要留意", house.text("care"), "care"),
        ("备注", house.text("remark"), "remark"),
    ]
    del now
    return tuple(
        FactLine(label, value or "没记", house.id, "household", group, disputed.get(group, ()))
        for label, value, group in lines
        if value or group in disputed or label in ("房屋", "户主电话", "常在家")
    )


def matter_status(steps: list[Row]) -> str:
    """Where a matter stands, from its steps."""
    known = []
    for step in steps:
        after = step.fields.get("after")
        seen = (
            frozenset(one for one in after if isinstance(one, bytes))
            if isinstance(after, list)
            else frozenset()
        )
        known.append(Step(step.id, step.text("status"), seen))
    return standing(known).status


def _open_matters(found: Household) -> list[Row]:
    return [one for one in found.matters if matter_status(found.steps[one.id]) not in FINISHED]


def _owed(found: Household, now: int) -> tuple[Owed, ...]:
    owed = []
    for matter in _open_matters(found):
        status = matter_status(found.steps[matter.id])
        since = matter.number("received") or matter.at
        days = moments.days_between(since, now)
        due = matter.number("due")
        late = bool(due) and due < now
        chip = f"超 {moments.days_between(due, now)} 天" if late else _open_for(status, days)
        owed.append(
            Owed(
                matter.id,
                "message-report",
                matter.text("title"),
                f"{moments.day(since, now)} {found.workers.get(matter.author, '')}".strip(),
                chip,
                Tone.BAD if late else Tone.WARN,
            )
        )
    return tuple(owed)


def _open_for(status: str, days: int) -> str:
    return (
        f"{codes.MATTER_STATUS.label(status)} {days} 天"
        if days
        else f"今天{codes.MATTER_STATUS.label(status)}"
    )


def _timeline(found: Household, now: int) -> tuple[Happening, ...]:
    made = [*_visit_events(found, now), *_matter_events(found, now), *_card_events(found, now)]
    made.sort(key=lambda one: -one[0])
    return tuple(happening for _, happening in made)


def _visit_events(found: Household, now: int) -> list[tuple[int, Happening]]:
    made = []
    for visit in found.visits:
        outcome = visit.text("outcome")
        summary = visit.text("summary")
        companions = visit.fields.get("companions")
        names = [found.workers.get(one, "") for one in companions] if isinstance(companions, list) else []
        who = found.workers.get(visit.author, "")
        with_ = "、".join(name for name in names if name)
        about = [who, f"陪同 {with_}" if with_ else "", _purposes(visit), _answers(visit)]
        what = _SAID.get(outcome, codes.OUTCOME.label(outcome)) + (f"，{summary}" if summary else "")
        event = Event(
            visit.id,
            _OUTCOME_ICONS.get(outcome, "door"),
            what,
            "，".join(part for part in about if part),
            moments.moment(visit.number("at"), now),
            colour="acc" if outcome == "1" else "text2",
        )
        made.append((visit.number("at"), Happening(event, Sort.VISIT)))
    return made


def _purposes(visit: Row) -> str:
    purposes = visit.fields.get("purposes")
    if not isinstance(purposes, list):
        return ""
    return "、".join(codes.PURPOSE.label(str(one)) for one in purposes)


def _answers(visit: Row) -> str:
    """What the 四清 of a visit gave: 四清清了 3 项，安全隐患有变化."""
    clear = sum(visit.text(check.key) == "clear" for check, _ in CHECKS)
    changed = "、".join(check.zh for check, _ in CHECKS if visit.text(check.key) == "changed")
    said = [f"四清清了 {clear} 项" if clear else "", f"{changed}有变化" if changed else ""]
    return "，".join(part for part in said if part)


def _matter_events(found: Household, now: int) -> list[tuple[int, Happening]]:
    made = []
    for matter in found.matters:
        status = matter_status(found.steps[matter.id])
        at = matter.number("received") or matter.at
        done = status in FINISHED
        event = Event(
            matter.id,
            "message-report",
            matter.text("title"),
            found.workers.get(matter.author, ""),
            moments.moment(at, now),
            colour="ok" if done else "warn",
            chip=codes.MATTER_STATUS.label(status),
            tone=Tone.OK if done else Tone.WARN,
        )
        made.append((at, Happening(event, Sort.MATTER)))
    return made


def _card_events(found: Household, now: int) -> list[tuple[int, Happening]]:
    made = []
    for card in found.cards:
        given = card.number("given")
        at = given or card.number("at")
        method = codes.CARD_METHOD.label(card.text("method")) if given else ""
        what = (
            f"{method}给了联络卡（{card.text('version')}）"
            if given
            else f"印了联络卡（{card.text('version')}）"
        )
        event = Event(card.id, "id", what, found.workers.get(card.author, ""), moments.moment(at, now))
        made.append((at, Happening(event, Sort.CARD)))
    return made
