"""A scheme and a text size turned into colours, fonts and pixels that widgets can use."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFont, QFontMetricsF

from gridclient.desktop.theme.tokens import COLOURS, Colours, Role, Scheme

POINTS_PER_PIXEL = 0.75  # Qt's logical resolution is 96 dpi wherever the high-dpi scaling is on
BASELINE = 0.37
"""Han and digits look centred when the baseline lies this many em under the middle."""


class Theme:
    """Immutable: a new choice of scheme or size makes a new Theme."""

    def __init__(self, scheme: Scheme, factor: float, families: Sequence[str]) -> None:
        self.scheme = scheme
        self.factor = factor
        self.tokens: Colours = COLOURS[scheme]
        self._families = list(families)
        self._colours = {name: QColor(getattr(self.tokens, name)) for name in Colours.__slots__}
        self._fonts: dict[tuple[Role, bool], QFont] = {}
        self._metrics: dict[tuple[Role, bool], QFontMetricsF] = {}

    @property
    def dark(self) -> bool:
        return self.scheme is Scheme.DARK

    def px(self, value: float) -> int:
        """Pixels of the 100 % drawing at the chosen text size."""
        return round(value * self.factor)

    def colour(self, name: str) -> QColor:
        """A colour of its own for the caller; KeyError for a name that is no token."""
        return QColor(self._colours[name])

    def font(self, role: Role = Role.BODY, *, bold: bool = False) -> QFont:
        """The font of a role. Do not change it: it is shared."""
        key = (role, bold)
        found = self._fonts.get(key)
        if found is None:
            found = QFont(self._families)
            found.setPointSizeF(role.value * POINTS_PER_PIXEL * self.factor)
            found.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
            found.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
            self._fonts[key] = found
        return found

    def metrics(self, role: Role = Role.BODY, *, bold: bool = False) -> QFontMetricsF:
        key = (role, bold)
        found = self._metrics.get(key)
        if found is None:
            found = self._metrics[key] = QFontMetricsF(self.font(role, bold=bold))
        return found

    def advance(self, words: str, role: Role = Role.BODY, *, bold: bool = False) -> float:
        """How wide the words will be."""
        return self.metrics(role, bold=bold).horizontalAdvance(words)

    def baseline(self, middle: float, role: Role = Role.BODY) -> int:
        """Where to put the baseline so that the words look centred on ``middle``."""
        return round(middle + BASELINE * role.value * self.factor)
