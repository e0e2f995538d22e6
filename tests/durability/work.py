"""A program that does a job on a ledger and tells of every save.

python -m tests.durability.work FOLDER STORY JOB [FILE] [--lax] [--forgetful] [--ballast FILE]

--lax opens the file with `synchronous=NORMAL`, --forgetful never syncs a folder: two programs that do lose
what they said was saved, so that the proofs can be proved to see it.
"""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gridclient.ledger import files
from gridclient.ledger import ledger as ledger_module
from gridclient.ledger.store import Store
from tests.durability import jobs, keeping_jobs
from tests.durability.stage import Stage
from tests.durability.states import cheap_keys

JOBS: dict[str, Callable[[Stage], None]] = {
    "first_run": jobs.first_run,
    "day": jobs.day,
    "import": jobs.import_,
    "rewrap": jobs.rewrap,
    "sync": jobs.sync_,
    "backup": keeping_jobs.backup,
    "restore": keeping_jobs.restore,
    "upgrade": keeping_jobs.upgrade,
    "erase": keeping_jobs.erase,
    "wipe": keeping_jobs.wipe,
}


class _LaxStore(Store):
    def _connect(self) -> Any:
        connection = super()._connect()
        connection.execute("PRAGMA synchronous = NORMAL")
        return connection


def _forget_folders() -> None:
    for module in (files, ledger_module):
        setattr(module, "sync_folder", lambda folder: None)  # noqa: B010


def main() -> None:
    folder, story, job = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    if "--lax" in sys.argv:
        setattr(ledger_module, "Store", _LaxStore)  # noqa: B010
    if "--forgetful" in sys.argv:
        _forget_folders()
    ballast = Path(sys.argv[sys.argv.index("--ballast") + 1]) if "--ballast" in sys.argv else None
    with cheap_keys():
        JOBS[job](Stage(folder, story, ballast))


if __name__ == "__main__":
    main()
