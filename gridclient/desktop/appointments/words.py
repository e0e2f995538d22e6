"""Every word of the page of appointments."""

from __future__ import annotations

from gridclient.desktop.kit.hints import Hint, HintGroup

TITLE = "预约"
LIST = "这一周的预约"
MONTH = "这个月的预约"
VIEWS = ("一周", "一个月")
NEW = "约个时间"
BEFORE = "上一周"
AFTER = "下一周"
NOW = "回到本周"
WAITING = "过了时间，还没记结果"
FREE = "没有预约"
NOTHING = "选一个预约，看约了什么。没有的话，先打开一户，按 Ctrl+D 约个时间。"
VISIT = "记走访"
HOUSEHOLD = "看这一户"
ACTS = {"kept": "见到了", "missed": "没在", "moved": "改时间", "cancelled": "取消", "confirmed": "说定了"}
DONE = "已经有结果了。"

CLOSE = "关上"
SHEET = "约个时间"
SHEET_MOVE = "改个时间"
SAVE = "约好了"
DAY = "哪一天"
BAND = "什么时候"
OTHER_DAY = "别的日子"
OTHER_DAY_HINT = "2026-12-03 这样"
CLOCK = "几点"
CLOCK_HINT = "14:30 这样，写了按写的"
TOPIC = "为什么去"
TOPIC_HINT = "一句话，不写也行"
ASKED_BY = "谁约的"
SAY_DAY = "先选哪一天"
SAY_WHEN = "先选什么时候，或者写几点"
SAY_PAST = "这个时间已经过了"
SAY_CLOCK = "几点要写成 14:30 这样"

HINTS = (
    Hint(("↑", "↓"), "选一个"),
    Hint(("←", "→"), "换一周"),
    Hint(("1", "5"), "有什么结果", span=True),
    Hint(("Enter",), "记走访"),
    Hint(("Ctrl+M",), "月历"),
    Hint(("F7",), "看这一户"),
)
MONTH_HINTS = (
    Hint(("←", "→", "↑", "↓"), "选一天"),
    Hint(("PgUp", "PgDn"), "换一个月"),
    Hint(("Enter",), "看这一周"),
    Hint(("Ctrl+M",), "回一周"),
)
ALL_KEYS = (
    HintGroup(
        TITLE,
        (
            Hint(("↑", "↓"), "选一个"),
            Hint(("←", "→"), "上一周、下一周"),
            Hint(("0",), "回到本周"),
            Hint(("1",), "见到了"),
            Hint(("2",), "没在"),
            Hint(("3",), "改时间"),
            Hint(("4",), "取消"),
            Hint(("5",), "说定了"),
            Hint(("Enter",), "记走访"),
            Hint(("F7",), "看这一户"),
            Hint(("Ctrl+M",), "一周和月历"),
        ),
    ),
)


def many(count: int) -> str:
    return f"{count} 户" if count else FREE
