"""The look as data: colours of both schemes, tones, type roles, sizes. Pixel values are those at 100 %."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final


class Scheme(Enum):
    """Light for daylight, dark for the evening; same geometry in both."""

    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Colours:
    """Every colour a widget may use, as Qt colour names (``#RRGGBB`` or ``#AARRGGBB``)."""

    paper: str
    nav: str
    surface: str
    sunk: str
    hover: str
    sel: str
    line: str
    line2: str
    ctl: str
    text: str
    text2: str
    text3: str
    acc: str
    accbg: str
    accline: str
    onacc: str
    ok: str
    okbg: str
    okline: str
    warn: str
    warnbg: str
    warnline: str
    bad: str
    badbg: str
    badline: str
    two: str
    twobg: str
    twoline: str
    hatch: str
    scrim: str
    avatar: str


LIGHT: Final = Colours(
    paper="#F5F4F0",
    nav="#ECEAE4",
    surface="#FFFFFF",
    sunk="#F8F7F4",
    hover="#F1EFEA",
    sel="#E6EEF9",
    line="#E3E0D9",
    line2="#C9C5BC",
    ctl="#8B877E",
    text="#1D2126",
    text2="#4E545D",
    text3="#62676F",
    acc="#2459A6",
    accbg="#E6EEF9",
    accline="#A9C3E8",
    onacc="#FFFFFF",
    ok="#1C6B43",
    okbg="#E3F1E8",
    okline="#A9D3B9",
    warn="#855000",
    warnbg="#FBEFD9",
    warnline="#E6C78E",
    bad="#B0281F",
    badbg="#FBE8E5",
    badline="#EBB4AD",
    two="#6444A0",
    twobg="#EFEAF8",
    twoline="#C7B8E6",
    hatch="#CFCBC2",
    scrim="#5C1D2126",
    avatar="#4E545D",
)

DARK: Final = Colours(
    paper="#16181C",
    nav="#111316",
    surface="#1D2025",
    sunk="#191B20",
    hover="#262A30",
    sel="#1F2F48",
    line="#31353C",
    line2="#474D56",
    ctl="#7D848F",
    text="#ECEDEF",
    text2="#BAC0C9",
    text3="#9AA1AC",
    acc="#8FB6F2",
    accbg="#1F2F48",
    accline="#3E5E8F",
    onacc="#0F1A2B",
    ok="#7FCB9E",
    okbg="#1A3327",
    okline="#34664B",
    warn="#E9BC6D",
    warnbg="#3A2D15",
    warnline="#6F572A",
    bad="#F29C93",
    badbg="#43211F",
    badline="#7D3D38",
    two="#C3AEEE",
    twobg="#2F2646",
    twoline="#5A4B85",
    hatch="#3A3F47",
    scrim="#80000000",
    avatar="#BAC0C9",
)

COLOURS: Final = {Scheme.LIGHT: LIGHT, Scheme.DARK: DARK}


class Tone(Enum):
    """What a colour says. The value names three tokens: ink, ground, line."""

    NEUTRAL = ("text2", "hover", "line2")
    ACC = ("acc", "accbg", "accline")
    OK = ("ok", "okbg", "okline")
    WARN = ("warn", "warnbg", "warnline")
    BAD = ("bad", "badbg", "badline")
    TWO = ("two", "twobg", "twoline")

    @property
    def ink(self) -> str:
        return self.value[0]

    @property
    def ground(self) -> str:
        return self.value[1]

    @property
    def line(self) -> str:
        return self.value[2]


class Role(Enum):
    """Type roles; the value is the size in pixels at 100 % (16 px = 12 pt)."""

    FIGURE = 36
    TITLE = 26
    SHEET = 23
    VALUE = 22
    HEAD = 18
    BODY = 16
    SECOND = 15
    SMALL = 14
    CAP = 13


FACTORS: Final = (1.0, 1.25, 1.5)
"""The text sizes a worker may choose: 标准, 大, 特大."""

FAMILIES: Final = ("Microsoft YaHei UI", "Noto Sans CJK SC", "Source Han Sans SC")
BUNDLED_FAMILY: Final = "Noto Sans SC"
RARE_FAMILIES: Final = ("HanaMinA", "HanaMinB")


class Size:
    """Heights, paddings and radii that several widgets share."""

    SPACE: Final = (4, 8, 12, 16, 18, 24, 28)
    PAGE_LEFT: Final = 20
    PAGE_RIGHT: Final = 16
    CARD_PADDING: Final = 18
    GAP: Final = 12
    RADIUS_CAP: Final = 5
    RADIUS_CHIP: Final = 6
    RADIUS: Final = 8
    RADIUS_CARD: Final = 10
    RADIUS_SHEET: Final = 12
    PRIMARY: Final = 44
    BUTTON: Final = 40
    TOOL: Final = 36
    CHIP: Final = 26
    CAP: Final = 22
    ROW: Final = 40
    ROW_TWO: Final = 59
    TABLE_ROW: Final = 33
    GROUP: Final = 30
    MENU: Final = 168
    MENU_FOLDED: Final = 70
    MENU_ITEM: Final = 40
    TOP_BAR: Final = 52
    HINT_BAR: Final = 34
    SIDE: Final = 300
    ICON: Final = 18
