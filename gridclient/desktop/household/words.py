"""Every word of the household page."""

from __future__ import annotations

from gridclient.desktop.kit.hints import Hint, HintGroup

NAME = "这一户"
BACK = "返回"
VISIT = "记走访"
VERIFY = "核实无变化"
REGISTER = "登记住户"
ADD_PERSON = "加一人"
PEOPLE = "住在这里的人"
HOUSE = "房子和联系"
CHECKS = "四清"
OWED = "没办完的事"
TIMELINE = "经过"
FILTERS = ("全部", "走访", "诉求", "联络卡", "改动")
FILTER_NAME = "看哪一类"
HEADS = ("姓名", "关系", "年龄", "电话", "居住情况", "核实", "关照")
VACANT = "这一户还没有登记住户。按 Insert 登记。"
NO_PEOPLE = "这一户还没有人。按 Insert 加一人。"
NO_OWED = "没有没办完的事。"
NO_VISIT = "还没去过这一户。按 Enter 记第一次走访。"
NO_SUCH = "没有这一类的记录。"
SUCCESSOR = "看新家"
NO_FACTS = "还没写。按 F2 改资料。"
EDIT = "改资料"
CARE = "关照"
MORE = "还能做什么"
WHO_CHANGED = "谁改的"
VERIFY_ONE = "只核实这个人"
MOVE = "搬走、搬家…"
MOVE_ONE = "这个人搬走…"
SPLIT = "分户…"
ERASE = "清除这一户…"
JOIN = "并成一户"
NOT_JOIN = "不并"
NO_REGISTER = "还没有住户。先把表格导进来，或从社区领。"
IMPORT = "导入表格"


def items(count: int) -> str:
    return f"{count} 件"


def join_in(name: str) -> str:
    return f"把{name}并进来…"


def join_question(name: str, head: str) -> str:
    return f"把{name}并进{head}？"


JOIN_SAFE = "人、关照、没办完的诉求和预约都过来；走访留在原来那一户，备注里写一句。按 Ctrl+Z 能撤回。"
HINTS = (
    Hint(("Enter",), "记走访"),
    Hint(("F4",), "核实无变化"),
    Hint(("F2",), "改资料"),
    Hint(("F5",), "搬走"),
    Hint(("F3",), "谁改的"),
    Hint(("Alt+←",), "上一户"),
    Hint(("Alt+→",), "下一户"),
    Hint(("Esc",), "返回"),
)
NO_REGISTER_HINTS = (Hint(("Enter",), IMPORT),)
TWO_HINT = Hint(("F6",), "看两种说法")
VACANT_HINTS = (
    Hint(("Enter",), "记走访"),
    Hint(("Insert",), "登记住户"),
    Hint(("Alt+←",), "上一户"),
    Hint(("Alt+→",), "下一户"),
    Hint(("Esc",), "返回"),
)
ALL_KEYS = (
    HintGroup(
        "这一户",
        (
            Hint(("Enter",), "记走访"),
            Hint(("F4",), "全户核实，没有变化"),
            Hint(("F2",), "改资料（先用 ↑ ↓ 选人，就改这个人）"),
            Hint(("F6",), "看两种说法"),
            Hint(("F3",), "谁改的（先用 ↑ ↓ 选人，就看这个人）"),
            Hint(("F7",), "关照谁、为什么"),
            Hint(("F5",), "搬走、搬到另一个门"),
            Hint(("F11",), "分户"),
            Hint(("Shift+F10",), "还能做什么：并户、清除，也可以点右键"),
            Hint(("Insert",), "加一人，空房时登记住户"),
            Hint(("Alt+←", "Alt+→"), "上一户、下一户"),
            Hint(("↑", "↓"), "选人"),
            Hint(("Ctrl+1", "5"), "经过只看一类", span=True),
            Hint(("Tab", "Enter"), "到经过里，打开一条：走访可以更正"),
            Hint(("Esc",), "返回"),
        ),
    ),
)
