"""The settings: me, this computer, size and colours, joining a community, about."""

from gridclient.desktop.settings.screen import SettingsScreen
from gridclient.desktop.settings.view import Section, SettingsView

__all__ = ["Section", "SettingsScreen", "SettingsView"]
