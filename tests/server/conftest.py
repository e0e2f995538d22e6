"""A served community for every test that asks for one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.town import Settled, Town


@pytest.fixture
def town(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Town]:
    """Without a wire, unless a test asks for a road by an indirect parameter."""
    town = Town(tmp_path, road=getattr(request, "param", "service"))
    yield town
    town.close()


@pytest.fixture
def settled(town: Town) -> Settled:
    return Settled.make(town)
