"""Recording a visit: what happened, what was asked for, what was handed over, in one save."""

from dataclasses import dataclass, field

from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.visits import CHECKS
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched

# What becomes of a matter at the door, by the way it leaves the worker's hands.
STATUS_AFTER = {
    "": "received",
    "spot": "revisiting",
    "escalate": "handling",
    "whistle": "handling",
    "explain": "closed",
}


@dataclass(frozen=True)
class MatterNote:
    """Something asked for at the door. `exit` is a code of MATTER_EXIT or ""."""

    title: str
    category: str = ""
    exit: str = ""
    body: str = ""


@dataclass(frozen=True)
class VisitNote:
    """What a worker wrote down. `at`: Unix milliseconds, None for now; `checks`: code and note by field."""

    household: Id | None
    dwelling: Id | None
    outcome: str
    at: int | None = None
    purposes: tuple[str, ...] = ()
    companions: tuple[Id, ...] = ()
    checks: dict[str, tuple[str, str]] = field(default_factory=dict)
    summary: str = ""
    next_due: str = ""
    matters: tuple[MatterNote, ...] = ()
    card_version: str | None = None


def record_visit(ledger: Ledger, note: VisitNote, drop: str = "") -> Touched:
    """Save a visit with its matters and the card given, in one transaction; with it goes the draft `drop`.

    Raises:
        BadInputError: something in it cannot stand; nothing was saved.
        KnownError: the disk is full …; nothing was saved.
    """
    now = ledger.clock()
    at = now if note.at is None else note.at
    place = _place(ledger, note)
    visit = ledger.new_id()
    drafts = [Draft("visit", visit, place, _visit_fields(note, at), new=True)]
    for matter in note.matters:
        drafts += _matter(ledger, note, matter, place, visit, at)
    if note.card_version is not None and note.household is not None:
        card: dict[str, object] = {
            "household": note.household,
            "version": note.card_version,
            "at": at,
            "given": at,
            "method": "hand",
        }
        drafts.append(Draft("card_issue", ledger.new_id(), place, card, new=True))
    return ledger.write(drafts, drop=drop)


def _visit_fields(note: VisitNote, at: int) -> dict[str, object]:
    fields: dict[str, object] = {"at": at, "outcome": note.outcome}
    if note.household is not None:
        fields["household"] = note.household
    if note.dwelling is not None:
        fields["dwelling"] = note.dwelling
    if note.purposes:
        fields["purposes"] = [list(note.purposes), []]
    if note.companions:
        fields["companions"] = [list(note.companions), []]
    for check, words in CHECKS:
        code, said = note.checks.get(check.key, ("", ""))
        if code:
            fields[check.key] = code
            fields[words.key] = said or None
    if note.summary:
        fields["summary"] = note.summary
    if note.next_due:
        fields["next_due"] = note.next_due
    return fields


def _matter(
    ledger: Ledger, note: VisitNote, matter: MatterNote, place: Id, visit: Id, at: int
) -> list[Draft]:
    identity = ledger.new_id()
    fields: dict[str, object] = {
        "title": matter.title,
        "channel": "visit",
        "received": at,
        "visit": visit,
    }
    if note.household is not None:
        fields["household"] = note.household
    if matter.category:
        fields["category"] = matter.category
    if matter.body:
        fields["body"] = matter.body
    step: dict[str, object] = {"matter": identity, "status": STATUS_AFTER[matter.exit], "at": at}
    if matter.exit:
        step["exit"] = matter.exit
    return [
        Draft("matter", identity, place, fields, new=True),
        Draft("matter_step", ledger.new_id(), place, step, new=True),
    ]


def _place(ledger: Ledger, note: VisitNote) -> Id:
    for kind, record in (("household", note.household), ("dwelling", note.dwelling)):
        held = ledger.record(kind, record) if record is not None else None
        if held is not None:
            return held.place
    raise KnownError(
        "no_door",
        "台账里没有这一户，走访没有存。回到楼栋图再选一次。",
        "There is no such door in this ledger.",
    )
