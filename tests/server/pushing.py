"""What another process does that serves the same community: laptops push through it."""

import secrets
import time
from contextlib import closing

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from sync_server.service.folder import Folder
from sync_server.service.service import Service
from sync_server.service.session import Session


def now() -> int:
    return time.time_ns() // 1_000_000


def push_much(folder: Folder, device: Id, worker: Id, place: Id, pushes: int, changes: int) -> None:
    """Push visits through a service of this process's own; every one has to be accepted."""
    with closing(folder.open()) as store:
        session = Session(Service(store, now, secrets.token_bytes), device)
        for push in range(pushes):
            said = [visit(device, worker, place, push * changes + turn + 1) for turn in range(changes)]
            answers = session.push(said).answers
            assert [one.status for one in answers] == ["accepted"] * changes, answers


def visit(device: Id, worker: Id, place: Id, number: int) -> Change:
    identity = ids.timed(now(), secrets.token_bytes(10))
    fields: dict[str, object] = {"at": 1_795_500_000_000, "outcome": "1", "summary": "一切都好"}
    return Change(identity, device, number, worker, 1_795_500_000_000, "visit", identity, place, fields)
