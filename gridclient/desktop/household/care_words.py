"""Every word of the sheet of who is looked after."""

from __future__ import annotations

TITLE = "关照"
CLOSE = "关上"
SAVE = "记下"
NONE = "这一户还没有记关照。"
END = "到今天为止"
WRONG = "记错了，去掉"
ADD = "再记一项"
WHOM = "关照谁"
ALL = "全户"
WHICH = "为什么"
SINCE = "从什么时候"
DATE_HINT = "只知道年也行"
RULES = "Enter 下一格，↓ 展开选项，Ctrl+S 记下"
NO_TAG = "选一项"
LEVELS = {1: "一般", 2: "要保密", 3: "只有专人能看"}
