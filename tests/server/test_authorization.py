"""Who may write what, cell by cell: every kind, role, place and act against a table written by hand.

The table is the rule in words and knows nothing of the declarations: a kind, role or field with its own
writers that has no row here fails.
"""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import msgspec
import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.care import NAMED_PERSONS, level
from gridclient.core.domain.declaration import Field, Kind, Role, Type
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import Answer, RefusedError
from sync_server.service import staffing
from sync_server.service.intake import Intake
from sync_server.service.rights import Standing
from tests.server.town import Laptop, Settled

EVERYBODY = {"worker", "office", "supervisor"}
OFFICE = {"office", "supervisor"}
SUPERVISOR = {"supervisor"}


class Row(NamedTuple):
    """Where a kind lives, who writes it, whether a worker may leave one at the desk, and whether it is
    written once: then its author corrects it, else the desk with a reason."""

    home: str
    writers: set[str]
    appended: bool = False
    once: bool = False


TABLE = {
    "community": Row("commons", OFFICE),
    "grid": Row("commons", SUPERVISOR),
    "worker": Row("commons", SUPERVISOR),
    "assignment": Row("commons", SUPERVISOR),
    "settings": Row("commons", OFFICE),
    "card_template": Row("commons", OFFICE),
    "compound": Row("commons", OFFICE),
    "building": Row("commons", OFFICE),
    "team": Row("commons", OFFICE),
    "partner": Row("commons", OFFICE),
    "campaign": Row("commons", OFFICE),
    "yard_session": Row("commons", OFFICE),
    "project": Row("commons", OFFICE),
    "guide": Row("commons", OFFICE),
    "same_as": Row("commons", OFFICE),
    "dwelling": Row("building", EVERYBODY),
    "household": Row("building", EVERYBODY),
    "resident": Row("building", EVERYBODY),
    "care_tag": Row("building", EVERYBODY, appended=True),
    "matter": Row("building", EVERYBODY, appended=True),
    "matter_step": Row("building", EVERYBODY, once=True),
    "referral": Row("building", EVERYBODY, appended=True),
    "appointment": Row("building", EVERYBODY),
    "visit": Row("building", EVERYBODY, once=True),
    "card_issue": Row("building", EVERYBODY, once=True),
    "photo": Row("building", EVERYBODY, once=True),
    "redirect": Row("building", EVERYBODY),
    "review_item": Row("desk", OFFICE, appended=True),
    "audit_entry": Row("desk", OFFICE, appended=True, once=True),
    "card_batch": Row("desk", OFFICE, appended=True),
    "feedback": Row("desk", OFFICE, appended=True),
    "hotline_ticket": Row("desk", OFFICE, appended=True),
    "matter_body": Row("desk", OFFICE, appended=True),
    "a kind of tomorrow": Row("anywhere", EVERYBODY),
}
# Fields that not everybody who writes the kind may write.
FIELDS = {("building", "grid"): SUPERVISOR}
ACTORS = {"worker", "office", "supervisor", "retired", "revoked", "cloned"}
WHERE = ("own", "foreign", "commons", "desk")
WHOSE = ("own", "other")
ACTS = ("change", "retire", "erase")
REASONS = (None, "写错了")
PLACES = {"building": {"own", "foreign", "desk"}, "commons": {"commons"}, "desk": {"desk"}}


class Cell(NamedTuple):
    """One thing somebody may try; `whose` is "" for making a record."""

    kind: str
    where: str
    act: str
    whose: str = ""
    reason: str | None = None


def cells() -> Iterator[Cell]:
    for kind, where in product(TABLE, WHERE):
        yield Cell(kind, where, "create")
        for act, whose, reason in product(ACTS, WHOSE, REASONS):
            yield Cell(kind, where, act, whose, reason)


def expected(actor: str, cell: Cell) -> str:
    """The verdict, by the table alone."""
    row = TABLE[cell.kind]
    if actor == "revoked":
        return "refused"
    if cell.where not in PLACES.get(row.home, set(WHERE)):
        return "quarantined"
    if actor in ("retired", "cloned"):
        return "held"
    if cell.act == "create" and cell.where == "desk" and row.appended:
        return "accepted"
    if actor not in row.writers or (actor == "worker" and cell.where != "own"):
        return "held"
    if cell.act == "erase" and actor != "supervisor":
        return "held"
    if row.once and cell.whose == "other" and (actor == "worker" or cell.reason is None):
        return "held"
    return "accepted"


def test_no_kind_role_or_field_is_without_a_row() -> None:
    assert TABLE.keys() - {"a kind of tomorrow"} == KINDS.keys()
    assert {role.value for role in Role} <= ACTORS
    own = {(name, key) for name, kind in KINDS.items() for key, one in kind.fields.items() if one.writers}
    assert own == FIELDS.keys()
    assert len(set(cells())) == len(TABLE) * len(WHERE) * (1 + len(ACTS) * len(WHOSE) * len(REASONS))


def sample(field: Field, where: str) -> object:
    """Some value that can stand in a field."""
    if field.key == "tag":
        assert field.codes is not None
        return next(
            code for code in field.codes.labels if (level(code) >= NAMED_PERSONS) == (where == "desk")
        )
    made = {
        Type.DATE: "2026-11-01",
        Type.INSTANT: 1_790_000_000_000,
        Type.NUMBER: 1,
        Type.FLAG: False,
        Type.REF: b"r" * 16,
        Type.BLOB: b"b" * 32,
        Type.CODE: next(iter(field.codes.labels)) if field.codes else "",
    }.get(field.type, "3")
    return [[made], []] if field.is_set else made


def fields_of(kind: str) -> list[Field]:
    """The fields of a kind but those that retire it."""
    return [one for one in KINDS[kind].fields.values() if one.group != Kind.retired.group]


def whole(kind: str, groups: set[str], where: str) -> dict[str, object]:
    return {one.key: sample(one, where) for one in fields_of(kind) if one.group in groups}


def said(kind: str, act: str, where: str) -> dict[str, object]:
    """What somebody writes who does this."""
    if act == "retire":
        return {"retired": "ended", "successor": None}
    if kind not in KINDS:
        return {"retired": "erased", "successor": None} if act == "erase" else {"x": act}
    if act == "erase":
        nothing: dict[str, object] = {one.key: [[], []] if one.is_set else None for one in fields_of(kind)}
        return {"retired": "erased", "successor": None, **nothing}
    needed = {one.group for one in fields_of(kind) if one.required}
    free = [one.group for one in fields_of(kind) if one.group not in needed and one.writers is None]
    if act == "create":
        return whole(kind, needed or set(free[:1]), where)
    return whole(kind, set(free[:1]) or needed, where)


class Trial(NamedTuple):
    """Whose laptop tries it all, and where."""

    settled: Settled
    actor: Laptop

    def place(self, where: str) -> Id:
        named = {"own": self.settled.mine, "foreign": self.settled.other, "commons": COMMONS, "desk": DESK}
        return named[where]

    def planted(self, wanted: list[Cell], author: Id) -> dict[Cell, Id]:
        """A record of this author's for each cell, as if everybody had been let write everywhere."""
        service, found = self.settled.town.service, dict[Cell, Change]()
        for number, cell in enumerate(wanted, 1):
            identity, fields = self.settled.town.new_id(), said(cell.kind, "create", cell.where)
            place = self.place(cell.where)
            found[cell] = Change(identity, _PLANTER, number, author, 1, cell.kind, identity, place, fields)
        places = tuple(map(self.place, WHERE))
        standing = Standing(_PLANTER, author, Role.SUPERVISOR, places, frozenset(places))
        with service.writing() as transaction:
            encoded = [msgspec.msgpack.encode(change) for change in found.values()]
            Intake(transaction.records, standing, service.clock()).take(encoded)
        return {cell: change.record for cell, change in found.items()}

    def tried(self) -> dict[Cell, Answer]:
        """What the server says to every cell, in one push."""
        every = list(cells())
        records: dict[Cell, Id] = {}
        for whose, author in (("own", self.actor.worker), ("other", ids.named("somebody else"))):
            records |= self.planted([cell for cell in every if cell.whose == whose], author)
        changes = []
        for cell in every:
            record = records.get(cell)
            changes.append(
                self.actor.change(
                    cell.kind,
                    said(cell.kind, cell.act, cell.where),
                    place=self.place(cell.where),
                    record=record,
                    seen=(record,) if record else (),
                    reason=cell.reason,
                )
            )
        return dict(zip(every, self.actor.push(*changes), strict=True))


_PLANTER = ids.named("planter")


def laptop_of(settled: Settled, actor: str, name: str = "拉毛") -> Laptop:
    """Somebody of this sort; what is `own` to all of them is the first grid's building."""
    town = settled.town
    role = Role(actor) if actor in EVERYBODY else Role.WORKER
    laptop = town.join(name, role, ("一网格",))
    with town.service.writing() as transaction:
        device = transaction.accounts.device(laptop.device)
        assert device is not None
        transaction.accounts.put_device(device._replace(cloned=actor == "cloned"))
    if actor == "retired":
        retired: dict[str, object] = {"retired": "ended", "successor": None}
        settled.supervisor.save("worker", retired, record=laptop.worker, seen=(laptop.worker,))
    if actor == "revoked":
        staffing.revoke(town.service, laptop.device.hex())
    return laptop


@pytest.mark.parametrize("actor", sorted(ACTORS))
def test_every_cell_is_answered_as_the_table_says(settled: Settled, actor: str) -> None:
    trial = Trial(settled, laptop_of(settled, actor))
    answers: dict[Cell, str] = dict.fromkeys(cells(), "refused")
    if actor == "revoked":
        with pytest.raises(RefusedError) as refused:
            trial.tried()
        assert refused.value.code == "revoked"
    else:
        answers = {cell: answer.status for cell, answer in trial.tried().items()}
    wrong = {
        cell: (answer, expected(actor, cell))
        for cell, answer in answers.items()
        if answer != expected(actor, cell)
    }
    assert wrong == {}
    assert len(answers) == len(list(cells()))


@pytest.mark.parametrize(("kind", "field"), sorted(FIELDS))
@pytest.mark.parametrize("actor", sorted(EVERYBODY))
def test_a_field_with_writers_of_its_own_is_theirs(
    settled: Settled, actor: str, kind: str, field: str
) -> None:
    laptop = laptop_of(settled, actor)
    record = settled.mine if kind == "building" else None
    (answer,) = laptop.push(laptop.change(kind, {field: b"g" * 16}, record=record, seen=(settled.mine,)))
    assert (answer.status == "accepted") == (actor in FIELDS[kind, field])
    assert answer.status in ("accepted", "held")
