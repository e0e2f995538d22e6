"""What the records can be asked, and what becomes of them: search, care, history, acts, tables."""

from pathlib import Path

from gridclient.core.domain.ids import Id
from gridclient.desktop.exports import ExportOrder
from gridclient.tour.hands import Hands, Key
from gridclient.tour.laptop import Laptop


async def set_out(hands: Hands, worker: Laptop, directory: Path) -> None:
    """The doors of today: the most pressing first, then as one walks, then on paper."""
    house = worker.house
    worker.front()
    house.go("today")
    await hands.see("the doors of today", house.today.in_order)
    await hands.rest(0.5)
    await hands.picture(worker.roof, "today")
    await hands.press(Key.Key_F5)
    await hands.rest(0.5)
    await hands.picture(worker.roof, "today-walk")
    await hands.press(Key.Key_F5)
    house.today.open_file = lambda path: None
    path = directory / "route.pdf"
    house.today.screen.print_asked.emit(str(path))
    await hands.see("the route on paper", path.exists)
    await hands.rest(0.3)


async def look_up(hands: Hands, worker: Laptop, typed: str) -> None:
    """Type a word of a matter, not of a person: everything is searched."""
    worker.front()
    await worker.find(typed)
    await hands.picture(worker.roof, "search-everything")
    await hands.press(Key.Key_Escape)
    await hands.rest(0.3)


async def look_after(hands: Hands, worker: Laptop, household: Id, resident: Id) -> None:
    """Write down why somebody is looked after, and see who changed what."""
    house = worker.house
    house.open_household(household)
    await hands.rest(0.4)
    house.household.screen.care_asked.emit(household)
    sheet = house.household.care.sheet
    await hands.see("the care sheet", sheet.isVisible)
    sheet.tag_added.emit({"household": household, "resident": resident, "tag": "alone", "since": "2021"})
    await hands.see("the tag", lambda: sheet.list.rows.rowCount() == 1)
    await hands.picture(worker.roof, "care")
    await hands.press(Key.Key_Escape)
    await hands.see("the sheet closed", sheet.isHidden)
    await hands.press(Key.Key_F3)
    await hands.see("the history", house.history.sheet.isVisible)
    await hands.picture(worker.roof, "history")
    await hands.press(Key.Key_Escape)
    await hands.rest(0.3)
    house.acts.open()
    await hands.see("the last acts", house.acts.sheet.isVisible)
    await hands.picture(worker.roof, "acts")
    await hands.press(Key.Key_Escape)
    await hands.see("the sheet closed", house.acts.sheet.isHidden)


async def export(hands: Hands, office: Laptop, directory: Path) -> None:
    """The register, and an official form filled from the same records."""
    office.front()
    office.house.go("exports")
    screen = office.house.exports.screen
    await hands.rest(0.5)
    await hands.picture(office.roof, "exports")
    for table, name in ((b"register", "居民登记册"), ("form:户籍人口花名册".encode(), "户籍人口花名册")):
        path = directory / f"{name}.xlsx"
        screen.export_asked.emit(ExportOrder(table, b"", "", "", False, "", False, str(path)))
        await hands.see("the table written", path.exists)
        await hands.rest(0.5)
    await hands.picture(office.roof, "exports-done")
