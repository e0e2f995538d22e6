"""Appointments joined to the ledger: agreed from what is in front, moved, kept, counted in the menu."""

from datetime import time, timedelta
from typing import Any

from gridclient.app.house import House
from gridclient.app.present import moments
from gridclient.core.domain import agreed_times, ids
from gridclient.core.domain.agreed_times import BANDS, Slot
from gridclient.desktop.appointments import AppointmentRow
from gridclient.operations.dump import dump
from gridclient.operations.record_visit import VisitNote, record_visit
from tests.app.conftest import HOUSEHOLDS
from tests.desktop.keys import press
from tests.ledgers import Clock

HOUR = 3_600_000


def live(house: House) -> list[dict[str, Any]]:
    return list(dump(house.ledger, "appointment"))


def slot(house: House, days: int, band: int = 3) -> Slot:
    day = moments.today(house.ledger.clock()) + timedelta(days=days)
    if not days:
        return agreed_times.slot_at(day, time(23))  # the clock of these tests stands at 22:13
    return agreed_times.slot(day, BANDS[band])


def agree(house: House, days: int, household: bytes = HOUSEHOLDS[0], band: int = 3) -> None:
    house.appointments.sheet.agreed.emit(household, b"", slot(house, days, band), "量血压", "worker")


def shown(house: House) -> list[AppointmentRow]:
    week = house.appointments.screen._week
    return [*week.waiting, *week.rows]


def badge(house: House) -> int:
    return next(item.badge for item in house.menu() if item.name == "appointments")


def test_four_keys_from_a_household(house: House) -> None:
    house.window.activateWindow()
    house.open_household(HOUSEHOLDS[1])
    press("Ctrl+D", "2", "1", "Ctrl+S")
    made = live(house)
    assert [(one["fields"]["household"], one["fields"]["state"]) for one in made] == [
        (ids.text(HOUSEHOLDS[1]), "confirmed")
    ]
    assert house.appointments.sheet.isHidden()


def test_a_matter_brings_what_it_is_about(house: House) -> None:
    house.window.activateWindow()
    house.matters.new_sheet.matter_saved.emit(HOUSEHOLDS[0], {"title": "路灯不亮", "category": "B1"})
    house.go("matters")
    press("Ctrl+D", "3", "1", "Ctrl+S")
    assert [one["fields"]["topic"] for one in live(house)] == ["路灯不亮"]


def test_what_is_secret_is_not_carried_over(house: House) -> None:
    house.window.activateWindow()
    secret = {"title": "家里的事", "category": "A", "confidential": True}
    house.matters.new_sheet.matter_saved.emit(HOUSEHOLDS[0], secret)
    house.go("matters")
    press("Ctrl+D", "3", "1", "Ctrl+S")
    assert ["topic" in one["fields"] for one in live(house)] == [False]


def test_the_badge_counts_what_waits_today(house: House, clock: Clock) -> None:
    agree(house, 0)
    agree(house, 1, HOUSEHOLDS[1])
    assert badge(house) == 1
    clock.now += 24 * HOUR
    house.appointments.load()
    assert badge(house) == 2
    house.go("appointments")
    first = shown(house)[0]
    assert first.late
    house.appointments.screen.act_asked.emit(first.id, "missed")
    assert badge(house) == 1
    house.desk.undo()
    assert badge(house) == 2


def test_another_time_keeps_the_first_as_moved(house: House) -> None:
    house.go("appointments")
    agree(house, 0)
    before = shown(house)[0]
    house.appointments.screen.act_asked.emit(before.id, "moved")
    sheet = house.appointments.sheet
    assert sheet.isVisible()
    sheet.agreed.emit(HOUSEHOLDS[0], before.id, slot(house, 1), "", "worker")
    assert sheet.isHidden()
    states = {one["fields"]["state"]: one["fields"]["topic"] for one in live(house)}
    assert states == {"moved": "量血压", "confirmed": "量血压"}
    assert badge(house) == 0
    house.desk.undo()
    assert [one["fields"]["state"] for one in live(house)] == ["confirmed"]


def test_one_that_was_kept_names_its_visit(house: House) -> None:
    house.go("appointments")
    agree(house, 0)
    record_visit(house.ledger, VisitNote(HOUSEHOLDS[0], None, "5"))
    record_visit(house.ledger, VisitNote(HOUSEHOLDS[0], None, "1"))
    visit = next(one for one in dump(house.ledger, "visit") if one["fields"]["outcome"] == "1")  # type: ignore[index]
    house.appointments.load()
    assert any("入户" in fact.words for fact in shown(house)[0].facts)
    house.appointments.screen.act_asked.emit(shown(house)[0].id, "kept")
    assert live(house)[0]["fields"]["visit"] == visit["record"]
    assert not shown(house)[0].open
    house.appointments.screen.act_asked.emit(shown(house)[0].id, "cancelled")
    assert live(house)[0]["fields"]["state"] == "kept"


def test_the_past_is_not_agreed_on(house: House, clock: Clock) -> None:
    house.appointments.agree(HOUSEHOLDS[0])
    agree(house, -1)
    assert live(house) == []
    assert house.appointments.sheet.isVisible()


def test_weeks_and_months_are_turned(house: House) -> None:
    house.go("appointments")
    agree(house, 7)
    assert shown(house) == []
    house.appointments.screen.week_asked.emit(1)
    assert [row.topic for row in shown(house)] == ["量血压"]
    house.appointments.screen.week_asked.emit(0)
    assert shown(house) == []
    assert house.appointments.show(ids.parse(live(house)[0]["record"]))
    assert [row.topic for row in shown(house)] == ["量血压"]
    before = house.appointments.screen.month.days.view.first
    house.appointments.screen.month_asked.emit(-1)
    after = house.appointments.screen.month.days.view.first
    assert (before - after).days in (28, 29, 30, 31)


def test_nobody_in_front_says_what_to_do(house: House) -> None:
    house.go("settings")
    house.household.view = None
    house.window.appointment_asked.emit()
    assert house.appointments.sheet.isHidden()
    assert "先打开一户" in house.window.toast.sentence
