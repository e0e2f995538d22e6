"""Many seeds one after another, in a folder that is gone afterwards."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from sync_server.cli.drill.community import prepare
from sync_server.cli.drill.databases import Databases
from sync_server.cli.drill.server import Disk
from sync_server.cli.drill.story import Told, tell
from sync_server.cli.drill.weather import Rates

IN_MEMORY = Path("/dev/shm")  # a folder that is memory, on systems that have one
USUAL = Rates()


def drills(
    seeds: Iterable[int], steps: int, laptops: int = 0, rates: Rates = USUAL, url: str | None = None
) -> Iterator[Told]:
    """The stories of some seeds.

    `laptops`: how many there are, 0 for what each seed says. `url`: of a PostgreSQL database whose user may
    make others; None for files.
    """
    disk = Disk(Databases(url) if url else None)
    with tempfile.TemporaryDirectory(dir=IN_MEMORY if IN_MEMORY.is_dir() else None) as made:
        folder = Path(made)
        try:
            template = prepare(folder / "template", disk)
            for seed in seeds:
                yield tell(template, disk, folder / str(seed), seed, steps, laptops, rates)
        finally:
            if disk.databases is not None:
                disk.databases.close()


def facts(told: list[Told], steps: int) -> dict[str, object]:
    """What a script wants to know of some stories."""
    outcomes: dict[str, int] = {}
    for one in told:
        for key, count in one.outcomes.items():
            outcomes[key] = outcomes.get(key, 0) + count
    return {
        "seed": told[0].seed,
        "runs": len(told),
        "steps": steps,
        "laptops": sum(one.laptops for one in told),
        "changes": sum(one.changes for one in told),
        "syncs": outcomes,
        "digests": [one.digest for one in told],
        "broken": "",
    }


def words(told: list[Told], steps: int) -> str:
    """The same for a person."""
    last = told[-1]
    return (
        f"演练了 {len(told)} 场，每场 {steps} 步，没有丢一条记录。"
        f"最后一场：{last.laptops} 台电脑，{last.changes} 条改动，记号 {last.digest}。"
    )
