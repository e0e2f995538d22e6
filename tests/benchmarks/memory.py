"""What the desktop's process holds with the whole community open and every screen shown once.

python -m tests.benchmarks.memory [FOLDER]: the ledger is made in FOLDER and used again the next time.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from gridclient.app.house import House
from tests.benchmarks.community import whole_ledger
from tests.benchmarks.table import Line, show
from tests.benchmarks.window import Window

LIMIT = "≤ 350 MB, wanted ≤ 250 MB"


def main(folder: Path) -> None:
    """Print one table."""
    with whole_ledger(folder):
        pass  # made, if need be, before anything is counted
    with whole_ledger(folder) as ledger:
        window = Window(ledger)
        window.until(lambda: bool(window.house.search.index.find("1")))
        lines = [Line("the first screen, everything searchable", _said(), LIMIT)]
        _look_around(window, window.house)
        lines.append(Line("every screen shown, a compound of 964 households, thirty pages", _said(), LIMIT))
        window.close()
    show("Memory of the desktop's process", lines)


def _look_around(window: Window, house: House) -> None:
    compounds = [line.compound_id for line in house.building.lines]
    house.building.show(max(compounds, key=compounds.count))
    window.rest(1)
    for household in house.building.in_order()[:30]:
        house.open_household(household)
        window.rest(0.1)
    for item in house.menu():
        house.go(item.name)
        window.rest(0.3)


def _said() -> str:
    status = Path("/proc/self/status").read_text("ascii")
    held = {line.split(":")[0]: int(line.split()[1]) for line in status.splitlines() if line.startswith("Vm")}
    return f"{held['VmRSS'] / 1024:.0f} MB now, {held['VmHWM'] / 1024:.0f} MB at most"


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as made:
            main(Path(made) / "ledger")
