"""What a person does with a matter: take it in, take a step, hang it under another."""

from collections.abc import Mapping

from gridclient.core.domain import matter_course
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.matters import Matter, MatterBody, MatterStep
from gridclient.core.domain.places import DESK
from gridclient.core.domain.values import Invalid
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.places import place_of
from gridclient.ledger.writing import BadInputError, Touched
from gridclient.operations.apply import read_fields, step_draft


def new_matter(ledger: Ledger, fields: Mapping[str, object], days: int | None = None) -> tuple[Touched, Id]:
    """Take a matter in, due after so many working days (None: what its category usually takes); its id.

    The details of a confidential one are kept at the desk.

    Raises:
        BadInputError: a value cannot stand, or nobody knows where it belongs; nothing was saved.
    """
    now = ledger.clock()
    category = fields.get(Matter.category.key)
    allowed = matter_course.workdays(category if isinstance(category, str) else "") if days is None else days
    said = {
        Matter.received.key: now,
        Matter.due.key: matter_course.due(now, allowed),
        **fields,
    }
    body = said.pop(Matter.body.key, None) if said.get(Matter.confidential.key) else None
    matter = ledger.new_id()
    with ledger.reading() as connection:
        try:
            made = read_fields(KINDS[Matter.kind], said, None)
        except Invalid as invalid:
            raise BadInputError(str(invalid)) from invalid
        place = place_of(connection, KINDS[Matter.kind], made)
    if place is None:
        raise BadInputError("不知道这件事是哪一户的")
    filled = {key: value for key, value in made.items() if value is not None}
    first: dict[str, object] = {"matter": matter, "status": "received", "at": now}
    drafts = [
        Draft(Matter.kind, matter, place, filled, new=True),
        Draft(MatterStep.kind, ledger.new_id(), place, first, new=True),
    ]
    if isinstance(body, str) and body:
        secret: dict[str, object] = {MatterBody.matter.key: matter, MatterBody.body.key: body}
        drafts.append(Draft(MatterBody.kind, ledger.new_id(), DESK, secret, new=True))
    return ledger.write(drafts), matter


def take_step(ledger: Ledger, matter: Id, status: str, fields: Mapping[str, object]) -> Touched:
    """A step of a matter, which has seen all its steps so far.

    Raises:
        BadInputError: a value cannot stand, or the matter is not known here; nothing was saved.
    """
    return ledger.write([draft_of_step(ledger, matter, status, fields)])


def draft_of_step(ledger: Ledger, matter: Id, status: str, fields: Mapping[str, object]) -> Draft:
    """As `take_step`, unsaved."""
    held = ledger.record(Matter.kind, matter)
    if held is None:
        raise BadInputError("台账里没有这件诉求")
    more = {key: value for key, value in fields.items() if value is not None and value != ""}
    with ledger.reading() as connection:
        try:
            return step_draft(connection, matter, held.place, status, ledger.clock(), ledger.new_id(), **more)
        except Invalid as invalid:
            raise BadInputError(str(invalid)) from invalid


def hang_under(ledger: Ledger, matter: Id, main: Id | None) -> Touched:
    """Say that a matter is the same as another, which goes on for both; None parts them again.

    Raises:
        BadInputError: one of them is not known here, or it hangs under this one already; nothing was saved.
    """
    held = ledger.record(Matter.kind, matter)
    if held is None or (main is not None and ledger.record(Matter.kind, main) is None):
        raise BadInputError("台账里没有这件诉求")
    if main is not None:
        same = dict(_same_as(ledger))
        same[matter] = main
        if main == matter or matter_course.roots(same).get(main) is not None:
            raise BadInputError("那一件已经并在这一件下面了")
    return ledger.write([Draft(Matter.kind, matter, held.place, {Matter.duplicate_of.key: main})])


def _same_as(ledger: Ledger) -> list[tuple[Id, Id]]:
    with ledger.reading() as connection:
        found = connection.exec_driver_sql(
            "SELECT id, duplicate_of FROM k_matter WHERE duplicate_of IS NOT NULL"
            " AND (retired IS NULL OR retired = '')"
        )
        return [(bytes(matter), bytes(main)) for matter, main in found]
