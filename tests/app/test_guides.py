"""Guides joined to the ledger: found by sound, written by the office, looked up over a matter."""

import msgspec
import pytest

from gridclient.app.house import House
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft
from gridclient.ledger import identity as kept
from gridclient.operations.edit_record import edit_record
from tests.app.conftest import HOUSEHOLDS
from tests.desktop.keys import press, write

CARE, PROOF = b"g" * 16, b"h" * 16


@pytest.fixture(autouse=True)
def guides(house: House) -> None:
    care: dict[str, object] = {
        "title": "城乡居民医保",
        "category": "B7",
        "body": "先在手机上查。",
        "papers": "身份证",
    }
    proof: dict[str, object] = {"title": "居住证明", "category": "B9", "office": "社区一楼大厅"}
    house.ledger.write(
        [Draft("guide", CARE, COMMONS, care, new=True), Draft("guide", PROOF, COMMONS, proof, new=True)]
    )
    house.desk.everything_changed()


def shown(house: House) -> list[str]:
    rows = house.guides.page.browser.list.rows
    return [rows.item(place).cells[0].text for place in range(rows.rowCount())]  # type: ignore[union-attr]


def test_guides_are_found_by_sound_and_by_what_they_say(house: House) -> None:
    house.go("guides")
    assert shown(house) == ["城乡居民医保", "居住证明"]
    for typed, found in (
        ("yibao", ["城乡居民医保"]),
        ("jzzm", ["居住证明"]),
        ("大厅", ["居住证明"]),
        ("医保 身份证", ["城乡居民医保"]),
        ("没有", []),
    ):
        house.guides.page.browser.typing.set_words(typed)
        assert shown(house) == found, typed


def test_the_office_writes_changes_and_retires_a_guide(house: House) -> None:
    house.go("guides")
    press("Ctrl+N")
    write("养犬登记")
    press("Ctrl+S")
    assert house.guides.sheet.isHidden()
    browser = house.guides.page.browser
    assert browser.reader.reading is not None
    assert browser.reader.reading.title == "养犬登记"
    house.guides.page.choose(PROOF)
    house.ledger.write([Draft("guide", PROOF, COMMONS, {"papers": "房本"})])
    press("F2")
    write("（盖章）")
    press("Ctrl+S")
    assert "居住证明（盖章）" in shown(house)
    press("Del")
    assert "居住证明（盖章）" not in shown(house)
    house.desk.undo()
    assert "居住证明（盖章）" in shown(house)


def test_two_who_change_a_guide_at_once_are_both_kept(house: House) -> None:
    house.go("guides")
    house.guides.page.choose(PROOF)
    press("F2")
    house.ledger.write([Draft("guide", PROOF, COMMONS, {"title": "居住证明信"})])
    write("（盖章）")
    press("Ctrl+S")
    assert house.settle.count == 1


def test_a_worker_reads_only(house: House) -> None:
    with house.ledger.writing() as connection:
        mine = kept.identity(connection)
        kept.put(connection, "identity", msgspec.structs.replace(mine, role="worker"))
    house.desk.everything_changed()
    house.go("guides")
    assert not house.guides.page.new_button.isVisible()
    press("F2", "Ctrl+N", "Del")
    assert house.guides.sheet.isHidden()
    assert len(shown(house)) == 2


def test_looked_up_over_a_visit_and_back(house: House) -> None:
    house.open_household(HOUSEHOLDS[0])
    house.visit.open(HOUSEHOLDS[0])
    sheet = house.visit.sheet
    press("1")
    press("Ctrl+G")
    lookup = house.guides.lookup
    assert lookup.isVisible()
    write("证明")
    assert lookup.browser.current() == PROOF
    press("Ctrl+G")
    assert not lookup.isVisible()
    assert sheet.isVisible()
    assert sheet.form.outcome.outcome == "1"


def test_over_a_matter_guides_of_its_category_come_first(house: House) -> None:
    fields = {"household": HOUSEHOLDS[0], "title": "要开居住证明", "category": "B9", "received": 1}
    house.desk.changed(edit_record(house.ledger, "matter", None, fields, None))
    house.go("matters")
    press("Ctrl+G")
    lookup = house.guides.lookup
    assert lookup.browser.current() == PROOF
    assert "要开居住证明" in lookup.subtitle.text()


def test_a_guide_found_by_the_search_box_opens_its_page(house: House) -> None:
    house.window.search_picked.emit(PROOF)
    assert house.window.front() is house.guides.page
    assert house.guides.page.browser.current() == PROOF


def test_nothing_is_looked_up_while_covered(house: House) -> None:
    press("F8", "Ctrl+G")
    assert not house.guides.lookup.isVisible()
