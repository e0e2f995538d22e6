"""What somebody typed, in the forms it may be written in a ledger."""

import re
import unicodedata
from typing import NamedTuple

_DOOR_WORDS = re.compile(r"(?:号楼|楼栋|单元|栋|幢|座|楼|号|室|户|[\s/-])+")
_DOOR = re.compile(r"\d[a-z0-9]{0,4}(?:-[a-z0-9]{1,6}){1,3}")
_NUMBER = re.compile(r"\+?\d[\d\s()-]*\d")
_PLACE_AND_DOOR = re.compile(r"([^\d\s]{2,})(\d.*)")
_HAN = re.compile(r"[^\W\d_a-z]+")
LONGEST = 60


class Asked(NamedTuple):
    """One thing to look for. `forms`: words that must all be there, the most telling form first.

    `mixed`: a name typed half in characters and half in letters, with its longest part in characters.
    """

    forms: tuple[tuple[str, ...], ...]
    mixed: tuple[str, str] | None = None


def normal(written: str) -> str:
    """What is typed or stored, as it is compared: one width, one case, dashes alike."""
    plain = unicodedata.normalize("NFKC", written).casefold()
    for dash in "－—–―#":
        plain = plain.replace(dash, "-")
    return plain


def asked(typed: str) -> Asked:
    """Read the search box."""
    plain = " ".join(normal(typed).split())[:LONGEST]
    words = tuple(plain.split())
    forms = [*_door(plain), *_number(plain), *_place_and_door(words), *([words] if words else [])]
    return Asked(tuple(dict.fromkeys(forms)), _mixed(plain.replace(" ", "")))


def _door(plain: str) -> list[tuple[str, ...]]:
    """12 3 502, 12号楼3单元502, 3单元502 as the register has them."""
    written = _DOOR_WORDS.sub("-", plain).strip("-")
    return [(written,)] if _DOOR.fullmatch(written) else []


def _number(plain: str) -> list[tuple[str, ...]]:
    """A telephone number with spaces, dashes or +86 in it."""
    if not _NUMBER.fullmatch(plain):
        return []
    digits = re.sub(r"\D", "", plain)
    if len(digits) == 13 and digits.startswith("86"):
        digits = digits[2:]
    return [(digits,)] if len(digits) >= 5 and digits != plain else []


def _place_and_door(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """示例小区12号楼3单元502, written in one go or with a gap."""
    match = _PLACE_AND_DOOR.fullmatch("-".join(words)) if words else None
    if match is None:
        return []
    place = match[1].strip("-")
    return [(place, *form) for form in _door(match[2])] or [(place, match[2])]


def _mixed(plain: str) -> tuple[str, str] | None:
    """l萍, 李p, zhang小明."""
    if not plain.isalpha() or not any("a" <= letter <= "z" for letter in plain):
        return None
    parts = _HAN.findall(plain)
    return (plain, max(parts, key=len)) if parts else None
