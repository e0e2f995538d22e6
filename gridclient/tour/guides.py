"""Guides: written by the office, looked up in the middle of a visit."""

from PySide6.QtCore import Qt

from gridclient.core.domain.ids import Id
from gridclient.tour.hands import Hands, Key
from gridclient.tour.laptop import Laptop

CTRL = Qt.KeyboardModifier.ControlModifier


async def look_up(hands: Hands, office: Laptop, household: Id) -> None:
    """Write a guide, and look it up in the middle of a visit."""
    office.front()
    house = office.house
    house.go("guides")
    await hands.rest(0.3)
    await hands.press(Key.Key_N, with_=CTRL)
    await hands.see("the form of a guide", house.guides.sheet.isVisible)
    await hands.type("居住证明")
    await hands.press(Key.Key_Return, Key.Key_5, Key.Key_Return)
    await hands.type("先问清是谁要、要写什么，别让人跑两趟。")
    await hands.press(Key.Key_Tab)
    await hands.type("身份证、房本或租房合同")
    await hands.press(Key.Key_S, with_=CTRL)
    await hands.see("the guide saved", house.guides.sheet.isHidden)
    await hands.picture(office.roof, "guides")
    house.household.view = None
    house.open_household(household)
    await hands.see("the household", lambda: house.household.view is not None)
    await hands.rest(0.4)
    await hands.press(Key.Key_Return)
    await hands.see("the visit sheet", house.visit.sheet.isVisible)
    await hands.press(Key.Key_G, with_=CTRL)
    await hands.see("the guides over it", house.guides.lookup.isVisible)
    await hands.type("jzzm")
    await hands.see("the guide found", house.guides.lookup.browser.current)
    await hands.picture(office.roof, "guide-looked-up")
    await hands.press(Key.Key_Escape, Key.Key_Escape)
    await hands.see("the visit again", house.guides.lookup.isHidden)
    await hands.press(Key.Key_Escape)
    await hands.see("the sheet closed", house.visit.sheet.isHidden)
