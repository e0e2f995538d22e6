"""A program on a ledger that is killed, as by a power button, at its N-th statement on the file.

python -m tests.end_to_end.killed LEDGER PASSPHRASE N {sync|import FILE}

Prints "statements COUNT" if it lives.
"""

import os
import secrets
import signal
import sys
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from gridclient.ledger.ledger import Ledger

_count = 0


def now() -> int:
    return time.time_ns() // 1_000_000


def main() -> None:
    folder, passphrase, last, job, *rest = sys.argv[1:]

    @event.listens_for(Engine, "before_cursor_execute")
    def before(*_: Any) -> None:
        global _count
        _count += 1
        if _count == int(last):
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(Engine, "commit")
    def commit(*_: Any) -> None:
        before()

    ledger = Ledger.open(Path(folder), passphrase, now, secrets.token_bytes)
    if job == "sync":
        from gridclient.operations.sync_ledger import sync

        assert sync(ledger).complete
    else:
        from gridclient.operations.import_register import import_register

        import_register(ledger, Path(rest[0]))
    ledger.close()
    print(f"statements {_count}")


if __name__ == "__main__":
    main()
