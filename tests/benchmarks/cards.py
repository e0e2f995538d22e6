"""Cards on A4, both sides, every one different with its own QR code: seconds, file size, memory.

python -m tests.benchmarks.cards [COUNT]. Budgets for 5,432: at most 1.2 kB a card and 300 MB.
"""

from __future__ import annotations

import io
import random
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from gridclient.cards.card import Card
from gridclient.cards.fonts import Fonts
from gridclient.cards.red import RED
from gridclient.cards.render import render
from gridclient.cards.sheet import Setup

_FAMILY = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林罗高梁郑谢宋唐许邓韩冯曹"
_GIVEN = "安宁平和清明远志文华建国春秋小满知夏如意青禾若水子涵雨桐思源嘉禾"
_TOKEN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_ITEMS = (
    "水管漏水报修", "下水管道疏通", "单元门维修", "老年就餐卡", "独居老人送餐",
    "高龄补贴申请", "医保社保咨询", "暑期儿童托管", "邻里矛盾调解", "活动室预约",
)  # fmt: skip


def invented(count: int) -> list[Card]:
    """Cards that differ in name, phone, badge, buildings, property, police, doctor and code."""
    chance = random.Random(5432)

    def name() -> str:
        return chance.choice(_FAMILY) + "".join(chance.choices(_GIVEN, k=chance.choice((1, 2, 2))))

    return [
        Card(
            name=name(),
            phone=f"139{chance.randrange(10**8):08d}",
            grid=f"第{i % 14 + 1}网格",
            badge=f"S-{i:04d}",
            buildings=f"示例小区{i % 40 + 1}-{i % 40 + 3}号楼{i % 6 + 1}单元",
            hours="每天8:00-20:00接听",
            community="示例社区",
            community_phone="09710000000",
            community_address="示例路18号（小区东门北侧）",
            property_name=f"示例{name()}物业服务有限公司",
            property_phone=f"138{chance.randrange(10**8):08d}",
            police_name=name(),
            police_phone=f"137{chance.randrange(10**8):08d}",
            doctor_name=name(),
            doctor_phone=f"136{chance.randrange(10**8):08d}",
            items=_ITEMS,
            version="2026-11 版",
            qr="https://grid.example.cn/k/" + "".join(chance.choices(_TOKEN, k=22)),
        )
        for i in range(count)
    ]


def _peak() -> float:
    """Megabytes at the highest, of this process alone."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return 0.0


def main(count: int) -> None:
    """Print one row."""
    cards = invented(count)
    before = _peak()
    started = time.perf_counter()
    fonts = Fonts.load()
    loaded = time.perf_counter()
    out = io.BytesIO()
    report = render(cards, out, RED, Setup(created=datetime(2026, 11, 1, tzinfo=UTC)), fonts)
    ended = time.perf_counter()
    size = len(out.getvalue())
    print(f"{len(report.printed)} cards, {report.pages} pages")
    print(f"{ended - started:.2f} s, of it fonts {loaded - started:.2f} s")
    print(f"{size / 1e6:.2f} MB, {size / max(count, 1) / 1000:.2f} kB a card (limit 1.2)")
    print(f"peak {_peak():.0f} MB (limit 300), before the run {before:.0f} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5432)
