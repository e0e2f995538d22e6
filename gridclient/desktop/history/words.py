"""Every word of the history sheet."""

from __future__ import annotations

TITLE = "谁改的"
CLOSE = "关上"
ALL = "全部改动"
FIELDS = "栏目"
TOLD = "改动"
NONE = "这一栏这台电脑上没有改动。"
RULES = "↑ ↓ 选一栏，Tab 到右边看改动，Esc 关上"


def changes(count: int) -> str:
    return f"{count} 次"
