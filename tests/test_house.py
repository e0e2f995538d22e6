"""The surroundings: the tools, the lock and the test-suite's own guards do what they promise."""

import os
import re
import shutil
import subprocess
import sys
import time
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from PySide6.QtCore import QObject

ROOT = Path(__file__).parents[1]
LOCK = ROOT / "packaging" / "requirements.lock"


def locked() -> dict[str, Version]:
    pins = re.findall(r"^([\w.-]+)==(\S+)", LOCK.read_text("utf-8"), re.MULTILINE)
    return {canonicalize_name(name): Version(version) for name, version in pins}


def declared() -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return [Requirement(line) for group in groups for line in group]


@pytest.mark.parametrize("requirement", declared(), ids=lambda requirement: requirement.name)
def test_the_lock_holds_what_the_project_declares(requirement: Requirement) -> None:
    version = locked().get(canonicalize_name(requirement.name))
    assert version is not None, "renew the lock as README.md says"
    assert requirement.specifier.contains(version)


def test_every_line_of_the_lock_has_a_hash_and_no_address() -> None:
    blocks = re.split(r"\n(?=[\w.-]+==)", LOCK.read_text("utf-8"))[1:]
    assert len(blocks) == len(locked())
    assert [block for block in blocks if "--hash=sha256:" not in block] == []
    assert not re.search(r"://|^--(index|extra|find|trusted)", LOCK.read_text("utf-8"), re.MULTILINE)


def test_the_installed_qt_is_the_locked_one() -> None:
    import PySide6

    assert Version(PySide6.__version__) == locked()["pyside6-essentials"]


def test_calls_that_return_nothing_keep_the_count_of_none() -> None:
    # PySide6 6.12.0 on CPython 3.11 lost one reference to None a call; after some thousands it aborted.
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(1000):
        thing.setObjectName("x")
    assert sys.getrefcount(None) > before - 100


@pytest.mark.parametrize("where", [ROOT, ROOT / "packaging"])
def test_the_folder_packaging_hides_no_library(where: Path) -> None:
    assert not (ROOT / "packaging" / "__init__.py").exists()
    code = "import packaging.version; print(packaging.__file__)"
    shown = subprocess.run(
        [sys.executable, "-c", code], cwd=where, capture_output=True, text=True, check=True
    )
    assert Path(shown.stdout.strip()).parent.parent.name == "site-packages"


# --- the guards of conftest.py, in a run of their own


def run_planted(folder: Path, test: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    shutil.copy(ROOT / "pyproject.toml", folder)
    (folder / "tests").mkdir()
    shutil.copy(ROOT / "tests" / "conftest.py", folder / "tests")
    (folder / "tests" / "test_planted.py").write_text(test, "utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-p", "no:randomly", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


PLANTED_LOGS = """
import logging
from PySide6.QtCore import qWarning
def test_clean(): logging.getLogger("room").info("fine")
def test_warns(): logging.getLogger("room").warning("smoke")
def test_expected(expect_log):
    with expect_log("room", "smo"): logging.getLogger("room").error("smoke")
def test_missed(expect_log):
    with expect_log("room", "fire"): pass
def test_other(expect_log):
    with expect_log("room", "smoke"):
        logging.getLogger("room").warning("smoke")
        logging.getLogger("hall").warning("smoke")
def test_qt(): qWarning("smoke")
def test_python():
    import warnings
    warnings.warn("smoke")
"""


def test_a_warning_nobody_expected_is_a_failure(tmp_path: Path) -> None:
    output = run_planted(tmp_path, PLANTED_LOGS, "-rA").stdout
    found = set(re.findall(r"^(PASSED|FAILED|ERROR) \S+::(\w+)", output, re.MULTILINE))
    # A record is noticed after the call, so its test passes and errs; pytest counts that as red.
    assert found == {
        ("PASSED", "test_clean"),
        *(("PASSED", "test_warns"), ("ERROR", "test_warns")),
        ("PASSED", "test_expected"),
        ("FAILED", "test_missed"),
        *(("PASSED", "test_other"), ("ERROR", "test_other")),
        ("FAILED", "test_qt"),
        ("FAILED", "test_python"),
    }


PLANTED_CAMPAIGN = """
import pytest
@pytest.mark.campaign
def test_long(campaign): assert campaign
def test_size(size): print("size", size(3, 3000))
"""


@pytest.mark.parametrize(
    ("arguments", "summary", "size"),
    [([], "1 passed, 1 deselected", "3"), (["--campaign"], "2 passed", "3000")],
)
def test_a_campaign_runs_only_when_asked_for(
    arguments: list[str], summary: str, size: str, tmp_path: Path
) -> None:
    output = run_planted(tmp_path, PLANTED_CAMPAIGN, "-s", *arguments).stdout
    assert re.search(rf"^{summary} in ", output, re.MULTILINE), output
    assert f"size {size}\n" in output


def test_a_test_lives_in_a_home_and_a_locale_of_its_own(own_home: Path) -> None:
    assert Path.home() == own_home
    assert list(own_home.glob("*")) != []
    assert all(os.environ[name].startswith(str(own_home)) for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME"))
    assert time.localtime(0).tm_hour == 8
    assert os.environ["LC_ALL"] == "C.UTF-8"
