"""Menus that open at the mouse or by the menu key: what can be done with a thing, and by which key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget


@dataclass(frozen=True, slots=True)
class Deed:
    """One line of a menu: its words, what it does, and the key that does the same."""

    words: str
    act: Callable[[], object]
    key: str = ""


def context_menu(parent: QWidget, deeds: Sequence[Deed | None]) -> QMenu:
    """A menu of these; None stands for a line between them."""
    menu = QMenu(parent)
    for deed in deeds:
        if deed is None:
            menu.addSeparator()
            continue
        # Behind a tab stands the key; an ampersand in a name is a letter, not a shortcut.
        words = deed.words.replace("&", "&&")
        action = menu.addAction(f"{words}\t{deed.key}" if deed.key else words)
        action.triggered.connect(lambda _checked=False, act=deed.act: act())
    menu.aboutToHide.connect(menu.deleteLater)
    return menu


def pop_up(parent: QWidget, deeds: Sequence[Deed | None], at: QPoint) -> QMenu:
    """Open a menu at a point of the screen."""
    menu = context_menu(parent, deeds)
    menu.popup(at)
    return menu
