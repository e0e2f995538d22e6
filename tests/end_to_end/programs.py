"""Both programs, as a script calls them."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PASSPHRASE = "从表格一直走到卡片的口令"


class Programs:
    """Both programs, as a script calls them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = ""

    def run(self, module: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "GRIDCLIENT_PASSPHRASE": PASSPHRASE, **more}
        return subprocess.run(
            [sys.executable, "-m", module, *arguments],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env=environment,
            check=False,
        )

    def client(self, ledger: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        return self.run("gridclient", "--ledger", str(self.folder / ledger), *arguments, **more)

    def answer(self, ledger: str, *arguments: str) -> Any:
        """What a command says with --json; it has to succeed."""
        done = self.client(ledger, *arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def server(self, *arguments: str) -> Any:
        done = self.run("sync_server", "--data", str(self.folder / "server"), *arguments, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def code(self, name: str) -> str:
        return str(self.server("enrol", name)["code"])

    def apply(self, ledger: str, *lines: dict[str, object]) -> list[Any]:
        file = self.folder / "changes.jsonl"
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        done = self.client(ledger, "apply", str(file))
        assert done.returncode == 0, done.stdout
        return [json.loads(line) for line in done.stdout.splitlines()]

    def dump(self, ledger: str, kind: str) -> list[Any]:
        done = self.client(ledger, "dump", "--kind", kind)
        return [json.loads(line) for line in done.stdout.splitlines()]
