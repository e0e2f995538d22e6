"""Qt without a screen, and the look every widget is built with."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from gridclient.desktop.theme import Look
from tests.desktop.hosts import Host

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture
def look(qapp: QApplication, qtbot: QtBot) -> Look:
    """The light look at 100 %."""
    return Look(qapp)


@pytest.fixture
def host(qtbot: QtBot) -> Iterator[Host]:
    from tests.desktop.keys import front  # its model tester exists only once pytest-qt is configured

    held: list[QWidget] = []

    def show(*widgets: QWidget, width: int = 800, height: int = 600) -> QWidget:
        window = QWidget()
        held.append(window)
        column = QVBoxLayout(window)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        for widget in widgets:
            column.addWidget(widget)
        front(qtbot, window, width, height)
        return window

    yield show
    held.clear()
