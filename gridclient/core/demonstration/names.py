"""Invented names as a community has them: by sex and year of birth, with rare characters and dots."""

from random import Random
from typing import NamedTuple

from gridclient.core.demonstration.shares import pick

_SURNAMES = (
    "王李张刘陈杨赵马周吴徐孙胡朱高林何郭罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟"
    "谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤单仇查解祁铁星冶"
)
_TWO_CHARACTERS = ("欧阳", "上官", "司徒", "诸葛", "东方", "尉迟")
_CUMULATIVE: list[float] = []
for _rank in range(len(_SURNAMES)):
    _CUMULATIVE.append((_CUMULATIVE[-1] if _CUMULATIVE else 0.0) + 1 / (_rank + 4))

# Characters outside what old machines can write; every screen, file and card has to bear them.
RARE = "𠮷䶮㛃𫖯"


class _Fashion(NamedTuple):
    """What children were called from one year on: first and second characters, and names of one."""

    since: int
    first: str
    second: str
    single: str


_MEN = (
    _Fashion(2006, "子浩梓宇俊奕一沐承嘉明", "轩然睿泽辰宸晨阳航霖安", "睿辰泽"),
    _Fashion(1990, "子俊文浩宇嘉泽明天志宏", "轩豪杰宇鑫博涛航鹏昊林", "浩宇鑫帆凯阳杰旭磊"),
    _Fashion(1970, "志海永俊宏文伟立世少春", "军明强鹏涛东辉勇刚杰斌", "伟磊鹏涛勇斌杰超波刚"),
    _Fashion(1950, "建国志永文卫新长玉保振", "军民平华明林生强忠义东成", "军强勇刚平伟斌毅"),
    _Fashion(0, "德文永国志世家玉占福景长维有", "清明贵林海山才田成富和祥安荣生", "荣福贵山"),
)
_WOMEN = (
    _Fashion(2006, "子梓雨欣诗若可一沐语思", "涵萱怡桐彤妍晨瑶汐琪宁", "瑶妍宁"),
    _Fashion(1990, "雨思佳雅欣晓雪梦嘉文", "婷涵怡琪慧颖洁蕾莹佳", "婷颖洁悦雪倩莹"),
    _Fashion(1970, "晓海春红雪小艳玉文秋", "燕霞红玲芳丽梅琴英", "丽燕霞敏静艳娟芳玲婷"),
    _Fashion(1950, "秀玉桂淑凤月春红建海小", "英兰芳莲花琴华霞玲香燕", "英芳玲霞琴敏"),
    _Fashion(0, "秀玉桂淑凤月春翠水腊", "英兰珍芳莲花琴华云芝香", "英莲珍"),
)
_DOTTED_MEN = ("阿迪力", "伊力亚", "买尔旦", "木拉提", "艾山江", "努尔兰", "巴特尔夫", "叶尔波")
_DOTTED_WOMEN = ("古丽米热", "阿依努尔", "帕丽旦", "热依汗", "玛依莎", "迪娜尔", "萨吾列", "茹仙")


class Name(NamedTuple):
    """A name in its two parts. Dotted names carry the father's given name behind the dot."""

    family: str
    given: str
    dotted: bool = False

    @property
    def full(self) -> str:
        return f"{self.given}·{self.family}" if self.dotted else self.family + self.given


def surname(chance: Random) -> str:
    if chance.random() < 0.006:
        return pick(chance, _TWO_CHARACTERS)
    return chance.choices(_SURNAMES, cum_weights=_CUMULATIVE)[0]


def named(chance: Random, male: bool, year: int, father: Name | None = None, dotted: bool = False) -> Name:
    """A name for somebody born in a year; with a father, his family name (or dotted, his given one)."""
    if father.dotted if father else dotted:
        family = father.given if father else pick(chance, _DOTTED_MEN)
        return Name(family, pick(chance, _DOTTED_MEN if male else _DOTTED_WOMEN), True)
    family = father.family if father else surname(chance)
    return Name(family, _given(chance, male, year))


def _given(chance: Random, male: bool, year: int) -> str:
    fashion = next(one for one in (_MEN if male else _WOMEN) if year >= one.since)
    if chance.random() < 0.18:
        return pick(chance, fashion.single)
    first, second = pick(chance, fashion.first), pick(chance, fashion.second)
    if chance.random() < 0.004:
        second = pick(chance, RARE)
    return first + second
