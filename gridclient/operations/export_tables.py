"""Exporting: records of the ledger as a table for the office, masked unless a purpose is given, and noted."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from gridclient.core.domain.declaration import DESK_ROLES
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.geography import COMMUNITY_ID
from gridclient.core.domain.places import DESK
from gridclient.core.merge.change import Draft
from gridclient.exchange.office_sheet import OfficeTable, lay_out, runs
from gridclient.exchange.paper_words import UNIT, notice
from gridclient.exchange.placing import place
from gridclient.exchange.steady import uncollected
from gridclient.ledger.households import Row, row, rows
from gridclient.ledger.identity import Identity
from gridclient.ledger.ledger import Ledger
from gridclient.operations import export_conflicts, export_events, export_people
from gridclient.operations.export_people import live
from gridclient.operations.export_scope import Extent, Scope, find
from gridclient.operations.export_sorts import SORTS, column, with_more
from gridclient.operations.listing import CHINA, Listing

LONGEST_PURPOSE = 120


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


@uncollected()
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
    # Masked it is for paper, which has no room for more; whole it is for whoever carries on with the data.
    told = with_more(listing, of.columns) if sort == "register" and wish.full else of.columns
    cells = listing.table([name for name, _ in told], masked=not wish.full)
    grouped = sort in ("register", "conflicts") and not wish.flat
    columns = [column(name, head, grouped) for name, head in told]
    households = runs(listing.groups) if sort == "register" else 0
    counted = f"{len(cells)} {of.unit}" + (f"，{households} 户" if households else "")
    meaning = of.meaning + (_left_out(ledger, wish.scope, households) if sort == "register" else "")
    lines = [f"{UNIT}{about.community}", about.area, about.period, counted, meaning, about.until]
    groups = listing.groups if grouped else None
    table = OfficeTable(of.title, lines, columns, cells, about.maker, about.made, groups, said(about, wish))
    content = lay_out(table, progress, stopped)
    note = entry(ledger, about, of.title, len(cells), wish)
    place(to, content, overwrite=wish.overwrite, before=lambda: write(ledger, note))
    return Exported(to, len(cells), households, not wish.full)


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


def _left_out(ledger: Ledger, scope: Scope, households: int) -> str:
    """Households nobody is registered in have no row: how many there are is said all the same."""
    with ledger.reading() as connection:
        every = len(export_people.households(connection, find(connection, scope)).rows)
    return f"；另有 {every - households} 户没有登记人" if every > households else ""


def listing_of(sort: str, connection: Connection, extent: Extent, about: About) -> Listing:
    """The records of a table but for disputes."""
    if sort == "register":
        return export_people.residents(connection, extent, about.made.date())
    of = {"visits": export_events.visits, "matters": export_events.matters, "cards": export_events.cards}
    return of[sort](connection, extent)


def describe(ledger: Ledger, connection: Connection, extent: Extent, scope: Scope) -> About:
    """Who makes a table of what, when."""
    identity = ledger.identity()
    community = community_of(connection)
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


def community_of(connection: Connection) -> Row | None:
    """The one community; a ledger made by hand may call it by another id."""
    found = row(connection, "community", COMMUNITY_ID)
    return found or next(iter(rows(connection, "community", live("k_community"), ())), None)


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
