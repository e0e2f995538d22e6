"""吹哨报到: calling units for a matter, and writing down what they answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from gridclient.core.domain import matter_course, whistles
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.matters import Matter
from gridclient.core.domain.referrals import Referral
from gridclient.core.domain.values import Invalid
from gridclient.core.merge.change import Draft
from gridclient.ledger.households import row
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import BadInputError, Touched
from gridclient.operations.apply import read_fields
from gridclient.operations.edit_record import edit_record
from gridclient.operations.work_on_matter import draft_of_step


@dataclass(frozen=True)
class Whistle:
    """Whom to call and for what. `partners`: records; `other`: a unit in no list; `sort`: of WHISTLE_SORT."""

    matter: Id
    asked: str
    partners: Sequence[Id] = ()
    other: str = ""
    sort: str = "people"


def whistle(ledger: Ledger, call: Whistle) -> Touched:
    """A step of the matter and one call for each unit, in one save. The first leads, the others support.

    Raises:
        BadInputError: nobody is called, or a value cannot stand; nothing was saved.
    """
    now = ledger.clock()
    with ledger.reading() as connection:
        matter = row(connection, Matter.kind, call.matter)
        found = [(one, row(connection, "partner", one)) for one in call.partners]
    if matter is None:
        raise BadInputError("台账里没有这件诉求")
    units: list[tuple[Id | None, str]] = [
        (one, unit.text("title")) for one, unit in found if unit is not None
    ]
    if call.other:
        units.append((None, call.other))
    if not units:
        raise BadInputError("先选一家单位")
    names = "、".join(name for _, name in units)
    step: dict[str, object] = {
        "exit": matter_course.WHISTLE,
        "note": f"请{names}：{call.asked}"[:1000],
        "unit": units[0][1],
    }
    drafts = [draft_of_step(ledger, call.matter, matter_course.status_after(matter_course.WHISTLE), step)]
    until = whistles.respond_by(now, matter.text(Matter.category.key), call.sort)
    for place, (partner, name) in enumerate(units):
        said: dict[str, object] = {
            "matter": call.matter,
            "partner": partner,
            "unit": name,
            "sort": call.sort,
            "role": "support" if place else "lead",
            "state": "whistled",
            "at": now,
            "respond_by": until,
        }
        drafts.append(Draft(Referral.kind, ledger.new_id(), matter.place, _made(said), new=True))
    return ledger.write(drafts)


def answer(ledger: Ledger, referral: Id, state: str, said: str = "", rating: int = 0) -> Touched:
    """What a unit answered: its new state, its words, with the times they set; a rating closes it.

    Raises:
        BadInputError: it cannot come to that state from where it is, or a refusal has no reason.
    """
    with ledger.reading() as connection:
        call = row(connection, Referral.kind, referral)
    if call is None:
        raise BadInputError("台账里没有这次吹哨")
    if state not in whistles.next_states(call.text("state")):
        raise BadInputError("这一家现在到不了这一步")
    if state == "refused" and not said:
        raise BadInputError("拒绝的理由要写一句")
    fields: dict[str, object] = {Referral.state.key: state}
    fields |= whistles.came(state, ledger.clock(), call.fields)
    if said:
        fields[Referral.result.key if state in ("reported", "closed") else Referral.opinion.key] = said
    if rating:
        fields[Referral.rating.key] = rating
    return edit_record(ledger, Referral.kind, referral, fields, None)


def _made(said: dict[str, object]) -> dict[str, object]:
    """A unit in no list keeps its empty partner: the two are one group and never part."""
    try:
        return read_fields(KINDS[Referral.kind], said, None)
    except Invalid as invalid:
        raise BadInputError(str(invalid)) from invalid
