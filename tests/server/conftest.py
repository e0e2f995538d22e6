"""A served community for every test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.postgres import Databases, running
from tests.server.town import Settled, Town

ENGINES = ["sqlite", "postgres"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Databases]:
    """A PostgreSQL server; started for the first test that asks."""
    with running() as databases:
        yield databases


@pytest.fixture
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """Where a server's data lies, by an indirect parameter: None for a file, or a new database's address."""
    if getattr(request, "param", "sqlite") == "sqlite":
        yield None
        return
    databases: Databases = request.getfixturevalue("postgres")
    with databases.fresh() as url:
        yield url


@pytest.fixture
def town(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Town]:
    """Without a wire and in a file; an indirect parameter may name a road or PostgreSQL."""
    road = getattr(request, "param", "service")
    if road != "postgres":
        town = Town(tmp_path, road=road)
        yield town
        town.close()
        return
    databases: Databases = request.getfixturevalue("postgres")
    with databases.fresh() as url:
        town = Town(tmp_path, database=url)
        yield town
        town.close()


@pytest.fixture
def settled(town: Town) -> Settled:
    return Settled.make(town)
