"""Door tiles, painted once each and kept: a frame of the matrix is then nothing but copies."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from gridclient.desktop.building.faces import Face, face, tag
from gridclient.desktop.building.view import Door, Layer, State
from gridclient.desktop.kit.ink import CENTRE, Ink
from gridclient.desktop.theme import Look, Role, Size

MOST = 6000
NAME_ROLES = (Role.SECOND, Role.SMALL, Role.CAP)
PADDING = 8
SMALLEST_NAMED = 30


@dataclass(frozen=True, slots=True)
class _Key:
    face: Face
    room: str
    head: str
    tag: str
    width: int
    height: int
    ratio: float
    span: bool = False


class Tiles:
    """Keeps a pixmap for each (face, words, size, screen ratio)."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._kept: dict[_Key, QPixmap] = {}
        look.changed.connect(self._kept.clear)

    def tile(
        self, door: Door, layer: Layer, width: int, height: int, ratio: float, *, covered: bool = False
    ) -> QPixmap:
        """The tile of a door: with room and name where there is room for them, otherwise the symbol alone."""
        shown = face(door, layer)
        bare = min(width, height) < self._look.theme.px(SMALLEST_NAMED)
        if bare:
            key = _Key(shown, "", "", "", width, height, ratio, door.span > 1)
        else:
            named = height >= self._look.theme.px(56) and not covered
            head = door.head if (named and door.state is not State.VACANT) or door.span > 1 else ""
            words = "" if covered else tag(door, layer)
            key = _Key(shown, door.room, head, words, width, height, ratio, door.span > 1)
        found = self._kept.get(key)
        if found is None:
            if len(self._kept) >= MOST:
                self._kept.clear()
            found = self._kept[key] = self._paint(key)
        return found

    def _paint(self, key: _Key) -> QPixmap:
        pixmap = QPixmap(round(key.width * key.ratio), round(key.height * key.ratio))
        pixmap.setDevicePixelRatio(key.ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        ink = Ink(painter, self._look)
        rect = QRectF(0, 0, key.width, key.height)
        draw_ground(ink, rect, key.face, radius=Size.RADIUS_CHIP if key.room else 4)
        if not key.room and key.span:
            ink.icon(rect.center().x() - ink.theme.px(8), rect.center().y(), "building-store", size=16)
        elif not key.room:
            edge = ink.theme.px(16)
            alone = replace(key.face, sign=key.face.sign[:1])
            draw_symbol(ink, rect.center().x() - edge / 2, rect.center().y(), alone)
        elif key.span:
            label = f"{key.room} {key.head}".strip()
            label = ink.theme.metrics(Role.SECOND).elidedText(
                label, Qt.TextElideMode.ElideRight, rect.width() - ink.theme.px(8)
            )
            ink.text(
                rect.center().x(), rect.center().y(), label, role=Role.SECOND, colour="text2", align=CENTRE
            )
        else:
            self._draw_words(ink, key)
        painter.end()
        return pixmap

    def _draw_words(self, ink: Ink, key: _Key) -> None:
        px = ink.theme.px
        tall = key.height >= px(56)
        left = px(PADDING) if tall else px(6)
        middle: float = px(16) if tall else key.height * (0.3 if key.tag else 0.5)
        x: float = left
        drawn = draw_symbol(ink, left, middle, key.face)
        if drawn:
            x += drawn + px(4)
        dim = key.face.dim
        tag_width = self._tag_width(key.tag)
        room = key.width - x - (tag_width + px(2) if tall else 0) - px(3)
        role = _fitting(self._look, key.room, room, bold=not dim)
        ink.text(x, middle, key.room, role=role, bold=not dim, colour="text2" if dim else "text")
        if key.tag:
            at = middle if tall else key.height * 0.73
            self._draw_tag(ink, key.width - px(3) - tag_width, at, key.tag, tag_width)
        if key.head:
            self._draw_head(ink, key, left)

    def _draw_head(self, ink: Ink, key: _Key, left: int) -> None:
        px = ink.theme.px
        room = key.width - left - px(3)
        name = key.head
        if ink.theme.advance(name, NAME_ROLES[-1]) > room and "·" in name:
            name = name.split("·")[0]  # the part by which such a person is addressed
        role = _fitting(self._look, name, room, bold=False)
        ink.text(left, key.height - px(21), name, role=role, colour="text2", width=room)

    def _tag_width(self, words: str) -> int:
        if not words:
            return 0
        theme = self._look.theme
        return round(theme.advance(words, Role.SMALL)) + theme.px(4)

    def _draw_tag(self, ink: Ink, left: float, middle: float, words: str, width: float) -> None:
        px = ink.theme.px
        box = QRectF(left, middle - px(9), width, px(19))
        ink.box(box, fill="accbg", radius=4)
        ink.text(box.center().x(), middle, words, role=Role.SMALL, colour="acc", align=CENTRE)


def _fitting(look: Look, words: str, room: float, *, bold: bool) -> Role:
    """The largest role in which the words fit."""
    roles = (Role.BODY, *NAME_ROLES) if bold else NAME_ROLES
    return next((role for role in roles if look.theme.advance(words, role, bold=bold) <= room), roles[-1])


def draw_ground(ink: Ink, rect: QRectF, shown: Face, *, radius: float = Size.RADIUS_CHIP) -> None:
    """Fill, texture and frame of a face."""
    ink.box(rect, fill=shown.fill, radius=radius)
    if shown.hatched:
        _hatch(ink, rect, radius)
    dashes = (3.0, 2.0) if shown.dashed else ()
    ink.box(rect, line=shown.line, radius=radius, dashes=dashes)
    if shown.bar:
        thick = min(ink.theme.px(4), rect.width() / 6)
        inset = rect.height() / 10
        bar = QRectF(rect.left() + 1, rect.top() + inset, thick, rect.height() - 2 * inset)
        ink.box(bar, fill=shown.ink, radius=2)


def draw_symbol(ink: Ink, left: float, middle: float, shown: Face) -> float:
    """Draw the symbol of a face with its left edge at ``left``; returns its width."""
    edge = ink.theme.px(16)
    if shown.icon:
        return ink.icon(left, middle, shown.icon, size=16, colour=shown.ink)
    if shown.quarters is not None:
        _quarters(ink, QRectF(left, middle - edge / 2, edge, edge), shown)
        return edge
    if shown.disc:
        _disc(ink, QRectF(left, middle - edge / 2, edge, edge), shown)
        return edge
    if shown.sign:
        return ink.text(left, middle, shown.sign, role=Role.SMALL, bold=True, colour=shown.ink)
    return 0


def _disc(ink: Ink, rect: QRectF, shown: Face) -> None:
    ink.box(rect, fill=shown.ink, radius=8)
    ink.text(
        rect.center().x(),
        rect.center().y(),
        shown.sign,
        role=Role.CAP,
        bold=True,
        colour="surface",
        align=CENTRE,
    )


def _quarters(ink: Ink, rect: QRectF, shown: Face) -> None:
    painter = ink.painter
    rect = rect.adjusted(1, 1, -1, -1)
    colour = ink.theme.colour(shown.ink)
    painter.setPen(QPen(colour, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(rect)
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPie(rect, 90 * 16, -90 * 16 * (shown.quarters or 0))


def _hatch(ink: Ink, rect: QRectF, radius: float) -> None:
    painter = ink.painter
    path = QPainterPath()
    edge = ink.theme.px(radius)
    path.addRoundedRect(rect, edge, edge)
    painter.save()
    painter.setClipPath(path)
    painter.setPen(QPen(ink.theme.colour("hatch"), 1))
    step = ink.theme.px(7)
    x = rect.left() - rect.height()
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.bottom()), QPointF(x + rect.height(), rect.top()))
        x += step
    painter.restore()
