"""held, quarantined, check at the console."""

import base64
import json
import time
from pathlib import Path

import msgspec
import pytest
import sqlalchemy as sa
from msgspec.structs import replace

from gridclient.core.domain import ids
from gridclient.core.merge.change import Change
from sync_server.service import staffing
from sync_server.service.handing_in import farewell, hand_in
from sync_server.service.speaking import SERVER
from sync_server.service.words import HELD, WHY_HELD
from sync_server.store.sqlite import SqliteStore
from tests.server.consistency import assert_consistent
from tests.server.console import Console
from tests.server.packing import signing
from tests.server.test_audit import entries
from tests.server.town import Settled


@pytest.fixture
def console(settled: Settled, capsys: pytest.CaptureFixture[str]) -> Console:
    settled.town.clock.now = time.time_ns() // 1_000_000
    return Console(settled.town, capsys)


def test_what_waits_is_listed_without_what_it_says(settled: Settled, console: Console) -> None:
    assert "没有等书记定的" in console.says("held")
    visit = settled.visit(settled.worker, settled.other, summary="家里的难处")
    settled.worker.push(visit)
    (one,) = console.answer("held")
    assert (one["change"], one["author"], one["kind"], one["reason"]) == (
        *(ids.text(visit.id), "才让", "visit"),
        "scope",
    )
    assert "难处" not in console.says("held") + console.says("held", "--json")


def test_the_list_is_in_words_and_in_the_time_of_china(settled: Settled, console: Console) -> None:
    """01:30 of the 25th in China is the evening before in UTC, which scripts get."""
    settled.town.clock.now = 1_795_541_400_000
    ghost, copied = settled.town.new_id(), settled.visit(settled.worker, settled.mine)
    copy = replace(copied, id=ids.named("recovered", copied.id.hex()), author=ghost)
    assert [one.status for one in settled.worker.api.recover([copy]).answers] == ["held"]
    settled.worker.push(settled.visit(settled.worker, settled.other))
    said = console.says("held")
    assert said.count("2026-11-25 01:30") == 2
    assert "不是他负责的楼" in said
    assert f"名单上没有的人（编号 {ids.text(ghost)[:8]}，多半是备份以后才加的）" in said
    assert "？" not in said + console.says("quarantined")
    facts = {one["reason"]: one for one in console.answer("held")}
    assert facts.keys() == {"recovered", "scope"}
    assert {one["received"] for one in facts.values()} == {"2026-11-24T17:30:00Z"}
    assert (facts["recovered"]["author"], facts["recovered"]["author_id"]) == ("", ids.text(ghost))
    assert console.answer("held", "--all-of", "不是他负责的楼", "--accept")["accepted"] == 1


def test_what_was_handed_in_is_listed_in_the_time_of_china(settled: Settled, console: Console) -> None:
    town = settled.town
    walker = signing(town, settled.worker)
    staffing.revoke(town.service, walker.laptop.device.hex())
    town.clock.now = 1_795_541_400_000
    token = walker.enrolled.token
    hand_in(town.service, token, farewell(town.service, token).grant, walker.last_file())
    assert console.says("handed").startswith("才让  2026-11-25 01:30  ")
    (one,) = console.answer("handed")
    assert (one["received"], one["opened"]) == ("2026-11-24T17:30:00Z", False)
    key, file = town.path / "recovery.pem", town.path / "out"
    written = console.answer("handed", "--to", str(file))[0]["file"]
    assert "才让上交的 0 条" in console.says("unseal", written, "--key", str(key))
    assert console.answer("handed")[0]["opened"]


def test_every_reason_to_wait_has_words() -> None:
    assert WHY_HELD.keys() == HELD.keys()


def test_named_ones_are_decided(settled: Settled, console: Console) -> None:
    first, second, third = (settled.visit(settled.worker, settled.other) for _ in range(3))
    settled.worker.push(first, second, third)
    done = console.answer("held", "--accept", ids.text(first.id), ids.text(second.id))
    assert (done["accepted"], done["declined"]) == (2, 0)
    assert "不收 1 条" in console.says("held", ids.text(third.id), "--decline", "--note", "不归你")
    told = {one.change: (one.status, one.words) for one in settled.worker.hello().verdicts}
    assert told[first.id] == told[second.id] == ("accepted", "")
    assert told[third.id] == ("held", "不归你")
    noted = [one for one in entries(settled.supervisor) if one["action"] == "decide"]
    assert {(one["author"], one["count"]) for one in noted} == {(SERVER, 2), (SERVER, 1)}
    assert_consistent(settled.town.service.store)


def test_all_of_one_reason_are_decided(settled: Settled, console: Console) -> None:
    visits = [settled.visit(settled.worker, settled.other) for _ in range(5)]
    settled.worker.push(*visits, settled.worker.change("settings", {"visit_days": 3}))
    assert console.answer("held", "--all-of", "scope", "--accept")["accepted"] == 5
    assert [one["reason"] for one in console.answer("held")] == ["role"]
    assert "没有因为“scope”" in console.error("held", "--all-of", "scope", "--accept")


def test_what_is_not_clear_is_not_decided(settled: Settled, console: Console) -> None:
    visits = [settled.visit(settled.worker, settled.other) for _ in range(2)]
    settled.worker.push(*visits)
    one = ids.text(visits[0].id)
    for wrong in (
        (one,),
        ("--accept",),
        (one, "--accept", "--decline"),
        ("--all-of", "scope"),
        (one[:4], "--accept"),
        ("ffff", "--accept"),
        ("", "--decline"),
    ):
        console.error("held", *wrong)
    assert len(console.answer("held")) == 2


def test_two_contents_under_one_id_are_told_apart(settled: Settled, console: Console) -> None:
    one = settled.visit(settled.worker, settled.other)
    settled.worker.push(one, replace(one, fields={**one.fields, "summary": "另一种说法"}))
    first, second = (str(found["change"]) for found in console.answer("held"))
    assert first != second
    assert first.startswith(ids.text(one.id))
    console.error("held", ids.text(one.id), "--accept")
    assert console.answer("held", second, "--decline")["declined"] == 1
    assert [found["change"] for found in console.answer("held")] == [ids.text(one.id)]


def test_what_was_put_aside_is_listed_written_and_sent_again(
    settled: Settled, console: Console, tmp_path: Path
) -> None:
    worker = settled.worker
    assert "没有没收下的" in console.says("quarantined")
    bad = settled.resident(worker, settled.mine, "")
    worker.push(bad)
    (one,) = console.answer("quarantined")
    assert (one["change"], one["author"], one["reason"], one["arrived"]) == (
        *(ids.text(bad.id), "才让"),
        *("malformed", False),
    )
    file = tmp_path / "aside.jsonl"
    assert console.answer("quarantined", "--to", str(file))["written"] == 1
    (line,) = file.read_text("utf-8").splitlines()
    original = base64.b64decode(json.loads(line)["original"])
    assert msgspec.msgpack.decode(original, type=Change) == bad
    assert file.stat().st_mode & 0o077 == 0
    assert "没有覆盖" in console.error("quarantined", "--to", str(file))
    assert [one["count"] for one in entries(settled.supervisor) if one["action"] == "export"] == [1]
    # The same change with what it lacked is judged anew; the first one stays to be seen.
    (answer,) = worker.push(replace(bad, fields={**bad.fields, "name": "李萍"}))
    assert answer.status == "accepted"
    (one,) = console.answer("quarantined")
    assert one["arrived"]
    assert "后来收下了" in console.says("quarantined")


def busy(settled: Settled) -> None:
    """Some work of all sorts: conflicts, erasing, what waits and what was put aside."""
    worker, supervisor = settled.worker, settled.supervisor
    resident = settled.resident(worker, settled.mine, "李萍", phones=[["13909701234"], []])
    worker.push(resident, settled.visit(worker, settled.mine), settled.visit(worker, settled.other))
    for laptop, name in ((worker, "李苹"), (supervisor, "李平")):
        laptop.push(
            laptop.change(
                "resident", {"name": name}, place=settled.mine, record=resident.id, seen=(resident.id,)
            )
        )
    gone = settled.resident(worker, settled.mine, "马宁")
    worker.push(gone, settled.resident(worker, settled.mine, ""))
    emptied: dict[str, object] = {"retired": "erased", "successor": None, "name": None, "household": None}
    supervisor.push(
        supervisor.change("resident", emptied, place=settled.mine, record=gone.id, seen=(gone.id,))
    )


def test_a_whole_store_is_said_to_be_whole(settled: Settled, console: Console) -> None:
    busy(settled)
    found = console.answer("check")
    assert (found["ok"], found["damage"]) == (True, [])
    assert (found["changes"], found["records"]) == tuple(
        console.answer("status")[key] for key in ("changes", "records")
    )
    assert "数据完好" in console.says("check")


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (
            "UPDATE log SET change = (SELECT change FROM log WHERE seq = 3) WHERE seq = 5",
            "对不上：第 5 条",
        ),
        ("UPDATE log SET hash = zeroblob(32) WHERE seq = 4", "接不上：第 4 条"),
        ("UPDATE log SET chain = zeroblob(32) WHERE seq = 4", "接不上：第 4、5 条"),
        ("UPDATE log SET change = x'c1' WHERE seq = 6", "校验数对不上：第 6 条"),
        ("DELETE FROM log WHERE seq = 7", "前面缺了改动：第 8 条"),
        ("DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)", "总账说有"),
        ("UPDATE community SET seq = seq + 1", "总账说有"),
        ("UPDATE digest SET total = total + 1 WHERE seq = (SELECT max(seq) FROM digest)", "1 处地方的校验数"),
        ("UPDATE digest SET count = count - 1 WHERE seq = (SELECT max(seq) FROM digest)", "1 处地方的校验数"),
        ("DELETE FROM digest WHERE seq = (SELECT max(seq) FROM digest)", "不在任何一处的账上"),
        ("DELETE FROM record WHERE kind = 'visit'", "只在改动里有"),
        (
            "UPDATE record SET body = (SELECT body FROM record WHERE kind = 'grid') WHERE kind = 'visit'",
            "条记录",
        ),
        ("UPDATE record SET body = x'c1' WHERE kind = 'visit'", "1 条记录读不出来"),
        ("UPDATE record SET seq = seq + 1000 WHERE kind = 'visit'", "1 条记录的位置"),
        ("UPDATE record SET kind = 'photo' WHERE kind = 'visit'", "合起来的不一样"),
        ("UPDATE record SET place = zeroblob(16) WHERE kind = 'visit'", "处地方的校验数"),
    ],
)
def test_what_is_damaged_is_said(settled: Settled, console: Console, spoil: str, words: str) -> None:
    busy(settled)
    store = settled.town.service.store
    assert isinstance(store, SqliteStore)
    with store.engine.begin() as connection:
        connection.execute(sa.text(spoil))
    status, out, err = console.run("check")
    assert status == 1
    assert words in out
    assert "有损坏" in err


def test_a_value_changed_behind_the_log_is_found(settled: Settled, console: Console) -> None:
    visit = settled.visit(settled.worker, settled.mine, summary="一切都好")
    settled.worker.push(visit)
    store = settled.town.service.store
    assert isinstance(store, SqliteStore)
    with store.engine.begin() as connection:
        body = connection.execute(sa.text("SELECT body FROM record WHERE kind = 'visit'")).scalar_one()
        spoilt = body.replace("一切都好".encode(), "一切都坏".encode())
        assert spoilt != body
        connection.execute(sa.text("UPDATE record SET body = :body WHERE kind = 'visit'"), {"body": spoilt})
    _, out, _ = console.run("check")
    assert "1 条记录和它的改动合起来的不一样" in out
