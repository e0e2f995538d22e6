"""Correcting a visit that was written down: an ordinary change, what stood before stays in its history."""

from gridclient.core.domain.declaration import DESK_ROLES, Role
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.visits import CHECKS, NOBODY
from gridclient.core.merge.change import Draft
from gridclient.ledger.households import Row, row
from gridclient.ledger.identity import Identity
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import BadInputError, Touched
from gridclient.operations.record_visit import VisitNote


def needs_reason(identity: Identity, visit: Row) -> bool | None:
    """Whether whoever works here may correct a visit: False for its author, True for the desk, which has to
    say why, None for everybody else."""
    if visit.author == identity.worker:
        return False
    return True if Role(identity.role) in DESK_ROLES else None


def correct_visit(
    ledger: Ledger, visit: Id, note: VisitNote, reason: str = "", seen: tuple[Id, ...] | None = None
) -> Touched:
    """Save what is different now. `seen`: the heads that were on the screen. Matters and cards of the note
    are not looked at: they are records of their own.

    Raises:
        KnownError: somebody else's visit, no such visit, nothing is different.
        BadInputError: a value cannot stand, or the desk gave no reason.
    """
    with ledger.reading() as connection:
        held = row(connection, "visit", visit)
    if held is None:
        raise KnownError("no_visit", "台账里没有这次走访。", "There is no such visit in this ledger.")
    asks = needs_reason(ledger.identity(), held)
    if asks is None:
        raise KnownError(
            "not_yours",
            "别人记的走访，只有他自己或社区能更正。",
            "Only its author or the desk can correct it.",
        )
    if asks and not reason.strip():
        raise BadInputError("别人记的走访，更正要写理由")
    fields = _different(held, note)
    if not fields:
        raise KnownError("nothing", "没有改动，不用存。", "Nothing is different.")
    draft = Draft("visit", visit, held.place, fields, seen=seen)
    return ledger.write([draft], reason=reason.strip() or None)


def _different(held: Row, note: VisitNote) -> dict[str, object]:
    """The fields that hold something else now. A door nobody opened told nothing of the 四清."""
    nobody = note.outcome in NOBODY
    wanted: dict[str, object] = {"outcome": note.outcome}
    if note.at is not None:
        wanted["at"] = note.at
    if not nobody:
        wanted["summary"] = note.summary or None
    if note.next_due:
        wanted["next_due"] = note.next_due
    made = {key: value for key, value in wanted.items() if value != held.fields.get(key)}
    for check, words in CHECKS:
        code, said = ("", "") if nobody else note.checks.get(check.key, ("", ""))
        before = (held.text(check.key), held.text(words.key))
        if (code, said) != before:
            made |= {check.key: code or None, words.key: said or None}
    for key, now in (("purposes", () if nobody else note.purposes), ("companions", note.companions)):
        edit = _edit(held.fields.get(key), now)
        if edit is not None:
            made[key] = edit
    return made


def _edit(before: object, now: tuple[object, ...]) -> list[list[object]] | None:
    there = list(before) if isinstance(before, list) else []
    added = [one for one in now if one not in there]
    removed = [one for one in there if one not in now]
    return [added, removed] if added or removed else None
