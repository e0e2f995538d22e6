"""What becomes of a matter, who is called for it, and a time agreed on with a household."""

from PySide6.QtCore import Qt

from gridclient.core.domain.ids import Id
from gridclient.tour.hands import Hands, Key, digit
from gridclient.tour.laptop import Laptop

CTRL = Qt.KeyboardModifier.ControlModifier


async def carry_on(hands: Hands, worker: Laptop) -> None:
    """Call a unit for the first matter, write down that it came, look at the board."""
    house = worker.house
    worker.front()
    house.go("matters")
    await hands.see("a matter", lambda: house.matters.page.panel.detail)
    await hands.rest(0.3)
    await hands.picture(worker.roof, "matters")
    detail = house.matters.page.panel.detail
    assert detail is not None
    sheet = house.matters.file.whistle_sheet
    house.matters.page.act_asked.emit(detail.id, "whistle")
    await hands.see("the sheet of units", sheet.isVisible)
    await hands.picture(worker.roof, "whistle")
    sheet.whistled.emit(detail.id, [], "物业", "people", "来看单元门的闭门器")
    await hands.see("the unit called", sheet.isHidden)
    house.matters.file.open(detail.id)
    await hands.see("the call", lambda: (file := house.matters.file.screen.file) and file.calls)
    file = house.matters.file.screen.file
    assert file is not None
    house.matters.file.answer_sheet.answered.emit(file.calls[0].id, "arrived", "师傅到了", 0)
    await hands.rest(0.5)
    await hands.picture(worker.roof, "matter")
    house.go("matters")
    await hands.press(Key.Key_B, with_=CTRL)
    await hands.picture(worker.roof, "matters-board")
    await hands.press(Key.Key_B, with_=CTRL)


async def agree(hands: Hands, worker: Laptop, household: Id) -> None:
    """Agree on tomorrow afternoon with a household, in four keys, and look at the week and the month."""
    house = worker.house
    house.open_household(household)
    await hands.rest(0.4)
    house.window.appointment_asked.emit()
    await hands.see("the sheet of times", house.appointments.sheet.isVisible)
    await hands.press(digit(2), digit(3))
    await hands.picture(worker.roof, "appointment-new")
    await hands.press(Key.Key_S, with_=CTRL)
    await hands.see("the time agreed", house.appointments.sheet.isHidden)
    house.go("appointments")
    await hands.rest(0.4)
    await hands.picture(worker.roof, "appointments")
    await hands.press(Key.Key_M, with_=CTRL)
    await hands.picture(worker.roof, "appointments-month")
    await hands.press(Key.Key_M, with_=CTRL)
