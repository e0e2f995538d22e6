"""Exporting: records of the ledger as a table for the office, masked unless a purpose is given, and noted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from gridclient.core.domain.declaration import DESK_ROLES
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.geography import COMMUNITY_ID
from gridclient.core.domain.places import DESK
from gridclient.core.merge.change import Draft
from gridclient.exchange.office_sheet import OfficeColumn, OfficeTable, lay_out, runs
from gridclient.exchange.paper_words import UNIT, notice
from gridclient.exchange.placing import place
from gridclient.ledger.households import row
from gridclient.ledger.identity import Identity
from gridclient.ledger.ledger import Ledger
from gridclient.operations import export_conflicts, export_events, export_people
from gridclient.operations.export_people import SHARED
from gridclient.operations.export_scope import Extent, Scope, find
from gridclient.operations.listing import CHINA, Listing

LONGEST_PURPOSE = 120


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
_LONG = {
    "户主": 14,
    "姓名": 14,
    "身份证号": 24,
    "户籍地址": 34,
    "说明": 34,
    "详情": 40,
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
            ("居民.证件类型", "证件类型"),
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
# Of a dispute, all but the versions themselves stands once.
_DISPUTED = frozenset(
    f"{export_conflicts.DISPUTE}.{name}" for name in ("编号", "种类", "姓名", "门牌", "栏目", "记录号")
)


@dataclass(frozen=True)
class Wish:
    """How a person wants it. `full`: with whole numbers, for a `purpose`. `flat`: every row repeats
    what stands once for a household. `overwrite`: a file of this name may go."""

    scope: Scope = field(default_factory=Scope)
    purpose: str = ""
    full: bool = False
    flat: bool = False
    overwrite: bool = False


@dataclass(frozen=True)
class Exported:
    """What was written: where, how many rows, of how many households (0 where rows are none's)."""

    path: Path
    rows: int
    households: int
    masked: bool


Progress = Callable[[int, int], None]


def export_table(
    ledger: Ledger,
    sort: str,
    to: Path,
    wish: Wish,
    progress: Progress = lambda done, total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Exported:
    """Write one of `SORTS` as a workbook and note it in the audit; neither without the other.

    Raises:
        KnownError: no such area, no right to whole numbers, no purpose, the file cannot be written.
        Stopped: the person stopped; nothing is left.
    """
    of = SORTS[sort]
    judge(ledger, wish, dated=of.dated)
    listing, about = read(ledger, sort, wish.scope)
    names = [name for name, _ in of.columns]
    rows = listing.table(names, masked=not wish.full)
    grouped = sort in ("register", "conflicts") and not wish.flat
    columns = [_column(name, head, grouped) for name, head in of.columns]
    households = runs(listing.groups) if sort == "register" else 0
    counted = f"{len(rows)} {of.unit}" + (f"，{households} 户" if households else "")
    lines = [f"{UNIT}{about.community}", about.area, about.period, counted, of.meaning, about.until]
    groups = listing.groups if grouped else None
    table = OfficeTable(of.title, lines, columns, rows, about.maker, about.made, groups, said(about, wish))
    content = lay_out(table, progress, stopped)
    note = entry(ledger, about, of.title, len(rows), wish)
    place(to, content, overwrite=wish.overwrite, before=lambda: write(ledger, note))
    return Exported(to, len(rows), households, not wish.full)


@dataclass(frozen=True)
class About:
    """What every table says of itself."""

    community: str
    street: str
    area: str
    period: str
    maker: str
    made: datetime
    since: str = ""
    until_day: str = ""

    @property
    def until(self) -> str:
        return f"截至 {self.made:%Y-%m-%d %H:%M}"


def judge(ledger: Ledger, wish: Wish, *, dated: bool = True) -> None:
    """Whether this may be exported.

    Raises:
        KnownError: whole numbers without the right to them or without a purpose; days where there are none.
    """
    if wish.full and not may_export_whole(ledger.identity()):
        raise KnownError(
            "no_right",
            "号码全显的表只有书记和办公室能导出。去掉 --full，导出遮住号码的。",
            "Only the supervisor and the office may export whole numbers. Leave out --full.",
        )
    purpose = wish.purpose.strip()
    if wish.full and not purpose:
        raise KnownError(
            "no_purpose",
            "号码全显要写明用途，用 --purpose。会记进审计。",
            "Whole numbers need a purpose (--purpose); it goes into the audit.",
        )
    if len(purpose) > LONGEST_PURPOSE:
        raise KnownError(
            "purpose_too_long",
            f"用途最多 {LONGEST_PURPOSE} 个字。",
            f"A purpose has at most {LONGEST_PURPOSE} characters.",
        )
    if not dated and (wish.scope.since or wish.scope.until):
        raise KnownError(
            "no_period", "这张表说的是现在，没有起止日期。", "This table is of now; it takes no days."
        )


def may_export_whole(who: Identity) -> bool:
    """Office and supervisor; and whoever works alone, whose ledger it is."""
    return not who.enrolled or who.role in {role.value for role in DESK_ROLES}


def read(ledger: Ledger, sort: str, scope: Scope) -> tuple[Listing, About]:
    """The records of a table and what it says of itself. Raises KnownError for no such area."""
    with ledger.reading() as connection:
        extent = find(connection, scope)
        about = describe(ledger, connection, extent, scope)
        if sort != "conflicts":
            return listing_of(sort, connection, extent, about), about
    return export_conflicts.conflicts(ledger, extent), about


def listing_of(sort: str, connection: Connection, extent: Extent, about: About) -> Listing:
    """The records of a table but for disputes."""
    if sort == "register":
        return export_people.residents(connection, extent, about.made.date())
    of = {"visits": export_events.visits, "matters": export_events.matters, "cards": export_events.cards}
    return of[sort](connection, extent)


def describe(ledger: Ledger, connection: Connection, extent: Extent, scope: Scope) -> About:
    """Who makes a table of what, when."""
    identity = ledger.identity()
    community = row(connection, "community", COMMUNITY_ID)
    made = datetime.fromtimestamp(ledger.clock() / 1000, CHINA)
    worker = row(connection, "worker", identity.worker)
    return About(
        (community.text("title") if community else "") or identity.community,
        community.text("street") if community else "",
        extent.area,
        extent.period,
        (worker.text("name") if worker else "") or identity.name,
        made,
        scope.since,
        scope.until,
    )


def said(about: About, wish: Wish) -> str:
    """The line a table with whole numbers bears; "" for a masked one."""
    return notice(wish.purpose.strip(), about.maker, f"{about.made:%Y-%m-%d %H:%M}") if wish.full else ""


def entry(ledger: Ledger, about: About, title: str, count: int, wish: Wish) -> Draft:
    """The line of the audit: what, of where, whole or masked, how many, for what."""
    how = f"号码全显，用途：{wish.purpose.strip()}" if wish.full else "号码遮住"
    what = "，".join(part for part in (title[:30], about.area[:30], about.period, how) if part)
    fields: dict[str, object] = {"at": ledger.clock(), "action": "export", "count": count, "purpose": what}
    return Draft("audit_entry", ledger.new_id(), DESK, fields, new=True)


def write(ledger: Ledger, note: Draft) -> None:
    ledger.write([note])


def _column(name: str, head: str, grouped: bool) -> OfficeColumn:
    shared = grouped and (name.startswith(SHARED) or name in _DISPUTED)
    return OfficeColumn(head, shared, head in _MIDDLE, _LONG.get(head, 22))
