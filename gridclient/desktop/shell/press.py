"""Press a key for a person who chose it by its name: what has the keyboard gets it, then the shortcuts."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget


def press(window: QWidget, name: str) -> None:
    """As Qt would: whoever claims the key gets it, else a shortcut, else whatever has the focus."""
    found: QKeyCombination = QKeySequence(name)[0]  # type: ignore[index]
    focus = QApplication.focusWidget()
    target = focus if focus is not None and window.isAncestorOf(focus) else window
    if not _claimed(target, found):
        for shortcut in window.findChildren(QShortcut):
            if shortcut.key() == QKeySequence(name) and _near(shortcut, target):
                shortcut.activated.emit()
                return
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(target, _event(kind, found))


def _claimed(target: QWidget, key: QKeyCombination) -> bool:
    asked = _event(QEvent.Type.ShortcutOverride, key)
    asked.ignore()
    QApplication.sendEvent(target, asked)
    return asked.isAccepted()


def _near(shortcut: QShortcut, target: QWidget) -> bool:
    parent = shortcut.parent()
    if not shortcut.isEnabled() or not isinstance(parent, QWidget):
        return False
    if shortcut.context() == Qt.ShortcutContext.WidgetWithChildrenShortcut:
        return parent is target or parent.isAncestorOf(target)
    return parent.isVisible()


def _event(kind: QEvent.Type, key: QKeyCombination) -> QKeyEvent:
    number = key.key()
    plain = key.keyboardModifiers() == Qt.KeyboardModifier.NoModifier
    said = chr(number.value) if plain and number.value < 128 else ""
    return QKeyEvent(kind, number, key.keyboardModifiers(), said)
