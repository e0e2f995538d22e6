"""A community made once, and worlds to be directed by hand."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sync_server.cli.drill.community import Template, prepare
from sync_server.cli.drill.server import Disk
from sync_server.cli.drill.weather import CALM
from sync_server.cli.drill.world import World

Worlds = Callable[[int], World]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return prepare(tmp_path_factory.mktemp("drill") / "template", Disk())


@pytest.fixture
def worlds(template: Template, tmp_path: Path) -> Iterator[Worlds]:
    """`worlds(seed)`: a supervisor's laptop and a worker's, to which nothing happens by itself."""
    made: list[World] = []

    def make(seed: int) -> World:
        folder = tmp_path / str(seed)
        folder.mkdir()
        lets = (template.lets[0], template.lets[1], template.lets[-1])
        made.append(World(template._replace(lets=lets), Disk(), folder, seed, 2, CALM))
        return made[-1]

    yield make
    for world in made:
        world.close()
