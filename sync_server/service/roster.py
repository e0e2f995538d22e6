"""Who is what and minds which grid: changes that are first only meant, so that one can see what they do."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from gridclient.core.domain import ids
from gridclient.core.domain.codes import ROLE
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.values import Invalid, check_date
from gridclient.core.wire.messages import Consequence
from sync_server.service import audit, speaking
from sync_server.service.commons import Commons, Fields, local_day
from sync_server.service.preview import preview
from sync_server.service.service import Service
from sync_server.service.speaking import Said
from sync_server.service.staffing import find_grid, find_worker, shut_out
from sync_server.store.contract import RecordReader


class Known(NamedTuple):
    """What a plan is made from."""

    records: RecordReader
    commons: Commons
    now: int
    new_id: Callable[[], Id]

    @property
    def today(self) -> str:
        return local_day(self.now)


class Plan(NamedTuple):
    """What is meant. `purpose` goes to the audit; `leaves`: this worker's laptops are shut out."""

    worker: Id
    name: str
    written: list[Said]
    action: str
    purpose: str
    leaves: bool = False


Planning = Callable[[Known], Plan]


def carry_out(service: Service, planning: Planning) -> Plan:
    """Do what is meant. Raises KnownError where it cannot be."""
    with service.writing() as transaction:
        plan = planning(_known(service, transaction.records))
        now = service.clock()
        speaking.write(transaction.records, plan.written, now)
        audit.note(
            transaction.records,
            now,
            service.randomness,
            plan.action,
            record=plan.worker,
            purpose=plan.purpose,
        )
        if plan.leaves:
            mine = [one for one in transaction.accounts.devices() if one.worker == plan.worker]
            shut_out(service, transaction, mine)
    return plan


def foresee(service: Service, planning: Planning) -> tuple[Plan, list[Consequence]]:
    """What it would mean for each laptop; nothing is written. Raises KnownError as `carry_out` does."""
    with service.store.read() as snapshot:
        known = _known(service, snapshot.records)
        plan = planning(known)
        changes = speaking.changes(plan.written, 1, known.now)
        return plan, preview(snapshot, known.commons, changes, known.now)


def role(name: str, to: Role) -> Planning:
    """Make somebody something else."""

    def planning(known: Known) -> Plan:
        worker = find_worker(known.commons, name)
        if to is not Role.SUPERVISOR:
            _keep_a_supervisor(known.commons, worker)
        said = speaking.again(known.records, known.new_id(), worker, {"role": to.value})
        return Plan(worker, known.commons.name(worker), [said], "staff", ROLE.label(to.value))

    return planning


def leave(name: str) -> Planning:
    """Let somebody go: his record is retired, his charges end, his laptops are shut out."""

    def planning(known: Known) -> Plan:
        worker = find_worker(known.commons, name, also_left=True)
        _keep_a_supervisor(known.commons, worker)
        retired: dict[str, object] = {"retired": "ended", "successor": None, "until": known.today}
        written = []
        if not known.commons.has_left(worker):  # else an edit of his record said so, which shut out no laptop
            written.append(speaking.again(known.records, known.new_id(), worker, retired))
        for assignment, one in _charges(known, worker):
            written.append(_ended(known, assignment, one, known.today))
        return Plan(worker, known.commons.name(worker), written, "staff", "离岗", leaves=True)

    return planning


def assign(name: str, grid: str, since: str | None = None, until: str | None = None) -> Planning:
    """Give somebody a grid, from today on where nothing else is said."""

    def planning(known: Known) -> Plan:
        worker, charge = find_worker(known.commons, name), find_grid(known.commons, grid)
        first = _whole(since) or known.today
        last = _whole(until)
        if last is not None and last < first:
            raise KnownError("bad_dates", "“到”在“从”之前，没有写入。", "It would end before it begins.")
        for _, one in _charges(known, worker):
            covers = str(one.get("since") or "") <= first and last_of(one) >= (last or _FOREVER)
            if one.get("grid") == charge and covers:
                raise KnownError(
                    "assigned_already", f"{name}已经负责{grid}了。", f"{name} minds {grid} already."
                )
        fields: dict[str, object] = {"worker": worker, "grid": charge, "since": first}
        if last is not None:
            fields["until"] = last
        said = speaking.new("assignment", known.new_id(), fields)
        purpose = f"{known.commons.name(worker)} {grid} {first}—{last or ''}"
        return Plan(worker, known.commons.name(worker), [said], "assign", purpose)

    return planning


def unassign(name: str, grid: str, until: str | None = None) -> Planning:
    """Take a grid from somebody: at once, or with the last day that is said."""

    def planning(known: Known) -> Plan:
        worker, charge = find_worker(known.commons, name), find_grid(known.commons, grid)
        last = _whole(until) or _day_before(known.today)
        written = [
            _ended(known, assignment, one, last)
            for assignment, one in _charges(known, worker)
            if one.get("grid") == charge and last_of(one) > last
        ]
        if not written:
            raise KnownError("not_assigned", f"{name}没有负责{grid}。", f"{name} does not mind {grid}.")
        purpose = f"{known.commons.name(worker)} {grid} —{last}"
        return Plan(worker, known.commons.name(worker), written, "assign", purpose)

    return planning


_FOREVER = "9999-12-31"


def last_of(assignment: Fields) -> str:
    """The last day of an assignment; the end of time where it has none."""
    return str(assignment.get("until") or _FOREVER)


def _known(service: Service, records: RecordReader) -> Known:
    now = service.clock()
    return Known(records, service.commons(records), now, lambda: ids.timed(now, service.randomness(10)))


def _charges(known: Known, worker: Id) -> list[tuple[Id, Fields]]:
    """Somebody's assignments that hold today or later."""
    found = known.commons.live("assignment").items()
    return [(key, one) for key, one in found if one.get("worker") == worker and last_of(one) >= known.today]


def _ended(known: Known, assignment: Id, one: Fields, last: str) -> Said:
    """An assignment that ends on a day; one that would end before it began is taken back."""
    fields: dict[str, object] = {"until": last}
    if str(one.get("since") or "") > last:
        fields = {"retired": "ended", "successor": None}
    return speaking.again(known.records, known.new_id(), assignment, fields)


def _keep_a_supervisor(commons: Commons, worker: Id) -> None:
    supervisors = [key for key in commons.live("worker") if commons.role(key) is Role.SUPERVISOR]
    if supervisors == [worker]:
        raise KnownError(
            "last_supervisor",
            "只剩这一名书记，没有改。先用 worker add 加一名书记。",
            "This is the only supervisor; add another first. Nothing was changed.",
        )


def _whole(written: str | None) -> str | None:
    """A whole date, or none. Raises KnownError for anything else."""
    if written is None:
        return None
    try:
        day = check_date(written)
    except Invalid as error:
        raise KnownError("bad_date", f"{error}。", f"Not a date: {written}.") from error
    if len(day) != len(_FOREVER):
        raise KnownError("bad_date", f"“{written}”要写到哪一天。", f"Say the day, not only {written}.")
    return day


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()
