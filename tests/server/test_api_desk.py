"""What every `SyncApi` says of what waits, to whom; and what it has never heard of."""

import pytest
from msgspec.structs import replace

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.wire.messages import RefusedError
from tests.server.town import Settled

pytestmark = pytest.mark.parametrize("town", ["service", "http"], indirect=True)


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
