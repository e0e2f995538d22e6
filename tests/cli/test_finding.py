"""Finding, history and taking back, as a script meets them."""

import json
from pathlib import Path
from typing import Any

import pytest

from gridclient.ledger.ledger import Ledger
from gridclient.operations.record_visit import VisitNote, record_visit
from tests.cli.test_commands import Program
from tests.operations.test_undo import HOUSEHOLD, RESIDENT, edit, register


@pytest.fixture
def program(ledger: Ledger, tmp_path: Path) -> Program:
    ledger.write(register())
    edit(ledger, name="赵仕昌", phones=[["13900000002"], []])
    record_visit(ledger, VisitNote(HOUSEHOLD, None, "1", summary="老人按时吃药"))
    ledger.close()
    return Program(ledger.folder)


def lines(program: Program, *arguments: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in program.says(*arguments).splitlines()]


def test_find_answers_a_line_for_everything_found(program: Program) -> None:
    (one,) = lines(program, "find", "zsc", "--json")
    assert (one["group"], one["title"], one["where"]) == ("person", "赵仕昌", "12号楼 3单元 502")
    assert "12号楼 3单元 502" in program.says("find", "吃药")
    assert program.says("find", "没有这个") == "没找到“没有这个”。"


def test_history_tells_who_changed_what(program: Program) -> None:
    first, second = lines(program, "history", RESIDENT.hex(), "--json")
    assert (first["what"], second["what"]) == ("改", "登记")
    assert first["fields"] == [
        {"group": "name", "label": "姓名", "before": "赵世昌", "after": "赵仕昌"},
        {"group": "phones", "label": "联系电话", "before": "", "after": "加上 139****0002"},
    ]
    assert "  姓名：赵世昌 → 赵仕昌" in program.says("history", RESIDENT.hex())
    assert program.says("history", "12", status=1) == "“12”不是记录号。"


def test_an_act_is_taken_back_and_made_again_by_its_number(program: Program) -> None:
    listed = lines(program, "acts", "--json")
    assert [one["sort"] for one in listed] == ["visit", "edit", "register"]
    act = str(listed[0]["act"])
    assert program.says("undo", act) == "撤回了：走访　12号楼 3单元 502　入户。"
    assert program.says("undo", act, status=1) == "这件事已经撤回了。"
    assert lines(program, "acts", "--json")[0]["undone"]
    assert program.says("dump", "--kind", "visit") == ""
    program.says("undo", act, "--again")
    assert len(lines(program, "dump", "--kind", "visit")) == 1
    assert program.says("undo", "999", status=1) == "没有第 999 号这件事。"
