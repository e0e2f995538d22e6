"""Every word of the search list."""

from __future__ import annotations

NAME = "找到的"
REGISTER = "登记新住户"


def nothing(said: str) -> str:
    return f"没找到“{said}”。试试门牌 12-3-502，或电话后四位。"


def all_of(count: str) -> str:
    """How many there are, where not all of them are shown."""
    return f"共 {count}，接着写会更准" if count else ""
