"""A painter with the hand of the house: words, icons, chips and key caps, always in tokens of the look."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QPaintDevice, QPainter, QPen

from gridclient.desktop.theme import Look, Role, Size, Tone

LEFT = Qt.AlignmentFlag.AlignLeft
CENTRE = Qt.AlignmentFlag.AlignHCenter
RIGHT = Qt.AlignmentFlag.AlignRight
NO_PEN = Qt.PenStyle.NoPen


class Ink:
    """Draws plain text only. Positions are pixels as they are, sizes are pixels of the 100 % drawing."""

    def __init__(self, painter: QPainter, look: Look) -> None:
        self.painter = painter
        self.look = look
        self.theme = look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        device: QPaintDevice = painter.device()
        self._ratio = device.devicePixelRatio()

    def text(
        self,
        x: float,
        middle: float,
        words: str,
        *,
        role: Role = Role.BODY,
        colour: str = "text",
        bold: bool = False,
        align: Qt.AlignmentFlag = LEFT,
        width: float | None = None,
        beside: Role | None = None,
    ) -> float:
        """Write one line centred on ``middle``; x is its left, middle or right by ``align``.

        ``width`` elides: for free text only. ``beside`` names the role whose baseline the words share.
        Returns the advance.
        """
        theme = self.theme
        if width is not None:
            metrics = theme.metrics(role, bold=bold)
            words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, width)
        advance = theme.advance(words, role, bold=bold)
        if align == RIGHT:
            x -= advance
        elif align == CENTRE:
            x -= advance / 2
        self.painter.setFont(theme.font(role, bold=bold))
        self.painter.setPen(theme.colour(colour))
        self.painter.drawText(QPointF(round(x), theme.baseline(middle, beside or role)), words)
        return advance

    def icon(
        self, x: float, middle: float, name: str, *, size: int = Size.ICON, colour: str = "text2"
    ) -> int:
        """Draw an icon with its left edge at ``x``; returns its width."""
        edge = self.theme.px(size)
        tint = self.theme.colour(colour).name()
        pixmap = self.look.icons.pixmap(name, edge, tint, self._ratio)
        self.painter.drawPixmap(QPointF(round(x), round(middle - edge / 2)), pixmap)
        return edge

    def box(
        self,
        rect: QRectF,
        *,
        fill: str | None = None,
        line: str | None = None,
        radius: float = Size.RADIUS,
        width: float = 1.0,
        dashes: Sequence[float] = (),
    ) -> None:
        """A rounded box whose line lies inside the rectangle."""
        self.painter.setBrush(QBrush(self.theme.colour(fill)) if fill else Qt.BrushStyle.NoBrush)
        if line:
            pen = QPen(self.theme.colour(line), width)
            if dashes:
                pen.setDashPattern(list(dashes))
            self.painter.setPen(pen)
            half = width / 2
            rect = rect.adjusted(half, half, -half, -half)
        else:
            self.painter.setPen(NO_PEN)
        edge = min(self.theme.px(radius), rect.height() / 2)
        self.painter.drawRoundedRect(rect, edge, edge)

    def fill(self, rect: QRectF, colour: str) -> None:
        self.painter.fillRect(rect, self.theme.colour(colour))

    def hline(self, left: float, right: float, y: float, colour: str = "line") -> None:
        """A hairline exactly one pixel thick."""
        self.painter.fillRect(QRectF(left, y, right - left, 1), self.theme.colour(colour))

    def chip(
        self, x: float, middle: float, words: str, *, tone: Tone = Tone.NEUTRAL, icon: str = ""
    ) -> float:
        """A chip with its left edge at ``x``; returns its width."""
        width = chip_width(self.look, words, icon=icon)
        height = self.theme.px(Size.CHIP)
        self.box(QRectF(x, middle - height / 2, width, height), fill=tone.ground, radius=Size.RADIUS_CHIP)
        left = x + self.theme.px(9)
        if icon:
            left += self.icon(
                left - self.theme.px(1), middle, icon, size=16, colour=tone.ink
            ) + self.theme.px(4)
        self.text(left, middle, words, role=Role.SMALL, colour=tone.ink)
        return width

    def cap(
        self,
        x: float,
        middle: float,
        words: str,
        *,
        ink: str = "text2",
        ground: str | None = "surface",
        line: str = "line2",
    ) -> float:
        """A key cap with its left edge at ``x``; returns its width."""
        theme = self.theme
        width = cap_width(self.look, words)
        height = theme.px(Size.CAP)
        rect = QRectF(round(x), round(middle - height / 2), width, height)
        if ground == "surface":
            self.box(rect.translated(0, 1), fill=line, radius=Size.RADIUS_CAP)
        self.box(rect, fill=ground, line=line, radius=Size.RADIUS_CAP)
        self.text(rect.center().x(), rect.center().y(), words, role=Role.CAP, colour=ink, align=CENTRE)
        return width

    def meter(self, rect: QRectF, share: float, *, colour: str = "ok", ground: str = "line") -> None:
        """A bar filled to ``share`` (0 to 1)."""
        radius = rect.height() / 2 / self.theme.factor
        self.box(rect, fill=ground, radius=radius)
        filled = max(0.0, min(1.0, share)) * rect.width()
        if filled > 0:
            width = max(filled, rect.height())
            self.box(QRectF(rect.left(), rect.top(), width, rect.height()), fill=colour, radius=radius)


def chip_width(look: Look, words: str, *, icon: str = "") -> float:
    """How wide a chip with these words will be."""
    theme = look.theme
    width = theme.advance(words, Role.SMALL) + 2 * theme.px(9)
    return width + theme.px(16) + theme.px(3) if icon else width


def cap_width(look: Look, words: str) -> float:
    """How wide a key cap with these words will be."""
    theme = look.theme
    padding = theme.px(14) if len(words) > 1 else theme.px(8)
    return max(theme.px(Size.CAP), round(theme.advance(words, Role.CAP)) + padding)
