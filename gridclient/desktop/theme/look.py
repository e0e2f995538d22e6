"""The look in force: one per program, handed to every widget, changed live."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from gridclient.desktop.theme.fonts import families
from gridclient.desktop.theme.icons import Icons
from gridclient.desktop.theme.sheet import style_sheet
from gridclient.desktop.theme.theme import Theme
from gridclient.desktop.theme.tokens import Role, Scheme
from gridclient.resources_path import resource


class Look(QObject):
    """Holds the Theme and the icons; widgets read ``theme`` when they paint and follow ``changed``."""

    changed = Signal()

    def __init__(self, app: QApplication, scheme: Scheme = Scheme.LIGHT, factor: float = 1.0) -> None:
        super().__init__(app)
        self._app = app
        self._families = families(resource("fonts"))
        self.icons = Icons(resource("icons"))
        self.theme = apply(app, scheme, factor, self._families)

    def choose(self, *, scheme: Scheme | None = None, factor: float | None = None) -> None:
        """Take another scheme or text size, at once and everywhere."""
        scheme = scheme or self.theme.scheme
        factor = factor or self.theme.factor
        if (scheme, factor) == (self.theme.scheme, self.theme.factor):
            return
        self.icons.clear()
        self.theme = apply(self._app, scheme, factor, self._families)
        self.changed.emit()


def apply(app: QApplication, scheme: Scheme, factor: float, families: Sequence[str]) -> Theme:
    """Give the application its style, palette, font and style sheet."""
    theme = Theme(scheme, factor, families)
    app.setStyle("Fusion")
    set_scheme = getattr(app.styleHints(), "setColorScheme", None)  # since Qt 6.8: title bars follow
    if set_scheme is not None:
        set_scheme(Qt.ColorScheme.Dark if theme.dark else Qt.ColorScheme.Light)
    app.setPalette(_palette(theme))
    # A style sheet freezes the fonts of all widgets, so it goes before the font changes and comes after.
    app.setStyleSheet("")
    app.setFont(theme.font(Role.BODY))
    app.setStyleSheet(style_sheet(theme))
    return theme


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    names = {
        role.Window: "paper",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "sunk",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "bad",
        role.Highlight: "sel",
        role.HighlightedText: "text",
        role.Link: "acc",
        role.LinkVisited: "two",
        role.Accent: "acc",
        role.PlaceholderText: "text3",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.Light: "surface",
        role.Midlight: "line",
        role.Mid: "line2",
        role.Dark: "ctl",
        role.Shadow: "text",
    }
    palette = QPalette()
    for each, name in names.items():
        palette.setColor(each, theme.colour(name))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, theme.colour("text3"))
    return palette
