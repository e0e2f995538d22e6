"""What the ``host`` fixture gives."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtWidgets import QWidget


class Host(Protocol):
    """Shows widgets in a window that lives as long as the test."""

    def __call__(self, *widgets: QWidget, width: int = 800, height: int = 600) -> QWidget: ...
