"""Ledgers that programs of earlier schemas really wrote."""

import json
import shutil
from pathlib import Path
from typing import Any

PASSPHRASE = "旧台账的口令够长了吧"
SCHEMA_1 = Path(__file__).parent / "old" / "schema-1"
SCHEMA_2 = SCHEMA_1.with_name("schema-2")


def old_ledger(folder: Path, of: Path = SCHEMA_1) -> Path:
    """A fresh copy of the ledger of an earlier schema."""
    folder.mkdir(parents=True)
    for name in ("ledger.db", "keys.json"):
        shutil.copyfile(of / name, folder / name)
    return folder


def dumped(of: Path = SCHEMA_1) -> dict[str, Any]:
    """What the program of that day showed of every record."""
    lines = (of / "dump.jsonl").read_text("utf-8").splitlines()
    return {line["record"]: line for line in map(json.loads, lines)}
