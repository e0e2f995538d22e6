"""Buttons: one filled one a screen, the others outlined; each shows the key that does the same."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridclient.desktop.kit.ink import CENTRE, Ink, cap_width
from gridclient.desktop.kit.painted import PaintedButton
from gridclient.desktop.theme import Look, Role, Size


class Kind(Enum):
    """What pressing the button means."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    LINK = "link"
    DANGER = "danger"


class Button(PaintedButton):
    """A word of 2–6 characters, perhaps an icon before it and its key after it.

    ``height`` is 44 for the main action, 40 for the others, 36 in a tool row.
    """

    def __init__(
        self,
        look: Look,
        words: str,
        *,
        kind: Kind = Kind.SECONDARY,
        key: str = "",
        icon: str = "",
        height: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, words, parent)
        self.kind = kind
        self.key = key
        self.icon_name = icon
        self._height = height or (Size.PRIMARY if kind is Kind.PRIMARY else Size.BUTTON)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(key)

    def set_words(self, words: str, *, key: str | None = None) -> None:
        """Show other words, and another key if given."""
        self.setText(words)
        self.setAccessibleName(words)
        if key is not None:
            self.key = key
            self.setAccessibleDescription(key)
        self.updateGeometry()
        self.update()

    def draw(self, ink: Ink) -> None:
        fill, line, colour = self._colours()
        rect = self.area()
        ink.box(rect, fill=fill, line=line)
        theme = ink.theme
        middle = rect.center().y()
        x = rect.center().x() - self._inner_width() / 2 if self.kind is not Kind.LINK else theme.px(4)
        if self.icon_name:
            x += ink.icon(x, middle, self.icon_name, colour=colour) + theme.px(8)
        x += ink.text(x, middle, self.text(), colour=colour, bold=self._bold())
        if self.key:
            primary = self.kind is Kind.PRIMARY
            ground, cap_line = (None, "accline") if primary else ("surface", "line2")
            ink.cap(x + theme.px(10), middle, self.key, ink=colour, ground=ground, line=cap_line)

    def _colours(self) -> tuple[str | None, str | None, str]:
        pressed = self.isDown() or self.hovered
        if not self.isEnabled():
            return "sunk", None if self.kind is Kind.LINK else "line", "text3"
        if self.kind is Kind.PRIMARY:
            return "acc", None, "onacc"
        if self.kind is Kind.LINK:
            return ("hover" if pressed else None), None, "acc"
        colour = "bad" if self.kind is Kind.DANGER else "text"
        return ("hover" if pressed else "surface"), ("bad" if self.kind is Kind.DANGER else "line2"), colour

    def _bold(self) -> bool:
        return self.kind is Kind.PRIMARY

    def _inner_width(self) -> float:
        theme = self.look.theme
        width = theme.advance(self.text(), Role.BODY, bold=self._bold())
        if self.icon_name:
            width += theme.px(Size.ICON) + theme.px(8)
        if self.key:
            width += theme.px(10) + cap_width(self.look, self.key)
        return width

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        padding = theme.px(4 if self.kind is Kind.LINK else 16)
        return QSize(round(self._inner_width()) + 2 * padding + 1, theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class IconButton(PaintedButton):
    """A square with an icon alone; ``words`` is its accessible name and tool tip."""

    def __init__(
        self,
        look: Look,
        icon: str,
        words: str,
        *,
        edge: int = Size.TOOL,
        framed: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, words, parent)
        self.icon_name = icon
        self._edge = edge
        self._framed = framed
        self.setToolTip(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def draw(self, ink: Ink) -> None:
        rect = self.area()
        ground = "hover" if self.hovered or self.isDown() else ("surface" if self._framed else None)
        ink.box(rect, fill=ground, line="line2" if self._framed else None)
        edge = ink.theme.px(20)
        ink.icon(rect.center().x() - edge / 2, rect.center().y(), self.icon_name, size=20)

    def sizeHint(self) -> QSize:
        edge = self.look.theme.px(self._edge)
        return QSize(edge, edge)


class Choice(PaintedButton):
    """A checkable box: a digit above or before its word; chosen = tint, 2 px frame, bold and a tick."""

    def __init__(
        self,
        look: Look,
        words: str,
        *,
        digit: str = "",
        above: bool = False,
        height: int = Size.TOOL,
        checkable: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, words, parent)
        self.digit = digit
        self._above = False
        self._height = height
        self.set_above(above, height)
        self.setCheckable(checkable)
        self.setAccessibleDescription(digit)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_above(self, above: bool, height: int = Size.TOOL) -> None:
        """Put the digit above the word, or before it where height is scarce."""
        self._above = above and bool(self.digit)
        self._height = 62 if self._above and height == Size.TOOL else height
        self.updateGeometry()
        self.update()

    def draw(self, ink: Ink) -> None:
        rect = self.area()
        chosen = self.isChecked()
        hover = "hover" if self.hovered or self.isDown() else "surface"
        ink.box(
            rect,
            fill="accbg" if chosen else hover,
            line="acc" if chosen else "line2",
            width=2 if chosen else 1,
        )
        if self._above:
            self._draw_above(ink, rect, chosen)
        else:
            self._draw_beside(ink, rect, chosen)

    def _draw_above(self, ink: Ink, rect: QRectF, chosen: bool) -> None:
        theme = ink.theme
        colour = "acc" if chosen else "text"
        top = rect.top() + rect.height() * 0.31
        cap = cap_width(self.look, self.digit)
        ink.cap(
            rect.center().x() - cap / 2,
            top,
            self.digit,
            ink="onacc" if chosen else "text2",
            ground="acc" if chosen else "surface",
            line="acc" if chosen else "line2",
        )
        bottom = rect.bottom() - theme.px(17)
        ink.text(rect.center().x(), bottom, self.text(), colour=colour, bold=chosen, align=CENTRE)

    def _draw_beside(self, ink: Ink, rect: QRectF, chosen: bool) -> None:
        theme = ink.theme
        colour = "acc" if chosen else "text"
        middle = rect.center().y()
        x = rect.center().x() - self._inner_width(chosen) / 2
        if chosen:
            x += ink.icon(x, middle, "check", size=16, colour="acc") + theme.px(2)
        elif self.digit:
            x += ink.text(x, middle, self.digit, role=Role.SMALL, colour="text3", beside=Role.SECOND)
            x += theme.px(6)
        ink.text(x, middle, self.text(), role=Role.SECOND, colour=colour, bold=chosen)

    def _inner_width(self, chosen: bool) -> float:
        theme = self.look.theme
        width = theme.advance(self.text(), Role.SECOND, bold=chosen)
        if chosen:
            return width + theme.px(16) + theme.px(2)
        if self.digit:
            width += theme.advance(self.digit, Role.SMALL) + theme.px(6)
        return width

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        if self._above:
            width = theme.advance(self.text(), Role.BODY, bold=True) + 2 * theme.px(8)
        else:
            width = self._inner_width(True) + 2 * theme.px(10)
        return QSize(round(width) + 1, theme.px(self._height))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
