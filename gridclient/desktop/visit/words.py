"""Every word of the visit sheet."""

from __future__ import annotations

TITLE = "记走访"
CLOSE = "关上，草稿留着"
CORRECT_TITLE = "更正走访"
CORRECT = "更正"
LEAVE_AS_IT_IS = "不改了"
KEPT_IN_HISTORY = "原来写的留在“谁改的”里"
WHY = "为什么更正"
WHY_NEEDED = "这是别人记的，写一句为什么更正。"
OUTCOME = "结果"
PURPOSES = "为什么来"
CHECKS = "四清，问到了吗"
CHECKS_HINT = "按数字换说法，0 都清，Enter 到下一段"
CHECKS_HINT_UNLIT = "没问就不用动"
MATTERS = "有没有要办的事"
MATTERS_HINT = "没有就按 Enter"
EXIT_HINT = "1–4 选怎么办，Enter 记下，Delete 去掉"
SENTENCE = "一句话"
SENTENCE_HINT = "可以不写"
SINCE_EMPTY = "什么时候空的"
SINCE_MOVED = "什么时候搬走的"
SINCE_HINT = "只知道年月也行，不知道就空着"
CARD = "联络卡"
NEXT = "下次什么时候来"
PICK = "选日子"
PICK_HINT = "12-1、3天后"
COMPANIONS = "同去"
NOTE = "写一句"
REMOVE = "去掉"
SAVE_NEXT = "保存，去下一户"
SAVE_STAY = "只保存"
LEAVE = "先放着"
DRAFT_WAIT = "边写边存草稿"
DRAFT_KEPT = "草稿已存在本机，断电也在"
RESTORE = "接着写"
DROP = "不要了"
PICK_OUTCOME = "先选结果，按 1–9。"
CHANGE_TIME = "改时间"
WHEN = "什么时候去的"
WHEN_HINT = "15:40、昨天 15:40、11-23 15:40"
OTHER_TITLE = ""

CHECK_NAMES = (
    ("people", "人员底数"),
    ("family", "家庭情况"),
    ("dispute", "矛盾问题"),
    ("hazard", "安全隐患"),
)

# What people ask for most, with the category it counts under; the last is anything else.
TEMPLATES = (
    ("下水堵", "B1"),
    ("水管漏", "B4"),
    ("单元门", "B1"),
    ("就餐卡", "B6"),
    ("送餐", "B6"),
    ("邻里噪音", "C3"),
)
OTHER = ("别的事", "Z")

FUTURE = "还没到这个时候"
NO_TIME = "时间写成 15:40 或 昨天 15:40"
NO_DAY = "日子写成 12-1 或 3天后"
PAST_DAY = "这一天已经过了"
MATTER_EMPTY = "这件事还没写是什么"


def started(clock: str) -> str:
    return f"{clock} 开始"


def later(when: str) -> str:
    return f"{when}，补记"


def short_date(month: int, day: int) -> str:
    return f"{month}月{day}日"


def others(count: int) -> str:
    """Names for which there was no room."""
    return f"还有 {count} 人"
