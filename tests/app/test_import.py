"""The import from a chosen file to its undo, through the real window and a real ledger."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from gridclient.app.house import House
from gridclient.exchange.workbook import open_workbook
from gridclient.operations.dump import dump
from gridclient.operations.edit_record import edit_record
from tests.desktop.keys import press
from tests.exchange.tables import HEADER, Rows, id_number, person, xlsx

NUMBER = id_number()


def choose(house: House, folder: Path, rows: Rows, name: str = "表.xlsx") -> None:
    path = folder / name
    path.write_bytes(xlsx(rows))
    house.go("register")
    house.register.screen.file_chosen.emit(str(path))


def people(house: House) -> set[str]:
    return {str(one["fields"]["name"]) for one in dump(house.ledger, "resident")}  # type: ignore[index]


def test_a_table_with_headers_to_explain_goes_in_by_keys_alone(house: House, tmp_path: Path) -> None:
    rows: Rows = [["小区", "楼栋", "户号", "姓名"], ["示例小区", "12", "501", "钱多多"]]
    choose(house, tmp_path, rows)
    page = house.register.screen.columns
    assert page.isVisible()
    assert page.list.current_id() == b"C"
    press("3")  # the room
    assert "新增 1 人" in page._effect.text()
    assert "12号楼 501" in page._rows.text()
    press("Enter")
    assert house.register.screen.preview.isVisible()
    assert "钱多多" not in people(house)
    press("Enter")
    assert "钱多多" in people(house)
    press("Ctrl+Z")
    assert "钱多多" not in people(house)
    # The same headers are not asked about again, and it is said where that comes from.
    choose(house, tmp_path, [rows[0], ["示例小区", "12", "502", "钱春花"]], "另一张.xlsx")
    assert house.register.screen.preview.isVisible()
    assert "照上次说明的各列来读" in house.register.screen.preview.summary.text()
    press("F2")
    assert page.isVisible()


def test_headers_of_many_sheets_are_explained_once(house: House, tmp_path: Path) -> None:
    sheets: dict[str, Rows] = {
        f"{number}号楼": [["户号", "门牌号", "姓名"], ["1", "501", name]]
        for number, name in (("3", "钱多多"), ("4", "周宁"), ("5", "吴立"))
    }
    sheets["5号楼"] = [*sheets["5号楼"], ["2", "502", "13900000001"]]
    path = tmp_path / "一栋一张.xlsx"
    first = sheets.pop("3号楼")
    path.write_bytes(xlsx(first, "3号楼", **sheets))  # type: ignore[arg-type]
    house.go("register")
    house.register.screen.file_chosen.emit(str(path))
    page = house.register.screen.columns
    press("1", "Enter", "1", "Enter")
    assert page.compound.line.hasFocus()
    page.compound.set_words("示例小区")
    press("Enter")
    assert house.register.screen.preview._about.text() == "5号楼 第 3 行"
    press("Enter")
    assert {"钱多多", "周宁", "吴立"} <= people(house)


def test_leaving_a_name_for_an_open_column_takes_the_keyboard_there(house: House, tmp_path: Path) -> None:
    choose(house, tmp_path, [["楼栋", "户号", "姓名"], ["12", "501", "钱多多"]])
    page = house.register.screen.columns
    page.compound.line.setFocus()
    page.compound.set_words("示例小区")
    press("Enter", "3")
    assert page.compound.words == "示例小区"
    assert page.list.hasFocus()
    press("Enter", "Enter")
    assert "钱多多" in people(house)


def test_a_file_that_says_nothing_new_says_so_and_takes_nothing_back(house: House, tmp_path: Path) -> None:
    rows: Rows = [HEADER, person("3-502", "魏彩虹", 联系电话="1390000"), person("3-503", "")]
    choose(house, tmp_path, rows)
    press("Enter")
    assert "1 行没导入。1 格看不准" in house.register.screen.done._sentence.text()
    choose(house, tmp_path, rows)
    press("Enter")
    assert "和台账里的一样，没有要写的" in house.register.screen.done._sentence.text()
    press("Ctrl+Z")
    assert "魏彩虹" in people(house)


def test_a_table_that_names_no_compound_is_asked_for_it(house: House, tmp_path: Path) -> None:
    choose(house, tmp_path, [["楼栋", "房号", "姓名"], ["12", "501", "钱多多"]])
    page = house.register.screen.columns
    assert page.compound.isVisible()
    assert not page.building.isVisible()
    page.compound.set_words("示例小区")
    press("Enter", "Enter")
    assert "钱多多" in people(house)


def test_tickets_are_known_and_the_sort_can_be_changed(house: House, tmp_path: Path) -> None:
    rows: Rows = [["工单编号", "接收时间", "问题描述"], ["QH1", "2026-11-03 09:15", "单元门坏了"]]
    choose(house, tmp_path, rows)
    assert "新增 1 件工单" in house.register.screen.preview.summary.text()
    press("F2")
    page = house.register.screen.columns
    page.sort_said.emit("feedback")
    assert page.sorts.current == 2
    page.sort_said.emit("hotline")
    press("Enter", "Enter")
    assert len(list(dump(house.ledger, "hotline_ticket"))) == 1


def test_somebody_known_elsewhere_is_shown_beside_and_decided_on(house: House, tmp_path: Path) -> None:
    choose(house, tmp_path, [HEADER, person("3-502", "魏彩虹", 身份证号=NUMBER)])
    press("Enter")
    before = len(list(dump(house.ledger, "resident")))
    again: Rows = [HEADER, person("1-101", "魏彩虹", 身份证号=NUMBER), person("1-102", "周宁")]
    choose(house, tmp_path, again, "又一张.xlsx")
    preview = house.register.screen.preview
    press("8")
    line = preview.table.current()
    assert line is not None
    assert line.held
    assert "台账里：魏彩虹，送变电小区 12号楼 3单元 502" in preview._full.text()
    press("Space")
    line = preview.table.current()
    assert line is not None
    assert (line.held, line.also) == (False, True)
    press("Space", "Enter")
    assert len(list(dump(house.ledger, "resident"))) == before + 1


@pytest.mark.qt_log_ignore("propagateSizeHints")  # the platform without a screen says so of any dialog
def test_rows_to_correct_are_saved_from_the_window(house: House, tmp_path: Path) -> None:
    choose(house, tmp_path, [HEADER, person("3-502", "", 联系电话="13900000001"), person("3-503", "周宁")])
    press("F3")
    dialog = house.register.screen.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(tmp_path / "回来.xlsx"))
    dialog.accept()
    header, row = open_workbook(tmp_path / "回来.xlsx").sheets[0].rows
    assert header[-1] == "错误原因"
    assert row[-1] == "没有姓名"


def test_suggestions_wait_at_the_desk_and_are_decided_together(house: House, tmp_path: Path) -> None:
    choose(house, tmp_path, [HEADER, person("3-502", "魏彩虹"), person("3-503", "周宁")])
    press("Enter")
    for one in dump(house.ledger, "resident"):
        if "remark" not in one["fields"]:  # type: ignore[operator]
            record = bytes.fromhex(str(one["record"]).replace("-", ""))
            edit_record(house.ledger, "resident", record, {"remark": "自己说的"}, None)
    later: Rows = [
        HEADER,
        person("3-502", "魏彩虹", 备注="表里说的"),
        person("3-503", "周宁", 备注="表里说的"),
    ]
    choose(house, tmp_path, later, "又一张.xlsx")
    preview = house.register.screen.preview
    press("7")
    assert "人写的是 自己说的" in preview._full.text()
    press("Enter")
    assert "2 处建议在合并台等人定" in house.register.screen.done._sentence.text()
    house.go("desk")
    page = house.settle.page
    press("Ctrl+2")
    assert page.review.isVisible()
    assert house.settle.count == 2
    press("Ctrl+A", "1")
    assert house.settle.count == 0
    remarks = [one["fields"]["remark"] for one in dump(house.ledger, "resident") if "remark" in str(one)]  # type: ignore[index]
    assert remarks.count("表里说的") == 2
    house.window.undo_asked.emit()
    assert house.settle.count == 2
    press("2")
    assert house.settle.count == 1


def test_care_tags_of_remarks_are_ticked(house: House, tmp_path: Path) -> None:
    rows: Rows = [
        [*HEADER, "人员类别"],
        [*person("3-502", "魏彩虹", 备注="低保户"), "独居"],
        [*person("3-503", "周宁"), "信访人员"],
    ]
    choose(house, tmp_path, rows)
    preview = house.register.screen.preview
    assert "提到 2 处关照，等你定" in preview.summary.text()
    press("9", "Ctrl+A")
    assert "提到 1 处关照" in preview.summary.text()
    press("Enter")
    tags = {str(one["fields"]["tag"]) for one in dump(house.ledger, "care_tag")}  # type: ignore[index]
    assert tags == {"alone", "allowance"}


def test_a_page_nobody_sees_is_laid_out_when_it_comes_to_the_front(house: House) -> None:
    shown: list[str] = []
    page = house.matters.page
    house.go("register")
    house.desk.show(page, lambda: shown.append("old"))
    house.desk.show(page, lambda: shown.append("new"))
    assert shown == []
    house.go("matters")
    house.go("matters")
    assert shown == ["new"]
    house.desk.show(page, lambda: shown.append("in front"))
    assert shown == ["new", "in front"]


def test_a_preview_shows_no_birthday_beside_the_end_of_a_number(house: House, tmp_path: Path) -> None:
    row = person("3-501", "钱多多", 出生日期="1956-03-04", 身份证号=NUMBER)
    choose(house, tmp_path, [list(HEADER), row])
    (said,) = [line for line in house.register.screen.preview._lines if line.name == "钱多多"]
    assert "1956-03-04" in said.what
    assert NUMBER[-4:] not in repr(said)
