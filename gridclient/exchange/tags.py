"""Care tags a register speaks of: in columns of their own, and, less surely, in its remarks."""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from gridclient.core.domain import ids
from gridclient.core.domain.care import NAMED_PERSONS, CareTag, level
from gridclient.core.domain.care_codes import CARE_TAG
from gridclient.core.domain.ids import Id
from gridclient.exchange import words
from gridclient.exchange.cell_values import NOT_FILLED, Placed, Remark
from gridclient.exchange.cells import DITTO

_BETWEEN = re.compile(r"[;；,，、/|\s+＋]+")
_NOBODY = frozenset(
    {"一般", "普通", "普通居民", "一般人员", "正常", "否", "无特殊", "非重点", "其他", "群众", "居民"}
)
_NOT = re.compile(r"(?:非|不是|无|没有|未|已取消|不享受|停发)$")
_SHORTEST = 2


class Pick(NamedTuple):
    """One tag of one row, as a person decides on it."""

    sheet: str
    row: int
    tag: str


class Offer(NamedTuple):
    """A tag that a row speaks of. `from_remark`: guessed out of free words. `taken`: it is written."""

    sheet: str
    row: int
    name: str
    where: str
    tag: str
    from_remark: bool
    taken: bool

    @property
    def named(self) -> bool:
        """Whether only named persons may know of it."""
        return level(self.tag) >= NAMED_PERSONS

    @property
    def pick(self) -> Pick:
        return Pick(self.sheet, self.row, self.tag)


def in_column(cells: Sequence[Placed], doubts: list[Remark]) -> tuple[str, ...]:
    """The tags of cells that hold nothing else; what is no tag goes to `doubts`."""
    found: dict[str, None] = {}
    for placed in cells:
        for word in _BETWEEN.split(unicodedata.normalize("NFKC", placed.written)):
            if not word or word in NOT_FILLED or word in _NOBODY or word in DITTO:
                continue
            code = CARE_TAG.code(word) or CARE_TAG.code(word.removesuffix("人员").removesuffix("户"))
            if code is None:
                doubts.append(Remark(placed.header, word, words.NO_CODE_TAG))
            else:
                found[code] = None
    return tuple(found)


def in_remark(remark: str) -> tuple[str, ...]:
    """The tags whose words stand in a remark and are not denied there."""
    plain = unicodedata.normalize("NFKC", remark)
    found: dict[str, None] = {}
    for match in _all_words().finditer(plain):
        if not _NOT.search(plain[: match.start()]):
            code = CARE_TAG.code(match[0])
            if code is not None:
                found[code] = None
    return tuple(found)


@cache
def _all_words() -> re.Pattern[str]:
    known = {*CARE_TAG.labels.values(), *CARE_TAG.synonyms}
    longest_first = sorted(
        (word for word in known if len(word) >= _SHORTEST), key=lambda word: (-len(word), word)
    )
    return re.compile("|".join(map(re.escape, longest_first)))


def tag_id(resident: Id, tag: str) -> Id:
    """One tag of one person is one record, whichever file or laptop says it."""
    return ids.named(CareTag.kind, ids.text(resident), tag)


def tag_values(household: object, resident: Id, tag: str) -> dict[str, object]:
    """The fields of a tag; one for named persons says nothing but whom and what."""
    values: dict[str, object] = {"household": household, "resident": resident, "tag": tag}
    return values if level(tag) >= NAMED_PERSONS else {**values, "basis": words.TAG_BASIS}
