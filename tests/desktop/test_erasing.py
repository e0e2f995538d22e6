"""The sheet before a household is erased: it fits, and Esc keeps everything."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from gridclient.desktop.household.erasing import ErasingSheet, ErasingView
from gridclient.desktop.theme import FACTORS, Look
from tests.desktop.doors import HOUSEHOLD
from tests.desktop.keys import front, press, settle
from tests.desktop.measure import nameless, too_small

VIEW = ErasingView(
    HOUSEHOLD, "12号楼 3单元 502", "赵世昌", "居民 3 条，走访 46 条，诉求 2 条，办理步骤 9 条，关照 3 条"
)


@pytest.fixture
def sheet(look: Look, qtbot: QtBot) -> ErasingSheet:
    host = QWidget()
    front(qtbot, host)
    made = ErasingSheet(look, host)
    made.show_household(VIEW)
    return made


def test_esc_keeps_everything(sheet: ErasingSheet) -> None:
    said: list[object] = []
    sheet.erase_decided.connect(lambda *args: said.append(args))
    sheet.why.set_words("本人要求")
    sheet.name.set_words(" 赵世昌 ")
    press("Esc")
    assert (said, sheet.isVisible()) == ([], False)
    sheet.erase_button.click()
    assert said == [(HOUSEHOLD, "本人要求")]


@pytest.mark.parametrize("factor", FACTORS)
def test_the_sheet_fits(look: Look, sheet: ErasingSheet, factor: float) -> None:
    look.choose(factor=factor)
    sheet.place()
    settle()
    assert too_small(sheet) == []
    assert nameless(sheet) == []
    look.choose(factor=1.0)
