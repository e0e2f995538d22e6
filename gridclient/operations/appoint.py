"""预约: agreeing on a time with a household, and saying what came of it."""

from dataclasses import dataclass

from gridclient.core.domain import agreed_times
from gridclient.core.domain.agreed_times import Slot
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.outreach import Appointment
from gridclient.core.domain.values import Invalid
from gridclient.core.merge.change import Draft
from gridclient.ledger.households import Row, row, rows
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.places import place_of
from gridclient.ledger.writing import BadInputError, Touched
from gridclient.operations.apply import read_fields

# Somebody was spoken with, or at least met at the door.
_MET = ("1", "2", "3", "8")


@dataclass(frozen=True)
class Agreement:
    """A time with a household. `asked_by` is a code of ASKED_BY."""

    household: Id
    slot: Slot
    topic: str = ""
    asked_by: str = "worker"


def appoint(ledger: Ledger, agreed: Agreement) -> Touched:
    """Write an appointment down.

    Raises:
        BadInputError: the household is not known here, or a value cannot stand; nothing was saved.
    """
    return ledger.write([_draft(ledger, agreed)])


def move_appointment(ledger: Ledger, appointment: Id, slot: Slot) -> Touched:
    """Another time for the same: the old one stays as moved, a new one takes its place, in one save.

    Raises:
        BadInputError: it is over already, or not known here; nothing was saved.
    """
    held = _open(ledger, appointment)
    household = held.fields.get(Appointment.household.key)
    if not isinstance(household, bytes):
        raise BadInputError("不知道是跟哪一户约的")
    asked_by = held.text(Appointment.asked_by.key) or "worker"
    again = _draft(ledger, Agreement(household, slot, held.text(Appointment.topic.key), asked_by))
    return ledger.write([_said(held, "moved"), again])


def end_appointment(ledger: Ledger, appointment: Id, state: str) -> Touched:
    """What came of it: a code of APPOINTMENT_STATE. One that was kept names the visit of that day.

    Raises:
        BadInputError: it is over already, or not known here; nothing was saved.
    """
    held = _open(ledger, appointment)
    draft = _said(held, state)
    visit = visit_of(ledger, held) if state == "kept" else None
    if visit is not None:
        draft = draft._replace(fields={**draft.fields, Appointment.visit.key: visit})
    return ledger.write([draft])


def visit_of(ledger: Ledger, appointment: Row) -> Id | None:
    """The last visit that met somebody of its household on its day."""
    household = appointment.fields.get(Appointment.household.key)
    day = agreed_times.day_of(appointment.number(Appointment.starts.key))
    with ledger.reading() as connection:
        found = rows(connection, "visit", "household = ? AND (retired IS NULL OR retired = '')", (household,))
    met = [
        one for one in found if one.text("outcome") in _MET and agreed_times.day_of(one.number("at")) == day
    ]
    return max(met, key=lambda one: one.number("at")).id if met else None


def _open(ledger: Ledger, appointment: Id) -> Row:
    with ledger.reading() as connection:
        held = row(connection, Appointment.kind, appointment)
    if held is None:
        raise BadInputError("台账里没有这个预约")
    if held.text(Appointment.state.key) not in agreed_times.OPEN:
        raise BadInputError("这个预约已经有结果了")
    return held


def _said(held: Row, state: str) -> Draft:
    return Draft(Appointment.kind, held.id, held.place, {Appointment.state.key: state})


def _draft(ledger: Ledger, agreed: Agreement) -> Draft:
    if agreed.slot.ends < ledger.clock():
        raise BadInputError("这个时间已经过了")
    said: dict[str, object] = {
        Appointment.household.key: agreed.household,
        Appointment.starts.key: agreed.slot.starts,
        Appointment.ends.key: agreed.slot.ends,
        Appointment.state.key: "confirmed",
        Appointment.asked_by.key: agreed.asked_by,
        Appointment.worker.key: ledger.identity().worker,
    }
    if agreed.topic:
        said[Appointment.topic.key] = agreed.topic
    with ledger.reading() as connection:
        try:
            made = read_fields(KINDS[Appointment.kind], said, None)
        except Invalid as invalid:
            raise BadInputError(str(invalid)) from invalid
        place = place_of(connection, KINDS[Appointment.kind], made)
    if place is None:
        raise BadInputError("不知道是跟哪一户约的")
    return Draft(Appointment.kind, ledger.new_id(), place, made, new=True)
