"""A visit saved, a key in the search box, a frame of the building screen, with the whole community.

python -m tests.benchmarks.ledger [FOLDER]: the ledger is made in FOLDER and used again the next time.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from gridclient.app.present import moments
from gridclient.app.present.building import building_view, compound_view
from gridclient.core.domain.ids import Id
from gridclient.core.domain.intervals import Intervals
from gridclient.desktop.building.view import CompoundView
from gridclient.ledger.buildings import BuildingLine, buildings, doors
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.search import read_some
from gridclient.operations.record_visit import VisitNote, record_visit
from tests.benchmarks.community import now, whole_ledger
from tests.benchmarks.table import Line, ms, show
from tests.benchmarks.window import Window

VISITS = 200
ROUNDS = 20
FRAMES = 60


def main(folder: Path) -> None:
    """Print one table."""
    with whole_ledger(folder) as ledger:
        lines = [_visits(ledger)]
        window = Window(ledger)
        window.until(lambda: bool(window.house.search.index.find("1")))
        window.rest(1.0)
        lines += _indexing(ledger, window)
        lines += _keys(ledger, window)
        lines += _pages(ledger, window)
        lines += _building(ledger, window)
        window.close()
    show("The ledger of the whole community", lines)


def today() -> str:
    return moments.today(now()).isoformat()


def timed(work: Callable[[], object]) -> float:
    """Seconds of one call."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _visits(ledger: Ledger) -> Line:
    homes = _households(ledger)[::20][:VISITS]
    taken = [timed(lambda home=home: record_visit(ledger, _note(home))) for home in homes]  # type: ignore[misc]
    return Line(f"visit saved durably, {len(taken)} visits", ms(taken), "p99 ≤ 50 ms")


def _note(home: Id) -> VisitNote:
    return VisitNote(home, None, "1", summary="家里都好，老人按时吃药，燃气灶看过了。")


def _households(ledger: Ledger) -> list[Id]:
    with ledger.reading() as connection:
        return [row[0] for row in connection.exec_driver_sql("SELECT id FROM k_household ORDER BY pk")]


def _typed(ledger: Ledger) -> list[str]:
    """What people type, letter by letter."""
    with ledger.reading() as connection:
        number = connection.exec_driver_sql(
            "SELECT id_number FROM k_resident WHERE id_number IS NOT NULL LIMIT 1 OFFSET 5000"
        ).scalar_one()
    whole = ("wang", "lp", "12-3-5", str(number)[-4:], "王", "王秀", "12号楼3单元", "l凤", "燃气灶", "漏水")
    return [word[:end] for word in whole for end in range(1, len(word) + 1)]


def _keys(ledger: Ledger, window: Window) -> list[Line]:
    house, typed = window.house, _typed(ledger)
    index, box = house.search.index, house.window.top.search.line
    house.window.activateWindow()
    house.window.search()
    window.step()
    asked: list[float] = []
    painted: list[float] = []
    for _ in range(ROUNDS):
        for word in typed:
            asked.append(timed(lambda word=word: index.find(word)))  # type: ignore[misc]

            def press(word: str = word) -> None:
                box.setText(word)
                window.step()

            painted.append(timed(press))
            assert house.window.popup.isVisible()
    house.window.leave_search()
    window.step()
    return [
        Line(f"search, query alone, {len(typed)} typed beginnings × {ROUNDS}", ms(asked), "p99 ≤ 2 ms"),
        Line("key to painted result list", ms(painted), "p99 ≤ 16 ms"),
    ]


def _indexing(ledger: Ledger, window: Window) -> list[Line]:
    """Reading all that can be found anew, and catching up with one visit."""
    search = window.house.search
    homes = _households(ledger)

    def all_read() -> None:
        search.load()
        window.until(lambda: not search._reading)

    def caught_up(home: Id) -> None:
        search.refresh(record_visit(ledger, _note(home)))
        window.until(lambda: not search._reading)

    stalls = window.stalls(all_read)
    saves = homes[7::400]

    def all_caught_up() -> None:
        for home in saves:
            caught_up(home)

    small = window.stalls(all_caught_up)
    with ledger.reading() as connection:
        touched = record_visit(ledger, _note(homes[3])).records
        taken = [timed(lambda: read_some(connection, search.index.readings, touched)) for _ in range(ROUNDS)]
    return [
        Line("everything read for searching: longest stall of the window", ms(stalls), "worst ≤ 50 ms"),
        Line(f"caught up with {len(saves)} visits: longest stall", ms(small), "worst ≤ 16 ms"),
        Line("what one visit changes, read for searching", ms(taken)),
    ]


def _pages(ledger: Ledger, window: Window) -> list[Line]:
    """From choosing a household to its painted page."""
    join = window.house.household
    painted: list[float] = []
    for home in _households(ledger)[11::27][:VISITS]:
        started = time.perf_counter()
        join.open(home)
        window.until(lambda home=home: join.view is not None and join.view.household == home)  # type: ignore[misc]
        window.step()
        painted.append(time.perf_counter() - started)
    return [Line(f"household chosen to painted page, {len(painted)} households", ms(painted), "p99 ≤ 30 ms")]


def _building(ledger: Ledger, window: Window) -> list[Line]:
    with ledger.reading() as connection:
        every = buildings(connection)
    largest = max({line.compound_id for line in every}, key=lambda one: _homes(ledger, every, one))
    mine = [line for line in every if line.compound_id == largest]

    def read() -> CompoundView:
        with ledger.reading() as connection:
            views = [
                building_view(one, doors(connection, one.id, today()), now(), Intervals()) for one in mine
            ]
        return compound_view(mine[0], views)

    screen = window.house.building.screen
    shown = read()
    window.house.go("building")
    query = [timed(read) for _ in range(ROUNDS)]
    built, frames = [], []
    for _ in range(ROUNDS):
        built.append(timed(lambda: screen.show_compound(shown)) + timed(window.step))
    for _ in range(FRAMES):
        screen.matrix.viewport().update()
        frames.append(timed(window.step))
    name = f"compound of {_homes(ledger, every, largest)} households"
    return [
        Line(f"{name}: doors read and made a view, off the window's thread", ms(query)),
        Line(f"{name}: view laid out and painted", ms(built)),
        Line(f"{name}: a frame painted anew", ms(frames), "≤ 16 ms"),
    ]


def _homes(ledger: Ledger, every: list[BuildingLine], compound: Id) -> int:
    with ledger.reading() as connection:
        mine = [line.id for line in every if line.compound_id == compound]
        return sum(
            door.household is not None for building in mine for door in doors(connection, building, today())
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made) / "ledger")
