"""Writing a visit with the keyboard alone."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from gridclient.desktop.theme import FACTORS, Look
from gridclient.desktop.visit import (
    CheckAnswer,
    NewMatter,
    NextOption,
    VisitForm,
    VisitSheet,
    VisitView,
    words,
)
from tests.desktop.doors import HOUSEHOLD
from tests.desktop.keys import front, press, settle, write
from tests.desktop.measure import inside, nameless, too_small

NOW = datetime(2026, 11, 24, 10, 42)
SHEN, MA = b"\x21" * 16, b"\x22" * 16
VIEW = VisitView(
    HOUSEHOLD,
    "12号楼 3单元 502，赵世昌",
    NOW,
    workers=((SHEN, "沈巧云"), (MA, "马宁")),
    companions=(SHEN,),
    card="给了新卡（第 3 版）",
    next_time=(NextOption("一周后 12月1日", "2026-12-01"), NextOption("一个月后", "2026-12-24")),
    try_again=(NextOption("周四上午", "2026-11-26"), NextOption("周六下午", "2026-11-28")),
    next_hint="有变化，早点来",
)


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    front(qtbot, made)
    return made


@pytest.fixture
def sheet(look: Look, host: QWidget) -> VisitSheet:
    made = VisitSheet(look, host)
    made.start(VIEW)
    return made


@pytest.fixture
def said(sheet: VisitSheet) -> list[tuple[VisitForm, bool]]:
    heard: list[tuple[VisitForm, bool]] = []
    sheet.saved.connect(lambda form, next_door: heard.append((form, next_door)))
    return heard


def test_nobody_home_is_two_keys(sheet: VisitSheet, said: list[tuple[VisitForm, bool]]) -> None:
    press("5", "Ctrl+Enter")
    assert said == [(VisitForm(HOUSEHOLD, NOW, False, "5", companions=(SHEN,), next_due="2026-11-26"), True)]


def test_an_ordinary_visit_is_at_most_twelve_keys(
    sheet: VisitSheet, said: list[tuple[VisitForm, bool]]
) -> None:
    keys = ("1", "2", "Enter", "1", "2", "3", "4", "Enter", "Ctrl+Enter")
    assert len(keys) <= 12
    press(*keys)
    form, next_door = said[0]
    assert next_door
    assert (form.outcome, form.purposes) == ("1", ("needs",))
    assert form.checks == tuple((key, CheckAnswer("clear")) for key, _ in words.CHECK_NAMES)
    assert (form.matters, form.card_given, form.next_due, form.later) == ((), False, None, False)


def test_everything_by_keyboard(sheet: VisitSheet, said: list[tuple[VisitForm, bool]]) -> None:
    press("1", "2", "4", "Enter")  # outcome, two purposes
    press("1", "2", "2")  # people clear; family changed, which wants words
    write("老伴上周摔了")
    press("Enter", "Enter", "4")  # back from the words, next part, the fourth template
    write("给老伴补办一张")
    press("Enter", "1", "Enter", "Enter")  # to the exits, on the spot, done with it, next part
    write("想要助浴服务")
    press("Enter", "1", "Enter", "2", "Ctrl+S")  # card given, in a month, stay
    assert said == [
        (
            VisitForm(
                HOUSEHOLD,
                NOW,
                False,
                "1",
                ("needs", "support"),
                (SHEN,),
                (("people", CheckAnswer("clear")), ("family", CheckAnswer("changed", "老伴上周摔了"))),
                (NewMatter("就餐卡：给老伴补办一张", "B6", "spot"),),
                "想要助浴服务",
                True,
                "2026-12-24",
            ),
            False,
        )
    ]


def test_digits_in_text_are_text(sheet: VisitSheet, said: list[tuple[VisitForm, bool]]) -> None:
    press("1")
    sheet.form.sentence.field.setFocus()
    press("5", "0", "2", "Ctrl+S")
    assert (said[0][0].summary, said[0][0].outcome) == ("502", "1")


def test_digits_belong_to_the_lit_section(sheet: VisitSheet) -> None:
    press("1", "1")
    assert sheet.form.outcome.outcome == "1"
    assert sheet.form.purposes.purposes() == ("preach",)
    press("Shift+Enter", "2")
    assert sheet.form.outcome.outcome == "2"
    lit = [section for section in sheet.form.sections if section.is_lit]
    assert lit == [sheet.form.purposes]


@pytest.mark.parametrize("outcome", ["4", "5", "9"])
def test_where_nobody_was_met_only_the_next_time_is_asked(sheet: VisitSheet, outcome: str) -> None:
    press(outcome)
    assert sheet.form.asked() == [sheet.form.outcome, sheet.form.next]


@pytest.mark.parametrize(("outcome", "title"), [("6", words.SINCE_EMPTY), ("7", words.SINCE_MOVED)])
def test_an_empty_flat_is_asked_since_when(
    sheet: VisitSheet, said: list[tuple[VisitForm, bool]], outcome: str, title: str
) -> None:
    press(outcome)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == title
    write("2026年8月")
    press("Ctrl+S")
    assert (said[0][0].since, said[0][0].purposes) == ("2026-08", ())


def test_a_wrong_date_is_not_saved(sheet: VisitSheet, said: list[tuple[VisitForm, bool]]) -> None:
    press("6")
    write("八月吧")
    press("Ctrl+S")
    assert said == []
    press("Ctrl+Enter")
    assert said == []


def test_no_outcome_no_visit(sheet: VisitSheet, said: list[tuple[VisitForm, bool]]) -> None:
    press("Ctrl+Enter")
    assert said == []
    assert sheet._error.words == words.PICK_OUTCOME


def test_a_day_written_out(sheet: VisitSheet, said: list[tuple[VisitForm, bool]]) -> None:
    press("5", "3")
    write("12-1")
    press("Enter", "Enter")
    assert said[0][0].next_due == "2026-12-01"


def test_a_day_that_is_over_is_refused(sheet: VisitSheet, said: list[tuple[VisitForm, bool]]) -> None:
    press("5", "3")
    write("2026-11-01")
    press("Ctrl+Enter")
    assert said == []
    assert sheet.form.next.day.line.accessibleDescription() == words.PAST_DAY


def test_a_matter_can_be_taken_back(sheet: VisitSheet, said: list[tuple[VisitForm, bool]]) -> None:
    press("1", "Enter", "Enter", "1", "Enter", "Delete")
    assert sheet.form.matters.rows == []
    press("7", "Ctrl+S")
    assert said == []  # something else, but what?
    write("楼道灯不亮")
    press("Ctrl+S")
    assert said[0][0].matters == (NewMatter("楼道灯不亮", "Z", "escalate"),)


def test_a_visit_written_later_says_so(sheet: VisitSheet, said: list[tuple[VisitForm, bool]]) -> None:
    press("5", "Ctrl+T")
    write("昨天 15:40")
    press("Enter", "Ctrl+S")
    assert (said[0][0].at, said[0][0].later) == (datetime(2026, 11, 23, 15, 40), True)
    assert sheet._time.text() == "昨天 15:40，补记"


def test_a_time_to_come_is_refused(sheet: VisitSheet, said: list[tuple[VisitForm, bool]]) -> None:
    press("5", "Ctrl+T")
    write("23:00")
    press("Ctrl+S")
    assert said == []
    assert sheet._error.words == words.FUTURE


def test_what_is_written_becomes_a_draft_at_rest(sheet: VisitSheet, qtbot: QtBot) -> None:
    with qtbot.waitSignal(sheet.draft_changed) as blocker:
        press("1", "2")
    draft = blocker.args[0]
    assert (draft["outcome"], draft["purposes"]) == ("1", ["needs"])
    assert sheet._kept.text() == words.DRAFT_KEPT


def test_esc_keeps_the_draft_at_once(sheet: VisitSheet) -> None:
    heard: list[object] = []
    sheet.draft_changed.connect(lambda draft: heard.append(draft["outcome"]))
    sheet.left.connect(lambda: heard.append("left"))
    press("2", "Esc")
    assert heard == ["2", "left"]
    assert not sheet.isVisible()


def test_a_draft_comes_back_as_it_was(sheet: VisitSheet, said: list[tuple[VisitForm, bool]]) -> None:
    press("1", "2", "Enter", "1", "2", "2")
    write("走路不便")
    press("Enter", "Enter", "7")
    write("楼道灯不亮")
    press("Enter", "3", "Enter", "Enter")
    write("一句话")
    press("Enter", "1", "Enter", "3")
    write("12-3")
    press("Ctrl+S")
    draft = json.loads(json.dumps(sheet.draft()))
    sheet.start(VIEW)
    assert sheet.draft() != draft
    sheet.offer_draft(draft, "上次没写完的走访还在（今天 10:42）。")
    press("Enter")
    assert sheet.draft() == draft
    press("Ctrl+S")
    assert said[0] == said[1]
    assert said[1][0].next_due == "2026-12-03"


def test_a_draft_can_be_dropped(sheet: VisitSheet, qtbot: QtBot) -> None:
    sheet.offer_draft({"outcome": "3"}, "上次没写完的走访还在（今天 10:42）。")
    with qtbot.waitSignal(sheet.draft_dropped):
        press("Tab", "Enter")
    assert sheet.form.outcome.outcome == ""
    press("5")
    assert sheet.form.outcome.outcome == "5"


@pytest.mark.parametrize(
    "draft",
    [{}, {"outcome": 7, "checks": [1], "matters": "x", "next": [None]}, {"checks": {"people": ["?"]}}],
)
def test_a_draft_of_an_older_version_does_no_harm(sheet: VisitSheet, draft: dict[str, object]) -> None:
    sheet.restore(draft)
    assert sheet.form.outcome.outcome == ""


def test_a_failed_save_keeps_all_and_says_why(sheet: VisitSheet) -> None:
    press("1", "2")
    sheet.show_changed("何敏刚改过这一户。你写的还在。")
    sheet.show_error("硬盘满了，这一条还没存住。先别关窗口，腾出 200 MB 再按保存。")
    assert sheet.isVisible()
    assert sheet.form.purposes.purposes() == ("needs",)
    assert sheet._error.isVisible()
    assert sheet._changed_notice.isVisible()


FULL = {
    "outcome": "1",
    "purposes": ["needs", "support"],
    "checks": {"family": ["changed", "老伴上周摔了，走路不便"]},
    "matters": [["就餐卡：给老伴补办一张", "B6", "escalate"]],
    "summary": "老伴上周摔倒，走路要扶，想要助浴服务",
    "card": True,
    "next": ["date", "2026-12-01"],
}


@pytest.mark.parametrize("height", [768, 690])
def test_the_whole_form_is_in_sight_without_scrolling(sheet: VisitSheet, host: QWidget, height: int) -> None:
    host.resize(1366, height)
    sheet.restore(dict(FULL))
    sheet.place()
    settle()
    assert sheet.form.view.verticalScrollBar().maximum() == 0
    for section in sheet.form.asked():
        assert inside(section, sheet)


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (1280, 680)])
@pytest.mark.parametrize("outcome", ["1", "5", "6"])
def test_everything_fits(
    sheet: VisitSheet, look: Look, host: QWidget, factor: float, size: tuple[int, int], outcome: str
) -> None:
    look.choose(factor=factor)
    host.resize(*size)
    sheet.restore({**FULL, "outcome": outcome})
    sheet.place()
    settle()
    assert too_small(sheet) == []
    assert nameless(sheet) == []
    look.choose(factor=1.0)


def test_without_a_card_none_is_asked_for(sheet: VisitSheet) -> None:
    sheet.start(replace(VIEW, card="", notice="今天 09:10 周岚来过。"))
    press("1")
    assert sheet.form.card not in sheet.form.asked()
    assert sheet._notice.isVisible()


def test_one_key_says_that_the_rest_of_the_four_is_clear(sheet: VisitSheet) -> None:
    press("1", "Enter", "2", "2")
    write("老伴住院了")
    press("Enter", "4", "4", "Enter", "4", "0")
    assert sheet.form.checks.answers() == (
        ("people", CheckAnswer("clear")),
        ("family", CheckAnswer("changed", "老伴住院了")),
        ("dispute", CheckAnswer("clear")),
        ("hazard", CheckAnswer("clear")),
    )
