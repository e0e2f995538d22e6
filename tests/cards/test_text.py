"""What a card says can be found and copied from the file; what cannot print is told, never drawn as a box."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridclient.cards.card import Card, Problem, Trouble
from gridclient.cards.fonts import Fonts
from gridclient.cards.red import RED
from gridclient.cards.render import examine
from tests.cards.invented import ITEMS, Printed, card, numbered

NAMES = [
    "林小满",
    "岑宁",
    "王𠮷",
    "𠮷𫖯䶮",
    "欧阳知夏",
    "扎西·达瓦",
    "古丽巴哈尔·阿卜杜热合曼",
    "㐂㛃",
    "Maria Li",
]


def _poppler(data: bytes, folder: Path) -> str:
    path = folder / "cards.pdf"
    path.write_bytes(data)
    text = subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout
    return "".join(text.decode("utf-8").split())


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("layout", ["single", "a4-10up"])
def test_a_name_is_copied_as_it_is_written(fonts: Fonts, tmp_path: Path, name: str, layout: str) -> None:
    printed = Printed([card(name=name)], fonts, layout=layout)
    assert not [problem for problem in printed.report.problems if problem.stops]
    written = name.replace(" ", "")
    assert written in printed.text(0)
    assert written in _poppler(printed.data, tmp_path)


@pytest.mark.parametrize("copies", [1, 12])
def test_both_readers_find_every_field(fonts: Fonts, tmp_path: Path, copies: int) -> None:
    printed = Printed([card()] * copies, fonts)
    sides = [printed.text(0) + printed.text(1), _poppler(printed.data, tmp_path)]
    said = [
        "为民服务联络卡", "示例社区", "第三网格", "工号S-0307", "负责示例小区1–5号楼", "有事您说话",
        "每天8:00–20:00接听", "13900000000", "示例路18号（小区东门北侧）", "示例物业服务有限公司",
        "13900000005", "高远", "13900000003", "秦素", "13900000004", "这些事，我们帮您办", "扫码说事",
        "上门登记的信息只用于为您办事；查看、更正、删除，请打社区电话。", "12345", "2026-11版", *ITEMS,
    ]  # fmt: skip
    for text in said:
        assert all(text in side for side in sides), text


def test_a_phone_is_copied_with_its_digits_in_order(fonts: Fonts) -> None:
    text = Printed([card(phone="13912345678")], fonts, layout="single").pdf[0].get_textpage().get_text_range()
    assert "139 1234 5678" in text


def test_single_pages_read_from_top_to_bottom(fonts: Fonts) -> None:
    text = Printed([card()], fonts, layout="single").text(0)
    order = ["为民服务联络卡", "林小满", "网格员", "第三网格", "负责", "有事您说话", "13900000000"]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def _stopping(problems: tuple[Problem, ...]) -> list[tuple[int, str, Trouble]]:
    return [(problem.card, problem.field, problem.trouble) for problem in problems if problem.stops]


def test_a_character_no_font_has_is_named_and_the_rest_prints(fonts: Fonts) -> None:
    cards = [*numbered(2), card(name="林\U0002f00a"), card(name="محمد"), card(items=("修\U0001f6bf",))]
    printed = Printed(cards, fonts)
    assert printed.report.printed == (0, 1)
    assert _stopping(printed.report.problems) == [
        (2, "name", Trouble.NO_GLYPH),
        (3, "name", Trouble.NO_GLYPH),
        (4, "items", Trouble.NO_GLYPH),
    ]
    told = [problem for problem in printed.report.problems if problem.trouble is Trouble.NO_GLYPH]
    assert told[0].who == "林\U0002f00a"
    assert "U+2F00A" in told[0].detail
    assert all(problem.who in problem.sentence() for problem in told)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "古丽巴哈尔阿卜杜热合曼麦麦提艾力"),
        ("name", "古丽巴哈尔阿卜杜热合曼·麦麦提艾力买买提江吐尔逊阿布力"),
        ("phone", "139000000001390000000013900000000"),
        ("buildings", "示例小区" * 12),
        ("property_name", "示例阳光家园物业管理服务集团股份有限公司第一分公司第二项目部服务管理中心"),
        ("community_address", "示例大道" * 12),
        ("items", ("老年食堂就餐卡办理与送餐上门登记",)),
        ("notice", "请打社区电话。" * 6),
        ("hours", "每天早上八点到晚上八点都可以接听请放心打来电话说事情"),
        ("police_name", "阿卜杜热合曼·麦麦提艾力"),
    ],
)
def test_what_does_not_fit_is_told_and_not_printed(fonts: Fonts, field: str, value: object) -> None:
    printed = Printed([card(**{field: value}), card()], fonts)
    assert printed.report.printed == (1,)
    assert _stopping(printed.report.problems) == [(0, field, Trouble.TOO_LONG)]


def test_warnings_do_not_hold_a_card_back(fonts: Fonts) -> None:
    one = card(police_phone="", items=("老年食堂就餐卡办理呀",), qr="", phone="0971-8123456转801")
    report = Printed([one], fonts).report
    assert report.printed == (0,)
    assert {problem.trouble for problem in report.problems} == {
        Trouble.NO_NUMBER,
        Trouble.LONG_ITEM,
        Trouble.SMALL_PHONE,
        Trouble.NO_PHOTO,
    }


@pytest.mark.parametrize(
    "address",
    [
        "http://grid.example.cn/k/a",
        "HTTPS://GRID.EXAMPLE.CN/K/A",
        "https://网格.cn/k/a",
        "https://a.cn/" + "k" * 94,
    ],
)
def test_an_address_a_scanner_may_not_follow_is_refused(fonts: Fonts, address: str) -> None:
    assert _stopping(examine([card(qr=address)], RED, fonts)) == [(0, "qr", Trouble.BAD_ADDRESS)]


@pytest.mark.parametrize("nothing", ["", "  ", "\u3000", "\u200b", "\ufeff \u00ad"])
def test_a_card_without_a_name_or_a_number_is_not_printed(fonts: Fonts, nothing: str) -> None:
    problems = examine([card(name=nothing), card(phone=nothing)], RED, fonts)
    assert _stopping(problems) == [(0, "name", Trouble.MISSING), (1, "phone", Trouble.MISSING)]


@pytest.mark.parametrize("nothing", ["  ", "\u200b", "-"])
def test_a_contact_with_nothing_to_ring_has_no_label(fonts: Fonts, nothing: str) -> None:
    assert "民警" not in Printed([card(police_phone=nothing)], fonts, layout="single").text(1)


def test_eleven_items_are_too_many(fonts: Fonts) -> None:
    assert _stopping(examine([card(items=(*ITEMS, "代办"))], RED, fonts)) == [(0, "items", Trouble.TOO_MANY)]


HOSTILE = [
    "<b>林</b>", "&amp;", "../../etc", "'; DROP TABLE", "\\(林)", ") Tj ET", "<0001>", "%PDF", "{who}",
    "\x00林", "林\n满", "\u202e林", "e\u0301", "\ud800", "￿", "\U000e0041", "林" * 5000, "(" * 300, "·",
    "··", " ", "1" * 40,
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize(
    "field", ["name", "buildings", "community", "property_name", "phone", "items", "qr", "slogan"]
)
def test_hostile_text_never_raises(fonts: Fonts, field: str, text: str) -> None:
    one = card(**{field: (text,) if field == "items" else text})
    printed = Printed([one, card()], fonts, layout="single")
    assert 1 in printed.report.printed
    assert len(printed.pdf) == printed.report.pages
    assert all(problem.sentence().encode("utf-8") for problem in printed.report.problems)


ANY_TEXT = ("name", "grid", "hours", "doctor_name", "version")


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.fixed_dictionaries({name: st.text(max_size=30) for name in ANY_TEXT}))
def test_any_text_is_laid_out_or_reported(fonts: Fonts, fields: dict[str, str]) -> None:
    one: Card = card(**fields)
    for problem in examine([one], RED, fonts):
        assert problem.sentence().encode("utf-8")
