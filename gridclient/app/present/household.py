"""A household as its page shows it."""

from collections.abc import Mapping, Sequence

from gridclient.app.present import care, moments, moves
from gridclient.app.present.timeline import FINISHED, matter_status, timeline
from gridclient.core.domain import attention, codes, geography, masking
from gridclient.core.domain.codes import CodeList
from gridclient.core.domain.declaration import Field, Type
from gridclient.core.domain.doubts import of_household
from gridclient.core.domain.ids import Id
from gridclient.core.domain.intervals import OLD
from gridclient.core.domain.people import Household as HouseholdKind
from gridclient.core.domain.people import Resident
from gridclient.core.merge.record import Record
from gridclient.desktop.household.view import (
    FactLine,
    Happening,
    HouseholdView,
    Owed,
    Person,
    Standing,
)
from gridclient.desktop.theme import Tone
from gridclient.ledger.households import Household, Row

STALE_DAYS = 180


def household_view(
    found: Household,
    disputes: dict[Id, Record],
    now: int,
    *,
    families: tuple[tuple[bytes, str], ...] = (),
    settings: Mapping[str, object] | None = None,
    changes: Sequence[tuple[int, Happening]] = (),
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
        notice = moves.retired_words(found)
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
        successor=_successor(found) if retired else b"",
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
        timeline=timeline(found, now, (*changes, *moves.happenings(found, now))),
    )


def _successor(found: Household) -> Id:
    goes_on = found.household.fields.get("successor")
    return goes_on if isinstance(goes_on, bytes) else b""


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
    return f"全户{moments.long_ago(verified, now)}核实，{moments.day(verified, now)}"


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
        verified=moments.long_ago(verified, now) if verified else "没核实过" if others else "",
        stale=_stale(verified, now),
        care=tags,
        conflicts=_conflicts(dispute, Resident.fields) if dispute else {},
    )


def _conflicts(record: Record, fields: dict[str, Field]) -> dict[str, tuple[str, ...]]:
    from gridclient.core.merge.record import conflicts

    found: dict[str, tuple[str, ...]] = {}
    for group in conflicts(record):
        heads = record.heads.get(group, ())
        said = [said_of(fields.get(group), head.value[0]) for head in heads]
        # Masked, two numbers may look the same and are two all the same.
        found[group] = tuple(dict.fromkeys(said)) if len(set(said)) > 1 else tuple(said)
    return found


def said_of(field: Field | None, value: object, *, born_shown: bool = True) -> str:
    """One stored value in words; phones and ID numbers masked. `born_shown`: a birthday, year of birth or age
    may stand in the same view."""
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
        return masking.id_number(str(value), born_shown=born_shown)
    if field.type is Type.INSTANT and isinstance(value, int):
        return moments.day(value, value)
    if isinstance(value, bytes):
        return "另一条记录"
    return masking.text(str(value)) if field.type is Type.TEXT else str(value)


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
        ("要留意", masking.text(house.text("care")), "care"),
        ("备注", masking.text(house.text("remark")), "remark"),
    ]
    del now
    return tuple(
        FactLine(label, value or "没记", house.id, "household", group, disputed.get(group, ()))
        for label, value, group in lines
        if value or group in disputed or label in ("房屋", "户主电话", "常在家")
    )


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
