"""Invented cards, and the pages made of them as a reader of PDF sees them."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pypdfium2
from PIL import Image

from gridclient.cards.card import Card
from gridclient.cards.fonts import Fonts
from gridclient.cards.red import RED
from gridclient.cards.render import Report, render
from gridclient.cards.sheet import Setup

CREATED = datetime(2026, 11, 1, 8, 30, tzinfo=UTC)
MM = 72 / 25.4
ITEMS = (
    "水管漏水报修", "下水管道疏通", "单元门维修", "老年就餐卡", "独居老人送餐",
    "高龄补贴申请", "医保社保咨询", "暑期儿童托管", "邻里矛盾调解", "活动室预约",
)  # fmt: skip
PLAIN = Card(
    name="林小满",
    phone="13900000000",
    grid="第三网格",
    badge="S-0307",
    buildings="示例小区1-5号楼",
    hours="每天8:00-20:00接听",
    community="示例社区",
    community_phone="09710000000",
    community_address="示例路18号(小区东门北侧)",
    property_name="示例物业服务有限公司",
    property_phone="13900000005",
    police_name="高远",
    police_phone="13900000003",
    doctor_name="秦素",
    doctor_phone="13900000004",
    items=ITEMS,
    version="2026-11 版",
    qr="https://grid.example.cn/k/AbCdEfGhIjKlMnOpQrStUv",
)


def card(**changes: Any) -> Card:
    """The plain card with some fields changed."""
    return replace(PLAIN, **changes)


def numbered(count: int) -> list[Card]:
    """Cards told apart by name, phone, badge and code."""
    digits = "零一二三四五六七八九"
    return [
        card(
            name="林" + "".join(digits[int(digit)] for digit in f"{i:03d}"),
            phone=f"139{i:08d}",
            badge=f"S-{i:04d}",
            qr=f"https://grid.example.cn/k/{i:022d}",
        )
        for i in range(count)
    ]


class Printed:
    """A rendered batch."""

    def __init__(self, cards: list[Card], fonts: Fonts, **setup: Any) -> None:
        out = io.BytesIO()
        self.report: Report = render(cards, out, RED, Setup(created=CREATED, **setup), fonts)
        self.data = out.getvalue()
        self.pdf = pypdfium2.PdfDocument(self.data)

    def text(self, page: int) -> str:
        """A page's text without spaces, which are only how a reader guesses gaps."""
        return "".join(str(self.pdf[page].get_textpage().get_text_range()).split())

    def image(self, page: int, dpi: int = 300) -> Image.Image:
        """A page as a picture."""
        picture = self.pdf[page].render(scale=dpi / 72).to_pil().convert("RGB")
        assert isinstance(picture, Image.Image)
        return picture

    def find(self, page: int, text: str, first: int | None = None) -> tuple[float, float, float, float]:
        """Where a text, or its `first` characters, stands: left, bottom, right, top, in millimetres."""
        sheet = self.pdf[page].get_textpage()
        found = sheet.search(text).get_next()
        assert found, f"{text} is not on page {page}"
        boxes = [sheet.get_charbox(found[0] + i) for i in range(first or found[1])]
        left, bottom, right, top = zip(*boxes, strict=True)
        return min(left) / MM, min(bottom) / MM, max(right) / MM, max(top) / MM
