"""Telephone numbers as people write them: several to a cell, with labels, spaces and prefixes."""

import re
import unicodedata
from typing import NamedTuple

_GAP = r"[ -]?"
_END = r"(?![\d*]|[-.]\d)"
# A number is only taken where no further digit touches it: part of an unreadable one is no number.
_NUMBER = re.compile(
    rf"""
    (?<![\d.*])(?<!\d[-.])
    (?:
        (?:\+?86{_GAP}|0086{_GAP}|0(?=1[3-9]\d{{9}}(?!\d)))?(?P<mobile>1[3-9](?:{_GAP}\d){{9}}|1[3-9]\d\.\d{{4}}\.\d{{4}})
        (?=$|[^\d.*-]|[-.](?!\d)|(?:1[3-9]\d{{9}})+(?!\d))
      | \(?(?P<area>010|02\d|0[3-9]\d\d)\)?{_GAP}(?P<local>[2-9]\d{{6,7}})
        (?:(?:-|转|,转)(?P<extension>\d{{1,5}}))?{_END}
      | (?P<service>[48]00-?\d{{3}}-?\d{{4}}|95\d{{3,4}}|123\d\d|9\d{{4}}){_END}
      | (?P<town>[2-8]\d{{6,7}}){_END}
    )
  | (?<=\d)(?P<second>1[3-9]\d{{9}})(?=(?:1[3-9]\d{{9}})*(?!\d))       # run together with the one before
    """,
    re.VERBOSE | re.ASCII,
)
_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_SEPARATORS = re.compile(r"[\s;,、/|()\[\]:。.\-]+")
_NO_NUMBER = re.compile(
    r"(?:无|没有?|暂无|未留?|不|已|拒绝?|未)?(?:联系)?(?:电话|手机|号码|座机|提供|留|会用|愿意?说|愿意?留|停机|空号|关机|销号|欠费"
    r"|打不通|联系不上|详|用)+(?:电话|手机|号码)?"
)
_WORDLESS = re.compile(
    r"座机|手机号码|手机号|手机|固定电话|固话|联系电话|电话号码|电话|号码|家里|家庭|或|和|转|TEL|Tel|tel"
)
_NONE = {
    "无",
    "没有",
    "暂无",
    "未留",
    "不详",
    "空号",
    "停机",
    "无电话",
    "没电话",
    "无手机",
    "没手机",
    "0",
    "/",
    "-",
    "—",
}


class PhoneCell(NamedTuple):
    """What a cell holds.

    Attributes:
        numbers: the sure ones, in order, each once: 13900000001, 0971-6123456, 0971-6123456-801, 6123456.
        labels: (number, whose it is) where somebody wrote that.
        rest: what could not be read; "" if nothing is left.
    """

    numbers: tuple[str, ...]
    labels: tuple[tuple[str, str], ...] = ()
    rest: str = ""


_EMPTY = PhoneCell(())


def read(cell: str | int | float) -> PhoneCell:
    """The telephone numbers of a table's cell. Total: what is unreadable is handed back as `rest`."""
    if isinstance(cell, int | float):
        cell = f"{cell:.0f}" if cell == cell and abs(cell) < 1e15 and cell == int(cell) else str(cell)
    if _MOBILE.fullmatch(cell):
        return PhoneCell((cell,))
    text = unicodedata.normalize("NFKC", cell).replace("–", "-").replace("—", "-").strip().strip("'")
    text = re.sub(r"(?<=\d)\.0+(?![\d.])", "", text)
    if not text or text in _NONE or _NO_NUMBER.fullmatch(text):
        return _EMPTY
    return _scan(text)


def _scan(text: str) -> PhoneCell:
    numbers: list[str] = []
    between: list[str] = []
    at = 0
    for match in _NUMBER.finditer(text):
        between.append(text[at : match.start()])
        numbers.append(_spelt(match))
        at = match.end()
    between.append(text[at:])
    words = [_WORDLESS.sub("", _SEPARATORS.sub("", piece)) for piece in between]
    rest = [piece.strip() for piece, word in zip(between, words, strict=True) if _unreadable(word, numbers)]
    labels = _labels(numbers, words)
    return PhoneCell(tuple(dict.fromkeys(numbers)), labels, " ".join(rest))


def _unreadable(word: str, numbers: list[str]) -> bool:
    return any(character.isdigit() for character in word) or bool(word and not numbers)


def _labels(numbers: list[str], words: list[str]) -> tuple[tuple[str, str], ...]:
    """A word before a number is its label; where none stands before the first, those behind are."""
    names = [word if not any(character.isdigit() for character in word) else "" for word in words]
    behind = not names[0] and bool(names[-1])
    paired = zip(numbers, names[1:] if behind else names[:-1], strict=True) if numbers else ()
    return tuple((number, name) for number, name in paired if name)


def _spelt(match: re.Match[str]) -> str:
    if match["area"]:
        ending = f"-{match['extension']}" if match["extension"] else ""
        return f"{match['area']}-{match['local']}{ending}"
    found = match["mobile"] or match["second"] or match["service"] or match["town"]
    return re.sub(r"[ .-]", "", found)
