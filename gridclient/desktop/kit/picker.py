"""One of many, chosen from a list that drops down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.painted import PaintedButton
from gridclient.desktop.theme import Look, Role, Size


@dataclass(frozen=True, slots=True)
class Item:
    """One entry: its id and its words; entries of several groups drop down group by group."""

    id: bytes
    words: str
    group: str = ""


class Picker(PaintedButton):
    """Shows the chosen entry; ↓, Space or a click opens the list."""

    picked = Signal(bytes)

    def __init__(
        self,
        look: Look,
        *,
        name: str,
        role: Role = Role.BODY,
        bold: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, "", parent)
        self._name, self._role, self._bold = name, role, bold
        self._items: tuple[Item, ...] = ()
        self._current: bytes | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.open)

    @property
    def current(self) -> bytes | None:
        return self._current

    @property
    def items(self) -> tuple[Item, ...]:
        return self._items

    def show_items(self, items: Sequence[Item], current: bytes | None = None) -> None:
        self._items = tuple(items)
        self.choose(self._current if current is None else current)

    def choose(self, id: bytes | None) -> None:
        """Show this entry as chosen; says nothing."""
        self._current = id
        words = next((item.words for item in self._items if item.id == id), "")
        self.setText(words)
        self.setAccessibleName(f"{self._name} {words}")
        self.updateGeometry()
        self.update()

    def step(self, by: int) -> None:
        """Pick the entry before or after the chosen one."""
        ids = [item.id for item in self._items]
        place = ids.index(self._current) + by if self._current in ids else 0
        if 0 <= place < len(ids):
            self._pick(ids[place])

    def open(self) -> None:
        menu = QMenu(self)
        grouped = len({item.group for item in self._items}) > 1
        parts: dict[str, QMenu] = {}
        for item in self._items:
            into = menu
            if grouped:
                into = parts.get(item.group) or parts.setdefault(item.group, menu.addMenu(_plain(item.group)))
            action = into.addAction(_plain(item.words))
            action.setCheckable(True)
            action.setChecked(item.id == self._current)
            action.triggered.connect(lambda _checked=False, id=item.id: self._pick(id))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + self.look.theme.px(4))))

    def _pick(self, id: bytes) -> None:
        if id != self._current:
            self.choose(id)
            self.picked.emit(id)

    def draw(self, ink: Ink) -> None:
        rect, px = self.area(), ink.theme.px
        ink.box(rect, fill="hover" if self.hovered else "surface", line="line2")
        middle = rect.center().y()
        ink.text(px(12), middle, self.text(), role=self._role, bold=self._bold)
        ink.icon(rect.right() - px(28), middle, "chevron-down")

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        longest = max(
            (theme.advance(item.words, self._role, bold=self._bold) for item in self._items), default=0
        )
        return QSize(round(longest) + theme.px(56), theme.px(Size.TOOL))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.open()
            return
        super().keyPressEvent(event)


def _plain(words: str) -> str:
    """An ampersand in a name is a letter, not a shortcut."""
    return words.replace("&", "&&")
