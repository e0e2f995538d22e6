"""Every word of the unlock page."""

from __future__ import annotations

SEAL = "民"
BRAND = "民情台账"
WHICH = "哪一本台账"
PASSPHRASE = "口令"
SHOW = "显示口令"
OPEN = "打开"
OPENING = "正在打开"
OTHER = "用别的台账"
FORGOTTEN = "忘了口令找书记，书记能让你进来，记录不会丢。"
EMPTY = "先写口令，再按 Enter。"
SAFE = "资料只存在这台电脑里，而且加了密"
ARROWS = "按 ↑ ↓ 换一本"


def wrong(left: int) -> str:
    """The passphrase was wrong; ``left`` tries remain before a pause, 0 while the pause lasts."""
    if left <= 0:
        return "口令不对，试得太多了，过一会儿再来。台账没有受影响。"
    return f"口令不对，还能试 {left} 次。台账没有受影响。"
