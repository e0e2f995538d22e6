"""A kind and a field this server does not know go round whole: pushed, stored, pulled, filled, counted."""

import msgspec
import pytest

from gridclient.core.merge.change import Change
from gridclient.core.merge.compact import unpack
from gridclient.core.merge.record import fold
from gridclient.core.wire.messages import FillOrder, Section
from tests.server.town import Settled, assert_digests

pytestmark = pytest.mark.parametrize("town", ["service", "http"], indirect=True)

_changes = msgspec.msgpack.Decoder(Change)
NESTED: dict[str, object] = {
    "list": [1, "二", b"\x00\xff", None, True, -(1 << 40), 2.5],
    "map": {"a": {"b": []}},
}


def test_they_go_round_whole(settled: Settled) -> None:
    worker, supervisor, place = settled.worker, settled.supervisor, settled.mine
    since = supervisor.hello(supervisor.hello().checkpoint).checkpoint.seq
    resident = settled.resident(worker, place, "李萍", tomorrow=NESTED)
    drone = worker.change("drone", {"route": NESTED, "pilot": "才让"}, place=place)
    later = worker.change("drone", {"pilot": "拉毛"}, place=place, record=drone.id, seen=(drone.id,))
    blind = supervisor.change("drone", {"pilot": "卓玛"}, place=place, record=drone.id, seen=(drone.id,))
    assert [one.status for one in worker.push(resident, drone, later)] == ["accepted"] * 3
    assert [one.status for one in supervisor.push(blind)] == ["accepted_conflict"]

    with settled.town.service.store.read() as snapshot:
        logged = [_changes.decode(one.change) for one in snapshot.records.log(since, 100)]
    assert logged == [resident, drone, later, blind]

    pulled = [one for frame in supervisor.api.pull(since, [place]) for one in frame.sections]
    filled = [one for frame in supervisor.api.fill([FillOrder(place)]) for one in frame.sections]
    for sections in (pulled, filled):
        rows = {row[0]: (section.kind, section.place, row) for section, row in _rows(sections)}
        for record, said in ((resident.id, [resident]), (drone.id, [drone, later, blind])):
            made = fold(said)
            assert made is not None
            assert unpack(*rows[record]) == made
        heads = unpack(*rows[drone.id]).heads
        assert {head.value for head in heads["pilot"]} == {("拉毛",), ("卓玛",)}
        assert heads["route"][0].value == (msgspec.msgpack.encode(NESTED, order="sorted"),)
    assert_digests(supervisor)
    assert_digests(worker)


def _rows(sections: list[Section]) -> list[tuple[Section, list[object]]]:
    return [(section, row) for section in sections for row in section.rows]
