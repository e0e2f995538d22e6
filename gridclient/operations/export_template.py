"""Filling an official form in from the ledger: one entry, many tables."""

from collections.abc import Callable, Collection
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from gridclient.core.domain.errors import KnownError
from gridclient.exchange.filling import Records, fill
from gridclient.exchange.office_sheet import runs
from gridclient.exchange.placing import place
from gridclient.exchange.steady import uncollected
from gridclient.exchange.template import HOUSE, Repeat, Template, judge, read_template
from gridclient.ledger.ledger import Ledger
from gridclient.operations import export_events, export_people
from gridclient.operations.export_people import PERSON
from gridclient.operations.export_scope import Extent, Scope, find
from gridclient.operations.export_tables import (
    About,
    Exported,
    Progress,
    Wish,
    community_of,
    describe,
    entry,
    said,
    write,
)
from gridclient.operations.export_tables import judge as judge_wish
from gridclient.operations.listing import Listing
from gridclient.resources_path import resource

REGISTERED, FLOATING = "户籍人口", "流动人口"
# Who is gone stands in no official register of those who live here.
_HERE = "coalesce(r.life, '') NOT IN ('moved', 'dead')"
# What a person's row must satisfy to be of a sort; of whom nobody said where the hukou is counts as of here.
_PEOPLE = {
    PERSON: _HERE,
    REGISTERED: f"{_HERE} AND coalesce(r.residence, '') <> '2'",
    FLOATING: f"{_HERE} AND r.residence = '2'",
}
_DATED = {
    export_events.VISIT: export_events.visits,
    export_events.MATTER: export_events.matters,
    export_events.CARD: export_events.cards,
    export_events.TICKET: export_events.tickets,
    export_events.FEEDBACK: export_events.feedback,
}
_OTHERS = {**_DATED, export_events.CARE: export_events.care}
# Of the forms that come with the program, those that are of now.
UNDATED = ("户籍人口花名册", "流动人口登记表", "入住台账")
_NOWHERE = Extent((), 0, 0, "", "")
WORDS = (
    *("社区", "街道", "区县", "范围", "起", "止", "期间", "日期", "年", "月", "日", "时间", "制表人"),
    *("条数", "户数"),
)


def shipped() -> dict[str, Path]:
    """The forms that come with the program, by name."""
    return {path.stem: path for path in sorted(resource("templates").glob("*.xlsx"))}


@uncollected()
def export_template(
    ledger: Ledger,
    form: Path,
    to: Path,
    wish: Wish,
    progress: Progress = lambda done, total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Exported:
    """Fill a form in and note it in the audit; neither without the other.

    Raises:
        KnownError: the form cannot be read or names what is not known (with the cells); else as for tables.
        Stopped: the person stopped; nothing is left.
    """
    judge_wish(ledger, wish)
    template = read_template(_bytes(form))
    with ledger.reading() as connection:
        extent = find(connection, wish.scope)
        about = describe(ledger, connection, extent, wish.scope)
        judge(template, WORDS, vocabulary(connection))
        _judge_days(template, wish.scope)
        records = {one: _records(connection, extent, about, template, one, wish) for one in template.repeats}
        words = _words(connection, about, records)
    content = fill(
        template,
        words,
        records,
        flat=wish.flat,
        notice=said(about, wish),
        progress=progress,
        stopped=stopped,
    )
    count = sum(len(one.rows) for one in records.values())
    note = entry(ledger, about, form.stem, count, wish)
    place(to, content, overwrite=wish.overwrite, before=lambda: write(ledger, note))
    return Exported(to, count, 0, not wish.full)


def vocabulary(connection: Connection) -> dict[str, Collection[str]]:
    """Every name a record of a sort has, as forms write it."""
    people = export_people.residents(connection, _NOWHERE, date.min).names
    known: dict[str, Collection[str]] = {
        sort: tuple(_of_sort(name, PERSON, sort) for name in people) for sort in _PEOPLE
    }
    known |= {sort: make(connection, _NOWHERE).names for sort, make in _OTHERS.items()}
    known[HOUSE] = export_people.households(connection, _NOWHERE).names
    return known


def _records(
    connection: Connection, extent: Extent, about: About, template: Template, repeat: Repeat, wish: Wish
) -> Records:
    listing = _listing(connection, extent, about, repeat.sort)
    own = [_of_sort(name, repeat.sort, PERSON) if repeat.sort in _PEOPLE else name for name in repeat.names]
    beside = [
        _of_sort(name, sort, PERSON) if (sort := name.partition(".")[0]) in _PEOPLE else name
        for name in template.names
    ]
    return Records(repeat.names, listing.table(own, masked=not wish.full, beside=beside), listing.groups)


def _listing(connection: Connection, extent: Extent, about: About, sort: str) -> Listing:
    if sort in _PEOPLE:
        return export_people.residents(connection, extent, about.made.date(), _PEOPLE[sort])
    if sort in _OTHERS:
        return _OTHERS[sort](connection, extent)
    return export_people.households(connection, extent)


def _of_sort(name: str, before: str, after: str) -> str:
    """A person's name as another sort of people calls it."""
    head, _, tail = name.partition(".")
    return f"{after}.{tail}" if head == before else name


def _words(connection: Connection, about: About, records: dict[Repeat, Records]) -> dict[str, str]:
    community = community_of(connection)
    made = about.made
    first = next(iter(records.values()), None)
    return {
        "社区": about.community,
        "街道": about.street,
        "区县": community.text("district") if community else "",
        "范围": about.area or "全社区",
        "起": about.since,
        "止": about.until_day or f"{made:%Y-%m-%d}",
        "期间": about.period or f"截至 {made:%Y-%m-%d}",
        "日期": f"{made.year}年{made.month}月{made.day}日",
        "年": str(made.year),
        "月": str(made.month),
        "日": str(made.day),
        "时间": f"{made:%Y-%m-%d %H:%M}",
        "制表人": about.maker,
        "条数": str(len(first.rows)) if first else "",
        "户数": str(runs(first.groups)) if first else "",
    }


def _judge_days(template: Template, scope: Scope) -> None:
    dated = any(repeat.sort in _DATED for repeat in template.repeats)
    if (scope.since or scope.until) and not dated:
        raise KnownError(
            "no_period", "这张表说的是现在，没有起止日期。", "This form is of now; it takes no days."
        )


def _bytes(form: Path) -> bytes:
    try:
        return form.read_bytes()
    except OSError as error:
        raise KnownError("no_file", f"读不了 {form}。", f"Cannot read {form}.") from error
