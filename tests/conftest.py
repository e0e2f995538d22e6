"""One surrounding for every test: the same on every machine; what a test does not expect fails it."""

import gc
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

# Before Qt is loaded: it reads these once. The zone is China's, so that UTC and local time never look alike,
# and spelled so that it needs no zone files.
os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="", TZ="CST-8")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
if hasattr(time, "tzset"):
    time.tzset()

# All that one process leaves behind would be searched for cycles again and again: a seventh of the time.
gc.set_threshold(50_000, 20, 100)

HOMES = {
    "HOME": ".",
    "USERPROFILE": ".",
    "APPDATA": "roaming",
    "LOCALAPPDATA": "local",
    "XDG_DATA_HOME": "data",
    "XDG_CONFIG_HOME": "config",
    "XDG_CACHE_HOME": "cache",
    "XDG_STATE_HOME": "state",
}
FORGOTTEN = (
    "GRIDCLIENT_PASSPHRASE",
    "GRIDSERVER_DATABASE",
    "XDG_DATA_DIRS",
    "XDG_CONFIG_DIRS",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "ALL_PROXY",
)

ExpectLog = Callable[[str, str], AbstractContextManager[None]]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--campaign", action="store_true", help="run the long campaigns at their full sizes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is only for campaigns; it is not counted as skipped, for nothing is wrong with it."""
    if config.getoption("--campaign"):
        return
    campaigns = [item for item in items if item.get_closest_marker("campaign")]
    config.hook.pytest_deselected(items=campaigns)
    items[:] = [item for item in items if item not in campaigns]


@pytest.fixture(scope="session")
def campaign(pytestconfig: pytest.Config) -> bool:
    """Whether this run has time for the full sizes."""
    return bool(pytestconfig.getoption("--campaign"))


@pytest.fixture(scope="session")
def size(campaign: bool) -> Callable[[int, int], int]:
    """`size(small, large)`: the small one, or in a campaign the large one."""
    return lambda small, large: large if campaign else small


@pytest.fixture(autouse=True)
def own_home(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A home of its own for every test: nothing of the person at this machine is read or written."""
    with TemporaryDirectory(prefix="home-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        for name, below in HOMES.items():
            (home / below).mkdir(parents=True, exist_ok=True)
            monkeypatch.setenv(name, str(home / below))
        for name in FORGOTTEN:
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.lower(), raising=False)
        yield home


class _Attic(logging.Handler):
    """Keeps every record from WARNING on."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def unexpected_log(own_home: Path) -> Iterator[_Attic]:
    """Fail the test that leaves a log record from WARNING on which it did not expect."""
    attic = _Attic()
    logging.getLogger().addHandler(attic)
    yield attic
    logging.getLogger().removeHandler(attic)
    if attic.records:
        pytest.fail("unexpected log: " + "; ".join(f"{r.name}: {r.getMessage()}" for r in attic.records))


@pytest.fixture
def expect_log(unexpected_log: _Attic) -> ExpectLog:
    """`with expect_log("gridclient.sync", "part of it"):` the record has to come, and is then no fault."""

    @contextmanager
    def expect(logger: str, part: str) -> Iterator[None]:
        earlier = len(unexpected_log.records)
        yield
        later = unexpected_log.records[earlier:]
        others = [record for record in later if record.name != logger or part not in record.getMessage()]
        if len(others) == len(later):
            pytest.fail(f"no log record of {logger} says {part!r}")
        unexpected_log.records[earlier:] = others

    return expect
