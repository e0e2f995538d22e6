"""How each sort of cell is drawn inside a row."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPen

from gridclient.desktop.kit.ink import RIGHT, Ink, chip_width
from gridclient.desktop.kit.rows import Bar, Cell, Mark, Steps, Two, Words
from gridclient.desktop.kit.two import HEIGHT, draw_two
from gridclient.desktop.theme import Role


def draw_cell(
    ink: Ink, cell: Cell, left: float, width: float, middle: float, *, right: bool = False, dim: bool = False
) -> None:
    """Draw the cell between ``left`` and ``left + width``, centred on ``middle``."""
    if isinstance(cell, Words):
        _words(ink, cell, left, width, middle, right=right, dim=dim)
    elif isinstance(cell, Mark):
        at = left + width - chip_width(ink.look, cell.text, icon=cell.icon) if right else left
        ink.chip(at, middle, cell.text, tone=cell.tone, icon=cell.icon)
    elif isinstance(cell, Bar):
        _bar(ink, cell, left, width, middle)
    elif isinstance(cell, Two):
        height = ink.theme.px(HEIGHT)
        draw_two(
            ink,
            QRectF(left - ink.theme.px(8), middle - height / 2, width + ink.theme.px(8), height),
            cell.values,
        )
    elif isinstance(cell, Steps):
        _steps(ink, cell, left, width, middle)


def _words(
    ink: Ink, cell: Words, left: float, width: float, middle: float, *, right: bool, dim: bool
) -> None:
    colour = "text3" if dim else cell.colour
    if cell.icon:
        moved = ink.icon(left, middle, cell.icon, colour=colour) + ink.theme.px(8)
        left, width = left + moved, width - moved
    if right:
        ink.text(left + width, middle, cell.text, role=cell.role, colour=colour, bold=cell.bold, align=RIGHT)
        return
    limit = width if cell.free else None
    ink.text(left, middle, cell.text, role=cell.role, colour=colour, bold=cell.bold, width=limit)


def _bar(ink: Ink, cell: Bar, left: float, width: float, middle: float) -> None:
    px = ink.theme.px
    size = px(26)
    ink.meter(QRectF(left + width - size, middle - px(3), size, px(6)), cell.share, colour=cell.colour)
    ink.text(left + width - size - px(8), middle, cell.text, role=Role.BODY, bold=True, align=RIGHT)


def _steps(ink: Ink, cell: Steps, left: float, width: float, middle: float) -> None:
    px, painter = ink.theme.px, ink.painter
    gap = (width - px(20)) / max(cell.total - 1, 1)
    for place in range(cell.total):
        x = left + px(10) + gap * place
        if place:
            colour = "ok" if place <= cell.passed else "line2"
            pen = QPen(ink.theme.colour(colour), px(2))
            painter.setPen(pen)
            painter.drawLine(QPointF(x - gap + px(12), middle), QPointF(x - px(12), middle))
        _step(ink, x, middle, place, cell)


def _step(ink: Ink, x: float, middle: float, place: int, cell: Steps) -> None:
    px = ink.theme.px
    if place < cell.passed:
        ink.box(QRectF(x - px(9), middle - px(9), px(18), px(18)), fill="ok", radius=9)
        ink.icon(x - px(7), middle, "check", size=14, colour="surface")
    elif place == cell.passed:
        colour = "bad" if cell.late else "acc"
        ink.box(
            QRectF(x - px(10), middle - px(10), px(20), px(20)),
            fill="surface",
            line=colour,
            width=px(2),
            radius=10,
        )
        ink.box(QRectF(x - px(5), middle - px(5), px(10), px(10)), fill=colour, radius=5)
    else:
        ink.box(
            QRectF(x - px(7), middle - px(7), px(14), px(14)),
            fill="surface",
            line="line2",
            width=px(2),
            radius=7,
        )
