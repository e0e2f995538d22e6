"""The house rules hold here, and each of them turns red on a planted fault."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import house_rules

ROOT = Path(__file__).parents[1]
Rule = Callable[[Path], list[str]]
RULES: list[Rule] = [
    house_rules.import_faults,
    house_rules.empty_init_faults,
    house_rules.plan_faults,
    house_rules.top_level_faults,
    house_rules.purity_faults,
    house_rules.posix_faults,
    house_rules.size_faults,
    house_rules.name_faults,
]

# rule, file, content: one fault each.
PLANTED: list[tuple[Rule, str, str]] = [
    (house_rules.import_faults, "gridclient/desktop/today.py", "from gridclient.ledger import visits"),
    (house_rules.import_faults, "gridclient/desktop/today.py", "from gridclient import ledger"),
    (house_rules.import_faults, "gridclient/desktop/today.py", "def show():\n    import sqlalchemy"),
    (house_rules.import_faults, "gridclient/desktop/today.py", "from gridclient.sync.session import Session"),
    (house_rules.import_faults, "gridclient/operations/visit.py", "from PySide6.QtWidgets import QLabel"),
    (house_rules.import_faults, "gridclient/operations/visit.py", "import PySide6"),
    (house_rules.import_faults, "gridclient/operations/visit.py", "from gridclient.desktop import today"),
    (house_rules.import_faults, "gridclient/cards/sheet.py", "from gridclient.ledger import visits"),
    (house_rules.import_faults, "gridclient/sync/session.py", "import gridclient.cards"),
    (house_rules.import_faults, "gridclient/ledger/file.py", "from gridclient.sync import session"),
    (house_rules.import_faults, "gridclient/sync/session.py", "from sqlalchemy import select"),
    (house_rules.import_faults, "gridclient/ledger/file.py", "import requests"),
    (house_rules.import_faults, "gridclient/ledger/file.py", "from . import tables"),
    (house_rules.import_faults, "gridclient/core/domain/visits.py", "import zstandard"),
    (house_rules.import_faults, "gridclient/core/domain/visits.py", "from gridclient.core import merge"),
    (
        house_rules.import_faults,
        "gridclient/core/merge/record.py",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from gridclient.core.wire import messages",
    ),
    (house_rules.import_faults, "sync_server/service/push.py", "from gridclient.ledger import file"),
    (house_rules.import_faults, "sync_server/service/push.py", "from sync_server.http import app"),
    (house_rules.import_faults, "sync_server/cli/commands.py", "from gridclient.sync import session"),
    (house_rules.import_faults, "sync_server/store/sql.py", "import PySide6"),
    (house_rules.empty_init_faults, "gridclient/__init__.py", "import os"),
    (house_rules.empty_init_faults, "gridclient/core/__init__.py", "import hashlib"),
    (house_rules.plan_faults, "gridclient/views/__init__.py", ""),
    (house_rules.plan_faults, "gridclient/spare.py", ""),
    (house_rules.plan_faults, "gridclient/core/clock.py", ""),
    (house_rules.plan_faults, "sync_server/models/__init__.py", ""),
    (house_rules.top_level_faults, "setup.py", ""),
    (house_rules.top_level_faults, "docs/index.md", ""),
    (house_rules.purity_faults, "gridclient/core/domain/visits.py", "import random"),
    (house_rules.purity_faults, "gridclient/core/domain/visits.py", "from os import path"),
    (
        house_rules.purity_faults,
        "gridclient/core/merge/record.py",
        "import datetime\ndatetime.datetime.now()",
    ),
    (house_rules.purity_faults, "gridclient/core/merge/record.py", "from uuid import uuid4"),
    (house_rules.purity_faults, "gridclient/core/merge/record.py", "open('x')"),
    (house_rules.purity_faults, "gridclient/core/merge/record.py", "from random import Random"),
    (house_rules.purity_faults, "gridclient/core/demonstration/town.py", "from random import random"),
    (house_rules.import_faults, "gridclient/core/demonstration/town.py", "from gridclient.core import wire"),
    (house_rules.posix_faults, "gridclient/ledger/lock.py", "import fcntl"),
    (house_rules.posix_faults, "gridclient/ledger/lock.py", "def f():\n    from pwd import getpwuid"),
    (house_rules.posix_faults, "packaging/run.py", "import resource"),
    (house_rules.size_faults, "gridclient/ledger/file.py", "x = 1\n" * 401),
    (house_rules.size_faults, "sync_server/store/sql.py", "def f():\n" + "    x = 1\n" * 60),
    (house_rules.size_faults, "tests/test_long.py", "async def f():\n" + "    x = 1\n" * 60),
    (house_rules.name_faults, "gridclient/ledger/utils.py", ""),
    (house_rules.name_faults, "gridclient/sync/sync_manager.py", ""),
    (house_rules.name_faults, "gridclient/operations/helpers/__init__.py", ""),
]
# Looks like a fault and is none.
HARMLESS: list[tuple[str, str]] = [
    ("gridclient/operations/runner.py", "from PySide6.QtCore import QObject\nimport qasync"),
    (
        "gridclient/desktop/today.py",
        "from PySide6.QtWidgets import QLabel\nfrom gridclient.operations import visit",
    ),
    ("gridclient/ledger/lock.py", "import sys\nif sys.platform != 'win32':\n    import fcntl"),
    ("gridclient/ledger/file.py", "x = 1\n" * 400),
    ("gridclient/ledger/file.py", "def f():\n" + "    x = 1\n" * 59),
    ("gridclient/sync/session.py", "from sqlalchemy import Connection"),
    ("gridclient/app.py", "from PySide6.QtWidgets import QApplication\nfrom gridclient.ledger import file"),
    ("gridclient/cli/commands.py", "from gridclient.desktop import today"),
    (
        "sync_server/cli/drill/world.py",
        "from gridclient.sync import session\nfrom gridclient.ledger import file",
    ),
    ("gridclient/core/wire/codec.py", "import zstandard, msgspec, io"),
    ("gridclient/core/demonstration/town.py", "from random import Random"),
    (".ci/run", ""),
    ("build/demo/notes.txt", ""),
]


def plant(root: Path, name: str, content: str) -> None:
    for package in ("gridclient", "gridclient/core", "sync_server"):
        (root / package).mkdir(parents=True, exist_ok=True)
        (root / package / "__init__.py").write_text("", "utf-8")
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_house_keeps_the_rule(rule: Rule) -> None:
    faults = rule(ROOT)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(("rule", "name", "content"), PLANTED)
def test_a_planted_fault_is_found_by_its_rule_alone(
    rule: Rule, name: str, content: str, tmp_path: Path
) -> None:
    plant(tmp_path, name, content)
    assert [found.__name__ for found in RULES if found(tmp_path)] == [rule.__name__]


@pytest.mark.parametrize(("name", "content"), HARMLESS)
def test_what_is_allowed_is_not_called_a_fault(name: str, content: str, tmp_path: Path) -> None:
    plant(tmp_path, name, content)
    assert [fault for rule in RULES for fault in rule(tmp_path)] == []


def test_every_rule_has_a_planted_fault() -> None:
    assert {rule for rule, _, _ in PLANTED} == set(RULES)


# Every module of the server; the fault simulator among them, for a laptop's ledger needs no window.
IMPORT_SERVER = """
import importlib, pkgutil, sys
for name in ("PySide6", "shiboken6", "qasync", "requests", "reportlab"):
    sys.modules[name] = None
sys.path.insert(0, sys.argv[1])
def failed(name): raise
import sync_server
for module in pkgutil.walk_packages(sync_server.__path__, "sync_server.", onerror=failed):
    if module.name != "sync_server.__main__":
        importlib.import_module(module.name)
"""


def import_server(root: Path) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-P", "-c", IMPORT_SERVER, str(root)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)


def test_the_server_needs_no_library_of_the_desktop() -> None:
    done = import_server(ROOT)
    assert done.returncode == 0, done.stderr


def test_a_server_that_needs_the_desktop_is_caught(tmp_path: Path) -> None:
    plant(tmp_path, "sync_server/service/push.py", "import requests")
    plant(tmp_path, "sync_server/service/__init__.py", "")
    assert "requests" in import_server(tmp_path).stderr
