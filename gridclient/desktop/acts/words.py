"""Every word of the list of acts."""

from __future__ import annotations

TITLE = "刚才做的事"
SUBTITLE = "这台电脑上的，新的在前"
CLOSE = "关上"
LIST = "做过的事"
WHAT = "做了什么"
STATE = "现在"
UNDO = "撤回"
AGAIN = "恢复"
UNDONE = "撤回了"
FIXED = "撤不了"
NONE = "这台电脑上还没有做过什么。记一次走访，就能在这里撤回。"
RULES = "撤回是再写一条改动，不会抹掉别人的。后来有人动过的会留着。"
