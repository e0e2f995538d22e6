"""Bringing a register in: choose the sheet, see what it would change, write it at once or not at all."""

from gridclient.desktop.register.screen import RegisterScreen
from gridclient.desktop.register.view import (
    ColumnLine,
    ColumnsView,
    ImportLine,
    ImportView,
    Meaning,
    SheetColumns,
)

__all__ = [
    "ColumnLine",
    "ColumnsView",
    "ImportLine",
    "ImportView",
    "Meaning",
    "RegisterScreen",
    "SheetColumns",
]
