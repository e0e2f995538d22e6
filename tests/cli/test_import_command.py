"""Importing without a window: what a file is, what was explained before, who is left out."""

import json

from gridclient.core.domain.identity import check_digit
from tests.cli.test_commands import Program, program

__all__ = ["program"]


def test_an_explained_table_is_read_again_without_questions(program: Program) -> None:
    (program.folder / "a.csv").write_text("小区,楼栋,户号,姓名\n示例小区,12,601,钱多多\n", "utf-8")
    asked = program.run("import", "a.csv", "--json")
    assert asked.returncode == 3
    path = program.folder / json.loads(asked.stdout)["mapping"]
    mapping = json.loads(path.read_text("utf-8"))
    for column in mapping["sheets"][0]["columns"]:
        column["field"] = "房号" if column["header"] == "户号" else column["field"]
    path.write_text(json.dumps(mapping, ensure_ascii=False), "utf-8")
    said = json.loads(program.says("import", "a.csv", "--mapping", str(path), "--json"))
    assert (said["rows"]["new"], said["remembered"]) == (1, 1)
    (program.folder / "b.csv").write_text("小区,楼栋,户号,姓名\n示例小区,12,602,钱春花\n", "utf-8")
    said = json.loads(program.says("import", "b.csv", "--json"))
    assert (said["rows"]["new"], said["recalled"]) == (1, ["csv"])


def test_tickets_and_feedback_are_known_or_told(program: Program) -> None:
    tickets = "工单编号,接收时间,问题描述,状态\nQH1,2026-11-03 09:15,单元门坏了,办理中\n"
    (program.folder / "t.csv").write_text(tickets, "utf-8")
    said = json.loads(program.says("import", "t.csv", "--json"))
    assert (said["sort"], said["kinds"]["hotline_ticket"]["new"]) == ("hotline", 1)
    said = json.loads(program.says("import", "t.csv", "--as", "hotline", "--json"))
    assert said["changes"] == 0
    assert program.says("import", "t.csv").endswith("和台账里的一样，没有要写的。")
    (program.folder / "f.csv").write_text("详细内容,联系方式\n多放几把长椅,13900000003\n", "utf-8")
    assert "新增 1 条反馈" in program.says("import", "f.csv", "--as", "feedback")


def test_whom_another_door_knows_is_left_out_unless_told(program: Program) -> None:
    head = "小区,楼栋,单元,房号,姓名,身份证号\n"
    number = "639900195603040011"
    number = number[:17] + check_digit(number[:17])
    (program.folder / "a.csv").write_text(f"{head}示例小区,12,3,601,钱多多,{number}\n", "utf-8")
    program.says("import", "a.csv")
    (program.folder / "b.csv").write_text(f"{head}示例小区,12,3,701,钱多多,{number}\n", "utf-8")
    said = program.says("import", "b.csv", "--dry-run")
    assert "1 人台账里别处有同一个身份证号，先没写" in said
    held = json.loads(program.says("import", "b.csv", "--json", "--errors-to", "back.xlsx"))
    assert (held["rows"]["error"], held["twins"][0]["held"]) == (1, True)
    assert (program.folder / "back.xlsx").exists()
    assert json.loads(program.says("import", "b.csv", "--also", "--json"))["rows"]["new"] == 1
