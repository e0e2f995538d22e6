"""A name as it stands in a cell: alone, with a note, with an ID number, or none at all."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from gridclient.core.domain import identity
from gridclient.core.domain.people import Resident
from gridclient.core.domain.values import Invalid, check
from gridclient.exchange import words
from gridclient.exchange.cells import is_broken

_NOTE = re.compile(r"[(（\[【]([^()（）\[\]【】]*)[)）\]】]$")
_BARE_NOTE = re.compile(r"(?<=..)[-—:：\s]+(已故|去世|死亡|空挂户?|租户|租客|户主)$")
_ID = re.compile(r"[1-9]\d{16}[\dXx]")
_SEVERAL = re.compile(r"[、,，;；/\\|&+]|和(?=..)|[\u4e00-\u9fff]{2,}\s+[\u4e00-\u9fff]{2,}")
_BESIDE = re.compile(r"[:：\-—_*＊△▲★☆●]+$|^[:：\-—_*＊△▲★☆●]+")
_MASKED = re.compile(r"[*＊×●某XＸ]{1,3}$|^.{1,2}[*＊×●○]")
_PLAIN = re.compile(r"[\u4e00-\u9fff]{1,3}[\u4e00-\u9fff](?<!某)")
_TITLE = re.compile(r"(?:登记表|花名册|名单|台账|情况表|信息表|家庭成员|小区|社区|号楼|单元)$")
_NOBODY = frozenset(
    {
        *(
            "出租",
            "出租房",
            "租房",
            "装修",
            "装修中",
            "办公",
            "仓库",
            "商铺",
            "车库",
            "外出",
            "搬走",
            "已搬走",
        ),
        *("拒访", "锁门", "无人应答", "待售", "已售", "未售", "未交付", "未装修"),
        "不详",
        "未知",
        "不知道",
        "未登记",
        "未提供",
        "待查",
        "待核实",
        "无名",
        "不在家",
        "没人",
        "敲门不应",
        "同上",
        "业主",
        "租户",
        "租客",
        "某某",
        "先生",
        "女士",
    }
)
_RELATION_BEFORE = re.compile(
    r"(?:妻子?|夫|丈夫|儿子?|女儿?|父亲?|母亲?|子|长子|次子|长女|次女|孙子|孙女|户主|老伴|配偶)\s+\S{2,}"
)
# Surnames of two characters, so that 欧阳 震华 is one person.
_DOUBLE = frozenset(
    {
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "司徒",
        "夏侯",
        "端木",
        "轩辕",
        "南宫",
        "独孤",
        "呼延",
        "百里",
    }
)


class Name(NamedTuple):
    """`name` without what stood beside it: a `note` in brackets, a valid `id_number`.

    `fault`: why there is no usable name; then the rest is "".
    """

    name: str
    note: str = ""
    id_number: str = ""
    fault: str = ""


@lru_cache(4096)
def read(written: str) -> Name:
    """The name in a cell. Rare characters keep their code points."""
    if _PLAIN.fullmatch(written) and written not in _NOBODY:
        return Name(written)
    text = "".join(one for one in written if unicodedata.category(one) != "Cf").strip()
    found = _ID.search(unicodedata.normalize("NFKC", text))
    number = found[0].upper() if found is not None and identity.is_valid(found[0].upper()) else ""
    if number and found is not None:
        text = unicodedata.normalize("NFKC", text).replace(found[0], "").strip()
    note = _NOTE.search(text) or _BARE_NOTE.search(text)
    if note is not None:
        text = text[: note.start()]
    fault = _fault(text)
    if fault:
        return Name("", fault=fault)
    name = _BESIDE.sub("", text if text.isascii() else "".join(text.split()))
    if not name or re.search(r"\d", name) or not re.search(r"[^\W_]", name):
        return Name("", fault=words.NAME_NOT_CLEAR)
    try:
        check(Resident.name, name)
    except Invalid:
        return Name("", fault=words.NAME_NOT_CLEAR)
    return Name(name, note[1].strip() if note is not None else "", number)


def _fault(text: str) -> str:
    if len(text) > 3 and _TITLE.search(text):
        return words.NAME_NOT_CLEAR
    if is_broken(text or " "):
        return words.NOT_COMPUTED
    if text in _NOBODY:
        return words.NO_REAL_NAME
    if _MASKED.search(text) and not text.isascii():
        return words.NAME_MASKED
    if _RELATION_BEFORE.fullmatch(text):
        return words.NAME_NOT_CLEAR
    if _SEVERAL.search(text.strip(" *＊")) and text.split()[0] not in _DOUBLE:
        return words.TWO_NAMES
    return ""
