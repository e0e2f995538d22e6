"""A real ledger behind the real window, with the work done here and now."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridclient.app.house import House
from gridclient.core.domain import ids
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft
from gridclient.desktop.theme import Look
from gridclient.ledger.ledger import Ledger
from gridclient.operations.runner import InlineRunner
from tests.ledgers import clock, ledger, randomness

__all__ = ["clock", "ledger", "randomness"]

BUILDING = ids.named("building", "示例小区", "12")
HOUSEHOLDS = [ids.named("household", str(room)) for room in (101, 102, 201)]
HEADS = [ids.named("head", str(room)) for room in (101, 102, 201)]


def register() -> list[Draft]:
    compound = ids.named("compound", "示例小区")
    drafts = [
        Draft("compound", compound, COMMONS, {"title": "示例小区"}, new=True),
        Draft("building", BUILDING, COMMONS, {"compound": compound, "number": "12"}, new=True),
    ]
    for room, household, head, name in zip(
        (101, 102, 201), HOUSEHOLDS, HEADS, ("赵世昌", "李萍", "魏彩虹"), strict=True
    ):
        dwelling = ids.named("dwelling", str(room))
        door: dict[str, object] = {"building": BUILDING, "unit": "1", "floor": room // 100, "room": str(room)}
        drafts += [
            Draft("dwelling", dwelling, BUILDING, door, new=True),
            Draft("household", household, BUILDING, {"dwelling": dwelling, "head": head}, new=True),
            Draft("resident", head, BUILDING, {"household": household, "name": name, "sex": "2"}, new=True),
        ]
    return drafts


@pytest.fixture(autouse=True)
def own_settings(own_home: Path) -> None:
    """Qt asks only once where settings lie; each test gets its own."""
    for form in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(form, QSettings.Scope.UserScope, str(own_home / "config"))


@pytest.fixture
def house(ledger: Ledger, qtbot: QtBot, qapp: QApplication) -> Iterator[House]:
    ledger.write(register())
    made = House(ledger, InlineRunner(), Look(qapp), qapp, lambda: None)
    made.window.resize(1366, 768)
    qtbot.addWidget(made.window)
    with qtbot.waitExposed(made.window):
        made.window.show()
    made.enter()
    yield made
    made.stop()
