"""A copy of the tree in which one fault after another is planted, and whether its tests notice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
_COPIED = ("gridclient", "sync_server", "resources", "tests", "pyproject.toml")
_SECONDS = 300  # a fault that makes something wait for ever is found as well


class Edit(NamedTuple):
    """Text to be replaced, where it stands exactly once."""

    file: str
    old: str
    new: str


class Mutant(NamedTuple):
    """A fault somebody could make. `tests`: node ids of which at least one has to fail."""

    name: str
    edits: tuple[Edit, ...]
    tests: tuple[str, ...]


class Verdict(NamedTuple):
    caught: bool
    how: str
    seconds: float


def fault_of(mutant: Mutant, root: Path = ROOT) -> str | None:
    """Why a mutant cannot be planted or judged, or None."""
    for edit in mutant.edits:
        path = root / edit.file
        found = path.read_text("utf-8").count(edit.old) if path.exists() else 0
        if found != 1:
            return f"{mutant.name}: stands {found} times in {edit.file}: {edit.old.strip()[:60]!r}"
        if edit.old == edit.new:
            return f"{mutant.name}: replaces nothing"
    for test in mutant.tests:
        file, _, name = test.partition("::")
        path = root / file
        if not path.exists() or f"def {name.partition('[')[0]}(" not in path.read_text("utf-8"):
            return f"{mutant.name}: there is no {test}"
    return None


class Copy:
    """The tree once more, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        for name in _COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, folder)

    def unharmed(self, tests: Sequence[str]) -> str | None:
        """What fails without any fault, or None."""
        code, said = self._run(tests)
        return None if code == 0 else said

    def judge(self, mutant: Mutant) -> Verdict:
        """Plant it, run its tests, take it out again."""
        before = {edit.file: (self._folder / edit.file).read_text("utf-8") for edit in mutant.edits}
        started = time.monotonic()
        try:
            for edit in mutant.edits:
                path = self._folder / edit.file
                path.write_text(path.read_text("utf-8").replace(edit.old, edit.new), "utf-8")
            code, said = self._run(mutant.tests)
        finally:
            for file, text in before.items():
                (self._folder / file).write_text(text, "utf-8")
        # 1: tests failed. Anything else (nothing collected, a word misspelt) proves nothing.
        return Verdict(code == 1, said, time.monotonic() - started)

    def _run(self, tests: Sequence[str]) -> tuple[int, str]:
        command = [sys.executable, "-m", "pytest", "-n0", "-q", "-x", "--no-header", "--tb=no"]
        quiet = ["-p", "no:cacheprovider", "-p", "no:randomly", "-W", "default"]
        # No compiled files: a text replaced within one second by one as long would run as it was.
        surroundings = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        process = subprocess.Popen(
            [*command, *quiet, *tests],
            cwd=self._folder,
            env=surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            said, _ = process.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            return 1, "waits for ever"
        lines = [line for line in said.splitlines() if line.startswith(("FAILED", "ERROR"))]
        shown = lines[0].split(" - ")[0] if lines else said.strip()[-300:]
        return process.returncode, shown.removeprefix("FAILED ").removeprefix("ERROR ")
