"""Which tables there are, and what stands in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from gridclient.exchange.office_sheet import OfficeColumn
from gridclient.operations import export_conflicts
from gridclient.operations.export_people import SHARED
from gridclient.operations.listing import Listing


@dataclass(frozen=True)
class Sort:
    """One table there is: how it is called, what it counts, and its columns as (name, head)."""

    title: str
    unit: str
    meaning: str
    columns: Sequence[tuple[str, str]]
    dated: bool = True


_DOOR = (("户.小区", "小区"), ("户.楼栋", "楼栋"), ("户.单元", "单元"), ("户.房号", "房号"))
_MIDDLE = frozenset(
    {"序号", "编号", "户编号", "楼栋", "单元", "楼层", "房号", "性别", "年龄", "户主", "姓名"}
)
# As wide as a column gets; longer words go on in the next line.
_LONG = {
    "户主": 12,
    "姓名": 12,
    "小区": 17,
    "房屋使用": 9,
    "搬来时间": 12,
    "与户主关系": 9,
    "居住情况": 11,
    "身份证号": 20,
    "联系电话": 15,
    "户籍地址": 22,
    "工作单位": 14,
    "备注": 18,
    "诉求事项": 20,
    "详情": 34,
    "办理结果": 26,
    "情况": 40,
    "为什么来": 14,
    "说法": 40,
    "记录号": 38,
    "改动号": 38,
}

SORTS: dict[str, Sort] = {
    "register": Sort(
        "居民登记册",
        "人",
        "在册居民，按小区、楼栋、单元、房号排",
        (
            ("居民.序号", "序号"),
            ("户.户编号", "户编号"),
            *_DOOR[:3],
            ("户.楼层", "楼层"),
            _DOOR[3],
            ("户.房屋使用", "房屋使用"),
            ("户.户主", "户主"),
            ("户.户主电话", "户主电话"),
            ("户.搬来时间", "搬来时间"),
            ("居民.姓名", "姓名"),
            ("居民.与户主关系", "与户主关系"),
            ("居民.性别", "性别"),
            ("居民.出生日期", "出生日期"),
            ("居民.身份证号", "身份证号"),
            ("居民.联系电话", "联系电话"),
            ("居民.居住情况", "居住情况"),
            ("居民.户籍地址", "户籍地址"),
            ("居民.工作单位", "工作单位"),
            ("居民.备注", "备注"),
        ),
        dated=False,
    ),
    "visits": Sort(
        "走访登记表",
        "次",
        "每敲一次门一行，没开门的也在内",
        (
            ("走访.序号", "序号"),
            ("走访.时间", "走访时间"),
            *_DOOR,
            ("户.户主", "户主"),
            ("走访.走访人", "走访人"),
            ("走访.陪同", "陪同"),
            ("走访.结果", "结果"),
            ("走访.为什么来", "为什么来"),
            ("走访.人员底数", "人员底数"),
            ("走访.家庭情况", "家庭情况"),
            ("走访.矛盾问题", "矛盾问题"),
            ("走访.安全隐患", "安全隐患"),
            ("走访.一句话", "情况"),
            ("走访.下次", "下次"),
        ),
    ),
    "matters": Sort(
        "民情台账",
        "件",
        "诉求按受理日期算，没写的按登记日期",
        (
            ("诉求.序号", "序号"),
            ("诉求.登记日期", "登记日期"),
            ("户.地址", "地址"),
            ("户.网格", "网格"),
            ("诉求.反映人", "反映人"),
            ("诉求.联系电话", "联系电话"),
            ("诉求.事项", "诉求事项"),
            ("诉求.详情", "详情"),
            ("诉求.类别", "问题类别"),
            ("诉求.等级", "等级"),
            ("诉求.来源", "来源"),
            ("诉求.办理状态", "办理状态"),
            ("诉求.期限", "期限"),
            ("诉求.责任人", "责任人"),
            ("诉求.办理结果", "办理结果"),
            ("诉求.办结时间", "办结时间"),
        ),
    ),
    "cards": Sort(
        "联络卡发放登记表",
        "张",
        "每印一张卡一行，按印制时间算",
        (
            ("联络卡.序号", "序号"),
            *_DOOR,
            ("户.户主", "户主"),
            ("联络卡.版本", "版本"),
            ("联络卡.时间", "印制时间"),
            ("联络卡.送到", "送到时间"),
            ("联络卡.方式", "方式"),
            ("联络卡.网格员", "网格员"),
        ),
    ),
    "conflicts": Sort(
        "说法不一清单",
        "种说法",
        "同一栏有几种说法、还没有定的",
        tuple(
            (f"{export_conflicts.DISPUTE}.{name}", name)
            for name in (
                *("编号", "种类", "姓名", "门牌", "栏目", "说法", "谁说的", "什么时候"),
                *("记录号", "改动号"),
            )
        ),
        dated=False,
    ),
}
# Heads that would be ambiguous under their own name.
_HEADS = {"户.类别": "户类别", "户.备注": "户备注", "居民.状态": "人员状态"}
_ELSEWHERE = frozenset({"户.户主身份证号", "户.核实时间", "户.网格"})
_MERGED = frozenset({"户.户编号", "户.户主"})
# Of a dispute, all but the versions themselves stands once.
_DISPUTED = frozenset(
    f"{export_conflicts.DISPUTE}.{name}" for name in ("编号", "种类", "姓名", "门牌", "栏目", "记录号")
)


def with_more(listing: Listing, usual: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """The usual columns and, beside them, whatever else somebody wrote down: nothing stays behind."""
    taken = {name for name, _ in usual} | _ELSEWHERE
    more = [name for name in listing.fields if name not in taken and any(listing.stored(name))]
    house = [(name, _HEADS.get(name, name.partition(".")[2])) for name in more if name.startswith(SHARED)]
    person = [
        (name, _HEADS.get(name, name.partition(".")[2])) for name in more if not name.startswith(SHARED)
    ]
    first = next(at for at, (name, _) in enumerate(usual) if name == "居民.姓名")
    return [*usual[:first], *house, *usual[first:-1], *person, usual[-1]]


def column(name: str, head: str, grouped: bool) -> OfficeColumn:
    shared = grouped and (name.startswith(SHARED) or name in _DISPUTED)
    # Few enough to be merged: tens of thousands of merged cells make a table slow to open.
    merged = shared and (name in _MERGED or name in _DISPUTED)
    return OfficeColumn(head, shared, merged, head in _MIDDLE, _LONG.get(head, 22))
