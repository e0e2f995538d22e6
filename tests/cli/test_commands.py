"""The program as a script meets it: what it takes, what it answers, what it says when it cannot."""

import json
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from gridclient.cli.frame import now
from gridclient.ledger.ledger import Ledger
from gridclient.operations.apply import apply_line
from tests.ledgers import PASSPHRASE

ROOT = Path(__file__).parents[2]


class Program:
    """Runs beside a closed ledger, without a terminal."""

    def __init__(self, ledger: Path) -> None:
        self.folder = ledger.parent
        self._ledger = ledger

    def run(
        self, *arguments: str, given: bytes | None = None, passphrase: str = PASSPHRASE
    ) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
        environment.pop("GRIDCLIENT_PASSPHRASE", None)
        if passphrase:
            environment["GRIDCLIENT_PASSPHRASE"] = passphrase
        return subprocess.run(
            [sys.executable, "-m", "gridclient", "--ledger", str(self._ledger), *arguments],
            input=given or b"",
            capture_output=True,
            cwd=self.folder,
            env=environment,
            start_new_session=True,
            check=False,
        )

    def says(self, *arguments: str, status: int = 0) -> str:
        done = self.run(*arguments)
        assert done.returncode == status, done.stderr.decode()
        return (done.stderr if status else done.stdout).decode().strip()


@pytest.fixture
def program(ledger: Ledger, tmp_path: Path) -> Program:
    for kind, fields in (
        ("compound", {"title": "示例小区"}),
        ("grid", {"title": "三号网格"}),
        ("worker", {"name": "何敏", "role": "supervisor"}),
    ):
        apply_line(ledger, {"kind": kind, "fields": fields})
    compound = apply_line(ledger, {"kind": "compound", "fields": {"title": "示例小区"}})["record"]
    last = ""
    for kind, said in (
        ("building", {"compound": compound, "number": "12"}),
        ("dwelling", {"building": "", "unit": "3", "floor": 5, "room": "502"}),
        ("household", {"dwelling": ""}),
        ("resident", {"household": "", "name": "赵世昌"}),
    ):
        fields_said = {key: value or last for key, value in said.items()}
        last = apply_line(ledger, {"kind": kind, "fields": fields_said})["record"]
    blind = {"kind": "resident", "record": last, "fields": {"name": "赵士昌"}, "seen": []}
    apply_line(ledger, blind)
    ledger.close()
    return Program(tmp_path / "ledger")


def test_every_bad_line_is_answered_and_the_next_is_read(program: Program) -> None:
    compound = json.loads(program.says("dump", "--kind", "compound"))["record"]
    lines = [
        "[" * 100_000,
        '{"kind": "compound", "fields": {"title": ' + "[" * 900 + "]" * 900 + "}}",
        "[]",
        "nothing",
        "9" * 5000,
        '{"kind": "\\ud800", "fields": {}}',
        json.dumps({"kind": "compound", "record": compound, "fields": {}}),
        json.dumps({"kind": "compound", "fields": {"title": "一\u2028二小区"}}, ensure_ascii=False),
    ]
    done = program.run("apply", "-", given="\ufeff".encode() + "\n".join(lines).encode())
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [one["ok"] for one in answers] == [False] * 7 + [True], done.stderr.decode()
    assert all(one["ok"] or one["error"] for one in answers)
    assert answers[6]["error"] == "没有要改的"
    assert done.stderr.decode().strip() == "7 条没有存，其余都存好了。"


def test_status_tells_what_was_declined_from_what_waits(program: Program) -> None:
    ledger = Ledger.open(program.folder / "ledger", PASSPHRASE, now, secrets.token_bytes)
    with ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE change SET state = 'held'")
        connection.exec_driver_sql(
            "UPDATE change SET state = 'declined' WHERE number = (SELECT max(number) FROM change)"
        )
    waiting = ledger.unsent().held - 1
    ledger.close()
    said = program.says("status")
    assert f"先放在书记那里的 {waiting} 条，书记没有同意的 1 条" in said


def test_json_may_stand_before_the_command(program: Program) -> None:
    assert json.loads(program.says("--json", "check"))["ok"]


def test_disputes_are_said_with_person_door_and_ids(program: Program) -> None:
    words = program.says("conflicts")
    found = json.loads(program.says("conflicts", "--json"))
    assert (found["door"], found["field"]) == ("示例小区 12号楼 3单元 502", "name")
    assert f"居民 {found['name']} 示例小区 12号楼 3单元 502：姓名" in words
    assert f"{found['record']} name" in words
    assert all(f"--take {one['change']}" in words for one in found["versions"])
    assert program.says("resolve", found["record"], "sex", "--value", "1", status=1) == (
        "这一栏没有不一样的说法。"
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("frobnicate",), "没有这个命令：frobnicate"),
        (("check", "--jsn"), "没有这个选项：--jsn，是不是 --json。"),
        (("apply",), "少写了 FILE。"),
        (("enrol",), "命令写得不对：写上服务器的地址和领取码，或者 --file 登记文件。"),
        (("cards", "--all"), "少写了 --to。"),
        (("dump", "--kind", "ghost"), "--kind 写得不对，可以写：community"),
        (("undo", "latest"), "ACT 写得不对，写数字。"),
        (("acts", "--most", "0"), "--most 写得不对，写 1 到 200 的数。"),
        (("check", "more"), "命令后面多写了内容。"),
    ],
)
def test_a_wrong_command_line_is_one_sentence(
    program: Program, arguments: tuple[str, ...], words: str
) -> None:
    said = program.says(*arguments, status=2)
    assert said.startswith(words)
    assert len(said.splitlines()) == 1


def test_without_terminal_and_passphrase_the_ways_to_give_one_are_said(program: Program) -> None:
    done = program.run("check", passphrase="")
    said = done.stderr.decode().strip()
    assert (done.returncode, said) == (
        1,
        "没有口令：用 --passphrase-file 或环境变量 GRIDCLIENT_PASSPHRASE。",
    )
    assert program.says("passphrase", status=1) == "没有口令：用 --new-passphrase-file。"


def test_cards_say_what_is_there_and_how_many_are_to_be_filled_in(program: Program) -> None:
    for option, there in (("--building", "示例小区12号楼"), ("--grid", "三号网格"), ("--worker", "何敏")):
        said = program.says("cards", option, "无名", "--to", "cards.pdf", status=1)
        assert "无名" in said
        assert there in said
    printed = json.loads(program.says("cards", "--building", "12", "--to", "x.pdf", "--json"))
    assert (printed["cards"], printed["by_hand"], printed["warned"]["by_hand"]) == (1, 1, 1)
    assert "1 张没有网格员的姓名和电话，印成手填卡。" in program.says("cards", "--all", "--to", "x.pdf")


def test_columns_to_be_explained_are_written_beside_what_is_there(program: Program) -> None:
    (program.folder / "list.csv").write_text("谁,哪\n赵世昌,12号楼\n", "utf-8")
    kept = program.folder / "list.csv.mapping.json"
    kept.write_text("mine", "utf-8")
    done = program.run("import", "list.csv", "--json", "--dry-run")
    assert done.returncode == 3, done.stderr.decode()
    said = json.loads(done.stdout)
    assert said["questions"]
    assert kept.read_text("utf-8") == "mine"
    assert json.loads((program.folder / said["mapping"]).read_text("utf-8"))["sheets"]
    again = program.run("import", "list.csv", "--json")
    assert json.loads(again.stdout)["mapping"] == said["mapping"]


def test_rows_to_look_at_are_handed_back_where_asked_for(program: Program) -> None:
    (program.folder / "list.csv").write_text(
        "小区,楼栋,单元,房号,姓名,出生日期\n示例小区,12,3,601,钱多多,去年\n示例小区,12,3,602,,\n", "utf-8"
    )
    before = set(program.folder.iterdir())
    report = json.loads(program.says("import", "list.csv", "--json"))
    assert report["error_rows"] is None
    assert set(program.folder.iterdir()) == before
    words = program.says("import", "list.csv", "--errors-to", "back.xlsx")
    assert "格看不准，先空着。" in words
    assert (program.folder / "back.xlsx").exists()
    lost = program.run("import", "list.csv", "--errors-to", "nowhere/back.xlsx", "--json")
    assert lost.returncode == 1
    assert json.loads(lost.stdout)["error_rows"] is None
    assert len(lost.stderr.decode().strip().splitlines()) == 1
