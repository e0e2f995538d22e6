"""The whole demonstration, told building by building so that any size needs the memory of one."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import NamedTuple

from gridclient.core.demonstration import cards, commons, homes, outreach
from gridclient.core.demonstration.commons import Quarter, in_quarter
from gridclient.core.demonstration.days import local_day, rounds, walking_days
from gridclient.core.demonstration.estates import (
    BIG_GRIDS,
    ESTATES,
    SMALL_GRIDS,
    Estate,
    Plot,
    fewest,
    plots,
)
from gridclient.core.demonstration.matters import Desk
from gridclient.core.demonstration.people import MIXED, OLD, YOUNG
from gridclient.core.demonstration.register import Register
from gridclient.core.demonstration.shares import apportion
from gridclient.core.demonstration.town import Town
from gridclient.core.demonstration.visits import Walk, Walker
from gridclient.core.domain.geography import compound_id
from gridclient.core.merge.change import Draft

SMALLEST, LARGEST = 0.01, 20.0
HOUSEHOLDS, RESIDENTS, VISITS, MATTERS = 5_432, 11_423, 40_000, 3_000  # at scale 1

_VISITED = {OLD: 1.15, MIXED: 0.95, YOUNG: 0.85}
_CROWDED = {OLD: 0.9, MIXED: 1.3, YOUNG: 1.55}  # members besides the head


class Site(NamedTuple):
    """One building and what it gets of everything there is."""

    estate: Estate
    plot: Plot
    people: int
    visits: int
    matters: int


def community(seed: int, scale: float, now_millis: int) -> Iterator[Draft]:
    """The records of the demonstration community, parents before what is inside them.

    Everything is invented. The same seed and scale give the same ids; on the same day in China they give
    the same records, byte for byte, in every process. Memory is that of one building.

    Args:
        scale: 1 is a community of 5,432 households; from 0.01 to 20.
        now_millis: nothing told happened later than the midnight before this instant.

    Raises:
        ValueError: the scale lies outside its bounds.
    """
    if not SMALLEST <= scale <= LARGEST:
        raise ValueError(f"scale must lie between {SMALLEST} and {LARGEST:g}")
    return _tell(Town(seed, float(scale), local_day(now_millis)), float(scale))


def _tell(town: Town, scale: float) -> Iterator[Draft]:
    yield from commons.community_wide(town, town.chance("community"))
    yield from outreach.community_wide(town, town.chance("outreach"))
    parts = [commons.quarter(town, number) for number in range(ceil(scale))]
    sites = _sites(scale, len(parts))
    for part, own in zip(parts, sites, strict=True):
        yield from commons.quarter_drafts(town, town.chance("quarter", part.number), part)
        workers = [walker.id for grid in part.walkers for walker in grid]
        yield from outreach.of_quarter(town, part.number, workers)
        yield from _quarter(town, part, own)
        yards = dict.fromkeys(compound_id(site.estate.title) for site in own)
        yield from outreach.sessions(town, list(yards), workers)


def _sites(scale: float, parts: int) -> list[list[Site]]:
    """The buildings of every part, and how all there is divides among them exactly."""
    estates = [
        (part, estate._replace(title=in_quarter(estate.title, part), alias=in_quarter(estate.alias, part)))
        for part in range(parts)
        for estate in ESTATES
    ]
    households = apportion(
        round(HOUSEHOLDS * scale),
        [estate.households for _, estate in estates],
        [fewest(estate) for _, estate in estates],
    )
    placed = [
        (part, estate, plot)
        for (part, estate), share in zip(estates, households, strict=True)
        for plot in plots(estate, scale / parts, share)
    ]
    counts = [plot.households for _, _, plot in placed]
    people = apportion(
        round(RESIDENTS * scale) - sum(counts),
        [plot.households * _CROWDED[estate.profile] for _, estate, plot in placed],
    )
    visits = apportion(
        round(VISITS * scale), [plot.households * _VISITED[estate.profile] for _, estate, plot in placed]
    )
    matters = apportion(round(MATTERS * scale), counts)
    made: list[list[Site]] = [[] for _ in range(parts)]
    for (part, estate, plot), more, knocks, asked in zip(placed, people, visits, matters, strict=True):
        made[part].append(Site(estate, plot, plot.households + more, knocks, asked))
    return made


def _quarter(town: Town, part: Quarter, sites: Sequence[Site]) -> Iterator[Draft]:
    batches: dict[int, cards.Batch] = {}
    for big in range(cards.PRINTED_GRIDS):
        here = [site.plot.households for site in sites if SMALL_GRIDS[site.plot.grid].big == big]
        batches[big] = cards.Batch(town, big, in_quarter(BIG_GRIDS[big], part.number), sum(here))
        yield batches[big].draft()
    walkers = _walkers(part, sites)
    days = _days(town, sites, walkers)
    told: set[str] = set()
    for site, walker, walked in zip(sites, walkers, days, strict=True):
        if site.estate.title not in told:
            told.add(site.estate.title)
            yield commons.compound(town, site.estate, [site.estate.alias])
        batch = batches.get(SMALL_GRIDS[site.plot.grid].big)
        yield from _building(town, part, site, walker, walked, batch)


def _walkers(part: Quarter, sites: Sequence[Site]) -> list[Walker]:
    """Who walks which building: those of one small grid take turns."""
    turn = [0] * len(SMALL_GRIDS)
    chosen = []
    for site in sites:
        workers = part.walkers[site.plot.grid]
        chosen.append(workers[turn[site.plot.grid] % len(workers)])
        turn[site.plot.grid] += site.plot.finished
    return chosen


def _days(town: Town, sites: Sequence[Site], walkers: Sequence[Walker]) -> list[list[int]]:
    """The days on which each building is walked; nobody walks two on one day."""
    calendar = walking_days(town.told_on)
    walked: list[list[int]] = [[] for _ in sites]
    for number in sorted({walker.number for walker in walkers}):
        mine = [index for index, walker in enumerate(walkers) if walker.number == number]
        wanted = [_wanted(sites[index]) for index in mine]
        for index, days in zip(mine, rounds(calendar, wanted), strict=True):
            walked[index] = days
    return walked


def _wanted(site: Site) -> int:
    """Days enough for about eight doors each and for nobody to be visited twice on one."""
    if not site.visits:
        return 0
    return max(-(-site.visits // 8), -(-site.visits * 4 // site.plot.households))


def _building(
    town: Town, part: Quarter, site: Site, walker: Walker, days: Sequence[int], batch: cards.Batch | None
) -> Iterator[Draft]:
    estate, plot = site.estate, site.plot
    house = homes.settle(town, town.chance("homes", estate.title, plot.number), estate, plot, site.people)
    register = Register(town, town.chance("register", estate.title, plot.number), estate, plot, house)
    if batch is not None:
        for home in house.homes:
            home.printed = batch.at if batch.at > home.known_from else None
    walk = Walk(town, town.chance("visits", estate.title, plot.number), register.place, walker)
    # Told before the register, because what a visit verified stands there.
    visits = list(walk.visits(house.homes, days, site.visits))
    yield from register.drafts(part.small_grids[plot.grid])
    yield from visits
    desk = Desk(town, town.chance("matters", estate.title, plot.number), register.place, plot, walker)
    yield from desk.matters(house.homes, walk.talks, site.matters)
    if batch is not None:
        yield from cards.issues(
            town, town.chance("cards", estate.title, plot.number), register.place, house.homes, batch
        )
