"""Printing contact cards: which households, what their card says, and the ledger of what was printed."""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from gridclient.cards.card import Card, Problem
from gridclient.cards.fonts import Fonts
from gridclient.cards.red import RED
from gridclient.cards.render import Report, render
from gridclient.cards.sheet import Setup
from gridclient.core.domain import codes, ids
from gridclient.core.domain.contact_cards import CardTemplate
from gridclient.core.domain.desk import SETTINGS_ID, TEMPLATE_ID
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.geography import COMMUNITY_ID
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import DESK
from gridclient.core.domain.staff import active
from gridclient.core.merge.change import Draft
from gridclient.ledger.buildings import BuildingLine, buildings, natural
from gridclient.ledger.card_rows import CardRow, card_rows
from gridclient.ledger.households import Row, row, rows
from gridclient.ledger.ledger import Ledger

LIVE = "(retired IS NULL OR retired = '')"
# What a community offers until it says so itself.
ITEMS = (
    "水管漏水报修",
    "下水管道疏通",
    "单元门维修",
    "老年就餐卡",
    "独居老人送餐",
    "医保社保咨询",
    "邻里矛盾调解",
)
VERSION = "第 1 版"
MOST_NAMED = 20  # of what there is, where what was asked for is not


@dataclass(frozen=True)
class Scope:
    """Which households: of a building, a grid, a worker, or all (all fields empty)."""

    building: str = ""
    grid: str = ""
    worker: str = ""

    def words(self) -> str:
        return self.building or self.grid or self.worker or "全部"


@dataclass
class Commons:
    """What cards repeat: community, template, settings, staff."""

    community: Row | None
    template: Row | None
    settings: Row | None
    compounds: dict[Id, Row]
    grids: dict[Id, Row]
    workers: dict[Id, Row]
    assignments: list[Row]
    buildings: dict[Id, list[str]] = field(default_factory=dict)
    own_worker: Id | None = None


@dataclass(frozen=True)
class Deck:
    """Cards ready to print, with the household and token of each. `disputed`: left out, people disagree."""

    cards: tuple[Card, ...]
    rows: tuple[CardRow, ...]
    tokens: tuple[str, ...]
    template_version: str
    disputed: int


def lay_out(ledger: Ledger, scope: Scope, *, disputed_too: bool = False) -> Deck:
    """The cards of a scope, one a household, in walking order.

    Raises:
        KnownError: there is no such building, grid or worker; nobody lives there.
    """
    with ledger.reading() as connection:
        every = card_rows(connection)
        commons = read_commons(connection, every, ledger.identity().worker)
        blocks = buildings(connection) if scope.building else []
    _judge_scope(scope, commons, blocks, every)
    today = datetime.fromtimestamp(ledger.clock() / 1000).date().isoformat()
    chosen = [row for row in every if _within(row, scope, commons, today)]
    if not chosen:
        raise KnownError(
            "nothing_to_print",
            f"“{scope.words()}”里没有住户，没有卡可印。",
            f"No household in {scope.words()}; nothing to print.",
        )
    kept = [row for row in chosen if disputed_too or not _disputed(ledger, row)]
    tokens = tuple(_token(ledger) for _ in kept)
    cards = tuple(_card(row, token, commons, today) for row, token in zip(kept, tokens, strict=True))
    version = commons.template.text("version") if commons.template else ""
    return Deck(cards, tuple(kept), tokens, version or VERSION, len(chosen) - len(kept))


def print_cards(
    ledger: Ledger,
    deck: Deck,
    layout: str,
    to: Path,
    fonts: Fonts,
    progress: Callable[[int, int], None] = lambda done, total: None,
    stop: Callable[[], bool] = lambda: False,
) -> Report:
    """Write the PDF, then note the batch and every card in the ledger.

    Raises:
        Stopped: the person stopped; nothing is left on disk or in the ledger.
        KnownError: the file cannot be written; likewise.
    """
    now = ledger.clock()
    fresh = to.with_name(to.name + ".part")
    setup = Setup(
        layout="single" if layout == "single" else "a4-10up",
        created=datetime.fromtimestamp(now / 1000).astimezone(),
        batch=datetime.fromtimestamp(now / 1000).strftime("%Y-%m-%d"),
    )
    try:
        with fresh.open("wb") as out:
            report = render(deck.cards, out, RED, setup, fonts, progress=progress, stop=stop)
        if not report.printed:
            raise KnownError(
                "nothing_printed",
                "一张也没印：" + "".join(problem.sentence() for problem in held_back(report)[:3]),
                "No card could be printed.",
            )
        fresh.replace(to)
    except OSError as error:
        raise KnownError(
            "cannot_write", f"写不了 {to}，没有印。换个地方再存。", f"Cannot write {to}; nothing was printed."
        ) from error
    finally:
        fresh.unlink(missing_ok=True)
    if ledger.writable:
        ledger.write(_issues(ledger, deck, report, layout, now))
    return report


def held_back(report: Report) -> list[Problem]:
    """The problems for which cards were not printed."""
    return [problem for problem in report.problems if problem.stops]


def warnings(report: Report) -> dict[str, int]:
    """How many printed cards each kind of warning is about, by its code."""
    cards: dict[str, set[int]] = {}
    for problem in report.problems:
        if not problem.stops and problem.card in report.printed:
            cards.setdefault(problem.trouble.code, set()).add(problem.card)
    return {code: len(found) for code, found in cards.items()}


def _judge_scope(scope: Scope, commons: Commons, blocks: list[BuildingLine], every: list[CardRow]) -> None:
    """Raises KnownError for a building, grid or worker that is not there, with those that are."""
    wanted, what, english = scope.words(), "", ""
    known: list[set[str]] = []
    there: list[str] = []
    if scope.building:
        what, english = "这栋楼", "building"
        known = [_block_names(one.id, one.compound, one.number) for one in blocks]
        known += [_names(one) for one in every]
        there = [f"{one.compound}{_block(one.number)}" for one in blocks]
    elif scope.grid:
        what, english = "这个网格", "grid"
        known = [_grid_names(one) for one in commons.grids.values()]
        there = sorted(one.text("title") for one in commons.grids.values())
    elif scope.worker:
        what, english = "这个网格员", "worker"
        known = [_worker_names(one) for one in commons.workers.values()]
        there = sorted(one.text("name") for one in commons.workers.values())
    if what and not any(wanted in names for names in known):
        some = "、".join(there[:MOST_NAMED]) + ("……" if len(there) > MOST_NAMED else "")
        raise KnownError(
            f"no_{english}",
            f"没有{what}：{wanted}。" + (f"有：{some}。" if some else "台账里还一个也没有。"),
            f"No such {english}: {wanted}. There are: {some or 'none'}.",
        )


def _block(number: str) -> str:
    return f"{number}号楼" if number.isdigit() else number


def _grid_names(grid: Row) -> set[str]:
    return {grid.text("title"), grid.text("number"), ids.text(grid.id)}


def _worker_names(worker: Row) -> set[str]:
    return {worker.text("name"), ids.text(worker.id)}


def read_commons(connection: Connection, every: Iterable[CardRow], own: Id) -> Commons:
    """All that cards repeat, in one look."""
    commons = Commons(
        community=row(connection, "community", COMMUNITY_ID),
        template=row(connection, "card_template", TEMPLATE_ID),
        settings=row(connection, "settings", SETTINGS_ID),
        compounds={one.id: one for one in rows(connection, "compound", LIVE, ())},
        grids={one.id: one for one in rows(connection, "grid", LIVE, ())},
        workers={one.id: one for one in rows(connection, "worker", LIVE, ())},
        assignments=rows(connection, "assignment", LIVE, ()),
        own_worker=own,
    )
    if commons.template is None:
        commons.template = next(iter(rows(connection, "card_template", LIVE, ())), None)
    for one in every:
        key = one.grid or one.building
        spoken = f"{one.compound_title}\x00{one.number}"
        if spoken not in commons.buildings.setdefault(key, []):
            commons.buildings[key].append(spoken)
    return commons


def _within(row: CardRow, scope: Scope, commons: Commons, today: str) -> bool:
    if scope.building:
        return scope.building in _names(row)
    if scope.grid:
        grid = commons.grids.get(row.grid) if row.grid else None
        return grid is not None and scope.grid in _grid_names(grid)
    if scope.worker:
        worker = _worker(row, commons, today)
        return worker is not None and scope.worker in _worker_names(worker)
    return True


def _names(row: CardRow) -> set[str]:
    return _block_names(row.building, row.compound_title, row.number)


def _block_names(building: Id, compound: str, number: str) -> set[str]:
    block = f"{number}号楼"
    titled = {f"{compound}{sign}{name}" for sign in ("", " ", "/", "-") for name in (block, number)}
    return {ids.text(building), number, block, *titled}


def _disputed(ledger: Ledger, row: CardRow) -> bool:
    if not row.disputed:
        return False
    from gridclient.core.merge.record import conflicts

    record = ledger.record("household", row.household)
    return record is not None and bool(conflicts(record))


def _worker(row: CardRow, commons: Commons, today: str) -> Row | None:
    """Who is in charge of a household's building now; without assignments, whose ledger this is."""
    grids = [row.grid] if row.grid else []
    grid = commons.grids.get(row.grid) if row.grid else None
    above = grid.fields.get("parent") if grid else None
    if isinstance(above, bytes):
        grids.append(above)
    for wanted in grids:
        for one in commons.assignments:
            if one.fields.get("grid") == wanted and active(one.text("since"), one.text("until"), today):
                worker = one.fields.get("worker")
                if isinstance(worker, bytes) and worker in commons.workers:
                    return commons.workers[worker]
    return commons.workers.get(commons.own_worker) if commons.own_worker else None


def _card(row: CardRow, token: str, commons: Commons, today: str) -> Card:
    worker = _worker(row, commons, today)
    community, compound = commons.community, commons.compounds.get(row.compound)
    grid = commons.grids.get(row.grid) if row.grid else None
    template, address = commons.template, commons.settings.text("qr_address") if commons.settings else ""
    said = _texts(template)
    phone = worker.text("phone") if worker else ""
    return Card(
        name=worker.text("name") if worker and phone else "",
        phone=phone,
        role=codes.ROLE.label(worker.text("role")) if worker else "网格员",
        grid=grid.text("title") if grid else "",
        badge=worker.text("badge") if worker else "",
        buildings=_buildings(commons.buildings.get(row.grid or row.building, []), row.compound_title),
        hours=(worker.text("hours") if worker else "") or (community.text("hours") if community else ""),
        community=community.text("title") if community else "",
        community_phone=community.text("phone") if community else "",
        community_address=community.text("address") if community else "",
        property_name=compound.text("property_company") if compound else "",
        property_phone=compound.text("property_phone") if compound else "",
        police_name=community.text("police_name") if community else "",
        police_phone=community.text("police_phone") if community else "",
        doctor_name=community.text("doctor_name") if community else "",
        doctor_phone=community.text("doctor_phone") if community else "",
        qr=f"{address}{token}" if address else "",
        **said,  # type: ignore[arg-type]
    )


def _texts(template: Row | None) -> dict[str, object]:
    """The words of the template; those of the design where it leaves them open."""
    items = tuple(line for line in template.text("items").split("\n") if line) if template else ()
    said: dict[str, object] = {"items": items or ITEMS, "version": VERSION}
    for key in (CardTemplate.title, CardTemplate.slogan, CardTemplate.notice, CardTemplate.version):
        value = template.text(key.key) if template else ""
        if value:
            said[key.key] = value
    return said


def _buildings(spoken: list[str], compound: str) -> str:
    """示例小区 1–5 号楼: the buildings of one compound that somebody is in charge of."""
    numbers = sorted(
        (one.split("\x00")[1] for one in spoken if one.split("\x00")[0] == compound), key=natural
    )
    if not all(number.isdigit() for number in numbers):
        return f"{compound} {'、'.join(numbers)}"
    runs: list[list[int]] = []
    for number in map(int, numbers):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [f"{run[0]}–{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    return f"{compound} {'、'.join(parts)} 号楼"


def _token(ledger: Ledger) -> str:
    """128 random bits: nobody's data, and what pages built later will serve this card by."""
    return base64.urlsafe_b64encode(ledger.randomness(16)).decode().rstrip("=")


def _issues(ledger: Ledger, deck: Deck, report: Report, layout: str, now: int) -> list[Draft]:
    batch = ledger.new_id()
    fields: dict[str, object] = {"at": now, "layout": layout, "count": len(report.printed)}
    drafts = [Draft("card_batch", batch, DESK, fields, new=True)]
    for at in report.printed:
        household = deck.rows[at]
        issue: dict[str, object] = {
            "household": household.household,
            "batch": batch,
            "version": deck.template_version,
            "token": deck.tokens[at],
            "at": now,
        }
        drafts.append(Draft("card_issue", ledger.new_id(), household.building, issue, new=True))
    return drafts
