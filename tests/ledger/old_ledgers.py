"""Ledgers that programs of earlier schemas really wrote."""

import json
import shutil
from pathlib import Path
from typing import Any

PASSPHRASE = "旧台账的口令够长了吧"
SCHEMA_1 = Path(__file__).parent / "old" / "schema-1"


def old_ledger(folder: Path) -> Path:
    """A fresh copy of the ledger of schema 1."""
    folder.mkdir(parents=True)
    for name in ("ledger.db", "keys.json"):
        shutil.copyfile(SCHEMA_1 / name, folder / name)
    return folder


def dumped() -> dict[str, Any]:
    """What the program of that day showed of every record."""
    lines = (SCHEMA_1 / "dump.jsonl").read_text("utf-8").splitlines()
    return {line["record"]: line for line in map(json.loads, lines)}
