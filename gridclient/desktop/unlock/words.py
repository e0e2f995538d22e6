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
FORGOTTEN = "忘了口令：用恢复单，或找书记，记录不会丢。"
RECOVER = "用恢复单"
RECOVER_WHY = "恢复单是建台账时抄下的那串码。打开以后用新口令，恢复单还是那一张。"
CODE = "恢复码"
CODE_HINT = "横线和大小写不用管"
NEW, AGAIN = "新口令", "再写一遍新口令"
NEW_HINT = "至少 10 个字"
RECOVER_BUTTON = "打开"
CLOSE = "不用了"
NO_CODE = "写上恢复单上的码。"
SHORT = "新口令至少要 10 个字。"
DIFFERENT = "两遍新口令不一样，再写一遍。"
SHORTEST = 10
EMPTY = "先写口令，再按 Enter。"
SAFE = "资料只存在这台电脑里，而且加了密"
ARROWS = "按 ↑ ↓ 换一本"


def wrong(left: int) -> str:
    """The passphrase was wrong; ``left`` tries remain before a pause, 0 while the pause lasts."""
    if left <= 0:
        return "口令不对，试得太多了，过一会儿再来。台账没有受影响。"
    return f"口令不对，还能试 {left} 次。台账没有受影响。"
