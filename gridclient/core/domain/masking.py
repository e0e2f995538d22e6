"""What is shown of a number until somebody asks for all of it. Decided here alone, for screens and files.

An identity number is six digits of a county, eight of a birthday and four more. Everybody in a county can
guess the first six, so whoever sees a birthday beside the last four has the whole number. Hence: where
anything tells when a person was born, nothing of the number is shown; elsewhere its last four.
"""

import re

from gridclient.core.domain.declaration import Field, Type

STAR = "*"
RESTRICTED = 2  # the sensitivity from which on a field is shown on request only
_ENDS = 4
_SHORTEST_NUMBER = 8  # of anything shorter four digits would be half
_SHORTEST_PHONE = 7
_MOBILE = 11
# Family names of two characters that are still met.
_TWO_CHARACTERS = re.compile(
    "欧阳|司马|上官|诸葛|司徒|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|夏侯|端木|轩辕|呼延|南宫|独孤|拓跋|"
    "第五|澹台|申屠|太史|闻人|赫连|西门|公冶|宗政|濮阳|淳于|单于|钟离|万俟|司空|鲜于|闾丘|亓官"
)
_AREA = re.compile(r"0\d{2,3}-")
_DIGITS = str.maketrans("０１２３４５６７８９ｘＸ－", "0123456789xX-")
_DIGIT = re.compile(r"\d")
_GAP = r"[\s.·\-‐-―−\u200b-\u200f\ufeff]?"
_BETWEEN = r"[^\dA-Za-z\u4e00-\u9fff]{0,3}"  # county, birthday and the rest, set apart with any signs
_PROVINCE = "(?=1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|7[12]|8[1-3])"
# A letter may touch a number (wx139…, ID6399…), another digit may not: but where two numbers are run together
# nothing is shown. Behind letters only what begins with a province is one: tickets are counted QH2026….
_IN_TEXT = re.compile(
    rf"""(?<!\d)(?:
      (?P<id>\d{{22,}}[Xx]?
      | [1-9]\d{{5}}{_BETWEEN}(?:18|19|20)\d\d{_BETWEEN}[01]\d{_BETWEEN}[0-3]\d{_BETWEEN}\d{{3}}[\dXx]
      | (?:(?<![A-Za-z])(?=[1-9])|{_PROVINCE})\d(?:{_GAP}\d){{14}}(?:(?:{_GAP}\d){{2}}{_GAP}[\dXx])?)
    | (?P<phone>(?:\+?86{_GAP})?1[3-9](?:{_GAP}\d){{9}}
      | 0\d{{2,3}}{_GAP}[2-9]\d{{6,7}}
      | (?<![A-Za-z])(?!20\d\d[01]\d[0-3]\d(?!\d))[2-8]\d{{6,7}}(?![A-Za-z]))  # but no day of this century
    )(?!\d)""",
    re.VERBOSE,
)


def id_number(number: str, *, born_shown: bool) -> str:
    """An ID number as it may be shown. `born_shown`: a birthday, year of birth or age stands in the same
    view."""
    if born_shown or len(number) < _SHORTEST_NUMBER:
        return STAR * len(number)
    return STAR * (len(number) - _ENDS) + number[-_ENDS:]


def name(written: str) -> str:
    """赵**, 欧阳**: a family name is enough to be addressed by, and paper is soon lost."""
    letters = list(written)
    shown = 2 if len(letters) > 2 and _TWO_CHARACTERS.match(written) else 1
    return "".join(letters[:shown]) + STAR * (len(letters) - shown)


def phone(number: str) -> str:
    """139****2046, 0971-***3456; what is shorter than a number of one's own (110, 12345) stays."""
    area = _AREA.match(number)
    kept = area[0] if area else number[:3] if len(number) >= _MOBILE else ""
    rest = number[len(kept) :]
    if len(number) < _SHORTEST_PHONE:
        return number
    return f"{kept}{STAR * max(len(rest) - _ENDS, 0)}{rest[-_ENDS:]}"


def text(words: str) -> str:
    """Free text with the phone and ID numbers masked that people wrote into it."""
    if not _DIGIT.search(words):
        return words
    plain = words.translate(_DIGITS)
    made, at = [], 0
    for found in _IN_TEXT.finditer(plain):
        start, end = found.span()
        made.append(words[at:start])
        made.append(STAR * (end - start) if found["id"] else phone(plain[start:end]))
        at = end
    return "".join([*made, words[at:]]) if made else words


def value(field: Field | None, stored: str, *, born_shown: bool) -> str:
    """One value of a field as it may be shown."""
    if field is None:
        return text(stored)
    if field.type is Type.ID_NUMBER:
        return id_number(stored, born_shown=born_shown)
    if field.sensitivity >= RESTRICTED:
        return STAR * 3
    if field.type is Type.PHONE:
        return phone(stored)
    return text(stored) if field.type is Type.TEXT else stored
