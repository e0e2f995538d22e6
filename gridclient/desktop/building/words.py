"""Every word of the building screen."""

from __future__ import annotations

from collections.abc import Sequence

from gridclient.core.domain import codes
from gridclient.desktop.building.view import Clock, Layer, State
from gridclient.desktop.kit.choices import Option
from gridclient.desktop.kit.hints import Hint, HintGroup

LAYERS = {
    Layer.VISITS: "走访",
    Layer.OCCUPANCY: "居住",
    Layer.CHECKS: "四清",
    Layer.CARE: "关照",
    Layer.MATTERS: "诉求",
}
STATES = {
    State.VISITED: "本期已访",
    State.SOON: "7 天内到期",
    State.OVERDUE: "已超期",
    State.TRIED: "敲过没开",
    State.NOT_YET: "还没去过",
    State.VACANT: "空置",
    State.UNREGISTERED: "没登记",
    State.CONSTRUCTION: "在建",
}
OCCUPANCIES = {
    "自": "自住",
    "租": "出租",
    "借": "借住",
    "空": "空置",
    "营": "经营",
    "公": "办公",
    "": "没登记",
}
CLOCKS = {Clock.NONE: "没有诉求", Clock.OPEN: "在办", Clock.SOON: "快到期", Clock.LATE: "已超期"}
OUTCOMES = tuple(Option(int(code), said, code) for code, said in codes.OUTCOME.labels.items())
NO_CARE = "不用关照"
CONSTRUCTION_SIGN = "建"
UNREGISTERED = "没登记"
BUILDING_NAME = "哪一栋"
MATRIX_NAME = "楼栋图"
PREVIOUS = "上一栋"
NEXT = "下一栋"
VISITED_LABEL = "本期已访"
OPEN = "打开这户"
ZOOM = "看这栋楼"
REGISTER = "登记这户"
HISTORY = "谁改的"
REGISTER_FIRST = "登记第一户"
PAD_TITLE = "按数字，直接记结果"
RECORD = "记结果"
RECORD_KEYS = "1–9"
PAD_NOTE = "记错了按 Ctrl+Z，随时能撤回"
CHOOSE_DOOR = "用方向键选一户"
EMPTY = "这栋楼还没有住户。按 Insert 登记第一户。"
NO_REGISTER = "还没有居民册。先把表格导进来，或从社区领。"
IMPORT = "导入表格"


def households(count: int) -> str:
    return f"/ {count} 户"


def summary(units: int, floors: int, doors: int) -> str:
    return f"{units} 个单元，{floors} 层，{doors} 户"


def compound_summary(buildings: int, doors: int) -> str:
    return f"{buildings} 栋楼，{doors} 户"


def checks(count: int) -> str:
    return f"清了 {count} 项"


def hints(layers: int, *, overview: bool) -> tuple[Hint, ...]:
    """The keys over a matrix that offers so many layers."""
    return (
        Hint(("方向键",), "选门"),
        Hint(("Enter",), "看这栋楼" if overview else "打开这户"),
        Hint(("1", "9"), "记结果，到下一户", span=True),
        *([Hint(("Ctrl+1", str(layers)), "换图层", span=True)] if layers > 1 else []),
        Hint(("PgUp", "PgDn"), "换楼"),
        Hint(("Ctrl+Z",), "撤回"),
    )


NO_REGISTER_HINTS = (Hint(("Enter",), IMPORT),)
EMPTY_HINTS = (Hint(("Insert",), "登记第一户"), Hint(("PgUp", "PgDn"), "换楼"))


def keys(layers: Sequence[Layer]) -> tuple[HintGroup, ...]:
    """Every key of the screen with these layers."""
    names = "、".join(LAYERS[layer] for layer in layers)
    switch = [Hint(("Ctrl+1", str(len(layers))), names, span=True)] if len(layers) > 1 else []
    return (
        HintGroup(
            "楼栋图",
            (
                Hint(("方向键",), "选门"),
                Hint(("Home", "End"), "这个单元的头一户、末一户，再按换单元"),
                Hint(("Enter",), "打开这户；全小区图里看这栋楼"),
                Hint(("Insert",), "登记这户"),
                Hint(
                    ("1", "9"),
                    "记这户的走访结果",
                    span=True,
                    each=tuple(f"记 {one.words}" for one in OUTCOMES),
                ),
                *switch,
                Hint(("PgUp", "PgDn"), "上一栋、下一栋"),
            ),
        ),
    )
