"""A page of the office: what there is, how it stands, and the chosen thing in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.office.browser import Browser
from gridclient.desktop.office.view import Listing
from gridclient.desktop.theme import Look, Role, Size

FOLD_AT = 1.5


class ReadingPage(Screen):
    """``hints`` say the keys; those of ``writing`` are left out where whoever works here may not write.

    ``marked`` rows have a fact in a chip at the left.
    """

    new_asked = Signal()
    retire_asked = Signal(bytes)

    def __init__(
        self,
        look: Look,
        *,
        title: str,
        new: str,
        name: str,
        find: str,
        icon: str,
        hints: Sequence[Hint],
        writing: Sequence[Hint],
        marked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, parent)
        self._hints, self._writing = tuple(hints), tuple(writing)
        self._may_write = False
        self._name = title
        self._title = PlainLabel(look, title, role=Role.TITLE, bold=True)
        self._summary = PlainLabel(look, colour="text2")
        self.new_button = Button(look, new, icon="plus", key="Ctrl+N")
        self.browser = Browser(look, name=name, find=find, icon=icon, marked=marked)
        self.new_button.clicked.connect(self.new_asked)
        self._build()
        look.changed.connect(self._follow)
        self._follow()

    def show_listing(self, listing: Listing) -> None:
        """Show these rows and the sentence of state."""
        changed = listing.may_write != self._may_write
        self._may_write = listing.may_write
        self._summary.setText(listing.summary)
        self.new_button.setVisible(listing.may_write)
        self.browser.show_listing(listing)
        if changed:
            self.hints_changed.emit()

    def choose(self, id: bytes) -> None:
        """Make this the current one."""
        self.browser.choose(id)

    def enter(self) -> None:
        self.browser.enter()

    def hints(self) -> tuple[Hint, ...]:
        return (*self._hints, *(self._writing if self._may_write else ()))

    def all_keys(self) -> tuple[HintGroup, ...]:
        return (HintGroup(self._name, self.hints()),)

    def _build(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self._summary)
        self._head.addStretch()
        self._head.addWidget(self.new_button)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self.browser, 1)

    def _follow(self) -> None:
        theme = self.look.theme
        px = theme.px
        self._column.setContentsMargins(px(Size.PAGE_LEFT), px(12), px(Size.PAGE_RIGHT), px(8))
        self._column.setSpacing(px(10))
        self._head.setSpacing(px(12))
        self._summary.setVisible(theme.factor < FOLD_AT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() == Qt.Key.Key_N and self._may_write:
            self.new_asked.emit()
        elif event.key() == Qt.Key.Key_Delete and self.browser.may_edit() and self.browser.list.hasFocus():
            self.retire_asked.emit(self.browser.current())
        elif not self.browser.take_key(event):
            super().keyPressEvent(event)
