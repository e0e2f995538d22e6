"""A server's process that dies in the middle of a push, as a process of its own."""

import os
import secrets
import signal
from collections.abc import Sequence
from contextlib import closing
from multiprocessing.connection import Connection

import sqlalchemy as sa

from gridclient.core.domain.ids import Id
from sync_server.service.folder import Folder
from sync_server.service.service import Service
from sync_server.service.session import Session
from sync_server.store.sql import SqlStore
from tests.server.town import START


def serve_until_killed(
    folder: Folder, device: Id, batches: Sequence[Sequence[bytes]], said: Connection, at: int
) -> None:
    """Take pushes in one after another and say what was answered; die at step number `at`.

    A step is a statement or a commit; below 0 it is the moment after so many transactions, before anything
    is answered; 0: by another's hand.
    """
    with closing(folder.open()) as store:
        if at:
            _die(store, at)
        session = Session(Service(store, lambda: START, secrets.token_bytes), device)
        said.send(None)
        for batch in batches:
            said.send(session.push_encoded(batch).answers)
    said.close()


def _die(store: SqlStore, at: int) -> None:
    left = iter(range(abs(at) - 1, -1, -1))

    def count(*_: object) -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    for step in ("before_cursor_execute", "commit") if at > 0 else ("checkin",):
        sa.event.listen(store.engine, step, count)
