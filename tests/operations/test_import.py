"""An import from preview to undo on a real ledger: whole or not at all, and nobody twice."""

from pathlib import Path
from typing import Any

import pytest

from gridclient.core.merge.change import Draft
from gridclient.exchange.error_rows import write_error_rows
from gridclient.exchange.workbook import open_workbook
from gridclient.ledger.ledger import Ledger
from gridclient.operations.dump import dump
from gridclient.operations.edit_record import edit_record, verify_household
from gridclient.operations.import_register import Imported, Preview, carry_out, preview
from gridclient.operations.undo import undo_batch
from tests.exchange.tables import HEADER, Rows, id_number, person, xlsx

NUMBER, OTHER = id_number(), id_number(order=2)
FIRST: Rows = [
    HEADER,
    person("3-502", "魏彩虹", 身份证号=NUMBER, 联系电话="13900000001", 备注="听力弱"),
    person("3-502", "李萍", "女"),
]
LATER: Rows = [
    HEADER,
    person("3-502", "魏彩虹", 身份证号=NUMBER, 联系电话="13900000001", 备注="听力好了"),
    person("3-502", "李萍", "女"),
    person("3-503", "赵娜"),
]


class Office:
    """One ledger and files beside it."""

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        self.ledger = ledger
        self._folder = folder
        self._files = 0

    def file(self, rows: Rows) -> Path:
        self._files += 1
        path = self._folder / f"{self._files}.xlsx"
        path.write_bytes(xlsx(rows))
        return path

    def shown(self, rows: Rows) -> Preview:
        return preview(self.ledger, self.file(rows))

    def take(self, rows: Rows) -> Imported:
        return carry_out(self.ledger, self.shown(rows))

    def state(self) -> dict[str, Any]:
        """Everything live, without heads."""
        return {str(one["record"]): (one["kind"], one["fields"]) for one in dump(self.ledger)}

    def people(self) -> dict[str, dict[str, Any]]:
        return {str(one["name"]): one for kind, one in self.state().values() if kind == "resident"}

    def changes(self) -> int:
        with self.ledger.reading() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM change").scalar_one())


@pytest.fixture
def office(ledger: Ledger, tmp_path: Path) -> Office:
    return Office(ledger, tmp_path)


def test_the_same_file_twice_writes_nothing_the_second_time(office: Office) -> None:
    path = office.file(FIRST)
    carry_out(office.ledger, preview(office.ledger, path))
    before = office.changes()
    shown = preview(office.ledger, path)
    assert shown.plan.batches == ()
    carry_out(office.ledger, shown)
    assert office.changes() == before


def test_a_stopped_import_has_written_nothing(office: Office) -> None:
    asked: list[int] = []

    def stopped() -> bool:
        asked.append(office.changes())
        return len(asked) > 1

    done = carry_out(office.ledger, office.shown(FIRST), stopped=stopped)
    assert done.stopped
    assert office.changes() == 0
    assert office.state() == {}


def test_an_import_undone_and_made_again_is_as_it_was(office: Office) -> None:
    path = office.file(FIRST)
    first = carry_out(office.ledger, preview(office.ledger, path))
    before = office.state()
    assert undo_batch(office.ledger, first.batch).left == []
    assert office.state() == {}
    second = carry_out(office.ledger, preview(office.ledger, path))
    assert second.batch != first.batch
    assert office.state() == before
    assert undo_batch(office.ledger, second.batch).left == []
    assert office.state() == {}
    carry_out(office.ledger, preview(office.ledger, path))
    assert office.state() == before
    assert preview(office.ledger, path).plan.batches == ()


def test_a_later_import_undone_leaves_the_earlier_one_and_can_come_again(office: Office) -> None:
    office.take(FIRST)
    before = office.state()
    path = office.file(LATER)
    later = carry_out(office.ledger, preview(office.ledger, path))
    after = office.state()
    assert undo_batch(office.ledger, later.batch).left == []
    assert office.state() == before
    again = preview(office.ledger, path)
    assert again.plan.report.suggestions == 0
    carry_out(office.ledger, again)
    assert office.state() == after


def test_what_was_confirmed_is_asked_about_and_not_overwritten(office: Office) -> None:
    office.take(FIRST)
    (household,) = [record for record, (kind, _) in office.state().items() if kind == "household"]
    verify_household(office.ledger, bytes.fromhex(household.replace("-", "")))
    shown = office.shown(LATER)
    assert shown.plan.report.suggestions == 1
    ((differing,),) = shown.plan.differences.values()
    (only,) = differing.values
    assert (only.field, only.old, only.new, only.asked) == ("remark", "听力弱", "听力好了", True)
    carry_out(office.ledger, shown)
    assert office.people()["魏彩虹"]["remark"] == "听力弱"


def test_what_somebody_wrote_between_preview_and_import_is_kept_beside_it(office: Office) -> None:
    office.take(FIRST)
    shown = office.shown(LATER)
    (record,) = [one["record"] for one in dump(office.ledger, "resident") if "听力弱" in str(one)]
    edit_record(
        office.ledger, "resident", bytes.fromhex(str(record).replace("-", "")), {"remark": "自己说好"}, None
    )
    carry_out(office.ledger, shown)
    (found,) = [one for one in dump(office.ledger, "resident") if one["record"] == record]
    versions = {version["value"] for version in found["conflicts"]["remark"]}  # type: ignore[index]
    assert versions == {"自己说好", "听力好了"}


def test_differences_are_told_value_for_value(office: Office) -> None:
    office.take(FIRST)
    shown = office.shown(
        [
            HEADER,
            person("3-502", "魏彩虹", 身份证号=NUMBER, 联系电话="13900000009", 备注="听力好了"),
            person("3-502", "李萍", "女", 身份证号=OTHER),
        ]
    )
    told = {
        (row, one.field): (one.old, one.new, one.asked)
        for (_, row), differing in shown.plan.differences.items()
        for record in differing
        for one in record.values
        if record.kind == "resident"
    }
    assert told[2, "remark"] == ("听力弱", "听力好了", False)
    assert told[2, "phones"] == (["13900000001"], ["13900000009"], False)
    assert told[3, "id_number"] == (None, OTHER, False)
    assert shown.plan.states == {("居民", 2): "changed", ("居民", 3): "changed"}


def test_a_masked_number_never_replaces_a_whole_one(office: Office) -> None:
    office.take(FIRST)
    masked = NUMBER[:6] + "********" + NUMBER[14:]
    done = office.take([HEADER, person("3-502", "魏彩虹", 身份证号=masked)])
    assert done.touched.changes == []
    assert office.people()["魏彩虹"]["id_number"] == NUMBER


def test_somebody_known_behind_another_door_is_neither_doubled_nor_moved(office: Office) -> None:
    office.take(FIRST)
    before = office.people()
    rows: Rows = [HEADER, person("1-101", "魏彩虹", 身份证号=NUMBER), person("1-101", "周宁", "夫")]
    path = office.file(rows)
    shown = preview(office.ledger, path)
    (twin,) = shown.plan.twins
    assert (twin.sort, twin.row, twin.other_row, twin.held) == ("elsewhere", 2, 0, True)
    assert twin.other_where == "送变电小区 12号楼 3单元 502"
    assert shown.plan.report.rows.to_json() == {"new": 1, "changed": 0, "skipped": 0, "error": 1}
    carry_out(office.ledger, shown)
    assert set(office.people()) == {*before, "周宁"}
    assert office.people()["魏彩虹"] == before["魏彩虹"]


def test_whom_a_person_calls_somebody_else_is_written(office: Office) -> None:
    office.take(FIRST)
    path = office.file([HEADER, person("1-101", "魏彩虹", 身份证号=NUMBER)])
    shown = preview(office.ledger, path, also={("居民", 2)})
    assert [twin.held for twin in shown.plan.twins] == [False]
    carry_out(office.ledger, shown)
    assert len([one for one in dump(office.ledger, "resident") if "魏彩虹" in str(one)]) == 2
    assert preview(office.ledger, path).plan.batches == ()


def test_a_row_whose_only_person_is_left_out_makes_no_household(office: Office) -> None:
    office.take(FIRST)
    shown = office.shown([HEADER, person("1-101", "魏彩虹", 身份证号=NUMBER)])
    assert "household" not in shown.plan.report.kinds
    assert shown.plan.states == {("居民", 2): "held"}


def test_near_names_behind_one_door_with_one_telephone_are_told(office: Office) -> None:
    office.take(FIRST)
    shown = office.shown([HEADER, person("3-502", "魏彩红", 联系电话="13900000001")])
    assert [(twin.sort, twin.other_name, twin.held) for twin in shown.plan.twins] == [
        ("near_name", "魏彩虹", False)
    ]
    in_file = office.shown(
        [
            HEADER,
            person("3-601", "钱春花", 联系电话="13900000003"),
            person("3-601", "钱春华", "女", 联系电话="13900000003"),
        ]
    )
    assert [(twin.sort, twin.row, twin.other_row) for twin in in_file.plan.twins] == [("near_name", 3, 2)]


def test_what_a_file_says_twice_is_told_side_by_side(office: Office) -> None:
    shown = office.shown(
        [
            HEADER,
            person("3-502", "魏彩虹", 身份证号=NUMBER),
            person("3-502", "魏彩虹", 身份证号=NUMBER),
            person("3-503", "魏彩虹", 身份证号=NUMBER),
        ]
    )
    assert sorted((twin.sort, twin.row, twin.other_row) for twin in shown.plan.twins) == [
        ("same_door", 3, 2),
        ("same_id", 4, 2),
    ]
    assert shown.plan.states[("居民", 3)] == "skipped"


def test_corrected_rows_come_back_without_a_second_person(office: Office, tmp_path: Path) -> None:
    rows: Rows = [
        HEADER,
        person("3-502", "魏彩虹"),
        person("3-502", "李萍", "女", 身份证号=float(OTHER[:17] + "0")),
        person("3-503", "", 联系电话="13900000001"),
    ]
    shown = office.shown(rows)
    first = carry_out(office.ledger, shown)
    back = tmp_path / "back.xlsx"
    assert write_error_rows(back, shown.book, shown.register) == 2
    header, daughter, nameless = open_workbook(back).sheets[0].rows
    daughter[8], nameless[4] = OTHER, "赵娜"
    corrected: Rows = [header, daughter, nameless]
    second = office.take(corrected)
    assert set(office.people()) == {"魏彩虹", "李萍", "赵娜"}
    assert office.people()["李萍"]["id_number"] == OTHER
    assert office.take(corrected).touched.changes == []
    after = office.state()
    assert undo_batch(office.ledger, second.batch).left == []
    assert set(office.people()) == {"魏彩虹", "李萍"}
    office.take(corrected)
    assert office.state() == after
    # The first file again finds all that the corrected one added, and adds nothing.
    assert office.take(rows).touched.changes == []
    undo_batch(office.ledger, first.batch)
    assert "赵娜" in office.people()


def test_a_hand_made_person_survives_the_undo_of_an_import(office: Office) -> None:
    done = office.take(FIRST)
    (home,) = [one for one in dump(office.ledger, "household")]
    record = bytes.fromhex(str(home["record"]).replace("-", ""))
    place = bytes.fromhex(str(home["place"]).replace("-", ""))
    own = Draft("resident", office.ledger.new_id(), place, {"household": record, "name": "周宁"}, new=True)
    office.ledger.write([own])
    undo_batch(office.ledger, done.batch)
    assert set(office.people()) == {"周宁"}


def test_a_date_is_never_made_less_exact(office: Office) -> None:
    office.take([HEADER, person("3-502", "魏彩虹", 出生日期="1956-03-04")])
    shown = office.shown([HEADER, person("3-502", "魏彩虹", 出生日期="1956年3月")])
    assert shown.plan.batches == ()
    carry_out(office.ledger, shown)
    assert office.people()["魏彩虹"]["birth"] == "1956-03-04"
    office.take([HEADER, person("3-503", "李萍", 出生日期="1956")])
    office.take([HEADER, person("3-503", "李萍", 出生日期="1956-03-04")])
    assert office.people()["李萍"]["birth"] == "1956-03-04"
