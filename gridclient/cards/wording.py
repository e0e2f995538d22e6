"""Stored text to printed text: punctuation, spaces, ranges, names, phones. Places do not change."""

from __future__ import annotations

import re
import unicodedata

DOT = "·"
_DOTS = str.maketrans(dict.fromkeys("•・‧．∙⋅･", DOT))
_FOLDED = str.maketrans(dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff"))
_FOLDED |= {
    wide: wide - 0xFEE0
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for wide in range(ord(first), ord(last) + 1)
}
_WIDE = {",": "，", ":": "：", ";": "；", "!": "！", "?": "？", "(": "（", ")": "）"}
_HALF = re.compile(r"[,:;!?]")
_HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_MARKS = "，。、；：！？（）《》「」『』“”‘’…—"
_CHINESE = re.compile(f"[{_HAN}{_MARKS}]")
_SPACE_BY_CHINESE = re.compile(
    rf"(?<=[{_HAN}]) (?=[A-Za-z0-9])|(?<=[A-Za-z0-9%]) (?=[{_HAN}])|(?<=[{_MARKS}]) | (?=[{_MARKS}])"
)
_RANGE = re.compile(r"(?<![\d\-–.:])(\d+(?::\d\d)?)\s*[-－~～—–至]\s*(\d+(?::\d\d)?)(?![\d\-–.:])")
_ALREADY = re.compile(rf"[{_HAN}0-9A-Za-z·–]*")
_PLAIN = re.compile(r"[0-9A-Za-z ,.:;!?()'/\-]*")
_ACCENTED = re.compile(r".[\u0300-\u036f]+")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_AREA = re.compile(r"(0(?:10|2\d|[3-9]\d\d))(\d{7,8})")


def is_han(char: str) -> bool:
    """True for a Chinese character proper, not for its punctuation."""
    return (
        "\u3400" <= char <= "\u9fff" or char >= "\U00020000" or "\uf900" <= char <= "\ufaff" or char == "〇"
    )


def printed(text: str) -> str:
    """Fold spaces, full-width digits and invisible characters; give Chinese its full-width marks.

    Spaces between Chinese and Latin go: that gap is made by position when the line is set.
    """
    if _ALREADY.fullmatch(text):
        return text
    text = " ".join(_ACCENTED.sub(_composed, text).translate(_FOLDED).split())
    if _PLAIN.fullmatch(text):
        return text
    return _SPACE_BY_CHINESE.sub("", _widen_marks(_widen_brackets(text)))


def printed_range(text: str) -> str:
    """As `printed`, and 1-5 or 8:00~20:00 become ranges with an en dash; a door number 12-3-502 stays."""
    return printed(_RANGE.sub(r"\1–\2", text))


def printed_name(text: str) -> str:
    """As `printed`, with every kind of interpunct folded to one and no spaces inside a Chinese name."""
    if _ALREADY.fullmatch(text):
        return text
    text = printed(text.translate(_DOTS))
    text = re.sub(rf" *{DOT} *", DOT, text)
    return re.sub(rf"(?<=[{_HAN}]) (?=[{_HAN}])", "", text)


def _composed(accented: re.Match[str]) -> str:
    """One letter for a letter and its accents. Han is left alone: normal forms merge characters of names."""
    return unicodedata.normalize("NFC", accented[0])


def _touches_chinese(text: str, position: int) -> bool:
    around = text[:position].rstrip()[-1:] + text[position + 1 :].lstrip()[:1]
    return any(map(_CHINESE.match, around))


def _widen_brackets(text: str) -> str:
    """A pair becomes full width together, so that it never ends up with one half of each kind."""
    chars, open_at = list(text), list[int]()
    for i, char in enumerate(text):
        if char in "(（":
            open_at.append(i)
        elif char in ")）" and open_at:
            j = open_at.pop()
            if char == "）" or text[j] == "（" or _touches_chinese(text, i) or _touches_chinese(text, j):
                chars[j], chars[i] = "（", "）"
        elif char == ")" and _touches_chinese(text, i):
            chars[i] = "）"
    for j in open_at:
        if _touches_chinese(text, j):
            chars[j] = "（"
    return "".join(chars)


def _widen_marks(text: str) -> str:
    chars = list(text)
    for found in _HALF.finditer(text):
        i = found.start()
        clock = text[i] in ",:" and text[i - 1 : i].isdigit() and text[i + 1 : i + 2].isdigit()
        if not clock and _touches_chinese("".join(chars), i):
            chars[i] = _WIDE[chars[i]]
    return "".join(chars)


def phone_groups(text: str) -> str:
    """A phone in the groups it is read in: 139 0000 0000, 0971 000 0000, 010 0000 0000, 400 000 0000.

    An extension after 转 or - follows its number. Anything else keeps its own groups.
    """
    if text.isascii() and text.isdigit():
        return _groups(text) or text
    text = printed(text)
    number, mark, extension = _split_extension(text)
    country, digits = "", re.sub(r"[\s\-–()（）]", "", number)
    if digits.startswith(("+86", "0086")):
        country, digits = "+86 ", digits[3 if digits[0] == "+" else 4 :]
    grouped = _groups(digits)
    if grouped is None:
        return " ".join(re.sub(r"[\s\-–()（）]+", " ", text).split())
    return f"{country}{grouped}{f' {mark} {extension}' if extension else ''}".replace(" 转 ", "转")


def _split_extension(text: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"(.*?)\s*(转|[-–]|(?i:ext\.?))\s*(\d{1,5})", text)
    if found is None:
        return text, "", ""
    number = re.sub(r"\D", "", found[1])
    if _groups(number) is None or (found[2] in "-–" and len(number) < 10):
        return text, "", ""
    return found[1], "转", found[3]


def _groups(digits: str) -> str | None:
    if not (digits.isascii() and digits.isdigit()):
        return None
    if _MOBILE.fullmatch(digits):
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    if area := _AREA.fullmatch(digits):
        return f"{area[1]} {_groups(area[2])}"
    match len(digits):
        case 7:
            return f"{digits[:3]} {digits[3:]}"
        case 8:
            return f"{digits[:4]} {digits[4:]}"
        case 10 if digits[0] in "48":
            return f"{digits[:3]} {digits[3:6]} {digits[6:]}"
        case 11 if digits[0] == "0":
            return f"{digits[:4]} {digits[4:7]} {digits[7:]}"
        case 11:
            return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
        case length if length <= 6:
            return digits
    return None
