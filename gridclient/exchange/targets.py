"""What a column of a register can mean, and by which header words it is known."""

import re
import unicodedata
from functools import cache
from typing import NamedTuple

from gridclient.core.domain.care import CareTag
from gridclient.core.domain.declaration import Field, Kind, Merge, Type
from gridclient.core.domain.geography import Building, Compound, Dwelling
from gridclient.core.domain.incoming import Feedback, HotlineTicket
from gridclient.core.domain.people import Household, Resident

IGNORE = "-"
COMPOUND = "compound.title"
BUILDING = "building.number"
UNIT = "dwelling.unit"
FLOOR = "dwelling.floor"
ROOM = "dwelling.room"
NAME = "resident.name"
SEX = "resident.sex"
BIRTH = "resident.birth"
ID_NUMBER = "resident.id_number"
ID_TYPE = "resident.id_type"
PHONES = "resident.phones"
RELATION = "resident.relation_to_head"
REMARK = "resident.remark"
TAGS = "resident.tags"
ADDRESS = "address"
HEAD_NAME = "head_name"
HOUSEHOLD_NUMBER = "household_number"

DOOR = (COMPOUND, BUILDING, UNIT, FLOOR, ROOM, ADDRESS)
# What stands once for a whole household, so that a blank below means "the same".
SHARED = (COMPOUND, BUILDING, UNIT, ROOM, ADDRESS, HEAD_NAME, HOUSEHOLD_NUMBER)
# Columns of one person of which a register may have several.
SEVERAL = (PHONES, REMARK, TAGS)

_OWN_WORDS: dict[str, tuple[str, str]] = {
    ADDRESS: (
        "地址",
        "住址 家庭住址 现住址 现居住地址 居住地址 详细地址 家庭地址 楼号、单元、房间号 楼号单元房间号 "
        "房屋信息 门牌地址 现住门(楼)详址 居住地",
    ),
    HEAD_NAME: ("户主", "户主姓名 户主名"),
    TAGS: ("关照类别", " ".join(CareTag.tag.headers[1:])),
    HOUSEHOLD_NUMBER: ("户编号", "家庭编号 户籍编号"),
    IGNORE: (
        "不导入",
        "序号 序 编号 No NO. 年龄 社区 所属社区 社区名称 网格 所属网格 网格名称 街道 所属街道",
    ),
}
# The same word means different things in different offices: a person has to say which.
AMBIGUOUS: dict[str, tuple[str, ...]] = {
    "户号": (HOUSEHOLD_NUMBER, "household.hukou_number", ROOM, IGNORE),
    "门牌号": (ROOM, ADDRESS, IGNORE),
    "门牌": (ROOM, ADDRESS, IGNORE),
    "房主": (HEAD_NAME, "dwelling.owner_name", IGNORE),
    "类型": ("household.sort", "resident.residence", "dwelling.use", IGNORE),
    "类别": (TAGS, "household.sort", "resident.residence", IGNORE),
    "状态": ("resident.life", "dwelling.use", IGNORE),
}
INCOMING: dict[str, type[Kind]] = {"hotline": HotlineTicket, "feedback": Feedback}
_KINDS: tuple[type[Kind], ...] = (Resident, Household, Dwelling)
_PLAIN = (Type.TEXT, Type.CODE, Type.DATE, Type.PHONE, Type.ID_NUMBER, Type.NUMBER)
_REQUIRED_MARK = re.compile(r"\((?:必填|选填|必选|可选|非必填)[^)]*\)|[*:\s]")


class Target(NamedTuple):
    """One meaning. `field` is None for what no field of a kind holds (an address, a head's name)."""

    key: str
    label: str
    field: Field | None


def normal_header(written: str) -> str:
    """A header as it is compared: NFKC, no spaces, stars, colons or (必填)."""
    return _REQUIRED_MARK.sub("", unicodedata.normalize("NFKC", written)).casefold()


@cache
def targets() -> dict[str, Target]:
    """All meanings by key."""
    known = {
        COMPOUND: Target(COMPOUND, Compound.title.zh, Compound.title),
        BUILDING: Target(BUILDING, Building.number.zh, Building.number),
    }
    for kind in _KINDS:
        for key, field in kind.fields.items():
            own = field.group != Kind.retired.group and field.type in _PLAIN
            if own and (field.merge is Merge.VALUE or field.type is Type.PHONE):
                known[f"{kind.kind}.{key}"] = Target(f"{kind.kind}.{key}", field.zh, field)
    for key, (label, _) in _OWN_WORDS.items():
        known[key] = Target(key, label, None)
    return known


@cache
def synonyms() -> dict[str, str]:
    """The meaning of every known header word; where kinds share a word, the person's counts."""
    known: dict[str, str] = {}
    for key, target in targets().items():
        if target.field is not None:
            for word in target.field.headers:
                known.setdefault(normal_header(word), key)
    for key, (label, words) in _OWN_WORDS.items():
        for word in (label, *words.split()):
            known.setdefault(normal_header(word), key)
    # 备注 beside a person is the person's; a household's own has another name.
    known[normal_header(Resident.remark.zh)] = REMARK
    return {word: key for word, key in known.items() if word not in AMBIGUOUS}


@cache
def incoming_targets(sort: str) -> dict[str, Target]:
    """The meanings of the columns of a flat file, by key: its kind's own fields."""
    kind = INCOMING[sort]
    known = {
        f"{kind.kind}.{key}": Target(f"{kind.kind}.{key}", field.zh, field)
        for key, field in kind.fields.items()
        if field.group != Kind.retired.group and field.type is not Type.REF
    }
    return {**known, IGNORE: targets()[IGNORE]}


@cache
def incoming_synonyms(sort: str) -> dict[str, str]:
    """The meaning of every known header word of a flat file."""
    known: dict[str, str] = {}
    for key, target in incoming_targets(sort).items():
        for word in target.field.headers if target.field is not None else ():
            known.setdefault(normal_header(word), key)
    return known


def choosable(sort: str) -> dict[str, Target]:
    """What a column of this sort of file can mean."""
    return incoming_targets(sort) if sort in INCOMING else targets()


def every_target() -> dict[str, Target]:
    """The meanings of all sorts of files."""
    return {**incoming_targets("hotline"), **incoming_targets("feedback"), **targets()}


def key_of(written: str) -> str | None:
    """The key a person wrote into a mapping: the key, its label, or both."""
    word = written.strip()
    known = every_target()
    if word in known:
        return word
    first = word.split()[0] if word else ""
    if first in known:
        return first
    return next((key for key, target in targets().items() if target.label == word), None)


def choice(key: str) -> str:
    """A meaning as a mapping offers it: key and label."""
    return f"{key} {every_target()[key].label}"
