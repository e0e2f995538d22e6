"""What happened at a door, newest first, as the page of its household shows it."""

from collections.abc import Sequence

from gridclient.app.present import moments
from gridclient.core.domain import codes, masking
from gridclient.core.domain.matters import Step, standing
from gridclient.core.domain.visits import CHECKS
from gridclient.desktop.household.view import Happening, Sort
from gridclient.desktop.kit.timeline import Event
from gridclient.desktop.theme import Tone
from gridclient.ledger.households import Household, Row

FINISHED = frozenset({"closed", "void"})
LATER = 30 * 60 * 1000  # written down so long after the knock is "written later"
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


def timeline(
    found: Household, now: int, changes: Sequence[tuple[int, Happening]] = ()
) -> tuple[Happening, ...]:
    """Visits, matters, cards, and the changes given."""
    made = [*_visit_events(found, now), *_matter_events(found, now), *_card_events(found, now), *changes]
    made.sort(key=lambda one: -one[0])
    return tuple(happening for _, happening in made)


def _visit_events(found: Household, now: int) -> list[tuple[int, Happening]]:
    made = []
    for visit in found.visits:
        outcome = visit.text("outcome")
        summary = masking.text(visit.text("summary"))
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
            chip=_written(visit),
        )
        made.append((visit.number("at"), Happening(event, Sort.VISIT)))
    return made


def _written(visit: Row) -> str:
    """Whether it was corrected since, or written long after the knock."""
    if visit.disputed:
        return "更正过"
    return "补记" if visit.at - visit.number("at") > LATER else ""


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
            masking.text(matter.text("title")),
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
