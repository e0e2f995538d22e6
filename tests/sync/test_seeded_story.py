"""Seeded stories of three ledgers and a service: lost answers, laptops switched off, words that come late.

Whatever happened, once it is quiet everybody shows the same, nothing acknowledged is lost, nothing is twice.
"""

from pathlib import Path

import msgspec
import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Change, Draft
from gridclient.core.merge.compact import pack
from gridclient.core.merge.record import Record, fold, seen_by
from gridclient.core.wire.messages import RefusedError, UnreachableError
from gridclient.ledger import receiving
from gridclient.ledger.records import columns_of
from gridclient.operations.check import check
from tests.sync.world import Desk, World

_change = msgspec.msgpack.Decoder(Change)
NAMES = ("赵世昌", "赵仕昌", "赵士昌", "李萍")
PHONES = ("13900000001", "13900000002", "13900000003")
STEPS = 60


class Story:
    """One seed's worth of events."""

    def __init__(self, path: Path, seed: int) -> None:
        self.world = World(path, seed, loss=0.12)
        self.chance = self.world.chance
        staff = self.world.settled
        self.desks = [
            self.world.desk(worker)
            for worker in (staff.worker.worker, staff.worker.worker, staff.supervisor.worker)
        ]
        self.people: list[Id] = []
        self.remembered: dict[tuple[int, Id], tuple[Id, ...]] = {}

    def step(self) -> None:
        self.world.town.clock.now += self.chance.randrange(1, 60_000)
        desk = self.chance.choice(self.desks)
        happening = self.chance.choices(
            (self.make, self.edit, self.retire, self.look, self.sync, self.switch_off), (3, 8, 1, 3, 5, 1)
        )[0]
        happening(desk)

    def make(self, desk: Desk) -> None:
        person = ids.named("import", str(self.chance.randrange(8)))
        fields: dict[str, object] = {"household": ids.named("h"), "name": self.chance.choice(NAMES)}
        desk.save(Draft("resident", person, self.world.settled.mine, fields, new=True))
        if person not in self.people:
            self.people.append(person)

    def edit(self, desk: Desk) -> None:
        said: list[dict[str, object]] = [
            {"name": self.chance.choice(NAMES)},
            {"remark": f"第 {self.chance.randrange(100)} 句"},
            {"phones": [[self.chance.choice(PHONES)], self.chance.sample(PHONES, 1)]},
            {"verified": self.world.town.clock.now},
        ]
        self.write(desk, self.chance.choice(said))

    def retire(self, desk: Desk) -> None:
        self.write(desk, {"retired": self.chance.choice(("moved", None)), "successor": None})

    def write(self, desk: Desk, fields: dict[str, object]) -> None:
        person = self.chance.choice(self.people) if self.people else None
        if person is None or desk.ledger.record("resident", person) is None:
            return
        seen = self.remembered.pop((id(desk), person), None)
        desk.save(Draft("resident", person, self.world.settled.mine, fields, seen=seen))

    def look(self, desk: Desk) -> None:
        """Somebody opens a form now and will save it later, with what was on the screen then."""
        for person in self.people:
            record = desk.ledger.record("resident", person)
            if record is not None and self.chance.random() < 0.3:
                self.remembered[id(desk), person] = seen_by(record, ["retired"])

    def sync(self, desk: Desk) -> None:
        desk.line.loss = self.world.loss
        desk.try_sync()

    def switch_off(self, desk: Desk) -> None:
        self.world.reopen(desk)

    def quiet(self) -> None:
        for _ in range(3):
            for desk in self.desks:
                desk.line.loss = 0
                desk.sync()


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happened_all_agree_in_the_end(tmp_path: Path, seed: int, campaign: bool) -> None:
    for story_seed in [seed] if not campaign else range(seed * 1000, seed * 1000 + 40):
        tell(tmp_path / str(story_seed), story_seed)


def tell(path: Path, seed: int) -> None:
    story = Story(path, seed)
    for _ in range(STEPS):
        story.step()
    story.quiet()
    expected = folded_log(story)
    for desk in story.desks:
        report = desk.sync()
        assert report.complete, seed
        assert desk.ledger.unsent() == (0, 0, 0, 0, 0), seed
        assert check(desk.ledger).damage == [], seed
        assert rows(desk) == expected, seed
        assert desk.healed == 0, seed  # nothing had to be fetched twice: own words were folded in exactly
    story.world.close(*story.desks)


def folded_log(story: Story) -> dict[Id, list[object]]:
    """Every record as a fold of the server's whole log, in the order it happened to come."""
    with story.world.town.service.store.read() as snapshot:
        changes: dict[Id, list[Change]] = {}
        for one in snapshot.records.histories(story.people):
            changes.setdefault(one[0], []).append(_change.decode(one[1]))
    found: dict[Id, list[object]] = {}
    for record, history in changes.items():
        made: Record | None = fold(reversed(history))
        assert made is not None
        found[record] = pack(made)
    return found


def rows(desk: Desk) -> dict[Id, list[object]]:
    """The rows of all people as the ledger holds them."""
    with desk.ledger.reading() as connection:
        found = connection.exec_driver_sql(f"SELECT {columns_of('resident')} FROM k_resident").all()
        assert receiving.digests(connection)
    return {row[0]: list(row) for row in found}


def test_a_laptop_that_never_hears_an_answer_loses_and_doubles_nothing(tmp_path: Path) -> None:
    story = Story(tmp_path, 99)
    desk = story.desks[0]
    for number in range(5):
        record = ids.named("import", str(number))
        story.people.append(record)
        fields: dict[str, object] = {"household": ids.named("h"), "name": "李萍"}
        desk.save(Draft("resident", record, story.world.settled.mine, fields, new=True))
    push = desk.line._api.push
    answered = []

    def deaf(changes: list[Change]) -> None:
        answered.append(push(changes))
        raise UnreachableError("the answer was lost")

    desk.line._api.push = deaf  # type: ignore[method-assign, assignment]
    desk.line.loss = 0
    for _ in range(3):
        with pytest.raises(UnreachableError):
            desk.sync()
    assert desk.ledger.unsent().pending == 5
    desk.line._api.push = push  # type: ignore[method-assign]
    report = desk.sync()
    assert (report.duplicates, report.accepted, report.complete) == (5, 0, True)
    story.world.close(*story.desks)


def test_a_revoked_laptop_is_refused_and_keeps_what_it_has(tmp_path: Path) -> None:
    from sync_server.service.staffing import revoke

    story = Story(tmp_path, 5)
    desk = story.desks[0]
    desk.line.loss = 0
    desk.sync()
    revoke(story.world.town.service, ids.text(desk.laptop.device))
    desk.save(Draft("grid", story.world.new_id(), COMMONS, {"title": "x"}, new=True))
    with pytest.raises(RefusedError) as refused:
        desk.sync()
    assert refused.value.code == "revoked"
    assert desk.ledger.unsent().pending == 1
    story.world.close(*story.desks)
