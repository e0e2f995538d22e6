"""What only the key in the safe opens is taken in for the supervisor to decide, and nothing of it sooner."""

from pathlib import Path

import msgspec
import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.merge.change import Change
from gridclient.core.wire import codec, pack, sealing
from gridclient.core.wire.sealing import public_of
from sync_server.service import staffing, unsealing
from sync_server.service.backups import back_up
from sync_server.service.intake import Intake
from sync_server.service.rights import shut
from sync_server.service.unsealing import Unsealed, unseal
from sync_server.store.rows import Held
from sync_server.store.sql import SqlStore
from tests.server.packing import Signing, signing
from tests.server.safe import recovery_key
from tests.server.test_audit import entries
from tests.server.town import START, Settled, assert_digests


@pytest.fixture
def walker(settled: Settled) -> Signing:
    return signing(settled.town, settled.worker)


def opened(settled: Settled, data: bytes) -> Unsealed:
    return unseal(settled.town.service, data, recovery_key(settled.town))


def refused(settled: Settled, data: bytes, private: bytes | None = None) -> str:
    before = waiting(settled)
    with pytest.raises(KnownError) as said:
        unseal(settled.town.service, data, private or recovery_key(settled.town))
    assert waiting(settled) == before
    assert said.value.en != said.value.zh
    return said.value.code


def waiting(settled: Settled) -> list[Held]:
    with settled.town.service.store.read() as snapshot:
        return snapshot.records.undecided(100)


def own_changes(settled: Settled, *changes: Change) -> bytes:
    """As a laptop keeps them of a place it lost."""
    content = codec.encode([msgspec.Raw(msgspec.msgpack.encode(change)) for change in changes])
    return sealing.seal(content, [public_of(recovery_key(settled.town))], pack.OWN_CHANGES)


def test_what_a_revoked_laptop_left_waits_and_can_be_accepted(settled: Settled, walker: Signing) -> None:
    change = settled.visit(walker.laptop, settled.mine)
    staffing.revoke(settled.town.service, walker.laptop.device.hex())
    done = opened(settled, walker.last_file(change))
    assert done == Unsealed("pack", walker.laptop.worker, "才让", {"held": 1}, 7, False)
    (held,) = waiting(settled)
    assert (held.id, held.reason, held.author) == (change.id, "revoked", walker.laptop.worker)
    with settled.town.service.writing() as transaction:
        laptop = shut(walker.laptop.device, walker.laptop.worker)
        answer = Intake(transaction.records, laptop, START).accept_waiting(held)
    assert answer.status == "accepted"
    assert change.record in settled.supervisor.everything()
    assert_digests(settled.supervisor)


def test_what_reached_the_server_before_is_no_question(settled: Settled, walker: Signing) -> None:
    change = settled.visit(walker.laptop, settled.mine)
    walker.laptop.push(change)
    staffing.revoke(settled.town.service, walker.laptop.device.hex())
    assert opened(settled, walker.last_file(change)).counts == {"duplicate": 1}
    assert waiting(settled) == []


def test_a_last_file_waits_whoever_says_the_laptop_is_good(settled: Settled, walker: Signing) -> None:
    assert opened(settled, walker.last_file(settled.visit(walker.laptop, settled.mine))).counts == {"held": 1}


def test_a_laptop_the_server_forgot_is_believed_by_its_own_word(settled: Settled, walker: Signing) -> None:
    """It was let in after the copy from which the server was restored."""
    with settled.town.service.store.read() as snapshot:
        community = snapshot.accounts.community()
    assert community is not None
    ghost, worker = settled.town.new_id(), walker.laptop.worker
    word = pack.credential(ghost, worker, pack.verify_key(walker.seed), community.sign_key)
    change = msgspec.structs.replace(settled.visit(walker.laptop, settled.mine), device=ghost)
    said = walker.pack(change, device=ghost, credential=word, reason="revoked")
    data = pack.close_pack(said, walker.seed, [community.recovery_key])
    assert opened(settled, data).counts == {"held": 1}


def test_the_same_file_again_asks_nothing_twice(settled: Settled, walker: Signing) -> None:
    data = walker.last_file(settled.visit(walker.laptop, settled.mine))
    assert (opened(settled, data).again, opened(settled, data).again) == (False, True)
    assert len(waiting(settled)) == 1
    (noted,) = [one for one in entries(settled.supervisor) if one["action"] == "unseal"]
    assert (noted["count"], noted["record"]) == (1, walker.laptop.worker)


def test_a_stick_that_only_the_safe_can_read_any_more_counts_as_one(
    settled: Settled, walker: Signing
) -> None:
    done = opened(settled, walker.file(settled.visit(walker.laptop, settled.mine)))
    assert done.counts == {"accepted": 1}


def test_what_a_laptop_kept_of_a_lost_place_fills_what_the_server_lost(
    settled: Settled, walker: Signing
) -> None:
    there, gone = settled.visit(walker.laptop, settled.mine), settled.visit(walker.laptop, settled.mine)
    walker.laptop.push(there)
    data = own_changes(settled, there, gone)
    done = opened(settled, data)
    assert done == Unsealed(
        "own_changes", walker.laptop.worker, "才让", {"duplicate": 1, "held": 1}, 0, False
    )
    (held,) = waiting(settled)
    assert (held.id, held.reason) == (ids.named("recovered", gone.id.hex()), "recovered")
    assert held.record == gone.record
    assert opened(settled, data).again
    assert len(waiting(settled)) == 1


def test_a_backup_is_named_and_left_alone(settled: Settled, tmp_path: Path) -> None:
    town = settled.town
    store = town.service.store
    assert isinstance(store, SqlStore)
    back_up(store, town.folder, tmp_path / "copy", START, town.random.randbytes)
    assert refused(settled, (tmp_path / "copy").read_bytes()) == "is_backup"


def test_only_the_key_from_the_safe_opens(settled: Settled, walker: Signing) -> None:
    data = walker.last_file(settled.visit(walker.laptop, settled.mine))
    for private in (b"\x07" * 32, walker.seed):
        assert refused(settled, data, private) == "foreign"


def test_forgery_and_damage_are_one_sentence(
    settled: Settled, walker: Signing, monkeypatch: pytest.MonkeyPatch
) -> None:
    change = settled.visit(walker.laptop, settled.mine)
    safe = [walker.enrolled.recovery_key]
    said = walker.pack(change, reason="revoked")
    assert refused(settled, pack.close_pack(said, b"\x09" * 32, safe)) == "unsigned"
    alone = msgspec.structs.replace(said, credential=b"")
    assert refused(settled, pack.close_pack(alone, walker.seed, safe)) == "unvouched"
    data = walker.last_file(change)
    assert refused(settled, data[:-1]) == "damaged"
    assert refused(settled, own_changes(settled, change)[:-1]) == "damaged"
    assert refused(settled, sealing.seal(b"no list", safe, pack.OWN_CHANGES)) == "damaged"
    assert refused(settled, b"in clear") == "no_box"
    monkeypatch.setattr(unsealing, "LARGEST_PACK", len(data) - 1)
    assert refused(settled, data) == "damaged"
