"""The road without a network and the end of a laptop, with real programs."""

from pathlib import Path

import pytest

from tests.end_to_end.programs import Programs

Ids = dict[str, str]


@pytest.fixture
def settled(programs: Programs) -> Ids:
    """A grid with a building; the supervisor's laptop `desk` and a worker's laptop `far` know them."""
    programs.answer("desk", "init")
    programs.answer("desk", "enrol", programs.url, programs.code("何敏"))
    (compound,) = programs.apply("desk", {"kind": "compound", "fields": {"title": "青禾小区"}})
    (grid,) = programs.apply("desk", {"kind": "grid", "fields": {"title": "一网格", "number": "1"}})
    fields = {"compound": compound["record"], "number": "3", "grid": grid["record"]}
    (building,) = programs.apply("desk", {"kind": "building", "fields": fields})
    assert programs.answer("desk", "sync")["complete"]
    programs.server("worker", "add", "才让", "--role", "worker", "--grid", "一网格")
    programs.answer("far", "init")
    programs.answer("far", "enrol", programs.url, programs.code("才让"))
    assert programs.answer("far", "sync")["complete"]
    return {"building": building["record"]}


def visit(programs: Programs, settled: Ids, summary: str) -> str:
    """Written down on the far laptop, at some door of the building."""
    fields = {"at": "2026-11-24T09:30:00Z", "outcome": "1", "summary": summary}
    (made,) = programs.apply("far", {"kind": "visit", "place": settled["building"], "fields": fields})
    return str(made["record"])


def seen(programs: Programs, ledger: str) -> set[str]:
    return {one["record"] for one in programs.dump(ledger, "visit")}


def test_out_on_a_stick_and_home_again(programs: Programs, settled: Ids, tmp_path: Path) -> None:
    stick, home = str(tmp_path / "out.pack"), str(tmp_path / "home.answers")
    first = visit(programs, settled, "到服务器那里")
    assert programs.answer("far", "pack", stick)["changes"] == 1
    facts = programs.answer("far", "status")
    assert (facts["pending"], facts["on_stick"], bool(facts["on_stick_since"])) == (1, 1, True)
    taken = programs.server("unpack", stick, "--answers", home)
    assert (taken["name"], taken["counts"], taken["again"]) == ("才让", {"accepted": 1}, False)
    told = programs.answer("far", "unpack", home)
    assert (told["sort"], told["new"], told["pending"]) == ("answers", {"accepted": 1}, 0)
    facts = programs.answer("far", "status")
    assert (facts["pending"], facts["on_stick"]) == (0, 0)
    assert programs.answer("desk", "sync")["complete"]
    assert seen(programs, "desk") == {first}

    second = visit(programs, settled, "到书记那里")
    programs.answer("far", "pack", stick, "--overwrite")
    shown = programs.answer("desk", "unpack", stick, "--answers", home, "--overwrite")
    assert (shown["sort"], shown["name"], shown["shown"], shown["carried"]) == ("pack", "才让", 1, True)
    assert seen(programs, "desk") == {first, second}
    assert programs.answer("far", "unpack", home)["new"] == {"accepted": 1}
    for ledger in ("desk", "far"):
        done = programs.answer(ledger, "sync")
        assert (done["complete"], done["pushed"], done["healed"]) == (True, 0, 0)
        assert seen(programs, ledger) == {first, second}
    assert programs.answer("desk", "check")["ok"]


def test_what_a_stick_cannot_do_is_one_sentence(programs: Programs, settled: Ids, tmp_path: Path) -> None:
    stick, noise = tmp_path / "out.pack", tmp_path / "noise"
    server = ("sync_server", "--data", str(tmp_path / "server"))
    visit(programs, settled, "一切都好")
    programs.answer("far", "pack", str(stick))
    noise.write_bytes(b"%PDF-1.7")
    (tmp_path / "cut").write_bytes(stick.read_bytes()[:-9])
    cases = [
        (programs.client("far", "unpack", str(stick)), "不是给这台电脑的"),
        (programs.client("far", "unpack", str(noise)), "不是民情台账的U盘文件"),
        (programs.client("desk", "unpack", str(tmp_path / "cut")), "坏了"),
        (programs.client("far", "pack", str(stick)), str(stick)),
        (programs.run(*server, "unpack", str(noise), "--answers", "x"), "不是民情台账的文件"),
        (programs.run(*server, "unseal", str(stick), "--key", str(noise)), "不是恢复钥匙"),
    ]
    for done, words in cases:
        assert done.returncode == 1
        assert words in done.stderr
        assert len(done.stderr.strip().splitlines()) == 1
    assert "not for this computer" in programs.client("far", "unpack", str(stick), "--lang", "en").stderr


def test_a_revoked_laptop_leaves_its_work_and_nothing_else(
    programs: Programs, settled: Ids, tmp_path: Path
) -> None:
    last = visit(programs, settled, "没来得及送")
    (device,) = [one for one in programs.server("devices") if one["name"] == "才让"]
    programs.server("revoke", device["device"])
    done = programs.client("far", "sync")
    assert done.returncode == 1
    assert "1 条封好交给了青禾社区" in done.stderr
    assert not (tmp_path / "far").exists()

    (one,) = programs.server("handed", "--to", str(tmp_path / "handed"))
    assert (one["name"], one["opened"]) == ("才让", False)
    assert last.encode() not in Path(one["file"]).read_bytes()
    opened = programs.server("unseal", one["file"], "--key", str(tmp_path / "recovery.pem"))
    assert (opened["sort"], opened["name"], opened["counts"]) == ("pack", "才让", {"held": 1})
    (one,) = programs.server("handed")
    assert (one["opened"], one["file"]) == (True, None)
    assert programs.answer("desk", "sync")["complete"]
    assert seen(programs, "desk") == set()
    (waiting,) = programs.server("held")
    assert (waiting["record"], waiting["reason"]) == (last, "revoked")
    assert programs.server("held", "--accept", "--all-of", "revoked")["accepted"] == 1
    assert programs.answer("desk", "sync")["complete"]
    assert seen(programs, "desk") == {last}
    assert "没有台账" in programs.client("far", "sync").stderr
