"""What one process keeps in memory stays true while others write to the same store."""

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.places import COMMONS
from gridclient.core.wire.messages import FillOrder
from sync_server.service import speaking, staffing
from sync_server.service.commons import Commons
from sync_server.service.service import Service
from sync_server.service.session import Session
from tests.server.town import Settled, rows_of

pytestmark = pytest.mark.parametrize("town", ["service", "postgres"], indirect=True)


def shown(service: Service) -> Commons:
    with service.store.read() as snapshot:
        return service.commons(snapshot.records)


def other_process(settled: Settled) -> Service:
    """What another process over the same store has."""
    town = settled.town
    return Service(town.folder.open(), town.clock, town.random.randbytes)


def test_who_works_here_is_what_another_process_wrote(settled: Settled) -> None:
    other = other_process(settled)
    assert shown(other).kinds == shown(settled.town.service).kinds
    worker = staffing.add_worker(settled.town.service, "卓玛", Role.WORKER, ())
    assert shown(other).name(worker) == "卓玛"
    assert shown(other) is shown(other)
    other.store.close()


def test_frames_are_those_of_what_another_process_accepted(settled: Settled) -> None:
    other = other_process(settled)
    orders = [FillOrder(settled.mine)]
    here, there = settled.worker.api, Session(other, settled.worker.device)
    for _ in range(3):
        visit = settled.visit(settled.worker, settled.mine)
        assert there.push([visit]).answers[0].status == "accepted"
        frames = list(here.fill(orders))
        assert rows_of(frames) == rows_of(list(there.fill(orders)))
        assert visit.id in {row[0] for row in rows_of(frames)}
    other.store.close()


def test_what_was_undone_is_not_remembered(settled: Settled) -> None:
    service, seqs = settled.town.service, []

    def write(name: str, ends: bool) -> None:
        said = speaking.new("worker", ids.named(name), {"name": name, "role": "supervisor"}, COMMONS)
        with service.writing() as transaction:
            speaking.write(transaction.records, [said], service.clock())
            commons = service.commons(transaction.records)
            seqs.append(commons.seq)
            assert commons.name(ids.named(name)) == name
            if not ends:
                raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        write("没人", ends=False)
    write("卓玛", ends=True)
    assert seqs[0] == seqs[1]
    assert shown(service).name(ids.named("卓玛")) == "卓玛"
    assert shown(service).name(ids.named("没人")) == ""
