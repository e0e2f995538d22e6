"""The page of appointments: a week by day, a month, and two digits for a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from gridclient.core.domain import agreed_times
from gridclient.core.domain.values import Invalid
from gridclient.desktop.appointments import (
    AgreeSheet,
    AgreeView,
    AppointmentRow,
    AppointmentsScreen,
    DayHead,
    MonthView,
    WeekView,
)
from gridclient.desktop.appointments.sheet import read_clock
from gridclient.desktop.kit.facts import Fact
from gridclient.desktop.shell import MainWindow
from gridclient.desktop.theme import FACTORS, Look, Tone
from tests.desktop.doors import HOUSEHOLD
from tests.desktop.keys import front, press, settle, sound, write
from tests.desktop.measure import nameless, too_small

TODAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 23)
LEFT, NOW, LATER, KEPT = (bytes([place]) * 16 for place in range(0x91, 0x95))


def row(id: bytes, day: date, **more: object) -> AppointmentRow:
    made = AppointmentRow(
        id,
        HOUSEHOLD,
        day,
        "14:00–17:30",
        "12号楼 3单元 502",
        "赵世昌",
        "量血压，送就餐卡",
        "周岚",
        "confirmed",
        Tone.ACC,
        hint="说定了",
        facts=(Fact("user", "居民约"), Fact("phone", "139****0307")),
    )
    return replace(made, **more)  # type: ignore[arg-type]


WEEK = WeekView(
    "11月23日 – 29日",
    "还有 2 户要见",
    tuple(
        DayHead(MONDAY + timedelta(days=place), f"11月{23 + place}日 周{name}", place == 1)
        for place, name in enumerate("一二三四五六日")
    ),
    (
        row(NOW, TODAY),
        row(LATER, TODAY + timedelta(days=2), state="asked", hint="等说定", tone=Tone.WARN),
        row(KEPT, MONDAY, state="kept", hint="见到了", tone=Tone.OK, open=False),
    ),
    (row(LEFT, date(2026, 11, 20), late=True, hint="超 3 天"),),
)
MONTH = MonthView("2026年11月", date(2026, 11, 1), TODAY, {TODAY: (1, 1), MONDAY: (0, 1)})
AGREE = AgreeView(
    HOUSEHOLD,
    "12号楼 3单元 502，赵世昌",
    tuple(
        (TODAY + timedelta(days=place), f"{24 + place}日 周二 · 12 户" if place < 6 else "1日 周二")
        for place in range(9)
    ),
    TODAY,
)


@pytest.fixture
def window(look: Look, qapp: QApplication, qtbot: QtBot) -> MainWindow:
    made = MainWindow(look, qapp)
    front(qtbot, made)
    return made


@pytest.fixture
def screen(look: Look, window: MainWindow) -> AppointmentsScreen:
    made = AppointmentsScreen(look)
    window.add_screen("appointments", made)
    made.show_week(WEEK)
    made.show_month(MONTH)
    window.show_screen("appointments")
    return made


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    made = QWidget()
    front(qtbot, made)
    return made


def heard(screen: AppointmentsScreen) -> list[tuple[object, ...]]:
    said: list[tuple[object, ...]] = []
    for name in ("week", "month", "day", "act", "visit", "household"):
        getattr(screen, f"{name}_asked").connect(lambda *args, name=name: said.append((name, *args)))
    return said


def test_what_was_left_comes_first_and_the_keys_are_about_it(screen: AppointmentsScreen) -> None:
    said = heard(screen)
    press("1", "Down", "Down", "3", "Enter", "F7")
    assert said == [
        ("act", LEFT, "kept"),
        ("act", NOW, "moved"),
        ("visit", HOUSEHOLD),
        ("household", HOUSEHOLD),
    ]


def test_what_is_over_takes_no_more_and_what_is_settled_is_not_settled_again(
    screen: AppointmentsScreen,
) -> None:
    said = heard(screen)
    screen.choose(KEPT)
    press("1", "2", "4")
    screen.choose(NOW)
    press("5")
    assert said == []
    screen.choose(LATER)
    press("5")
    assert said == [("act", LATER, "confirmed")]
    assert screen.panel.acts["confirmed"].isVisible()


def test_weeks_are_turned(screen: AppointmentsScreen) -> None:
    said = heard(screen)
    press("Right", "Left", "0")
    assert said == [("week", 1), ("week", -1), ("week", 0)]


def test_an_empty_week_still_shows_its_days_and_turns(screen: AppointmentsScreen) -> None:
    screen.show_week(replace(WEEK, rows=(), waiting=()))
    said = heard(screen)
    assert screen.list.rows.rowCount() == 7
    assert screen.panel.row is None
    press("1", "Enter", "0", "Right")
    assert said == [("week", 0), ("week", 1)]


def test_the_month_is_walked_by_arrows(screen: AppointmentsScreen) -> None:
    said = heard(screen)
    press("Ctrl+M")
    assert screen.month.isVisible()
    assert screen.month.current_day() == TODAY
    press("Right", "Down", "Enter", "PgDown")
    assert said == [("day", TODAY + timedelta(days=8)), ("month", 1)]
    screen.show_month(MonthView("2026年12月", date(2026, 12, 1), TODAY))
    assert screen.month.current_day() == date(2026, 12, 2)
    press("Ctrl+M")
    assert screen.list.hasFocus()


@pytest.mark.parametrize(
    ("first", "weeks"), [(date(2026, 2, 1), 5), (date(2027, 2, 1), 4), (date(2026, 8, 1), 6)]
)
def test_a_month_is_whole_weeks(screen: AppointmentsScreen, first: date, weeks: int) -> None:
    screen.show_month(MonthView("", first, TODAY))
    days = screen.month.days
    assert days.rowCount() == weeks
    every = [days.day(place // 7, place % 7) for place in range(weeks * 7)]
    assert first in every
    assert every[0].weekday() == 0
    assert days.index_of(first).isValid()


def test_the_models_are_sound(screen: AppointmentsScreen, qtmodeltester: ModelTester) -> None:
    sound(qtmodeltester, screen.list.rows)
    sound(qtmodeltester, screen.month.days)


@pytest.mark.parametrize("factor", FACTORS)
@pytest.mark.parametrize("size", [(1366, 768), (1366, 690), (1280, 680)])
def test_everything_fits(
    screen: AppointmentsScreen, window: MainWindow, look: Look, factor: float, size: tuple[int, int]
) -> None:
    look.choose(factor=factor)
    window.resize(*size)
    settle()
    assert too_small(screen) == []
    assert nameless(screen) == []
    press("Ctrl+M")
    settle()
    assert too_small(screen) == []
    assert nameless(screen) == []
    look.choose(factor=1.0)


def test_a_time_is_two_digits(look: Look, host: QWidget) -> None:
    sheet = AgreeSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.agreed.connect(lambda *args: said.append(args))
    sheet.write(AGREE)
    press("2", "3", "Ctrl+S")
    slot = agreed_times.slot(TODAY + timedelta(days=1), agreed_times.BANDS[2])
    assert said == [(HOUSEHOLD, b"", slot, "", "worker")]


def test_a_day_and_a_time_may_be_written(look: Look, host: QWidget) -> None:
    sheet = AgreeSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.agreed.connect(lambda *args: said.append(args))
    sheet.write(replace(AGREE, topic="路灯不亮"))
    press("Enter", "Enter")
    write("2026-12-20")
    press("Enter")
    write("9点半")
    press("Enter", "Enter", "1", "Ctrl+S")
    slot = agreed_times.slot_at(date(2026, 12, 20), time(9, 30))
    assert said == [(HOUSEHOLD, b"", slot, "路灯不亮", "resident")]


def test_a_time_that_is_none_is_not_agreed_on(look: Look, host: QWidget) -> None:
    sheet = AgreeSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.agreed.connect(lambda *args: said.append(args))
    sheet.write(AGREE)
    press("Ctrl+S")
    press("2", "Ctrl+S")
    press("Enter")
    write("2026-11-01")
    press("Ctrl+S")
    assert said == []
    assert sheet.isVisible()


def test_another_time_asks_for_nothing_else(look: Look, host: QWidget) -> None:
    sheet = AgreeSheet(look, host)
    said: list[tuple[object, ...]] = []
    sheet.agreed.connect(lambda *args: said.append(args))
    sheet.write(replace(AGREE, moves=NOW))
    assert sheet.form is not None
    assert set(sheet.form.fields) == {"day", "band", "other", "clock"}
    press("1", "4", "Ctrl+S")
    assert said == [(HOUSEHOLD, NOW, agreed_times.slot(TODAY, agreed_times.BANDS[3]), "", "worker")]


@pytest.mark.parametrize(
    ("typed", "read"),
    [("14:30", time(14, 30)), ("14：30", time(14, 30)), ("9点", time(9)), ("9点半", time(9, 30)), ("", None)],
)
def test_times_are_read_as_people_write_them(typed: str, read: time | None) -> None:
    assert read_clock(typed) == read


@pytest.mark.parametrize("typed", ["下午", "25:00", "9:75", "1430分"])
def test_what_is_no_time_says_so(typed: str) -> None:
    with pytest.raises(Invalid):
        read_clock(typed)


@pytest.mark.parametrize("factor", FACTORS)
def test_the_sheet_fits(look: Look, host: QWidget, factor: float) -> None:
    look.choose(factor=factor)
    sheet = AgreeSheet(look, host)
    sheet.write(AGREE)
    sheet.place()
    settle()
    assert too_small(sheet) == []
    assert nameless(sheet) == []
    look.choose(factor=1.0)
