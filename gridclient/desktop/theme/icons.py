"""Tabler outline icons, rendered in any colour and kept as pixmaps."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

SMALL_SIZE = 16
STROKE = "1.75"
SMALL_STROKE = "2.25"


class Icons:
    """Icons by name from one folder. Parsing an SVG costs ten times a drawing, so each pixmap is kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sources: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, int, str, float], QPixmap] = {}

    def clear(self) -> None:
        """Forget the pixmaps: after a change of colours or sizes the old ones are dead weight."""
        self._pixmaps.clear()

    def pixmap(self, name: str, size: int, colour: str, ratio: float) -> QPixmap:
        """The icon ``size`` logical pixels square, for a screen of the given device pixel ratio."""
        key = (name, size, colour, ratio)
        found = self._pixmaps.get(key)
        if found is None:
            found = self._pixmaps[key] = self._render(name, size, colour, ratio)
        return found

    def icon(self, name: str, size: int, colour: str, ratio: float = 1.0) -> QIcon:
        """The same as a QIcon, for the few Qt widgets that want one."""
        return QIcon(self.pixmap(name, size, colour, ratio))

    def _render(self, name: str, size: int, colour: str, ratio: float) -> QPixmap:
        stroke = SMALL_STROKE if size <= SMALL_SIZE else STROKE
        source = self._source(name).replace("currentColor", colour)
        source = source.replace('stroke-width="2"', f'stroke-width="{stroke}"')
        renderer = QSvgRenderer(QByteArray(source.encode()))
        edge = max(1, round(size * ratio))
        pixmap = QPixmap(edge, edge)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, edge, edge))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _source(self, name: str) -> str:
        if name not in self._sources:
            self._sources[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return self._sources[name]
