"""Names found by letters."""

import pytest

from gridclient.core.domain.pinyin import Readings, parse_table
from gridclient.resources_path import resource


@pytest.fixture(scope="module")
def readings() -> Readings:
    return Readings(parse_table(resource("pinyin/readings.tsv").read_text("utf-8")))


@pytest.mark.parametrize(
    ("name", "found_by"),
    [
        ("李萍", ["liping", "lp"]),
        ("单晓", ["shanxiao", "danxiao", "sx", "dx"]),
        ("仇和", ["qiuhe", "qh"]),
        ("曾国华", ["zengguohua", "zgh"]),
        ("查文", ["zhawen", "zw"]),
        ("解珍", ["xiezhen", "xz"]),
        ("区宁", ["ouning", "on"]),
        ("翟天", ["zhaitian", "zt"]),
        ("朴贞", ["piaozhen", "pz"]),
        ("万俟雪", ["moqixue", "mqx"]),
        ("尉迟恭", ["yuchigong", "ycg"]),
        ("长孙雪", ["zhangsunxue", "zsx"]),
        ("吕布", ["lvbu", "lb"]),
        ("任𫖯", ["renfu", "rf"]),
        ("王乐", ["wangle", "wangyue", "wl", "wy"]),
        ("古丽·买买提", ["gulimaimaiti", "glmmt"]),
        ("John", ["john"]),
    ],
)
def test_a_name_is_found_by_every_living_reading(readings: Readings, name: str, found_by: list[str]) -> None:
    assert set(found_by) <= set(readings.search_text(name).split())


@pytest.mark.parametrize("name", ["王萍", "孙萍", "赵萍", "陈萍"])
def test_a_surname_of_one_living_reading_has_one_spelling(readings: Readings, name: str) -> None:
    assert len(readings.search_text(name).split()) == 3  # wangping, wp, wping


@pytest.mark.parametrize("name", ["", "·", "……", "😀"])
def test_what_has_no_sound_has_no_spelling(readings: Readings, name: str) -> None:
    assert readings.search_text(name) == ""


def test_spellings_stay_few_however_long_a_name_is(readings: Readings) -> None:
    assert len(readings.search_text("乐" * 40).split()) < 100
