"""A pack from a stick is a push without a line: the same judgement, answers sealed to its laptop."""

from pathlib import Path

import msgspec
import pytest

from gridclient.core.domain.errors import KnownError
from gridclient.core.merge.change import Change
from gridclient.core.wire import pack
from gridclient.core.wire.messages import RefusedError
from gridclient.core.wire.pack import PackError
from gridclient.sync.http import HttpSyncApi
from sync_server.http.limits import Limits
from sync_server.service import staffing, unpacking
from sync_server.service.unpacking import Unpacked, unpack
from tests.server.packing import Signing, signing
from tests.server.running import Running
from tests.server.town import START, Settled, Town, assert_digests


@pytest.fixture
def walker(settled: Settled) -> Signing:
    return signing(settled.town, settled.worker)


def refused(settled: Settled, data: bytes) -> str:
    """Why a file is not taken in; nothing may have been."""
    before = counts(settled)
    with pytest.raises(KnownError) as said:
        unpack(settled.town.service, data)
    assert counts(settled) == before
    assert said.value.zh
    assert said.value.en != said.value.zh
    return said.value.code


def counts(settled: Settled) -> dict[str, int]:
    with settled.town.service.store.read() as snapshot:
        return snapshot.records.counts()


def statuses(walker: Signing, taken: Unpacked) -> list[str]:
    return [answer.status for answer in walker.answers(taken.answers).answers]


def test_every_change_is_judged_and_answered_in_order(settled: Settled, walker: Signing) -> None:
    laptop = walker.laptop
    good = settled.visit(laptop, settled.mine)
    elsewhere = settled.visit(laptop, settled.other)
    stranger = settled.visit(settled.supervisor, settled.mine)
    broken = msgspec.structs.replace(settled.visit(laptop, settled.mine), fields={"outcome": "??"})
    taken = unpack(settled.town.service, walker.file(good, elsewhere, stranger, broken))
    told = walker.answers(taken.answers)
    assert [(one.change, one.status, one.reason) for one in told.answers] == [
        (good.id, "accepted", ""),
        (elsewhere.id, "held", "scope"),
        (stranger.id, "quarantined", "author"),
        (broken.id, "quarantined", "malformed"),
    ]
    assert (taken.counts, taken.made, taken.again) == (
        {"accepted": 1, "held": 1, "quarantined": 2},
        7,
        False,
    )
    assert (taken.name, taken.device, told.device) == ("才让", laptop.device, laptop.device)
    with settled.town.service.store.read() as snapshot:
        head = snapshot.records.head()
        device = snapshot.accounts.device(laptop.device)
    assert (told.history, told.seq, told.at) == (head.history, head.seq, START)
    assert device is not None
    assert device.number == elsewhere.number  # what was neither its own nor well made does not count
    assert_digests(settled.supervisor)


def test_only_its_laptop_reads_the_answers(settled: Settled, walker: Signing) -> None:
    taken = unpack(settled.town.service, walker.file(settled.visit(walker.laptop, settled.mine)))
    with pytest.raises(PackError, match="foreign"):
        signing(settled.town, settled.worker).answers(taken.answers)


def test_the_same_file_again_says_the_same_and_adds_nothing(settled: Settled, walker: Signing) -> None:
    changes = [settled.visit(walker.laptop, settled.mine), settled.visit(walker.laptop, settled.other)]
    data = walker.file(*changes)
    first = unpack(settled.town.service, data)
    before = counts(settled)
    second = unpack(settled.town.service, data)
    assert (first.again, second.again) == (False, True)
    assert counts(settled) == before
    assert statuses(walker, first) == ["accepted", "held"]
    assert statuses(walker, second) == ["duplicate", "held"]
    seqs = [[one.seq for one in walker.answers(taken.answers).answers] for taken in (first, second)]
    assert seqs[0] == seqs[1]


@pytest.mark.parametrize("first", ["line", "stick"])
def test_both_roads_meet_as_duplicates(settled: Settled, walker: Signing, first: str) -> None:
    changes = [settled.visit(walker.laptop, settled.mine) for _ in range(3)]
    data = walker.file(*changes)
    if first == "line":
        walker.laptop.push(*changes[:2])
        assert statuses(walker, unpack(settled.town.service, data)) == ["duplicate", "duplicate", "accepted"]
    else:
        unpack(settled.town.service, data)
        assert [one.status for one in walker.laptop.push(*changes)] == ["duplicate"] * 3
    with settled.town.service.store.read() as snapshot:
        assert len(snapshot.records.known([change.id for change in changes])) == 3
    assert_digests(settled.supervisor)


def test_what_a_taken_id_is_called_now_comes_back(settled: Settled, walker: Signing) -> None:
    theirs = settled.resident(settled.worker, settled.mine, "李萍")
    settled.worker.push(theirs)
    mine = msgspec.structs.replace(
        settled.resident(walker.laptop, settled.mine, "李平"), id=theirs.id, record=theirs.id
    )
    said = walker.answers(unpack(settled.town.service, walker.file(mine)).answers).answers[0]
    assert said.status == "accepted_conflict"
    assert said.renamed not in (None, theirs.id)


def test_what_a_revoked_laptop_packed_waits(settled: Settled, walker: Signing) -> None:
    data = walker.file(settled.visit(walker.laptop, settled.mine))
    staffing.revoke(settled.town.service, walker.laptop.device.hex())
    told = walker.answers(unpack(settled.town.service, data).answers)
    assert [(one.status, one.reason) for one in told.answers] == [("held", "revoked")]
    assert told.at == 0, "it may not stay open for longer"
    assert counts(settled)["held"] == 1


def test_what_a_copied_laptop_packed_waits(settled: Settled, walker: Signing) -> None:
    with settled.town.service.writing() as transaction:
        device = transaction.accounts.device(walker.laptop.device)
        assert device is not None
        transaction.accounts.put_device(device._replace(cloned=True))
    told = walker.answers(
        unpack(settled.town.service, walker.file(settled.visit(walker.laptop, settled.mine))).answers
    )
    assert [(one.status, one.reason, told.at) for one in told.answers] == [("held", "clone", 0)]


def test_what_somebody_packed_who_left_waits(settled: Settled, walker: Signing) -> None:
    data = walker.file(settled.visit(walker.laptop, settled.mine))
    leaving = settled.supervisor.change(
        "worker",
        {"retired": "left", "successor": None},
        record=walker.laptop.worker,
        seen=(walker.laptop.worker,),
    )
    assert settled.supervisor.push(leaving)[0].status == "accepted"
    assert statuses(walker, unpack(settled.town.service, data)) == ["held"]


def test_what_was_written_before_the_laptop_was_let_in_anew_counts(settled: Settled, walker: Signing) -> None:
    before = settled.visit(settled.worker, settled.mine)
    with settled.town.service.writing() as transaction:
        device = transaction.accounts.device(walker.laptop.device)
        assert device is not None
        transaction.accounts.put_device(device._replace(parent=settled.worker.device))
    assert statuses(walker, unpack(settled.town.service, walker.file(before))) == ["accepted"]


def test_a_file_of_another_community_is_foreign(settled: Settled, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    there = Town(tmp_path / "there", seed=9)
    elsewhere = Settled.make(there)
    foreign = signing(there, elsewhere.worker)
    assert refused(settled, foreign.file(elsewhere.visit(foreign.laptop, elsewhere.mine))) == "foreign"
    there.close()


def test_a_community_vouches_for_its_own_laptops_alone(settled: Settled, walker: Signing) -> None:
    change = settled.visit(walker.laptop, settled.mine)
    assert refused(settled, walker.file(change, credential=b"x" * 64)) == "unvouched"
    other = signing(settled.town, settled.worker)
    assert refused(settled, walker.file(change, device=other.laptop.device)) == "unvouched"


def test_a_laptop_nobody_knows_is_refused(settled: Settled, walker: Signing) -> None:
    """One vouched for before the server was restored from a copy older than its enrolment."""
    with settled.town.service.store.read() as snapshot:
        community = snapshot.accounts.community()
    assert community is not None
    ghost = settled.town.new_id()
    worker, public = walker.laptop.worker, pack.verify_key(walker.seed)
    word = pack.credential(ghost, worker, public, community.sign_key)
    assert refused(settled, walker.file(device=ghost, credential=word)) == "unknown_device"
    assert refused(settled, walker.file(worker=settled.supervisor.worker, credential=pack.credential(
        walker.laptop.device, settled.supervisor.worker, public, community.sign_key
    ))) == "unknown_device"  # fmt: skip


def test_damage_is_one_sentence(settled: Settled, walker: Signing, monkeypatch: pytest.MonkeyPatch) -> None:
    data = walker.file(settled.visit(walker.laptop, settled.mine))
    assert refused(settled, data[:-1]) == "damaged"
    assert refused(settled, b"PK\x03\x04") == "no_box"
    assert refused(settled, walker.file(box_key=b"short")) == "damaged"
    assert refused(settled, walker.file(settled.visit(walker.laptop, settled.mine), box_key=bytes(32))) == (
        "damaged"
    )
    monkeypatch.setattr(unpacking, "LARGEST_FILE", len(data) - 1)
    assert refused(settled, data) == "damaged"


def test_a_file_for_the_safe_is_not_the_servers(settled: Settled, walker: Signing) -> None:
    assert refused(settled, walker.last_file(settled.visit(walker.laptop, settled.mine))) == "foreign"


http = pytest.mark.parametrize("town", ["http"], indirect=True)


def line(api: object) -> HttpSyncApi:
    assert isinstance(api, HttpSyncApi)
    return api


@http
def test_a_desk_carries_a_file_on_and_gets_the_answers(settled: Settled, walker: Signing) -> None:
    changes: list[Change] = [settled.visit(walker.laptop, settled.mine)]
    answers = line(settled.supervisor.api).carry_on(walker.file(*changes))
    assert [one.status for one in walker.answers(answers).answers] == ["accepted"]
    with pytest.raises(RefusedError) as said:
        line(settled.supervisor.api).carry_on(b"no file of ours")
    assert (said.value.code, "不是民情台账" in str(said.value)) == ("malformed", True)


@http
def test_a_copied_desk_carries_nothing_and_too_large_a_file_is_not_read(
    settled: Settled, walker: Signing
) -> None:
    data = walker.file(settled.visit(walker.laptop, settled.mine))
    running = Running(settled.town.service, settled.town.folder, "http", Limits(file_body=len(data) - 1))
    api = HttpSyncApi(running.url, settled.supervisor.token, None)
    with pytest.raises(RefusedError) as said:
        api.carry_on(data)
    assert said.value.code == "too_large"
    api.close()
    running.stop()
    with settled.town.service.writing() as transaction:
        device = transaction.accounts.device(settled.supervisor.device)
        assert device is not None
        transaction.accounts.put_device(device._replace(cloned=True))
    with pytest.raises(RefusedError) as said:
        line(settled.supervisor.api).carry_on(data)
    assert said.value.code == "scope"
    assert counts(settled)["held"] == 0


@http
def test_who_is_not_at_the_desk_carries_nothing(settled: Settled, walker: Signing) -> None:
    with pytest.raises(RefusedError) as said:
        line(settled.worker.api).carry_on(walker.file(settled.visit(walker.laptop, settled.mine)))
    assert said.value.code == "scope"
