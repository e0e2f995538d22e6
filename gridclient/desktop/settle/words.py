"""Every word of the desk."""

from __future__ import annotations

from gridclient.desktop.kit.hints import Hint, HintGroup

TITLE = "合并台"
CLOSE = "关上"
SHEET = "两种说法"
BASE = "原来"
NAMES = "甲乙丙丁戊己庚辛"
PICK_BASE = "选原来"
EVIDENCE = "旁证"
OTHER = "另写一个"
OTHER_NAME = "另写"
DECIDE = "就这样定"
SEE_HOUSEHOLD = "看这一户"
KEEPS = "别的说法留在改动里，随时能改回"
CHOOSE_FIRST = "先选一种：按数字选，看清楚了再按 Enter 定。"
ONLY_DESK = "几种说法都留着，等书记定。"
EMPTY = "没有要你定的事。各台电脑的记录都对得上。"
PILE_EMPTY = "这一类没有要定的。"
PILES = ("两种说法", "重复", "暂存", "隔离", "导入建议")
PILE_NAME = "哪一类"
LIST = "等你定的事"
WRITE_SOMETHING = "另写的还空着"
ALL_EMPTY_VALUE = "（空着）"


def many(count: int) -> str:
    return f"已勾 {count} 件"


def many_reviews(actions: tuple[tuple[str, str], ...]) -> str:
    return "，".join(f"按 {place} 都{said}" for place, (_, said) in enumerate(actions, 1))


def many_hint() -> str:
    return "先选一种说法，再一起定"


def many_by(count: int, who: str) -> str:
    return f"{count} 件都听{who}的"


def pile(name: str, count: int) -> str:
    return f"{name} {count}" if count else name


def pick(name: str) -> str:
    return f"选{name}"


def picked(name: str) -> str:
    return f"已选{name}"


def decided_as(value: str) -> str:
    return f"定了以后：记为“{value}”"


EMPTY_HINTS = (Hint(("Ctrl+Z",), "撤回"), Hint(("Esc",), "返回"))
NEXT_HINT = Hint(("↑", "↓"), "换一件")
ALL_HINT = Hint(("Ctrl+A",), "都勾上")


def review_hints(actions: tuple[tuple[str, str], ...]) -> tuple[Hint, ...]:
    return tuple(Hint((str(place),), said) for place, (_, said) in enumerate(actions, 1))


REVIEW_HINTS = (NEXT_HINT, *EMPTY_HINTS)
DECIDE_HINT = Hint(("Enter",), DECIDE)
TICK_HINT = Hint(("空格",), "勾选")
MANY_HINT = Hint(("Shift+Enter",), "勾上的一起定")
SEE_HINT = Hint(("F7",), SEE_HOUSEHOLD)


def choose_hints(versions: int, *, base: bool) -> tuple[Hint, ...]:
    """The digits that choose among so many versions, and what all saw before."""
    said = "、".join(pick(name) for name in NAMES[:versions]) if versions < 3 else "选一种说法"
    keys = ("1", "2")[:versions] if versions < 3 else ("1", str(versions))
    first = Hint(keys, said, span=versions > 2)
    return (first, Hint(("0",), PICK_BASE)) if base else (first,)


def all_keys(piles: int) -> tuple[HintGroup, ...]:
    """Every key of the desk with so many piles."""
    return (
        HintGroup(
            TITLE,
            (
                Hint(("1", "9"), "选一种说法，只是看看定了以后怎样", span=True),
                Hint(("0",), "选原来（有原来的时候）"),
                Hint(("3",), "另写一个（说法多时是后一个数字）"),
                Hint(("Enter",), "就这样定"),
                Hint(("↑", "↓"), "换一件，先不定也行"),
                Hint(("空格",), "勾上，几件一起定"),
                Hint(("Shift+Enter",), "勾上的都听同一个人的"),
                Hint(("Ctrl+A",), "导入建议都勾上，再按 1 或 2 一起定"),
                Hint(("F7",), "看这一户"),
                *([Hint(("Ctrl+1", str(piles)), "换一类", span=True)] if piles > 1 else []),
                Hint(("Ctrl+Z",), "撤回刚定的"),
            ),
        ),
    )
