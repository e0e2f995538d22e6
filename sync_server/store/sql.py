"""What the stores in SQL have in common: one transaction, seen in one state."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager

import sqlalchemy as sa

from gridclient.core.domain.errors import KnownError
from sync_server.store.accounts import SqlAccounts
from sync_server.store.records import RecordStatements, SqlRecords

SCHEMA = 2  # of the tables; what an older one lacks is in `upgrading`
Steps = Callable[[sa.Connection, int], None]


class SqlTransaction:
    """Records and accounts of one community, seen in one state."""

    def __init__(self, connection: sa.Connection, community: int, statements: RecordStatements) -> None:
        self.connection = connection
        self.community = community
        self.records = SqlRecords(connection, community, statements)
        self.accounts = SqlAccounts(connection, community)


class SqlStore(ABC):
    """A store one of the two engines keeps; see `Store`."""

    engine: sa.Engine

    @abstractmethod
    def read(self) -> AbstractContextManager[SqlTransaction]: ...

    @abstractmethod
    def write(self) -> AbstractContextManager[SqlTransaction]: ...

    @abstractmethod
    def settle(self) -> None: ...

    def close(self) -> None:
        self.engine.dispose()


def refuse_other_schema(version: int) -> None:
    """Raises KnownError where the tables are older or newer than this program's."""
    if version > SCHEMA:
        raise KnownError(
            "newer_store",
            "这份数据是更新的程序写的，这个程序不能用它。请更新程序，数据没有动过。",
            "A newer program wrote this data; update this one. Nothing was changed.",
        )
    if version < SCHEMA:
        raise KnownError(
            "older_store",
            "这份数据是旧版程序的。先停下服务器，做一次备份，再运行 upgrade。数据没有动过。",
            "An older program wrote this data. Stop the server, back up, run upgrade. Nothing was changed.",
        )
