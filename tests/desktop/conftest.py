"""Qt without a screen, and the look every widget is built with."""

from __future__ import annotations

import os

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from gridclient.desktop.theme import Look

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def look(qapp: QApplication, qtbot: QtBot) -> Look:
    """The light look at 100 %."""
    return Look(qapp)
