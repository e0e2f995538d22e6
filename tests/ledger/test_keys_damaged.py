"""A damaged key file is one sentence, whatever the damage; what is whole still opens."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from gridclient.core.domain.errors import KnownError
from gridclient.ledger.keys import KeyFile, new_key_file

PASSPHRASE = "三号网格的口令够长了吧"
KEY = bytes(range(32))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made, _ = new_key_file(KEY, PASSPHRASE, random.Random(7).randbytes(80))
    made.write(tmp_path / "keys.json")
    return tmp_path / "keys.json"


def damage(path: Path, wrap: str, **fields: object) -> None:
    held: dict[str, Any] = json.loads(path.read_text("utf-8"))
    held[wrap].update(fields)
    held[wrap] = {key: value for key, value in held[wrap].items() if value is not None}
    path.write_text(json.dumps(held), "utf-8")


@pytest.mark.parametrize(
    "written", ["", "[]", "7", "{}", '{"passphrase": [], "recovery": {}}', "[" * 200_000]
)
def test_what_is_no_key_file_is_said_so(path: Path, written: str) -> None:
    path.write_text(written, "utf-8")
    with pytest.raises(KnownError) as raised:
        KeyFile.read(path)
    assert raised.value.code == "keys_damaged"


@pytest.mark.parametrize(
    "fields",
    [
        {"box": None},
        {"nonce": "not base64 ä"},
        {"salt": 5},
        {"time": "3"},
        {"lanes": 0},
        {"memory": 1 << 40},
        {"box": "AAAA"},
    ],
)
def test_a_damaged_passphrase_wrap_is_said_so(path: Path, fields: dict[str, object]) -> None:
    damage(path, "passphrase", **fields)
    with pytest.raises(KnownError) as raised:
        KeyFile.read(path).unlock(PASSPHRASE)
    assert raised.value.code == "keys_damaged"


@pytest.mark.parametrize("fields", [{"sort": None}, {"box": "%"}, {"nonce": None}, {"sort": "community"}])
def test_a_damaged_recovery_wrap_is_said_so_and_keeps_nobody_out(
    path: Path, fields: dict[str, object]
) -> None:
    damage(path, "recovery", **fields)
    held = KeyFile.read(path)
    with pytest.raises(KnownError) as raised:
        held.recover("0000-0000")
    assert raised.value.code == "keys_damaged"
    assert held.unlock(PASSPHRASE) == KEY
