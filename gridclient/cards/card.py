"""What one contact card says, and what can stand in the way of printing it. Plain data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from gridclient.cards import words

MOST_ITEMS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One card, as the ledger knows it: texts are stored forms, phones undivided.

    Empty means absent: an absent contact phone closes its place, an absent `qr` gives its room to the items,
    an absent photo prints a silhouette. Without both name and phone it is a card to fill in by pen; without
    one of them it is not printed. `qr` is the whole address, `photo` any picture file's bytes.
    """

    name: str
    phone: str
    role: str = words.ROLE
    grid: str = ""
    badge: str = ""
    buildings: str = ""
    hours: str = ""
    community: str = ""
    community_phone: str = ""
    community_address: str = ""
    property_name: str = ""
    property_phone: str = ""
    police_name: str = ""
    police_phone: str = ""
    doctor_name: str = ""
    doctor_phone: str = ""
    items: tuple[str, ...] = ()
    title: str = words.TITLE
    slogan: str = words.SLOGAN
    notice: str = words.NOTICE
    version: str = ""
    qr: str = ""
    photo: bytes | None = None


class Trouble(Enum):
    """Kinds of problem; the value says whether the card is held back from printing."""

    NO_GLYPH = ("no_glyph", True)
    TOO_LONG = ("too_long", True)
    MISSING = ("missing", True)
    TOO_MANY = ("too_many", True)
    BAD_ADDRESS = ("bad_address", True)
    SMALL_PHONE = ("small_phone", False)
    LONG_ITEM = ("long_item", False)
    NO_NUMBER = ("no_number", False)
    BY_HAND = ("by_hand", False)
    NO_PHOTO = ("no_photo", False)
    BAD_PHOTO = ("bad_photo", False)
    COARSE_PHOTO = ("coarse_photo", False)

    def __init__(self, code: str, stops: bool) -> None:
        self.code = code
        self.stops = stops


@dataclass(frozen=True, slots=True)
class Flaw:
    """A problem found in a text, before it is known whose card it is on."""

    trouble: Trouble
    field: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of one card: which (from 0, in the order given), whose, in which field, and what exactly."""

    card: int
    who: str
    field: str
    trouble: Trouble
    detail: str = ""

    @property
    def stops(self) -> bool:
        """True when the card is not printed for it; false for a warning."""
        return self.trouble.stops

    def sentence(self) -> str:
        """One plain sentence for the person who prints."""
        label = words.FIELDS.get(self.field, self.field)
        return words.PROBLEMS[self.trouble.code].format(
            number=self.card + 1, who=self.who or words.NAMELESS, field=label, detail=self.detail
        )
