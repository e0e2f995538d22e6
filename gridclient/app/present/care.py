"""Who is looked after in a household, what must be visited, and what is clear, as the page shows it."""

from collections.abc import Iterable, Mapping
from datetime import date

from gridclient.app.present import moments
from gridclient.core.domain import care
from gridclient.core.domain.care import CareTag
from gridclient.core.domain.care_codes import CARE_TAG
from gridclient.core.domain.four_clears import VERIFIED_DAYS, Known, OpenMatter, four_clears
from gridclient.core.domain.ids import Id
from gridclient.core.domain.matters import Matter
from gridclient.core.domain.must_visits import WORKDAYS, Trigger, of_matter, of_tag, unanswered
from gridclient.core.domain.visits import CHECKS
from gridclient.core.domain.work_codes import MUST_VISIT
from gridclient.desktop.household.care import CareLine
from gridclient.desktop.household.view import CheckLine, Owed
from gridclient.desktop.theme import Tone
from gridclient.ledger.households import Household, Row

Settings = Mapping[str, object]
_SPOKEN = frozenset({"1", "2", "8"})


def holding(found: Household, today: date) -> list[Row]:
    """The tags of a household that hold today."""
    day = today.isoformat()
    return [one for one in found.tags if care.holds(one.text("since"), one.text("until"), day)]


def tag_words(tags: Iterable[Row], resident: Id | None) -> str:
    """The tags of one person (None: of the household) in words; what is restricted is only counted."""
    mine = [tag for tag in tags if tag.fields.get(CareTag.resident.key) == resident]
    open_ = [CARE_TAG.label(tag.text("tag")) for tag in mine if care.level(tag.text("tag")) == 1]
    hidden = len(mine) - len(open_)
    return "、".join([*dict.fromkeys(open_), *([f"另 {hidden} 项"] if hidden else [])])


def care_lines(found: Household, now: int) -> tuple[CareLine, ...]:
    """Every tag that holds, told in full: for the sheet a person opens on purpose."""
    names = {one.id: one.text("name") for one in found.people}
    lines = []
    for tag in holding(found, moments.today(now)):
        about = tag.fields.get(CareTag.resident.key)
        since, due = tag.text("since"), tag.text("next_due")
        told = [
            f"{moments.partial(since)}起" if since else "",
            tag.text("detail"),
            tag.text("basis"),
            f"下次回访 {moments.partial(due)}" if due else "",
            found.workers.get(_id(tag, "worker"), ""),
            f"{moments.ago(tag.number('verified'), now)}核实" if tag.number("verified") else "",
        ]
        lines.append(
            CareLine(
                tag.id,
                CARE_TAG.label(tag.text("tag")),
                names.get(about, "") if isinstance(about, bytes) else "全户",
                "，".join(filter(None, told)),
                care.level(tag.text("tag")),
            )
        )
    return tuple(lines)


def must_visits(found: Household, settings: Settings, now: int) -> tuple[Owed, ...]:
    """四必访 nobody has answered yet, the earliest due first."""
    visits = {visit.id: visit.text("outcome") for visit in found.visits}
    triggers = []
    for matter in found.matters:
        sort = of_matter(matter.text("category"))
        if sort and not matter.text("duplicate_of"):
            met = visits.get(_id(matter, Matter.visit.key), "") in _SPOKEN
            triggers.append(Trigger(sort, matter.number("received") or matter.at, matter.id, met))
    for tag in holding(found, moments.today(now)):
        if of_tag(tag.text("tag")):
            triggers.append(Trigger("hardship", tag.at, tag.id))
    days = settings.get("must_visit_days")
    spoken = [(visit.number("at"), visit.text("outcome")) for visit in found.visits]
    owed = []
    for one in unanswered(triggers, spoken, days if isinstance(days, int) and days > 0 else WORKDAYS):
        late = one.due < now
        chip = f"超 {moments.days_between(one.due, now) + 1} 天" if late else f"{moments.day(one.due, now)}前"
        title = MUST_VISIT.label(one.trigger.sort)
        since = f"{moments.day(one.trigger.at, now)}起"
        owed.append(
            Owed(found.household.id, "door-enter", title, since, chip, Tone.BAD if late else Tone.WARN)
        )
    return tuple(owed)


def clear_lines(
    found: Household, open_matters: Iterable[Row], settings: Settings, now: int
) -> tuple[CheckLine, ...]:
    """四清, each with the first thing it lacks, or since when it is clear."""
    answers = {}
    for check, _ in CHECKS:
        said = next((one for one in found.visits if one.text(check.key) in ("clear", "changed")), None)
        if said is not None:
            answers[check.key.removesuffix("_check")] = (said.text(check.key), said.number("at"))
    known = Known(
        found.household.fields,
        found.dwelling.fields if found.dwelling else {},
        tuple(one.fields for one in found.people),
        answers,
        tuple(max(tag.number("verified"), tag.at) for tag in holding(found, moments.today(now))),
        tuple(
            # Who wrote a matter down answers for it until somebody else is named.
            OpenMatter(
                one.text("category"), bool(_id(one, Matter.worker.key) or one.author), bool(one.number("due"))
            )
            for one in open_matters
        ),
    )
    days = settings.get("verified_days")
    cleared = four_clears(known, now, days if isinstance(days, int) and days > 0 else VERIFIED_DAYS)
    lines = []
    for one, (check, _) in zip(cleared, CHECKS, strict=True):
        answer, at = answers.get(check.key.removesuffix("_check"), ("", 0))
        if one.refused:
            lines.append(CheckLine(check.zh, "问过，不愿说", Tone.NEUTRAL))
        elif one.lacks:
            lines.append(CheckLine(check.zh, one.lacks[0], Tone.WARN if at else Tone.NEUTRAL))
        elif answer == "changed":
            lines.append(CheckLine(check.zh, f"有变化，{moments.ago(at, now)}", Tone.WARN))
        else:
            lines.append(CheckLine(check.zh, f"清，{moments.ago(at, now)}" if at else "清"))
    return tuple(lines)


def _id(row: Row, key: str) -> Id:
    value = row.fields.get(key)
    return value if isinstance(value, bytes) else b""
