"""What looks wrong in a record and may still be right: shown where it was written, never in the way."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from gridclient.core.domain import identity
from gridclient.core.domain.attention import age
from gridclient.core.domain.values import normal_phone

OLDEST_EVER = 120
CHILD = 14
HEADS = frozenset({"01", "02"})
CITIZEN_CARDS = frozenset({"", "111"})


class Doubt(NamedTuple):
    """A field and what is doubtful about it, in words for the person who wrote it."""

    field: str
    words: str


def of_resident(fields: Mapping[str, object], today: date) -> list[Doubt]:
    """Doubts about one person."""
    found = []
    number = identity.normalise(_text(fields, "id_number"))
    if number and _text(fields, "id_type") in CITIZEN_CARDS:
        if "*" in number:
            found.append(Doubt("id_number", "号码打了码，只能对后四位"))
        elif not identity.is_valid(number):
            found.append(Doubt("id_number", "校验不对，可能抄错一位；没错也能存"))
    sex, birth = identity.told(number)
    written = _text(fields, "birth")
    if birth and written and not birth.startswith(written):
        found.append(Doubt("birth", f"和身份证上的不一样，身份证上是 {birth}"))
    if sex and _text(fields, "sex") in ("1", "2") and _text(fields, "sex") != sex:
        found.append(Doubt("sex", "和身份证上的不一样"))
    years = age(written or birth or "", today)
    if years is not None and years > OLDEST_EVER:
        found.append(Doubt("birth", f"算下来 {years} 岁，看看有没有写错"))
    if years is not None and years < 0:
        found.append(Doubt("birth", "还没到这一天"))
    if years is not None and 0 <= years < CHILD and _text(fields, "relation_to_head") in HEADS:
        found.append(Doubt("relation_to_head", f"{years} 岁当户主，看看有没有写错"))
    phones = fields.get("phones")
    for phone in phones if isinstance(phones, list | tuple) else ():
        if isinstance(phone, str) and not _likely(phone):
            found.append(Doubt("phones", f"“{phone}”不像电话号码"))
    return found


def of_household(head: object, people: Sequence[Mapping[str, object]]) -> list[Doubt]:
    """Doubts about a household as a whole; `people` with their record ids under `id`."""
    found = []
    heads = [person for person in people if _text(person, "relation_to_head") in HEADS]
    if len(heads) > 1:
        found.append(Doubt("head", f"有 {len(heads)} 个人都写着户主"))
    if head is not None and people and all(person.get("id") != head for person in people):
        found.append(Doubt("head", "户主不在这一户的人里"))
    numbers = [number for number in (identity.normalise(_text(one, "id_number")) for one in people) if number]
    if len(set(numbers)) < len(numbers):
        found.append(Doubt("id_number", "两个人写了同一个身份证号"))
    return found


def _likely(phone: str) -> bool:
    digits = normal_phone(phone)
    return digits.isdigit() and 5 <= len(digits) <= 17


def _text(fields: Mapping[str, object], key: str) -> str:
    value = fields.get(key)
    return value if isinstance(value, str) else ""
