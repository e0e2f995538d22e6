"""Cards of a ledger on paper, also before it knows its workers."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from gridclient.cards.card import Trouble
from gridclient.cards.fonts import Fonts
from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import Ledger
from gridclient.operations.print_cards import Deck, Scope, held_back, lay_out, print_cards, warnings
from tests.cards.invented import card

COMPOUND, BUILDING = ids.named("compound"), ids.named("building")
DWELLING, HOUSEHOLD = ids.named("dwelling"), ids.named("household")


@pytest.fixture(scope="module")
def fonts() -> Fonts:
    return Fonts.load()


def _homes() -> list[Draft]:
    flat: dict[str, object] = {"building": BUILDING, "unit": "3", "floor": 5, "room": "502"}
    return [
        Draft("compound", COMPOUND, COMMONS, {"title": "示例小区"}, new=True),
        Draft("building", BUILDING, COMMONS, {"compound": COMPOUND, "number": "12"}, new=True),
        Draft("dwelling", DWELLING, BUILDING, flat, new=True),
        Draft("household", HOUSEHOLD, BUILDING, {"dwelling": DWELLING}, new=True),
    ]


def test_without_workers_cards_are_printed_to_be_filled_in(
    ledger: Ledger, fonts: Fonts, tmp_path: Path
) -> None:
    ledger.write(_homes())
    deck = lay_out(ledger, Scope())
    path = tmp_path / "cards.pdf"
    report = print_cards(ledger, deck, "single", path, fonts)
    assert report.printed == (0,)
    assert held_back(report) == []
    assert Trouble.BY_HAND in {problem.trouble for problem in report.problems}
    with pypdfium2.PdfDocument(path) as pdf:
        text = "".join(str(pdf[0].get_textpage().get_text_range()).split())
    assert "负责示例小区12号楼" in text
    assert "照片" in text


def test_when_nothing_prints_only_what_stops_is_said(ledger: Ledger, fonts: Fonts, tmp_path: Path) -> None:
    deck = Deck((card(phone=""),), (), (), "", 0)
    path = tmp_path / "cards.pdf"
    with pytest.raises(KnownError) as raised:
        print_cards(ledger, deck, "single", path, fonts)
    assert raised.value.zh == "一张也没印：第 1 张 林小满：没有电话。这张没有印。"
    assert not list(tmp_path.glob("cards.pdf*"))


def test_a_scope_that_is_not_there_is_answered_with_what_is(ledger: Ledger) -> None:
    ledger.write(_homes())
    more = [
        Draft("building", ids.named(f"b{n}"), COMMONS, {"compound": COMPOUND, "number": str(n)}, new=True)
        for n in range(100, 130)
    ]
    ledger.write(more)
    with pytest.raises(KnownError) as raised:
        lay_out(ledger, Scope(building="99"))
    assert raised.value.code == "no_building"
    assert raised.value.zh.count("示例小区") == 20
    for scope, code in ((Scope(grid="九号"), "no_grid"), (Scope(worker="无名"), "no_worker")):
        with pytest.raises(KnownError) as raised:
            lay_out(ledger, scope)
        assert raised.value.code == code
    with pytest.raises(KnownError) as raised:
        lay_out(ledger, Scope(building="100"))
    assert raised.value.code == "nothing_to_print"


def test_warnings_count_the_printed_cards_they_are_about(
    ledger: Ledger, fonts: Fonts, tmp_path: Path
) -> None:
    ledger.write(_homes())
    report = print_cards(ledger, lay_out(ledger, Scope()), "single", tmp_path / "cards.pdf", fonts)
    assert warnings(report)["by_hand"] == 1
