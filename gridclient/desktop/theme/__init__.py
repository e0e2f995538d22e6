"""Colours, type, sizes and icons: everything that decides how the program looks, and nothing that acts."""

from gridclient.desktop.theme.look import Look, apply
from gridclient.desktop.theme.theme import Theme
from gridclient.desktop.theme.tokens import FACTORS, Role, Scheme, Size, Tone

__all__ = ["FACTORS", "Look", "Role", "Scheme", "Size", "Theme", "Tone", "apply"]
