"""Bringing a register in: choose the sheet, see what it would change, write it at once or not at all."""

from gridclient.desktop.register.screen import RegisterScreen
from gridclient.desktop.register.view import ImportLine, ImportView

__all__ = ["ImportLine", "ImportView", "RegisterScreen"]
