#!/usr/bin/env python3
"""Make resources/pinyin/readings.tsv from pypinyin's dictionary; the client carries only the table."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT
from pypinyin.contrib.tone_convert import to_normal

TARGET = Path(__file__).resolve().parent.parent / "resources" / "pinyin" / "readings.tsv"
NO_SYLLABLE = {"ê", "m", "n", "ng", "hm", "hng"}

# How people of that name say it, where the dictionary lacks it or hides it behind rarer readings.
SURNAMES = {
    "单": "shan",
    "仇": "qiu",
    "曾": "zeng",
    "查": "zha",
    "解": "xie",
    "区": "ou",
    "翟": "zhai",
    "朴": "piao",
    "盖": "ge",
    "黑": "he",
    "折": "she",
    "缪": "miao",
    "覃": "qin",
    "召": "shao",
    "任": "ren",
    "华": "hua",
    "燕": "yan",
    "那": "na",
    "冼": "xian",
    "洗": "xian",
    "么": "yao",
    "句": "gou",
    "过": "guo",
    "能": "nai",
    "祭": "zhai",
    "种": "chong",
    "宓": "fu",
    "员": "yun",
    "乜": "nie",
    "佴": "nai",
    "郇": "xun",
    "阚": "kan",
    "繁": "po",
    "秘": "bi",
    "尉": "yu",
    "万": "mo",
    "乐": "yue",
    "逄": "pang",
    "臧": "zang",
    "柏": "bai",
    "谌": "shen",
    "隗": "kui",
    "撒": "sa",
    "晟": "sheng",
    "茜": "qian",
    "牟": "mu",
    "适": "kuo",
    "药": "yue",
    "炅": "gui",
    "芮": "rui",
    "訾": "zi",
    "眭": "sui",
    "郗": "chi",
    "纪": "ji",
    "葛": "ge",
    "哈": "ha",
    "应": "ying",
    "令": "ling",
    "宁": "ning",
    "车": "che",
    "盛": "sheng",
    "石": "shi",
    "贾": "jia",
    "叶": "ye",
    "沈": "shen",
    "卜": "bu",
}
# Where the dictionary puts a rarer reading first.
USUAL = {
    "曾": "zeng",
    "晟": "sheng",
    "茜": "qian",
    "卜": "bu",
    "翟": "zhai",
    "阚": "kan",
    "贾": "jia",
    "覃": "qin",
}


def living() -> dict[str, set[str]]:
    """The readings every character has in the words of the dictionary: those people still say."""
    heard: dict[str, set[str]] = defaultdict(set)
    for word, spelt in PHRASES_DICT.items():
        for character, syllable in zip(word, spelt, strict=False):
            heard[character].add(to_normal(syllable[0]))
    return heard


def readings() -> dict[str, list[str]]:
    """Every character with its living readings without tones, the usual one first."""
    table: dict[str, list[str]] = {}
    heard = living()
    for point, written in PINYIN_DICT.items():
        character = chr(point)
        plain = dict.fromkeys(to_normal(reading) for reading in written.split(","))
        known = [reading for reading in plain if reading.isascii() and reading not in NO_SYLLABLE]
        if known:
            table[character] = known[:1] + [one for one in known[1:] if one in heard.get(character, known)]
    for character, surname in SURNAMES.items():
        if surname not in table[character]:
            table[character].append(surname)
    for character, usual in USUAL.items():
        table[character] = [usual, *(reading for reading in table[character] if reading != usual)]
    return table


def main() -> None:
    usual: dict[str, list[str]] = defaultdict(list)
    others: dict[str, list[str]] = defaultdict(list)
    for character, known in sorted(readings().items()):
        usual[known[0]].append(character)
        for reading in known[1:]:
            others[reading].append(character)
    syllables = sorted(usual.keys() | others.keys())
    lines = [f"{one}\t{''.join(usual[one])}\t{''.join(others[one])}\n" for one in syllables]
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text("".join(lines), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
