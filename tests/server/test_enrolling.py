"""One-time codes and the laptops they let in."""

import hashlib

import pytest
from msgspec.structs import replace

from gridclient.core.domain.declaration import Role
from gridclient.core.domain.errors import KnownError
from gridclient.core.wire import codes, pack, sealing
from gridclient.core.wire.messages import Enrolment, RefusedError
from sync_server.accounts.enrolling import DAYS, TRIES
from sync_server.service import staffing
from tests.server.town import DAY, Settled, Town


def refusal(town: Town, enrolment: Enrolment) -> str:
    with pytest.raises(RefusedError) as refused:
        town.service.enrol(enrolment)
    return refused.value.code


def test_a_code_is_read_however_it_is_typed() -> None:
    written = codes.compose(bytes(range(10)), bytes(range(10, 20)))
    assert [len(group) for group in written.split("-")] == [4] * 8
    code = codes.parse(written)
    assert code.fingerprint == bytes(range(10, 20))
    assert codes.parse(written.lower().replace("-", " ").replace("0", "o").replace("1", "l")) == code
    for wrong in ("", written[:-1], written + "0", written.replace(written[0], "U", 1), "é" * 32):
        with pytest.raises(ValueError):
            codes.parse(wrong)


def test_a_laptop_learns_who_it_belongs_to(settled: Settled) -> None:
    town = settled.town
    asked = town.enrolment(town.code(settled.worker.worker))
    enrolled = town.service.enrol(asked)
    assert (enrolled.name, enrolled.role, enrolled.community) == ("才让", "worker", "新华社区")
    assert enrolled.grids == ["一网格"]
    assert not enrolled.demonstration
    assert len(enrolled.recovery_key) == 32
    assert town.service.authenticate(enrolled.token) == asked.device


def test_a_laptop_learns_the_keys_of_its_community(settled: Settled) -> None:
    town = settled.town
    asked = town.enrolment(town.code(settled.worker.worker))
    enrolled = town.service.enrol(asked)
    with town.service.store.read() as snapshot:
        community = snapshot.accounts.community()
    assert community is not None
    box = sealing.seal(b"a day's work", [enrolled.seal_key], "test")
    assert sealing.unseal(box, community.seal_key, "test") == b"a day's work"
    worker = settled.worker.worker
    assert pack.is_credential(
        enrolled.credential, enrolled.server_key, asked.device, worker, asked.public_key
    )
    assert not pack.is_credential(
        enrolled.credential, enrolled.server_key, asked.device, settled.supervisor.worker, asked.public_key
    )


def test_a_code_is_good_once(settled: Settled) -> None:
    town = settled.town
    code = town.code(settled.worker.worker)
    first = town.enrolment(code)
    town.service.enrol(first)
    assert refusal(town, town.enrolment(code)) == "code_used"
    assert refusal(town, replace(first, public_key=b"k" * 32)) == "code_used"


def test_a_lost_answer_can_be_had_again_until_the_token_was_used(settled: Settled) -> None:
    town = settled.town
    asked = town.enrolment(town.code(settled.worker.worker))
    lost = town.service.enrol(asked)
    again = town.service.enrol(asked)
    with pytest.raises(RefusedError):
        town.service.authenticate(lost.token)
    laptop = settled.worker.__class__(
        town, asked.device, settled.worker.worker, again.token, town.connect(again.token)
    )
    laptop.hello()
    assert refusal(town, asked) == "code_used"


def test_a_code_lasts_seven_days(settled: Settled) -> None:
    town = settled.town
    late, timely = town.code(settled.worker.worker), town.code(settled.worker.worker)
    town.clock.now += DAYS * DAY - 1
    town.service.enrol(town.enrolment(timely))
    town.clock.now += 1
    assert refusal(town, town.enrolment(late)) == "code_used"


def test_five_wrong_guesses_spoil_a_code(settled: Settled) -> None:
    town = settled.town
    right = town.enrolment(town.code(settled.worker.worker))
    wrong = replace(right, secret=right.secret[:4] + "0" * 12)
    for _ in range(TRIES - 1):
        assert refusal(town, wrong) == "code_wrong"
    town.service.enrol(right)
    other = town.enrolment(town.code(settled.worker.worker))
    for _ in range(TRIES):
        assert refusal(town, replace(other, secret=other.secret[:4] + "0" * 12)) == "code_wrong"
    assert refusal(town, other) == "code_locked"
    # The next code is not touched by that, nor is anybody else's.
    town.service.enrol(town.enrolment(town.code(settled.worker.worker)))
    assert refusal(town, other) == "code_locked"


def test_one_persons_mistakes_lock_nobody_elses_code(settled: Settled) -> None:
    town = settled.town
    mine, theirs = (town.enrolment(town.code(one.worker)) for one in (settled.worker, settled.supervisor))
    for _ in range(TRIES):
        assert refusal(town, replace(mine, secret=mine.secret[:4] + theirs.secret[4:])) == "code_wrong"
        assert refusal(town, replace(mine, secret="0000" + theirs.secret[4:])) == "code_wrong"
    assert refusal(town, mine) == "code_locked"
    town.service.enrol(theirs)


def test_a_fresh_code_closes_the_unused_ones_of_its_worker(settled: Settled) -> None:
    town = settled.town
    first = town.enrolment(town.code(settled.worker.worker))
    other = town.enrolment(town.code(settled.supervisor.worker))
    second = town.enrolment(town.code(settled.worker.worker))
    assert refusal(town, first) == "code_used"
    town.service.enrol(second)
    town.service.enrol(other)
    town.code(settled.worker.worker)
    town.service.enrol(second)  # its answer was lost: a used code is nobody's to close


def test_a_code_nobody_gave_costs_as_much_work_as_a_wrong_one(
    settled: Settled, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = settled.town
    right = town.enrolment(town.code(settled.worker.worker))
    worked: list[bytes] = []
    slow = hashlib.scrypt

    def counted(secret: bytes, *, salt: bytes, n: int, r: int, p: int, dklen: int) -> bytes:
        worked.append(secret)
        return slow(secret, salt=salt, n=n, r=r, p=p, dklen=dklen)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    for secret in (right.secret[:4] + "0" * 12, "0000" + "0" * 12, "", "x" * 10_000):
        assert refusal(town, replace(right, secret=secret)) == "code_wrong"
    assert len(worked) == 4
    assert max(map(len, worked)) <= 64
    for _ in range(TRIES - 1):
        refusal(town, replace(right, secret=right.secret[:4] + "0" * 12))
    before = len(worked)
    assert refusal(town, right) == "code_locked"
    assert len(worked) == before + 1


def test_what_is_no_code_lets_nobody_in(town: Town) -> None:
    for secret in ("", "ABCD", "x" * 10_000):
        assert refusal(town, Enrolment(secret, b"d" * 16, b"k" * 32)) == "code_wrong"
    assert refusal(town, Enrolment("", b"d", b"k" * 32)) == "malformed"
    assert refusal(town, Enrolment("", b"d" * 16, b"k")) == "malformed"


def test_a_laptop_of_one_does_not_become_anothers(settled: Settled) -> None:
    town = settled.town
    asked = town.enrolment(town.code(settled.supervisor.worker))
    assert refusal(town, replace(asked, device=settled.worker.device)) == "unknown_device"


def test_enrolling_again_makes_a_copied_ledger_good(settled: Settled) -> None:
    town, worker = settled.town, settled.worker
    worker.hello()
    worker.nonce = b"stale"
    with pytest.raises(RefusedError):
        worker.hello()
    asked = replace(town.enrolment(town.code(worker.worker)), device=worker.device)
    worker.api = town.connect(town.service.enrol(asked).token)
    worker.nonce = b""
    assert worker.hello().worker == worker.worker


def test_only_hashes_of_secrets_are_kept(settled: Settled) -> None:
    town = settled.town
    code = town.code(settled.worker.worker)
    secret = codes.parse(code).secret
    with town.service.store.read() as snapshot:
        kept = snapshot.accounts.code(secret[:4])
        device = snapshot.accounts.device(settled.worker.device)
    assert secret not in repr(kept)
    assert settled.worker.token not in repr(device)


def test_who_has_left_is_not_let_in(settled: Settled) -> None:
    town, worker = settled.town, settled.worker.worker
    code = town.code(worker)
    retired: dict[str, object] = {"retired": "ended", "successor": None}
    settled.supervisor.save("worker", retired, record=worker, seen=(worker,))
    assert refusal(town, town.enrolment(code)) == "left"


def test_staff_is_named_once_and_for_grids_that_are_there(settled: Settled) -> None:
    service = settled.town.service
    with pytest.raises(KnownError) as twice:
        staffing.add_worker(service, "才让", Role.WORKER)
    assert twice.value.code == "worker_exists"
    with pytest.raises(KnownError) as unknown:
        staffing.add_worker(service, "卓玛", Role.WORKER, ["九网格"])
    assert "一网格、二网格" in unknown.value.zh
    with pytest.raises(KnownError):
        staffing.add_worker(service, "", Role.WORKER)
    worker = staffing.add_worker(service, "卓玛", Role.WORKER, ["1", "二网格"])
    laptop = settled.town.enrol(worker)
    assert laptop.hello().places == settled.supervisor.hello().places[:3]  # type: ignore[index]


def test_a_big_grid_brings_its_small_ones(settled: Settled) -> None:
    supervisor = settled.supervisor
    big = supervisor.save("grid", {"title": "大网格"})
    small = supervisor.save("grid", {"title": "小网格", "parent": big})
    least = supervisor.save("grid", {"title": "微网格", "parent": small})
    building = supervisor.save("building", {"compound": b"c" * 16, "number": "5", "grid": least})
    worker = settled.town.join("拉毛", grids=("大网格",))
    assert building in (worker.hello().places or [])
    asked = settled.town.enrolment(settled.town.code(worker.worker))
    assert settled.town.service.enrol(asked).grids == ["大网格"]
