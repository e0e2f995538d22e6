"""What every `SyncApi` says of what waits, to whom; and what it has never heard of."""

import pytest
from msgspec.structs import replace

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.wire.messages import RefusedError
from sync_server.service import staffing
from tests.server.town import DAY, Settled

pytestmark = pytest.mark.parametrize("town", ["service", "http", "postgres"], indirect=True)


def test_what_a_server_lacks_is_said_to_anybody_it_knows(settled: Settled) -> None:
    worker = settled.worker
    here, unheard, outside = (
        settled.visit(worker, settled.mine),
        settled.visit(worker, settled.mine),
        settled.visit(worker, settled.other),
    )
    worker.push(here, outside)
    lost = [ids.named(f"lost {number}") for number in range(3000)]
    asked = [unheard.id, *lost, here.id, outside.id]
    assert worker.api.lacking(asked) == [unheard.id, *lost, outside.id]
    assert worker.api.lacking([]) == []


def test_the_desk_sees_what_waits_oldest_first(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    first = settled.visit(worker, settled.other, summary="隔壁楼的事")
    worker.push(first)
    settled.town.clock.now += 1000
    second = worker.change("settings", {"visit_days": 1})
    worker.push(second)
    for laptop in (supervisor, settled.town.join("卓玛", Role.OFFICE)):
        waiting = laptop.api.waiting()
        assert [(one.change.id, one.reason, one.device) for one in waiting] == [
            (first.id, "scope", worker.device),
            (second.id, "role", worker.device),
        ]
        assert waiting[0].change.fields["summary"] == "隔壁楼的事"
        assert waiting[0].words
        assert waiting[1].received == settled.town.clock.now
    with pytest.raises(RefusedError) as refused:
        worker.api.waiting()
    assert refused.value.code == "scope"


def test_a_building_that_calls_itself_the_desk_opens_it_to_nobody(settled: Settled) -> None:
    supervisor, worker = settled.supervisor, settled.worker
    _, _, row = supervisor.everything()[settled.mine]
    grid = dict(zip(KINDS["building"].fields, row[5:], strict=False))["grid"]
    for place in (DESK, COMMONS):
        said: dict[str, object] = {"compound": b"c" * 16, "number": "9", "grid": grid}
        supervisor.push(replace(supervisor.change("building", said, record=place), id=place))
    assert worker.hello().places == [COMMONS, settled.mine]
    assert supervisor.hello().places == [COMMONS, settled.mine, settled.other, DESK]
    with pytest.raises(RefusedError):
        list(worker.api.pull(0, [DESK]))


def grid_of(settled: Settled, building: Id) -> Id:
    _, _, row = settled.supervisor.everything()[building]
    found = dict(zip(KINDS["building"].fields, row[5:], strict=False))["grid"]
    assert isinstance(found, bytes)
    return found


def test_the_supervisor_sees_what_an_assignment_would_do(settled: Settled) -> None:
    worker, supervisor, town = settled.worker, settled.supervisor, settled.town
    supervisor.push(*[settled.resident(supervisor, settled.other, f"居民{n}") for n in range(3)])
    worker.hello()
    with town.service.writing() as transaction:
        device = transaction.accounts.device(worker.device)
        assert device is not None
        transaction.accounts.put_device(device._replace(pending=4, oldest=town.clock.now - DAY))
        size = transaction.records.sizes([settled.other])[settled.other][1]
    gone = town.enrol(worker.worker)
    staffing.revoke(town.service, gone.device.hex())
    said: dict[str, object] = {"worker": worker.worker, "grid": grid_of(settled, settled.other)}
    meant = supervisor.change("assignment", {**said, "since": "2026-11-01"})
    before = supervisor.hello().checkpoint
    first, second = supervisor.api.preview([meant])
    assert (first.device, first.worker, first.name) == (worker.device, worker.worker, "才让")
    assert (first.gains, first.losses, first.records, first.bytes) == (1, 0, 3, size)
    assert (first.pending, first.oldest, first.seen) == (4, town.clock.now - DAY, town.clock.now)
    assert (second.device, second.gains, second.losses) == (supervisor.device, 0, 0)
    assert supervisor.hello().checkpoint == before
    assert worker.hello().places == [COMMONS, settled.mine]


def test_a_building_that_changes_its_grid_moves_between_laptops(settled: Settled) -> None:
    other = settled.town.join("拉毛", grids=("二网格",))
    moved: dict[str, object] = {"grid": grid_of(settled, settled.other)}
    meant = settled.supervisor.change("building", moved, record=settled.mine)
    touched = {one.device: (one.gains, one.losses) for one in settled.supervisor.api.preview([meant])}
    assert touched == {
        settled.worker.device: (0, 1),
        other.device: (1, 0),
        settled.supervisor.device: (0, 0),
    }


def test_several_changes_are_weighed_together_and_on_their_own_days(settled: Settled) -> None:
    supervisor, worker = settled.supervisor, settled.worker
    charge = next(record for record, (kind, _, _) in supervisor.everything().items() if kind == "assignment")
    ended = supervisor.change("assignment", {"until": "2026-12-31"}, record=charge)
    said: dict[str, object] = {"worker": worker.worker, "grid": grid_of(settled, settled.mine)}
    again = supervisor.change("assignment", {**said, "since": "2027-01-01"})
    first = supervisor.api.preview([ended])[0]
    assert (first.gains, first.losses) == (0, 1)
    assert {(one.gains, one.losses) for one in supervisor.api.preview([ended, again])} == {(0, 0)}
    later = supervisor.change("assignment", {**said, "since": "2027-01-02"})
    first = supervisor.api.preview([ended, later])[0]
    assert (first.gains, first.losses) == (0, 1)
    elsewhere = replace(later, fields={**later.fields, "grid": grid_of(settled, settled.other)})
    first = supervisor.api.preview([elsewhere])[0]
    assert (first.gains, first.losses) == (1, 0)


def test_what_means_nothing_for_places_changes_none(settled: Settled) -> None:
    visit = settled.visit(settled.supervisor, settled.mine)
    assert {(one.gains, one.losses) for one in settled.supervisor.api.preview([visit])} == {(0, 0)}
    assert len(settled.supervisor.api.preview([])) == 2
    with pytest.raises(RefusedError) as refused:
        settled.supervisor.api.preview([replace(visit, fields={})])
    assert refused.value.code == "malformed"
