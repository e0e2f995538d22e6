"""A laptop that is shut out leaves one sealed file, by a grant that is good once."""

import pytest
import requests

from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.wire import codec
from gridclient.core.wire.messages import FillOrder, RefusedError
from gridclient.core.wire.pack import file_id, is_receipt
from gridclient.sync.http import HttpSyncApi
from sync_server.http.limits import Limits, Rate
from sync_server.service import staffing
from sync_server.store.rows import Device, Handed
from tests.server.packing import Signing, signing
from tests.server.running import Running
from tests.server.town import START, Settled

pytestmark = pytest.mark.parametrize("town", ["http"], indirect=True)

# Every road a laptop takes once it is let in.
ROADS = (
    "/hello",
    "/push",
    "/pull",
    "/fill",
    "/digest",
    "/lacking",
    "/recover",
    "/waiting",
    "/decide",
    "/preview",
    "/unpack",
)


@pytest.fixture
def walker(settled: Settled) -> Signing:
    return signing(settled.town, settled.worker)


def line(walker: Signing) -> HttpSyncApi:
    assert isinstance(walker.laptop.api, HttpSyncApi)
    return walker.laptop.api


def revoke(settled: Settled, walker: Signing) -> None:
    staffing.revoke(settled.town.service, walker.laptop.device.hex())


def grant_of(walker: Signing) -> str:
    """What a refused request brings."""
    with pytest.raises(RefusedError) as refused:
        walker.laptop.hello()
    assert refused.value.code == "revoked"
    return refused.value.grant


def refused(walker: Signing, data: bytes, grant: str) -> RefusedError:
    with pytest.raises(RefusedError) as said:
        line(walker).hand_in(data, grant)
    return said.value


def kept(settled: Settled) -> list[Handed]:
    with settled.town.service.store.read() as snapshot:
        return snapshot.accounts.handed()


def device(settled: Settled, walker: Signing) -> Device:
    with settled.town.service.store.read() as snapshot:
        found = snapshot.accounts.device(walker.laptop.device)
    assert found is not None
    return found


def retire(settled: Settled, walker: Signing) -> Id:
    """The supervisor's own laptop retires the worker: a change like any other; its id."""
    worker, fields = walker.laptop.worker, {"retired": "ended", "successor": None}
    said = settled.supervisor.change("worker", dict(fields), record=worker, seen=(worker,))
    assert [answer.status for answer in settled.supervisor.push(said)] == ["accepted"]
    return said.id


@pytest.mark.parametrize("road", ROADS)
def test_every_road_ends_with_a_grant(settled: Settled, walker: Signing, road: str) -> None:
    revoke(settled, walker)
    answer = requests.post(
        settled.town.url + road,
        data=codec.encode(None),
        headers={"Authorization": f"Bearer {walker.enrolled.token}"},
        timeout=30,
    )
    said = answer.json()
    assert (answer.status_code, said["code"]) == (403, "revoked")
    line(walker).hand_in(walker.last_file(), said["grant"])
    assert len(kept(settled)) == 1


@pytest.mark.parametrize("road", sorted({*ROADS} - {"/hello", "/push"}))
def test_a_change_to_the_commons_shuts_out_nobody(settled: Settled, walker: Signing, road: str) -> None:
    """It may be a slip: it brings no grant, by which a laptop would hand in and destroy all it has."""
    retire(settled, walker)
    answer = requests.post(
        settled.town.url + road,
        data=codec.encode(None if road in ("/waiting", "/unpack") else []),
        headers={"Authorization": f"Bearer {walker.enrolled.token}"},
        timeout=30,
    )
    assert answer.status_code in (400, 403)
    assert answer.json()["grant"] == ""
    assert device(settled, walker).revoked is None
    assert refused(walker, walker.last_file(), "").code == "malformed"


def test_whom_the_commons_say_has_left_hands_in_and_receives_nothing(
    settled: Settled, walker: Signing
) -> None:
    retired, laptop = retire(settled, walker), walker.laptop
    for ask in (
        lambda: laptop.hello(),
        lambda: list(laptop.api.pull(0, [COMMONS])),
        lambda: list(laptop.api.fill([FillOrder(COMMONS)])),
        lambda: laptop.api.digest([COMMONS]),
        lambda: laptop.api.lacking([]),
        lambda: laptop.api.recover([]),
        lambda: laptop.api.waiting(),
        lambda: laptop.api.decide([]),
        lambda: laptop.api.preview([]),
    ):
        with pytest.raises(RefusedError) as said:
            ask()
        assert (said.value.code, said.value.grant) == ("left", "")
    change = settled.visit(laptop, settled.mine)
    (answer,) = laptop.push(change)
    assert (answer.status, answer.reason) == ("held", "left")
    alive: dict[str, object] = {"retired": None, "successor": None}
    settled.supervisor.save("worker", alive, record=laptop.worker, seen=(laptop.worker, retired))
    assert laptop.hello().places == [COMMONS, settled.mine]


def test_every_route_of_the_application_is_tried(settled: Settled) -> None:
    """A route added later has to be tried too: those left are for whoever has no token yet, or no longer."""
    assert settled.town.running is not None
    routes = set(settled.town.running.paths)
    assert routes - set(ROADS) == {"/enrol", "/ca", "/health", "/metrics", "/handin"}


def test_a_file_is_kept_once_and_again_is_harmless(settled: Settled, walker: Signing) -> None:
    revoke(settled, walker)
    grant, data = grant_of(walker), walker.last_file(settled.visit(walker.laptop, settled.mine))
    for _ in range(3):
        line(walker).hand_in(data, grant)
    assert kept(settled) == [Handed(device(settled, walker).handed or b"", walker.laptop.device, data, START)]
    assert device(settled, walker).grant_hash is None


def test_the_receipt_is_the_servers_word_for_this_file_of_this_laptop(
    settled: Settled, walker: Signing
) -> None:
    revoke(settled, walker)
    grant, data = grant_of(walker), walker.last_file()
    key, device_id = walker.enrolled.server_key, walker.laptop.device
    for _ in range(2):
        said = bytes(line(walker).hand_in(data, grant))
        assert is_receipt(said, key, device_id, file_id(data))
        assert not is_receipt(said, key, device_id, file_id(data + b" "))
        assert not is_receipt(said, key, settled.worker.device, file_id(data))
        assert not is_receipt(said, bytes(32), device_id, file_id(data))


def test_a_program_that_knows_of_no_receipts_is_answered_as_before(settled: Settled, walker: Signing) -> None:
    revoke(settled, walker)
    answer = requests.post(
        settled.town.url + "/handin",
        data=walker.last_file(),
        headers={"Authorization": f"Bearer {walker.enrolled.token}", "X-Grant": grant_of(walker)},
        timeout=30,
    )
    assert (answer.status_code, codec.decode(answer.content, type(None))) == (200, None)


def test_a_grant_is_good_for_one_file(settled: Settled, walker: Signing) -> None:
    revoke(settled, walker)
    grant = grant_of(walker)
    line(walker).hand_in(walker.last_file(), grant)
    another = walker.last_file(settled.visit(walker.laptop, settled.mine))
    assert (refused(walker, another, grant).code, grant_of(walker)) == ("revoked", "")
    assert len(kept(settled)) == 1


def test_only_the_grant_given_last_is_good(settled: Settled, walker: Signing) -> None:
    revoke(settled, walker)
    first, last = grant_of(walker), grant_of(walker)
    assert first != last
    for wrong in (first, "", "x" * 32):
        said = refused(walker, walker.last_file(), wrong)
        assert (said.code, said.grant) == ("revoked", "")
    assert kept(settled) == []
    line(walker).hand_in(walker.last_file(), last)


def test_a_grant_is_for_one_laptop(settled: Settled, walker: Signing) -> None:
    neighbour = signing(settled.town, settled.worker)
    for one in (walker, neighbour):
        revoke(settled, one)
    grant_of(walker)
    assert refused(walker, walker.last_file(), grant_of(neighbour)).code == "revoked"


def test_who_is_not_shut_out_hands_nothing_in(settled: Settled, walker: Signing) -> None:
    assert refused(walker, walker.last_file(), "").code == "malformed"
    walker.laptop.api = settled.town.connect("nobody's token")
    assert refused(walker, walker.last_file(), "").code == "unknown_device"
    assert kept(settled) == []


def test_only_a_sealed_file_is_kept(settled: Settled, walker: Signing) -> None:
    revoke(settled, walker)
    grant = grant_of(walker)
    assert refused(walker, b"in clear", grant).code == "malformed"
    assert kept(settled) == []
    line(walker).hand_in(walker.last_file(), grant)


def test_a_file_larger_than_a_push_is_kept_and_one_too_large_is_not(
    settled: Settled, walker: Signing
) -> None:
    revoke(settled, walker)
    large = walker.last_file() + bytes(Limits().push_body)
    line(walker).hand_in(large, grant_of(walker))
    assert [len(one.sealed) for one in kept(settled)] == [len(large)]
    other = signing(settled.town, settled.worker)
    town = settled.town
    running = Running(town.service, town.folder, "http", Limits(file_body=1000))
    api = HttpSyncApi(running.url, other.enrolled.token, None)
    revoke(settled, other)
    with pytest.raises(RefusedError) as said:
        api.hand_in(other.last_file() + bytes(1000), grant_of(other))
    assert said.value.code == "too_large"
    api.close()
    running.stop()


def test_guessing_costs_patience_and_writes_nothing(settled: Settled, walker: Signing) -> None:
    revoke(settled, walker)
    town = settled.town
    running = Running(town.service, town.folder, "http", Limits(stranger=Rate(0, 3)))
    api = HttpSyncApi(running.url, walker.enrolled.token, None)
    codes = []
    for number in range(5):
        with pytest.raises(RefusedError) as said:
            api.hand_in(b"", "guess") if number % 2 else api.digest([])
        codes.append(said.value.code)
    assert codes == ["revoked"] * 3 + ["too_many"] * 2
    before = device(settled, walker).grant_hash
    with pytest.raises(RefusedError):
        api.digest([])
    assert device(settled, walker).grant_hash == before
    api.close()
    running.stop()
