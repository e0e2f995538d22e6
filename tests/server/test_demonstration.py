"""A server filled with the demonstration community: whole, undisputed, each record its author's."""

import pytest

from gridclient.core.demonstration import community
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.desk import SETTINGS_ID
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.geography import COMMUNITY_ID
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.compact import Row, unpack
from gridclient.core.merge.record import conflicts
from sync_server.service import staffing
from sync_server.service.demonstration import Told, fill
from tests.server.town import Laptop, Settled, Town, assert_digests

SCALE, SEED = 0.02, 1
Everything = dict[Id, tuple[str, Id, Row]]


def enrol(town: Town, name: str) -> Laptop:
    """A laptop of somebody known by name, as the command enrols it."""
    with town.service.store.read() as snapshot:
        worker = staffing.find_worker(town.service.commons(snapshot.records), name)
    return town.enrol(worker)


def value(kind: str, row: Row, key: str) -> object:
    return dict(zip(KINDS[kind].fields, row[5:], strict=False)).get(key)


def disputed(everything: Everything) -> list[str]:
    """The kinds of the records people disagree about."""
    return [kind for kind, place, row in everything.values() if conflicts(unpack(kind, place, row))]


@pytest.fixture
def told(town: Town) -> Told:
    return fill(town.service, SCALE, SEED)


def test_the_supervisor_gets_everything_as_it_was_told(town: Town, told: Told) -> None:
    drafts = {draft.record: draft for draft in community(SEED, SCALE, town.clock())}
    supervisor = enrol(town, told.supervisor)
    everything = supervisor.everything()
    noted = [record for record, (kind, _, _) in everything.items() if kind == "audit_entry"]
    for record in noted:
        del everything[record]
    assert everything.keys() == drafts.keys()
    assert told.records.total() == len(drafts)
    for identity, (kind, place, row) in everything.items():
        draft = drafts[identity]
        assert (kind, place) == (draft.kind, draft.place)
        if identity != COMMUNITY_ID:  # made by init, hence the server's
            assert (row[1], row[2]) == (draft.author, draft.at)
    assert disputed(everything) == []
    assert_digests(supervisor)
    with town.service.store.read() as snapshot:
        counts = snapshot.records.counts()
    assert (counts["held"], counts["quarantined"]) == (0, 0)


def test_the_community_keeps_the_name_it_was_founded_with(town: Town, told: Told) -> None:
    supervisor = enrol(town, told.supervisor)
    kind, _, row = supervisor.everything()[COMMUNITY_ID]
    assert value(kind, row, "title") == "新华社区"
    assert value(kind, row, "phone")
    enrolled = town.service.enrol(town.enrolment(town.code(supervisor.worker)))
    assert enrolled.demonstration
    assert enrolled.community == value(kind, row, "title")


def test_a_worker_sees_the_buildings_of_his_grids_alone(town: Town, told: Told) -> None:
    everything = enrol(town, told.supervisor).everything()
    charges = {
        value(kind, row, "worker"): value(kind, row, "grid")
        for kind, _, row in everything.values()
        if kind == "assignment"
    }
    buildings = {one: row for one, (kind, _, row) in everything.items() if kind == "building"}
    walked = 0
    for worker, grid in charges.items():
        assert isinstance(worker, bytes)
        laptop = enrol(town, str(value("worker", everything[worker][2], "name")))
        mine = {one for one, row in buildings.items() if value("building", row, "grid") == grid}
        seen = {place for _, place, _ in laptop.everything().values()}
        assert seen == {COMMONS, *mine}
        assert_digests(laptop)
        walked += len(mine)
    assert walked >= len(buildings)
    assert DESK in {place for _, place, _ in everything.values()}


def test_who_worked_here_before_goes_on_working_here(town: Town) -> None:
    before = town.join("安书记", Role.SUPERVISOR)
    before.save("settings", {"qr_address": "https://shequ.example/k/"}, record=SETTINGS_ID)
    told = fill(town.service, SCALE, SEED)
    everything = before.everything()
    assert disputed(everything) == []
    assert value("settings", everything[SETTINGS_ID][2], "demonstration") is True
    names = [str(value(kind, row, "name")) for kind, _, row in everything.values() if kind == "worker"]
    assert {"安书记", told.supervisor, told.office} < set(names)
    assert len(names) == told.records["worker"] + 1


def test_it_goes_nowhere_near_real_registers(settled: Settled) -> None:
    settled.supervisor.push(settled.visit(settled.supervisor, settled.mine))
    before = settled.supervisor.everything()
    with pytest.raises(KnownError) as refused:
        fill(settled.town.service, SCALE, SEED)
    assert refused.value.code == "registers_exist"
    assert settled.supervisor.everything() == before


def test_it_is_told_once(town: Town, told: Told) -> None:
    with town.service.store.read() as snapshot:
        head = snapshot.records.head()
    with pytest.raises(KnownError):
        fill(town.service, SCALE, SEED + 1)
    with town.service.store.read() as snapshot:
        assert snapshot.records.head() == head
