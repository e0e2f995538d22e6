"""Every word the lists of the office share."""

from __future__ import annotations

CLOSE = "关上"
SAVE = "记下"
LEAVE = "不记了"
CHANGE = "改"
COPY = "抄下来"
COPIED = "抄下来了，可以贴到微信里。"
NOTHING = "选一条，在这里看。"
READER = "内容"
