"""Does everything a person has to read fit where it stands?"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QWidget

from gridclient.desktop.kit.ink import chip_width
from gridclient.desktop.kit.painted import Painted, PaintedButton
from gridclient.desktop.kit.rowlist import RowList, spans
from gridclient.desktop.kit.rows import Bar, Mark, Row, Words
from gridclient.desktop.theme import Look, Role


def too_small(root: QWidget) -> list[str]:
    """Every visible label, button, chip and list cell whose words are wider or taller than their box."""
    return [
        fault
        for each in [root, *root.findChildren(QWidget)]
        if each.isVisible()
        for fault in _faults(each, root)
    ]


def _faults(each: QWidget, root: QWidget) -> Iterator[str]:
    name = f"{type(each).__name__} {each.accessibleName()}"
    if isinstance(each, QLabel) and each.text():
        words = each.text()
        if each.wordWrap():
            if each.heightForWidth(each.width()) > each.height() + 1:
                yield f"label cut below: {words}"
        elif each.fontMetrics().horizontalAdvance(words) > each.contentsRect().width():
            yield f"label cut: {words}"
    elif isinstance(each, PaintedButton | Painted):
        need = each.minimumSizeHint()
        if need.width() > each.width() or need.height() > each.height():
            yield f"{name}: needs {need.width()}×{need.height()}, has {each.width()}×{each.height()}"
    elif isinstance(each, RowList):
        yield from cut_cells(each)
    yield from _outside(each, root, name)


def _outside(each: QWidget, root: QWidget, name: str) -> Iterator[str]:
    """Widgets that stick out of what holds them; what a scroll area holds may be taller than it."""
    parent = each.parentWidget()
    if each is root or parent is None or type(each).__name__ == "_Ring":
        return
    area = parent.parentWidget()
    scrolled = isinstance(area, QAbstractScrollArea) and area.viewport() is parent
    rect = each.geometry()
    if rect.left() < 0 or rect.right() > parent.width() or (rect.bottom() > parent.height() and not scrolled):
        room = f"{type(parent).__name__} {parent.width()}×{parent.height()}"
        yield f"{name}: {_text(rect)} sticks out of {room}"


def _text(rect: QRect) -> str:
    return f"{rect.x()},{rect.y()} {rect.width()}×{rect.height()}"


def cut_cells(rows: RowList) -> Iterator[str]:
    """Cells wider than their column."""
    look = rows._look
    model = rows.rows
    for place in range(model.rowCount()):
        row = model.item(place)
        if not isinstance(row, Row):
            continue
        for cells in (row.cells, row.second):
            for cell, span in zip(cells, spans(look, rows.columns, rows.viewport().width()), strict=False):
                if span is not None and (width := _cell_width(look, cell)) > span[1] + 1:
                    yield f"cell cut: {cell} needs {width:.0f}, has {span[1]}"


def _cell_width(look: Look, cell: object) -> float:
    if isinstance(cell, Words) and not cell.free:
        return look.theme.advance(cell.text, cell.role, bold=cell.bold) + (
            look.theme.px(26) if cell.icon else 0
        )
    if isinstance(cell, Mark):
        return chip_width(look, cell.text, icon=cell.icon)
    if isinstance(cell, Bar):
        return look.theme.advance(cell.text, Role.BODY, bold=True) + look.theme.px(34)
    return 0.0


def nameless(root: QWidget) -> list[str]:
    """Things the keyboard can reach that a screen reader could not name."""
    return [
        type(each).__name__
        for each in root.findChildren(QWidget)
        if each.isVisible() and each.focusPolicy() and not each.focusProxy() and not each.accessibleName()
        if not each.objectName().startswith("qt_")
    ]


def inside(inner: QWidget, outer: QWidget) -> bool:
    """Whether the whole of ``inner`` can be seen in ``outer``."""
    at = inner.mapTo(outer, QPoint(0, 0))
    return outer.rect().contains(QRect(at, inner.size()))
