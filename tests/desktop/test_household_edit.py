"""Changing and adding people and households through the sheets."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gridclient.core.domain.identity import check_digit
from gridclient.core.domain.people import Household, Resident
from gridclient.core.domain.values import Invalid
from gridclient.desktop.household import EditSheet, EditView, reading
from gridclient.desktop.household import edit_words as words
from gridclient.desktop.household.fields import LineField
from gridclient.desktop.theme import FACTORS, Look
from tests.desktop.doors import HOUSEHOLD, SUN, WEN, ZHAO
from tests.desktop.keys import front, press, settle, write
from tests.desktop.measure import nameless, too_small

WENBIN = EditView(
    "resident",
    WEN,
    "12号楼 3单元 502，赵文斌",
    {"name": "赵文斌", "relation_to_head": "20", "phones": ["13800007713"], "residence": "3"},
    masked_id="639900********1234",
)
FAMILY = EditView(
    "household",
    HOUSEHOLD,
    "12号楼 3单元 502",
    {"phone": "13900002046", "moved_in": "2003", "head": ZHAO},
    people=((ZHAO, "赵世昌"), (SUN, "孙月琴")),
)
NEW = EditView("resident", b"", "12号楼 3单元 502", parent=HOUSEHOLD)
VALID_ID = "639900197503021234"


def with_check_digit(first: str) -> str:
    """An invented number whose last digit fits."""
    return first + check_digit(first)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    front(qtbot, made)
    return made


@pytest.fixture
def sheet(look: Look, host: QWidget) -> EditSheet:
    return EditSheet(look, host)


def saved(sheet: EditSheet) -> list[tuple[str, bytes, dict[str, object]]]:
    said: list[tuple[str, bytes, dict[str, object]]] = []
    sheet.edit_saved.connect(lambda kind, record, fields: said.append((kind, record, fields)))
    return said


def test_only_what_changed_is_saved(sheet: EditSheet) -> None:
    said = saved(sheet)
    sheet.edit(WENBIN)
    press("Enter")  # past the name
    QApplication.focusWidget().selectAll()  # type: ignore[union-attr]
    write("女婿")
    press("Ctrl+S")
    assert said == [("resident", WEN, {"relation_to_head": "28"})]


def test_nothing_changed_saves_nothing(sheet: EditSheet) -> None:
    said = saved(sheet)
    sheet.edit(WENBIN)
    press("Ctrl+S")
    assert said == []
    assert sheet._error.words == words.NOTHING


def test_a_wrong_value_says_so_under_its_field(sheet: EditSheet) -> None:
    said = saved(sheet)
    sheet.edit(WENBIN)
    assert sheet.form is not None
    sheet.form.fields["birth"].setFocus()
    write("1975-13-01")
    press("Ctrl+S")
    assert said == []
    focus = QApplication.focusWidget()
    assert focus is not None
    assert "没有“1975-13-01”这一天" in focus.accessibleDescription()


def test_digits_choose_in_a_choice_and_are_text_in_a_line(sheet: EditSheet) -> None:
    said = saved(sheet)
    sheet.edit(WENBIN)
    assert sheet.form is not None
    sheet.form.fields["residence"].setFocus()
    press("1", "Ctrl+S")
    assert said == [("resident", WEN, {"residence": "1"})]


def test_the_whole_form_by_keyboard(sheet: EditSheet) -> None:
    said = saved(sheet)
    sheet.edit(NEW)
    number = with_check_digit("63990019750302123")
    write("王秀兰")
    press("Enter")
    write("老伴")
    press("Enter")
    write(number)
    press("Enter", "Enter", "Enter")
    write("13900001111、0971-6601234")
    press("Enter", "1", "Enter", "Enter", "Enter", "Enter", "Enter")
    assert said == [
        (
            "resident",
            b"",
            {
                "name": "王秀兰",
                "relation_to_head": "10",
                "id_number": number,
                "birth": "1975-03-02",
                "sex": "1",
                "phones": ["13900001111", "0971-6601234"],
                "residence": "1",
                "household": HOUSEHOLD,
            },
        )
    ]


def test_the_hidden_number_is_not_overwritten_by_leaving_it_empty(sheet: EditSheet, qtbot: QtBot) -> None:
    said = saved(sheet)
    sheet.edit(WENBIN)
    with qtbot.waitSignal(sheet.number_asked):
        sheet._reveal.click()
    sheet.show_numbers(VALID_ID)
    write("（大）")
    press("Ctrl+S")
    assert [fields.keys() for _, _, fields in said] == [{"name": 0}.keys()]


HIDDEN = replace(WENBIN, values={"name": "赵文斌"}, masked_phones="138****7713")


def phones_of(sheet: EditSheet) -> LineField:
    assert sheet.form is not None
    field = sheet.form.fields["phones"]
    assert isinstance(field, LineField)
    return field


def test_a_telephone_typed_beside_hidden_ones_is_added_and_takes_none_away(sheet: EditSheet) -> None:
    said = saved(sheet)
    sheet.edit(HIDDEN)
    assert phones_of(sheet).input.words == ""
    assert "138****7713" in phones_of(sheet).input.line.placeholderText()
    phones_of(sheet).input.set_words("13900001111")
    sheet.save()
    assert said == [("resident", WEN, {"phones": {"add": ["13900001111"], "remove": []}})]


def test_telephones_can_be_changed_once_they_are_shown(sheet: EditSheet) -> None:
    said = saved(sheet)
    sheet.edit(HIDDEN)
    phones_of(sheet).input.set_words("13900001111")
    sheet.show_numbers(VALID_ID, ("13800007713",))
    assert phones_of(sheet).input.words == "13800007713、13900001111"
    sheet.save()
    assert said == [("resident", WEN, {"phones": ["13800007713", "13900001111"]})]
    assert sheet._reveal.isHidden()


def test_hidden_telephones_left_alone_are_no_change(sheet: EditSheet) -> None:
    said = saved(sheet)
    sheet.edit(HIDDEN)
    sheet.save()
    assert (said, sheet._error.words) == ([], words.NOTHING)


def test_household_head_by_digit(sheet: EditSheet) -> None:
    said = saved(sheet)
    sheet.edit(FAMILY)
    press("2", "Ctrl+Enter")
    assert said == [("household", HOUSEHOLD, {"head": SUN})]


def test_esc_asks_once_before_typed_words_are_lost(sheet: EditSheet) -> None:
    left: list[bool] = []
    sheet.left.connect(lambda: left.append(True))
    sheet.edit(WENBIN)
    write("二")
    press("Esc")
    assert (left, sheet.isVisible(), sheet._error.words) == ([], True, words.UNSAVED)
    press("Esc")
    assert (left, sheet.isVisible()) == ([True], False)
    sheet.edit(WENBIN)
    press("Esc")
    assert left == [True, True]


def test_a_change_meanwhile_is_said_and_what_is_typed_stays(sheet: EditSheet) -> None:
    sheet.edit(WENBIN)
    write("甲")
    sheet.show_changed("何敏刚改过赵文斌的电话。你写的还在。")
    assert sheet._changed_notice.isVisible()
    assert sheet.form is not None
    assert "甲" in str(sheet.form.fields["name"].read())


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2003", "2003"),
        ("2003.5", "2003-05"),
        ("2003年5月1日", "2003-05-01"),
        ("20030501", "2003-05-01"),
        ("２００３－５－１", "2003-05-01"),
        ("", None),
    ],
)
def test_dates_as_people_write_them(typed: str, stored: str | None) -> None:
    assert reading.read_date(typed) == stored


@pytest.mark.parametrize("typed", ["5月", "2003-13", "昨天", "2003-02-30"])
def test_dates_that_are_none(typed: str) -> None:
    with pytest.raises(Invalid):
        reading.read_date(typed)


def test_a_doubtful_number_is_shown_and_may_stand(sheet: EditSheet) -> None:
    right = with_check_digit("63990019750302123")
    wrong = f"{right[:17]}{'X' if right[17] != 'X' else '1'}"
    said = saved(sheet)
    sheet.edit(replace(NEW, today=date(2026, 11, 24)))
    write("王秀兰")
    press("Enter", "Enter")
    write(wrong)
    press("Ctrl+S")
    assert said == []
    number = sheet.form.fields["id_number"] if sheet.form else None
    assert isinstance(number, LineField)
    assert "校验不对" in number.input._error.text()
    press("Ctrl+S")
    assert [fields["id_number"] for _, _, fields in said] == [wrong]
    assert not {"birth", "sex"} & {key for _, _, fields in said for key, value in fields.items() if value}


def test_another_doubt_is_shown_again(sheet: EditSheet) -> None:
    said = saved(sheet)
    sheet.edit(replace(NEW, today=date(2026, 11, 24)))
    write("王秀兰")
    press("Enter", "Enter", "Enter")
    write("1890")
    press("Ctrl+S")
    assert said == []
    press("Backspace")
    write("5")
    press("Ctrl+S")
    assert said == []
    press("Ctrl+S")
    assert [fields["birth"] for _, _, fields in said] == ["1895"]


def test_phones_are_split_and_judged() -> None:
    assert reading.read_phones(Resident.phones, "13900001111，0971-6601234") == [
        "13900001111",
        "0971-6601234",
    ]
    with pytest.raises(Invalid):
        reading.read_phone(Household.phone, "123")


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("view", [WENBIN, FAMILY, NEW], ids=["resident", "household", "new"])
def test_the_sheets_fit(look: Look, host: QWidget, sheet: EditSheet, factor: float, view: EditView) -> None:
    look.choose(factor=factor)
    sheet.edit(view)
    sheet.show_changed("何敏刚改过赵文斌的电话。你写的还在。")
    sheet.place()
    settle()
    assert too_small(sheet) == []
    assert nameless(sheet) == []
    look.choose(factor=1.0)


def test_chinese_punctuation_is_kept_as_typed() -> None:
    assert reading.read_text(Household.remark, " 听力弱，敲重一点（左边门） ") == "听力弱，敲重一点（左边门）"
