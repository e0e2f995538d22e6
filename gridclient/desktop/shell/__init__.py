"""The frame around every screen."""

from gridclient.desktop.shell.menu import MenuItem
from gridclient.desktop.shell.topbar import SyncStand
from gridclient.desktop.shell.window import MainWindow

__all__ = ["MainWindow", "MenuItem", "SyncStand"]
