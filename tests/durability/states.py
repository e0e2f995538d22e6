"""What a ledger holds, as one word; and the cheap keys that make opening thousands of them bearable."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from gridclient.ledger import keys
from gridclient.ledger.ledger import KEYS, Ledger

CHEAP = {"time": 1, "memory": 8, "lanes": 1}


class State(msgspec.Struct, frozen=True):
    """A ledger between two saves.

    Attributes:
        content: of every row of every table; "" while there is no ledger.
        keys: of the key file.
        passphrase: what opens it.
        files: further files that have to be there, by path from the root, each with what it holds.
        wiped: the ledger was destroyed, and must be for good.
        refused: why the act before was refused; "" if it was saved.
    """

    content: str = ""
    keys: str = ""
    passphrase: str = ""
    files: dict[str, str] = {}
    wiped: bool = False
    refused: str = ""


def state_of(ledger: Ledger, passphrase: str) -> State:
    return State(content_of(ledger), print_of(ledger.folder / KEYS), passphrase)


def content_of(ledger: Ledger) -> str:
    """Two ledgers that hold the same rows give the same word."""
    with ledger.reading() as connection:
        return _content(connection)


def print_of(path: Path | str) -> str:
    """Of a file's content. A path given as text is opened as it is spelt."""
    with open(path, "rb") as file:  # noqa: PTH123
        return sha256(file.read()).hexdigest()


def _content(connection: Connection) -> str:
    whole = sha256()
    tables: Sequence[str] = (
        connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        .scalars()
        .all()
    )
    for table in tables:
        # The latest moment seen is noted whenever a ledger is opened, and is nobody's save.
        rest = "WHERE key <> 'time'" if table == "meta" else ""
        rows = connection.exec_driver_sql(f'SELECT * FROM "{table}" {rest} ORDER BY rowid')
        whole.update(msgspec.msgpack.encode([table, [tuple(row) for row in rows]]))
    return whole.hexdigest()


def alike(one: Sequence[State], other: Sequence[State]) -> bool:
    """Whether two runs saved the same. Files are encrypted anew every time, and so never the same."""
    return all(
        (mine.content, mine.keys, mine.refused) == (theirs.content, theirs.keys, theirs.refused)
        for mine, theirs in zip(one, other, strict=True)
    )


def story_of(path: Path) -> list[State]:
    """What a program told of its work; it may have been killed in the middle of a word."""
    lines = path.read_bytes().split(b"\n")[:-1] if path.exists() else []
    return [msgspec.json.decode(line, type=State) for line in lines]


@contextmanager
def cheap_keys() -> Iterator[None]:
    """Ledgers made in here have key files of the very same sort that cost next to nothing to open."""
    costs = dict(keys.ARGON)
    keys.ARGON.update(CHEAP)
    try:
        yield
    finally:
        keys.ARGON.update(costs)
