"""From what a person types to what is stored. Invalid carries the words for the line under the field."""

from __future__ import annotations

import re
import unicodedata

from gridclient.core.domain import codes, identity
from gridclient.core.domain.declaration import Field
from gridclient.core.domain.values import Invalid, check, check_date, normal_text
from gridclient.desktop.household import edit_words as words

_DATE = re.compile(r"(\d{4})(?:[-./年 ](\d{1,2})(?:[-./月 ](\d{1,2})日?)?月?)?年?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SEX = re.compile(r"[男女]性?[,，、 ]*")
_FOREIGN = re.compile(r"[A-WYZa-wyz]")
_ID_DIGITS = 9  # fewer are a date
SEXES = {"男": "1", "女": "2"}


def read_text(field: Field, typed: str) -> str | None:
    """Free text, or None for nothing.

    Raises:
        Invalid: it is too long.
    """
    # Kept as it was typed: the comparable form would turn ， into a comma of another script.
    value = typed.strip() or None
    check(field, value)
    if field.required and value is None:
        raise Invalid(f"{field.zh}要写")
    return value


def read_date(typed: str) -> str | None:
    """A date as people write it: 2003, 2003.5, 2003年5月1日, 20030501.

    Raises:
        Invalid: it is none.
    """
    written = unicodedata.normalize("NFKC", typed).strip()
    if not written:
        return None
    match = _COMPACT.fullmatch(written) or _DATE.fullmatch(written)
    if match is None:
        raise Invalid("日期要写成 2003-05-01 这样，只知道年也行")
    return check_date(
        "-".join(each if len(each) == 4 else f"{int(each):02}" for each in match.groups() if each)
    )


def read_phone(field: Field, typed: str) -> str | None:
    """One telephone number.

    Raises:
        Invalid: too few or too many digits.
    """
    written = unicodedata.normalize("NFKC", typed).strip()
    if not written:
        return None
    digits = re.sub(r"[^\d]", "", written)
    if not 7 <= len(digits) <= 15:
        raise Invalid(f"电话要 7 到 15 位数字，写了 {len(digits)} 位")
    check(field, written)
    return written


def read_phones(field: Field, typed: str) -> list[str]:
    """Several numbers with 、or a comma between them.

    Raises:
        Invalid: one of them is none.
    """
    written = [each for each in re.split(r"[、,，;；\s]+", typed) if each]
    return [number for each in written if (number := read_phone(field, each)) is not None]


def read_relation(typed: str) -> str | None:
    """The code behind 配偶, 老伴, 女儿 …

    Raises:
        Invalid: nobody knows that word.
    """
    word = normal_text(typed)
    if not word:
        return None
    found = codes.RELATION.code(word)
    if found is None:
        raise Invalid("没有这种写法，写配偶、子、女、父、母、其他这样")
    return found


def read_id_number(typed: str) -> str | None:
    """A number as it is stored. What looks wrong with it is a doubt and no reason not to keep it: numbers
    with a false check digit exist."""
    return identity.normalise(typed) or None


def read_born(typed: str) -> dict[str, str]:
    """What one line tells of who somebody is: an ID number with the birth and sex in it, or where there is
    none a birth and a sex: 1983, 女 1983-5-1.

    Raises:
        Invalid: it is none of these.
    """
    written = unicodedata.normalize("NFKC", typed).strip()
    plain = _SEX.sub(" ", written).strip()
    said = next((code for word, code in SEXES.items() if word in written), None)
    if len(re.sub(r"\D", "", plain)) >= _ID_DIGITS or "*" in plain or _FOREIGN.search(plain):
        number = identity.normalise(plain)
        sex, birth = identity.told(number)
        told = {"id_number": number, "sex": sex or said, "birth": birth}
    else:
        try:
            told = {"sex": said, "birth": read_date(plain)}
        except Invalid as error:
            raise Invalid(words.BORN_WRONG) from error
    return {key: value for key, value in told.items() if value}


def read_quick_relation(typed: str) -> str | None:
    """A relation, also by its digit in ``words.QUICK_RELATIONS``.

    Raises:
        Invalid: nobody knows that word.
    """
    code = words.QUICK_RELATIONS.get(normal_text(typed))
    return code or read_relation(typed)
