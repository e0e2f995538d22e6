"""The style sheet for the few Qt widgets that are not painted by the house itself."""

from __future__ import annotations

from gridclient.desktop.theme.theme import Theme
from gridclient.desktop.theme.tokens import Size

_TEMPLATE = """
QToolTip {{ background: {text}; color: {surface}; border: 0; padding: {p6}px {p8}px; }}
QScrollBar:vertical {{ background: transparent; width: {bar}px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: {bar}px; margin: 0; }}
QScrollBar::handle {{ background: {line2}; border-radius: {bar_radius}px; margin: {p2}px; }}
QScrollBar::handle:vertical {{ min-height: {grip}px; }}
QScrollBar::handle:horizontal {{ min-width: {grip}px; }}
QScrollBar::handle:hover {{ background: {ctl}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QTableCornerButton::section {{ background: transparent; border: 0; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QMenu {{ background: {surface}; color: {text}; border: 1px solid {line2}; padding: {p6}px; }}
QMenu::item {{ padding: {p8}px {p16}px; border-radius: {radius}px; }}
QMenu::item:selected {{ background: {sel}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: {p6}px; }}
"""


def style_sheet(theme: Theme) -> str:
    """The sheet in the colours and sizes of the theme: lengths in a sheet do not grow with the font."""
    tokens = theme.tokens
    return _TEMPLATE.format(
        text=tokens.text,
        surface=tokens.surface,
        line=tokens.line,
        line2=tokens.line2,
        ctl=tokens.ctl,
        sel=tokens.sel,
        p2=theme.px(2),
        p6=theme.px(6),
        p8=theme.px(8),
        p16=theme.px(16),
        bar=theme.px(12),
        bar_radius=theme.px(4),
        grip=theme.px(36),
        radius=theme.px(Size.RADIUS_CHIP),
    )
