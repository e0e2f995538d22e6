"""红: the official design. A white field between a red stripe and a red foot with the number to ring."""

from __future__ import annotations

from gridclient.cards import words
from gridclient.cards.fonts import Weight
from gridclient.cards.pen import rounded_box
from gridclient.cards.template import (
    At,
    Blank,
    Code,
    Contact,
    ContactRow,
    Contacts,
    Face,
    Field,
    Items,
    Pair,
    Person,
    Phone,
    Piece,
    Portrait,
    Shape,
    Style,
    Template,
    Words,
)

_RED, _GOLD, _PALE_GOLD, _WHITE = "#A81E22", "#B98A3C", "#F6DDA8", "#FFFFFF"
_INK, _SECOND, _GROUND, _FIGURE, _COLLAR = "#1D1714", "#5A4E47", "#EFE4D2", "#BFAE95", "#D8CCB6"
_M, _B = Weight.MEDIUM, Weight.BOLD


def _band(top: float, bottom: float, colour: str) -> Shape:
    """A band across the whole width: neighbours on a sheet carry the same, so a cut shows no sliver."""
    return Shape(f"-2 {top} 94 {bottom - top:.2f} re", colour)


_HANDSET = (
    Shape("7.25 46.84 m 7.25 48.52 8.62 49.89 10.3 49.89 c", _PALE_GOLD, 1.2),
    Shape("7.25 46.84 m 7.25 46.49 7.31 46.15 7.42 45.84 c", _PALE_GOLD, 1.2),
    Shape("10.3 49.89 m 10.65 49.89 10.99 49.83 11.3 49.72 c", _PALE_GOLD, 1.2),
    Shape("7.83 44.78 m 8.66 45.61 l 8.09 46.18 l 7.26 45.35 l h", _PALE_GOLD, 0.84),
    Shape("11.5 48.44 m 12.33 49.27 l 11.76 49.84 l 10.93 49.01 l h", _PALE_GOLD, 0.84),
    Shape("7.83 44.78 m 8.66 45.61 l 8.09 46.18 l 7.26 45.35 l h", _PALE_GOLD),
    Shape("11.5 48.44 m 12.33 49.27 l 11.76 49.84 l 10.93 49.01 l h", _PALE_GOLD),
)

_SILHOUETTE = (
    Shape("5 6 22 30.6 re", _GROUND),
    Shape(
        "20.75 18.35 m 20.75 21.8 18.63 24.6 16 24.6 c 13.37 24.6 11.25 21.8 11.25 18.35 c"
        " 11.25 14.9 13.37 12.1 16 12.1 c 18.63 12.1 20.75 14.9 20.75 18.35 c h",
        _FIGURE,
    ),
    Shape(
        "13.3 22 m 18.7 22 l 18.7 26.2 l 22.1 27.25 26.1 28.5 26.1 32.3 c 26.1 36.6 l"
        " 5.9 36.6 l 5.9 32.3 l 5.9 28.5 9.9 27.25 13.3 26.2 c h",
        _FIGURE,
    ),
    Shape("13.4 26.2 m 14.45 26.05 l 16 28.3 l 17.55 26.05 l 18.6 26.2 l 16 30.5 l h", _COLLAR),
)

_HEAD = Pair(
    Piece("title"),
    Piece("community"),
    y=10.4,
    x0=31.5,
    x1=85,
    gap=2.5,
    left_style=Style(_B, 10.5, _RED),
    right_style=Style(_M, 9, _SECOND),
    steps=(
        (10.5, 0.14, 9),
        (10.5, 0.14, 8.5),
        (10.5, 0.14, 8),
        (10.5, 0.10, 8),
        (10.5, 0.10, 7.5),
        (10.5, 0.05, 7.5),
        (10.5, 0.05, 7),
        (9.5, 0.05, 7),
    ),
)
_HEAD_RULE = Shape("31.5 12.575 53.5 0.25 re", _GOLD)

_FRONT = Face(
    constants=(
        _band(-2, 2.2, _RED),
        _band(2.2, 2.5, _GOLD),
        _band(36.3, 36.6, _GOLD),
        _band(36.6, 56, _RED),
        _HEAD_RULE,
        *_HANDSET,
    ),
    variables=(
        Portrait(5, 6, 22, 30.6, _SILHOUETTE),
        _HEAD,
        Person(
            At(31.5, 23.6),
            slot=38,
            column=53.5,
            style=Style(_B, 25, _INK),
            role_style=Style(_B, 10.5, _RED),
            role_gap=2.4,
            lift=-1.1,
            below=Field(
                (Piece("grid"), Piece("badge", f"{words.BADGE} ")),
                At(31.5, 29.2),
                53.5,
                Style(_M, 8.5, _SECOND),
                sizes=(8.5, 8, 7.5, 7),
            ),
        ),
        Field(
            (Piece("buildings", f"{words.IN_CHARGE} ", ranges=True),),
            At(31.5, 33.2),
            53.5,
            Style(_M, 8.5, _SECOND),
            sizes=(8.5, 8, 7.5, 7),
        ),
        Pair(
            Piece("slogan"),
            Piece("hours", ranges=True),
            y=41.4,
            x0=5,
            x1=85,
            gap=3,
            # A tenth of an em or more between characters is read as a space by pdftotext.
            left_style=Style(_B, 9, _PALE_GOLD),
            right_style=Style(_M, 8, _PALE_GOLD),
            steps=((9, 0.095, 8), (9, 0.05, 8), (9, 0.05, 7.5), (8.5, 0.05, 7)),
        ),
        Phone("phone", At(85, 50.6, "R"), slot=70, style=Style(_B, 27, _WHITE)),
    ),
)

# By pen: lines 8 mm apart, a box for each digit in the groups a number is read in, the foot left white.
_LABEL = Style(_M, 8.5, _SECOND)
_LABEL_SIZES = (8.5, 8.0, 7.5, 7.0)
_DIGITS_X = (15.95, 22.0, 28.05, 35.6, 41.65, 47.7, 53.75, 61.3, 67.35, 73.4, 79.45)


def _pen_line(y: float) -> Shape:
    return Shape(f"43.6 {y} m 84.9 {y} l", _SECOND, 0.2)


def _fill_in(piece: Piece, label: str, y: float) -> Blank:
    """What is known, as on any card, or its label before a line."""
    at = At(31.5, y - 0.7)
    return Blank(Field((piece,), at, 53.5, _LABEL, _LABEL_SIZES), (Words((label,), at, _LABEL), _pen_line(y)))


_BLANK_FRONT = Face(
    constants=(
        _band(-2, 2.2, _RED),
        _band(2.2, 2.5, _GOLD),
        _band(51.5, 51.8, _GOLD),
        _band(51.8, 56, _RED),
        _HEAD_RULE,
        _pen_line(22),
        *(Shape(rounded_box(x, 41.2, 5.4, 8.2, 0.5), _RED, 0.3) for x in _DIGITS_X),
        Words((words.PHONE,), At(5, 48.4), Style(_B, 11, _RED)),
    ),
    variables=(
        Portrait(
            5,
            6,
            22,
            30.8,
            (
                Shape(rounded_box(5, 6, 22, 30.8, 0.6), _GOLD, 0.25),
                Words((words.PHOTO,), At(16, 22.4, "C"), Style(_M, 8, _FIGURE)),
            ),
            glued=True,
        ),
        _HEAD,
        Field((Piece("role"),), At(31.5, 21.3), 11.3, _LABEL, _LABEL_SIZES),
        _fill_in(Piece("badge", f"{words.BADGE} "), words.BADGE, 30),
        _fill_in(Piece("buildings", f"{words.IN_CHARGE} ", ranges=True), words.IN_CHARGE, 38),
    ),
)

_CONTACTS = Contacts(
    rows=(
        ContactRow(
            (
                Contact(words.COMMUNITY, "community_phone", under="community_address", address=True),
                Contact(words.PROPERTY, "property_phone", under="property_name"),
            ),
            steps=((7.5, 10), (7.5, 9.5), (7.5, 9), (7.5, 8.5), (7.5, 8), (7.5, 7.5), (7.5, 7)),
        ),
        ContactRow(
            (
                Contact(words.POLICE, "police_phone", beside="police_name"),
                Contact(words.DOCTOR, "doctor_phone", beside="doctor_name"),
            ),
            steps=((7.5, 8.5), (7.5, 8.2), (7, 8.2), (7, 8), (7, 7.5), (7, 7)),
        ),
    ),
    xs=(5, 46.5),
    ys=(33.6, 42.9),
    width=38.5,
    whole=80,
    tag_style=Style(_B, 7.2, _WHITE),
    tag_ground=_RED,
    tag_height=3.7,
    tag_radius=0.7,
    tag_padding=1.1,
    gap=1.5,
    phone_style=Style(_B, 10, _INK),
    name_style=Style(_M, 7, _SECOND),
    detail_sizes=(7, 6.5),
    detail_leads=(3.1, 2.8),
)

_NOTICE = Field((Piece("notice"),), At(5, 46.4), 80, Style(_M, 6.5, _SECOND), sizes=(6.5,))
_BACK_CONSTANTS = (
    _band(-2, 2.2, _RED),
    _band(2.2, 2.5, _GOLD),
    _band(47.2, 47.5, _GOLD),
    _band(47.5, 56, _RED),
    Words((words.HOTLINE,), At(5, 50.75), Style(_B, 9, _WHITE)),
    Words((words.HOTLINE_NAME,), At(16.2, 50.75), Style(_M, 7.2, _PALE_GOLD)),
    Words(words.EMERGENCIES, At(85, 50.75, "R"), Style(_M, 7.2, _PALE_GOLD), joint=1.2),
)


def _items(width: float, steps: tuple[tuple[int, float], ...]) -> Items:
    return Items(
        heading=Words((words.ITEMS_HEADING,), At(5, 8.0), Style(_B, 9.5, _RED, 0.05)),
        x=5,
        y=12.3,
        width=width,
        style=Style(_M, 7.5, _INK),
        steps=steps,
        gutter=2.0,
        indent=1.6,
        bullet=0.9,
        bullet_colour=_GOLD,
        leads={0: 3.9, 5: 3.45},
    )


def _version(right: float) -> Field:
    return Field((Piece("version"),), At(right, 8.0, "R"), 20, Style(_M, 5.5, _SECOND), sizes=(5.5,))


_BACK = Face(
    constants=(
        *_BACK_CONSTANTS,
        Shape("5 28.3 53.5 0.2 re", _GOLD),
        Words((words.SCAN,), At(74.94, 29.7, "C"), Style(_B, 8, _RED, 0.08)),
    ),
    variables=(_items(53.5, ((3, 7.5), (3, 7.2), (2, 7.5), (2, 7))), _version(58.5), _CONTACTS, _NOTICE),
    code=Code(62.44, 2.56, 25),
)

_PLAIN_BACK = Face(
    constants=(*_BACK_CONSTANTS, Shape("5 28.3 80 0.2 re", _GOLD)),
    variables=(_items(80, ((3, 7.5), (3, 7.2), (2, 7.5), (2, 7))), _version(85), _CONTACTS, _NOTICE),
)

RED = Template("红", 90, 54, 2, _FRONT, _BLANK_FRONT, _BACK, _PLAIN_BACK)
