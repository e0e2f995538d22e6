"""What a design is made of. A design is data: another one is another module of values, not another engine.

Places are millimetres from the top-left trim corner, y down; the y of text is its baseline; sizes are points;
gaps inside a line are em. Colours are #rrggbb.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from gridclient.cards.fonts import Weight

Align = Literal["L", "R", "C"]


@dataclass(frozen=True, slots=True)
class Style:
    """How a text looks; `tracking` is em added between its characters."""

    weight: Weight
    size: float
    colour: str
    tracking: float = 0.0


@dataclass(frozen=True, slots=True)
class At:
    """The point a text hangs on: its left end, its right end or its middle."""

    x: float
    y: float
    align: Align = "L"


@dataclass(frozen=True, slots=True)
class Shape:
    """A constant shape: PDF path operators in millimetres, filled or, with `stroke`, drawn by a round pen."""

    path: str
    colour: str
    stroke: float = 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """Constant words; several parts stand `joint` em apart."""

    parts: tuple[str, ...]
    at: At
    style: Style
    joint: float = 1.0


Constant = Shape | Words


@dataclass(frozen=True, slots=True)
class Piece:
    """One field of the card with the word before it. `ranges`: 1-5 in it is a range, not a door number."""

    field: str
    prefix: str = ""
    ranges: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """Fields of the card on one line, empty ones closed up. Sizes are tried until the slot holds it."""

    pieces: tuple[Piece, ...]
    at: At
    slot: float
    style: Style
    sizes: tuple[float, ...]
    joint: float = 1.0


@dataclass(frozen=True, slots=True)
class Blank:
    """A line of fields and, where all of them are empty, what stands there for a pen to complete."""

    field: Field
    instead: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two fields that share a line, one from each end. Steps: left size, left tracking, right size."""

    left: Piece
    right: Piece
    y: float
    x0: float
    x1: float
    gap: float
    left_style: Style
    right_style: Style
    steps: tuple[tuple[float, float, float], ...]


@dataclass(frozen=True, slots=True)
class Person:
    """The name with the role beside it, and the line below, which takes the role beside a long name.

    The name is one line in its slot down to `beside` of full size, one line of the whole column down to
    `alone`, then two lines from `twice` down to `floor` points, broken after an interpunct only.
    """

    at: At
    slot: float
    column: float
    style: Style
    role_style: Style
    role_gap: float
    below: Field
    beside: float = 0.80
    alone: float = 0.62
    twice: float = 0.56
    lead: float = 1.22
    lift: float = 0.0  # millimetres the second of two lines stands above the usual baseline
    floor: float = 11.0


@dataclass(frozen=True, slots=True)
class Phone:
    """The number to ring. Shrinks to its slot: under `warn` points a warning, under `floor` not printed."""

    field: str
    at: At
    slot: float
    style: Style
    warn: float = 20.0
    floor: float = 14.0


@dataclass(frozen=True, slots=True)
class Portrait:
    """The photo's place and what prints where there is none, which is no flaw where one is `glued` on."""

    x: float
    y: float
    width: float
    height: float
    silhouette: tuple[Constant, ...]
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Items:
    """The services list: the first (columns, size) where every item stands whole. No items, no heading."""

    heading: Words
    x: float
    y: float
    width: float
    style: Style
    steps: tuple[tuple[int, float], ...]
    gutter: float
    indent: float
    bullet: float
    bullet_colour: str
    leads: dict[int, float]  # rows: lead; 0 for any other number of rows


@dataclass(frozen=True, slots=True)
class Contact:
    """One labelled number with a name beside it or details under it. `address` may break before a bracket."""

    tag: str
    phone: str
    beside: str = ""
    under: str = ""
    address: bool = False


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A row of contacts. Steps: size of the name beside, size of the phone."""

    contacts: tuple[Contact, ...]
    steps: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Contacts:
    """Rows of contacts. One without a phone is left out and its row closes; an empty row closes the block."""

    rows: tuple[ContactRow, ...]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    width: float
    whole: float
    tag_style: Style
    tag_ground: str
    tag_height: float
    tag_radius: float
    tag_padding: float
    gap: float
    phone_style: Style
    name_style: Style
    detail_sizes: tuple[float, ...]
    detail_leads: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """The square a QR code fills with its quiet zone."""

    x: float
    y: float
    side: float


Single = Field | Blank | Pair | Person | Phone | Portrait | Items
Variable = Single | Contacts


@dataclass(frozen=True, slots=True)
class Face:
    """One side: constants in painting order, then what differs from card to card, in reading order."""

    constants: tuple[Constant, ...]
    variables: tuple[Variable, ...]
    code: Code | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A design. `blank_front` is for a pen, `plain_back` is the back of a card without a QR address."""

    name: str
    width: float
    height: float
    bleed: float
    front: Face
    blank_front: Face
    back: Face
    plain_back: Face
