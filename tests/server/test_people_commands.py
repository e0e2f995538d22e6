"""worker role and leave, assign, unassign, devices, enrolment by file: done, and looked at before."""

import json
import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.places import COMMONS
from gridclient.core.wire import invitation
from gridclient.core.wire.messages import RefusedError
from gridclient.ledger.ledger import Ledger
from gridclient.operations.join_by_file import join_by_file
from tests.server.consistency import assert_consistent
from tests.server.console import Console
from tests.server.town import Clock, Settled, Town


@pytest.fixture
def console(settled: Settled, capsys: pytest.CaptureFixture[str]) -> Console:
    settled.town.clock.now = time.time_ns() // 1_000_000
    return Console(settled.town, capsys)


def test_a_role_is_changed_and_looked_at_before(settled: Settled, console: Console) -> None:
    meant = console.answer("worker", "role", "才让", "office", "--dry-run")
    assert (meant["written"], [(one["gains"], one["losses"]) for one in meant["devices"]]) == (
        False,
        [(2, 0)],
    )
    assert settled.worker.hello().role == "worker"
    assert "现在是" in console.says("worker", "role", "才让", "office")
    assert settled.worker.hello().role == "office"
    assert settled.worker.hello().places == settled.supervisor.hello().places
    assert_consistent(settled.town.service.store)


def test_the_last_supervisor_stays(settled: Settled, console: Console) -> None:
    assert "只剩这一名书记" in console.error("worker", "role", "安书记", "office")
    assert "只剩这一名书记" in console.error("worker", "leave", "安书记")
    settled.town.join("卓玛", Role.SUPERVISOR)
    console.says("worker", "leave", "安书记")
    assert "只剩这一名书记" in console.error("worker", "role", "卓玛", "worker")
    with pytest.raises(RefusedError):
        settled.supervisor.hello()


def test_who_leaves_is_out_with_all_laptops(settled: Settled, console: Console) -> None:
    town, second = settled.town, settled.town.enrol(settled.worker.worker)
    code = town.enrolment(town.code(settled.worker.worker))
    meant = console.answer("worker", "leave", "才让", "--dry-run")
    assert [(one["gains"], one["losses"]) for one in meant["devices"]] == [(0, 2), (0, 2)]
    settled.worker.hello()
    console.says("worker", "leave", "才让")
    for laptop in (settled.worker, second):
        with pytest.raises(RefusedError) as refused:
            laptop.hello()
        assert refused.value.code == "revoked"
    with pytest.raises(RefusedError):
        town.service.enrol(code)
    assert sum(one["revoked"] is not None for one in console.answer("devices")) == 2
    with town.service.store.read() as snapshot:
        (charge,) = town.service.commons(snapshot.records).kinds["assignment"].values()
    assert charge["until"]
    assert "没有叫“才让”" in console.error("worker", "role", "才让", "office")


def test_whose_record_was_retired_is_shut_out_by_the_command_alone(
    settled: Settled, console: Console
) -> None:
    worker = settled.worker.worker
    retired: dict[str, object] = {"retired": "ended", "successor": None}
    settled.supervisor.save("worker", retired, record=worker, seen=(worker,))
    (mine,) = [one for one in console.answer("devices") if one["name"] == "才让"]
    assert (mine["left"], mine["revoked"]) == (True, None)
    assert "名单上已离岗，电脑还没停用" in console.says("devices")
    assert "才让  网格员  已离岗，还有 1 台电脑没停用" in console.says("worker", "list")
    console.says("worker", "leave", "才让")
    (mine,) = [one for one in console.answer("devices") if one["name"] == "才让"]
    assert mine["revoked"]
    with settled.town.service.store.read() as snapshot:
        (charge,) = settled.town.service.commons(snapshot.records).kinds["assignment"].values()
    assert charge["until"]


def test_everybody_is_listed_with_grids_and_laptops(settled: Settled, console: Console) -> None:
    settled.town.clock.now = 1_795_541_400_000
    settled.worker.hello()
    found = {one["name"]: one for one in console.answer("worker", "list")}
    (laptop,) = found["才让"]["devices"]
    assert (found["才让"]["role"], found["才让"]["left"]) == ("worker", False)
    assert (laptop["device"], laptop["seen"]) == (ids.text(settled.worker.device), "2026-11-24T17:30:00Z")
    said = console.says("worker", "list")
    assert "才让  网格员" in said
    assert "电脑 1 台  上次来：2026-11-25 01:30" in said
    assert "上次来：2026-11-25 01:30" in console.says("devices")
    console.says("worker", "leave", "才让")
    assert "才让" not in console.says("worker", "list")
    (gone,) = [one for one in console.answer("worker", "list", "--all") if one["left"]]
    assert gone["name"] == "才让"
    assert gone["devices"][0]["revoked"]


def test_a_grid_is_given_and_taken(settled: Settled, console: Console) -> None:
    worker, other = settled.worker, settled.other
    settled.supervisor.push(settled.resident(settled.supervisor, other, "李萍"))
    meant = console.answer("assign", "才让", "--grid", "二网格", "--dry-run")
    (one,) = meant["devices"]
    assert (one["gains"], one["losses"], one["records"]) == (1, 0, 1)
    assert one["bytes"] > 20
    assert worker.hello().places == [COMMONS, settled.mine]
    assert "多 1 处，要收 1 条" in console.says("assign", "才让", "--grid", "二网格")
    assert worker.hello().places == [COMMONS, settled.mine, other]
    assert "已经负责二网格" in console.error("assign", "才让", "--grid", "二网格")
    assert "少 1 处" in console.says("unassign", "才让", "--grid", "1", "--dry-run")
    assert "不再由才让" in console.says("unassign", "才让", "--grid", "1")
    assert worker.hello().places == [COMMONS, other]
    console.says("unassign", "才让", "--grid", "2")
    assert worker.hello().places == [COMMONS]
    with settled.town.service.store.read() as snapshot:
        charges = settled.town.service.commons(snapshot.records).kinds["assignment"].values()
    # The one given and taken on the same day never was: it would end before it began.
    assert "ended" in [one.get("retired") for one in charges]
    assert "没有负责" in console.error("unassign", "才让", "--grid", "2")
    assert_consistent(settled.town.service.store)


def test_a_grid_is_given_from_one_day_to_another(settled: Settled, console: Console) -> None:
    (one,) = console.answer("assign", "才让", "--grid", "2", "--from", "2099-01-01", "--to", "2099-01-31")[
        "devices"
    ]
    assert (one["gains"], one["losses"]) == (1, 0)
    assert settled.worker.hello().places == [COMMONS, settled.mine]
    (one,) = console.answer("unassign", "才让", "--grid", "1", "--to", "2098-12-31")["devices"]
    assert (one["gains"], one["losses"]) == (0, 1)
    assert settled.worker.hello().places == [COMMONS, settled.mine]
    for wrong in (
        ("--from", "2099-13-01"),
        ("--from", "2099"),
        ("--from", "2099-02-02", "--to", "2099-02-01"),
    ):
        before = console.answer("status")
        assert console.error("assign", "才让", "--grid", "2", *wrong)
        assert console.answer("status") == before
    assert "现有：一网格、二网格" in console.error("assign", "才让", "--grid", "九")


def test_devices_say_what_they_last_said(settled: Settled, console: Console) -> None:
    town, worker = settled.town, settled.worker
    worker.hello()
    with town.service.writing() as transaction:
        device = transaction.accounts.device(worker.device)
        assert device is not None
        day = 24 * 3600 * 1000
        transaction.accounts.put_device(
            device._replace(
                welcomed=town.clock.now - 9 * day - 1000,
                enrolled=town.clock.now - 20 * day,
                pending=7,
                oldest=town.clock.now - 10 * day,
                skew=-600_000,
                parent=settled.supervisor.device,
            )
        )
    assert [one["device"] for one in console.answer("devices", "--unseen", "9")] == [ids.text(worker.device)]
    assert console.answer("devices", "--unseen", "10") == []
    (line,) = console.says("devices", "--unseen", "9").splitlines()
    short = ids.text(settled.supervisor.device)[:8]
    for words in ("才让", "9 天没来", "7 条没送", "钟慢 10 分钟", f"接着 {short} 用"):
        assert words in line
    console.says("revoke", ids.text(worker.device))
    assert console.answer("devices", "--unseen", "9") == []


@pytest.mark.parametrize("town", ["https"], indirect=True)
def test_a_laptop_joins_by_a_file(settled: Settled, console: Console, tmp_path: Path) -> None:
    town, file = settled.town, tmp_path / "才让.json"
    said = console.says("enrol", "才让", "--to", str(file), "--url", "https://127.0.0.1:1", "--url", town.url)
    written = json.loads(file.read_text("utf-8"))
    assert said.split()[-1] == written["code"]
    assert (written["name"], written["community"]) == ("才让", "新华社区")
    assert file.stat().st_mode & 0o077 == 0
    ledger, _ = Ledger.create(
        tmp_path / "ledger", "三号网格的口令够长了吧", Clock(town.clock.now), town.random.randbytes
    )
    try:
        enrolled = join_by_file(ledger, file)
        identity = ledger.identity()
        assert (enrolled.name, identity.url, identity.ca) == ("才让", town.url, written["ca"])
        keys = (enrolled.seal_key, enrolled.server_key, enrolled.credential, enrolled.recovery_key)
        assert (
            *(identity.seal_key, identity.server_key),
            *(identity.credential, identity.recovery_key),
        ) == keys
        assert all(keys)
    finally:
        ledger.close()
    assert "没有覆盖" in console.error("enrol", "才让", "--to", str(file), "--url", town.url)
    assert "一起写" in console.error("enrol", "才让", "--to", str(tmp_path / "b.json"))
    assert "一起写" in console.error("enrol", "才让", "--url", town.url)


def test_what_is_no_invitation_is_refused(town: Town) -> None:
    good = invitation.Invitation(
        community="新华社区",
        name="才让",
        urls=["https://127.0.0.1"],
        code=town.code(b"w" * 16),
        ca=town.authority.decode(),
        expires="",
    )
    data = invitation.encode(good)
    assert invitation.decode(data) == good
    other = town.code(b"w" * 16)[:-4] + "0000"
    for bad in (
        b"",
        b"{}",
        b"\xff",
        data[:-20],
        data.replace(b"invitation 1", b"invitation 2"),
        data.replace(good.code.encode(), other.encode()),
        data.replace(good.code.encode(), b"ABCD"),
        data.replace(b"BEGIN CERT", b"BEGIN CART"),
        invitation.encode(replace(good, urls=[])),
        data + b" " * invitation.LARGEST + b"x",
    ):
        with pytest.raises(invitation.InvitationError):
            invitation.decode(bad)
