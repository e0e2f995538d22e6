"""Which typefaces the program writes with."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QFontDatabase

from gridclient.desktop.theme.tokens import BUNDLED_FAMILY, FAMILIES, RARE_FAMILIES

BUNDLED_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")


def families(folder: Path) -> tuple[str, ...]:
    """The families to ask for, best first; loads the bundled one only where the computer has none of ours.

    Reading the bundled files costs start-up time, and a computer with 雅黑 or 思源 has no use for them.
    """
    if not any(QFontDatabase.hasFamily(name) for name in FAMILIES) and folder.is_dir():
        for file in BUNDLED_FILES:
            QFontDatabase.addApplicationFont(str(folder / file))
    return (*FAMILIES, BUNDLED_FAMILY, *RARE_FAMILIES)
