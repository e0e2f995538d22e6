"""Databases of a drill on PostgreSQL: made as copies of each other, gone afterwards."""

import secrets

import psycopg
import sqlalchemy as sa


class Databases:
    """Makes databases on a server. `url`: of one that is there, whose user may make others."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._prefix = f"drill_{secrets.token_hex(4)}"
        self._made: list[str] = []

    def fresh(self) -> str:
        """The address of a new empty database."""
        return self._make("template0")

    def copy(self, url: str) -> str:
        """The address of a copy of one that nobody is connected to."""
        return self._make(str(sa.make_url(url).database))

    def drop(self, url: str) -> None:
        """Drop one of those made, whoever is still connected."""
        name = str(sa.make_url(url).database)
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._made.remove(name)

    def close(self) -> None:
        for name in list(self._made):
            self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        self._made.clear()

    def _make(self, template: str) -> str:
        name = f"{self._prefix}_{secrets.token_hex(4)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY wal_log')
        self._made.append(name)
        return sa.make_url(self._url).set(database=name).render_as_string(hide_password=False)

    def _run(self, statement: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:
            connection.execute(statement.encode())
