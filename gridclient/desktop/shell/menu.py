"""The left menu: where one can go, what waits there, who is working."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolTip, QWidget

from gridclient.desktop.kit.ink import CENTRE, RIGHT, Ink
from gridclient.desktop.kit.painted import PaintedButton
from gridclient.desktop.shell import words
from gridclient.desktop.theme import Look, Role, Size

BRAND_HEIGHT = 62
FOLDED_ITEM = 61
FOOT = 70


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A place to go: ``short`` is its name of two characters for the folded menu."""

    name: str
    words: str
    short: str
    icon: str
    badge: int = 0


class Menu(QWidget):
    """One stop of the Tab key; ↑↓ move inside. Folds to icons over two characters at the largest text."""

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._items: tuple[MenuItem, ...] = ()
        self._buttons: list[_Item] = []
        self._current = ""
        self._worker, self._place = "", ""
        self.folded = False
        self._more = _Item(look, MenuItem("", words.MORE, words.MORE, "dots"), self)
        self._more.clicked.connect(self._open_more)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(words.MENU_NAME)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        look.changed.connect(self._follow)

    @property
    def current(self) -> str:
        return self._current

    @property
    def items(self) -> tuple[MenuItem, ...]:
        return self._items

    def names(self) -> tuple[str, ...]:
        """The names of all places, in order."""
        return tuple(item.name for item in self._items)

    def show_items(self, items: Sequence[MenuItem]) -> None:
        """Show these places with their badges."""
        self._items = tuple(items)
        if [button.item.name for button in self._buttons] != list(self.names()):
            for button in self._buttons:
                button.setParent(None)
                button.deleteLater()
            self._buttons = [self._button(item) for item in items]
        for button, item in zip(self._buttons, items, strict=True):
            button.show_item(item, chosen=item.name == self._current)
        self._place_items()

    def show_worker(self, name: str, place: str) -> None:
        """Who is working, and in which grid and office."""
        self._worker, self._place = name, place
        self.setAccessibleDescription(f"{name}，{place}")
        self.update()

    def choose(self, name: str) -> None:
        """Light this place; says nothing."""
        self._current = name
        for button in self._buttons:
            button.show_item(button.item, chosen=button.item.name == name)
        self._place_items()

    def set_folded(self, folded: bool) -> None:
        self.folded = folded
        self._follow()

    def _button(self, item: MenuItem) -> _Item:
        button = _Item(self._look, item, self)
        button.clicked.connect(lambda: self.chosen.emit(button.item.name))
        return button

    def _follow(self) -> None:
        self.updateGeometry()
        self._place_items()
        self.update()

    def _place_items(self) -> None:
        px = self._look.theme.px
        self.setFixedWidth(px(Size.MENU_FOLDED if self.folded else Size.MENU))
        margin = px(8) if not self.folded else px(7)
        step = px(FOLDED_ITEM) if self.folded else px(44)
        height = px(55) if self.folded else px(Size.MENU_ITEM)
        top = px(44) if self.folded else px(BRAND_HEIGHT)
        room = max(1, (self.height() - top - px(FOOT if not self.folded else 50)) // step)
        shown = list(self._buttons)
        if len(shown) > room:
            shown = self._in_sight(room - 1)
        for button in self._buttons:
            button.setVisible(button in shown)
        self._more.setVisible(len(shown) < len(self._buttons))
        placed = [*shown, self._more] if not self._more.isHidden() else shown
        for place, button in enumerate(placed):
            button.folded = self.folded
            button.setGeometry(margin, top + place * step, self.width() - 2 * margin, height)

    def _in_sight(self, room: int) -> list[_Item]:
        shown = self._buttons[:room]
        current = next((each for each in self._buttons if each.item.name == self._current), None)
        if current is not None and current not in shown:
            shown[-1:] = [current]
        return shown

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            foot = event.pos().y() > self.height() - self._look.theme.px(FOOT)
            QToolTip.showText(event.globalPos(), self.accessibleDescription() if foot else "", self)
            return True
        return super().event(event)

    def _open_more(self) -> None:
        menu = QMenu(self)
        for button in self._buttons:
            if button.isHidden():
                name = button.item.name
                menu.addAction(button.item.words).triggered.connect(
                    lambda _checked=False, name=name: self.chosen.emit(name)
                )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(self._more.width(), 0)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        names = self.names()
        if step is None or not names:
            event.ignore()
            return
        place = names.index(self._current) + step if self._current in names else 0
        if 0 <= place < len(names):
            self.chosen.emit(names[place])
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._mark_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._mark_focus()

    def _mark_focus(self) -> None:
        for button in self._buttons:
            button.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_items()

    def sizeHint(self) -> QSize:
        px = self._look.theme.px
        return QSize(px(Size.MENU_FOLDED if self.folded else Size.MENU), px(500))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = Ink(painter, self._look)
        ink.fill(QRectF(self.rect()), "nav")
        ink.fill(QRectF(self.width() - 1, 0, 1, self.height()), "line")
        self._draw_brand(ink)
        if self._worker:
            self._draw_worker(ink)
        painter.end()

    def _draw_brand(self, ink: Ink) -> None:
        px = ink.theme.px
        edge = px(26)
        left = (self.width() - edge) / 2 if self.folded else px(16)
        middle = px(22) if self.folded else px(26)
        seal = QRectF(left, middle - edge / 2, edge, edge)
        ink.box(seal, fill="acc", radius=6)
        ink.text(
            seal.center().x(), middle, words.SEAL, role=Role.BODY, colour="onacc", bold=True, align=CENTRE
        )
        if not self.folded:
            ink.text(px(50), middle, words.BRAND, role=Role.HEAD, bold=True)

    def _draw_worker(self, ink: Ink) -> None:
        px = ink.theme.px
        edge = px(30) if self.folded else px(36)
        middle = self.height() - px(23 if self.folded else 36)
        left = (self.width() - edge) / 2 if self.folded else px(16)
        face = QRectF(left, middle - edge / 2, edge, edge)
        ink.box(face, fill="avatar", radius=18)
        ink.text(face.center().x(), middle, self._worker[:1], bold=True, colour="surface", align=CENTRE)
        if self.folded:
            return
        ink.hline(px(16), self.width() - px(16), self.height() - px(FOOT))
        room = self.width() - px(62) - px(10)
        ink.text(px(62), middle - px(10), self._worker, role=Role.SECOND, bold=True, width=room)
        ink.text(px(62), middle + px(10), self._place, role=Role.CAP, colour="text2", width=room)


class _Item(PaintedButton):
    def __init__(self, look: Look, item: MenuItem, parent: Menu) -> None:
        super().__init__(look, item.words, parent)
        self.item = item
        self.folded = False
        self._chosen = False
        self._menu = parent
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_item(self, item: MenuItem, *, chosen: bool) -> None:
        self.item = item
        self._chosen = chosen
        self.setAccessibleName(f"{item.words} {item.badge}" if item.badge else item.words)
        self.update()

    def draw(self, ink: Ink) -> None:
        rect = self.area()
        px = ink.theme.px
        if self._chosen:
            ink.box(rect, fill="surface", line="line")
            bar = px(28) if self.folded else px(18)
            ink.box(QRectF(0, rect.center().y() - bar / 2, px(3), bar), fill="acc", radius=2)
            if self._menu.hasFocus():
                ink.box(rect, line="acc", width=2)
        elif self.hovered:
            ink.box(rect, fill="hover")
        if self.folded:
            self._draw_folded(ink, rect)
        else:
            self._draw_open(ink, rect)

    def _draw_open(self, ink: Ink, rect: QRectF) -> None:
        px, middle = ink.theme.px, rect.center().y()
        ink.icon(px(14), middle, self.item.icon, colour="acc" if self._chosen else "text2")
        ink.text(
            px(44), middle, self.item.words, bold=self._chosen, colour="text" if self._chosen else "text2"
        )
        if self.item.badge:
            self._draw_badge(ink, rect.right() - px(8), middle)

    def _draw_folded(self, ink: Ink, rect: QRectF) -> None:
        px, middle = ink.theme.px, rect.center().x()
        ink.icon(
            middle - px(9), rect.top() + px(17), self.item.icon, colour="acc" if self._chosen else "text2"
        )
        ink.text(
            middle,
            rect.top() + px(40),
            self.item.short,
            role=Role.SMALL,
            colour="text" if self._chosen else "text2",
            bold=self._chosen,
            align=CENTRE,
        )
        if self.item.badge:
            self._draw_badge(ink, rect.right() - px(3), rect.top() + px(12), small=True)

    def _draw_badge(self, ink: Ink, right: float, middle: float, *, small: bool = False) -> None:
        px, number = ink.theme.px, str(min(self.item.badge, 999))
        height = px(18 if small else 22)
        width = max(height, ink.theme.advance(number, Role.CAP) + px(10 if small else 12))
        pill = QRectF(right - width, middle - height / 2, width, height)
        ink.box(pill, fill="accbg" if self._chosen else "line", radius=11)
        colour = "acc" if self._chosen else "text2"
        inner = (width - ink.theme.advance(number, Role.CAP)) / 2
        ink.text(right - inner, middle, number, role=Role.CAP, colour=colour, align=RIGHT)
