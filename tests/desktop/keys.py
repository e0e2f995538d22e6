"""Press keys the way a person does: on whatever has the focus."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QKeyCombination, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot


def front(qtbot: QtBot, window: QWidget, width: int = 1366, height: int = 768) -> None:
    """Show the window at a size and give it the keyboard."""
    qtbot.addWidget(window)
    window.resize(width, height)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)


def press(*keys: str) -> None:
    """Press each key, named as in menus: ``5``, ``Enter``, ``Ctrl+S``, ``Alt+Left``."""
    for name in keys:
        found: QKeyCombination = QKeySequence(name)[0]  # type: ignore[index]
        assert found.key() != Qt.Key.Key_unknown, name
        target = QApplication.focusWidget() or QApplication.activeWindow()
        assert target is not None, "nothing has the keyboard"
        if len(name) == 1:
            QTest.keyClicks(target, name)
        else:
            QTest.keyClick(target, found.key(), found.keyboardModifiers())


def write(words: str) -> None:
    """Put words into the field that has the focus, as an input method commits them."""
    target = QApplication.focusWidget()
    assert target is not None, "nothing has the keyboard"
    insert = getattr(target, "insert", None) or target.insertPlainText  # type: ignore[attr-defined]
    insert(words)


def sound(tester: ModelTester, model: QAbstractItemModel) -> None:
    """Hold the model to the rules of Qt."""
    tester.check(model)  # type: ignore[no-untyped-call]


def settle() -> None:
    """Let layouts that wait for each other come to rest."""
    for _ in range(4):
        QApplication.processEvents()
