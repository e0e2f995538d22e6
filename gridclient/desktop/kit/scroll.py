"""A window onto a column that may be taller than its room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget


class Scroll(QScrollArea):
    """Shows ``inner`` at the width it has, scrolling up and down only; its ground is that of the parent.

    Whatever gets the keyboard inside comes into sight, also when what stands above it grows.
    """

    def __init__(self, inner: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inner)
        self.viewport().setAutoFillBackground(False)
        inner.setAutoFillBackground(False)  # the scroll area has just switched it on
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)
        self.verticalScrollBar().rangeChanged.connect(lambda *_: self._follow_focus())

    def turn(self, pages: int) -> None:
        """Go so many pages down, or up."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + pages * bar.pageStep())

    def _follow_focus(self, _before: QWidget | None = None, _now: QWidget | None = None) -> None:
        focus = QApplication.focusWidget()
        # Not below a pressed mouse: what is clicked must not move away from under it.
        held = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if focus is not None and not held and self.isVisible() and self.isAncestorOf(focus):
            self.ensureWidgetVisible(focus, 0, 24)
