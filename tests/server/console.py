"""The server's commands, run in this process on a town's own folder."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from sync_server.cli.frame import speak
from sync_server.cli.main import gridserver
from tests.server.town import Town


@dataclass
class Console:
    """Says what a command answers. Its clock is the real one, as a command's is."""

    town: Town
    capture: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> tuple[int, str, str]:
        given = ["--data", str(self.town.folder.path), *arguments]
        self.capture.readouterr()
        status = speak(lambda: gridserver.main(given, standalone_mode=False), "zh")
        out, err = self.capture.readouterr()
        return status, out, err

    def says(self, *arguments: str) -> str:
        status, out, err = self.run(*arguments)
        assert (status, err) == (0, "")
        return out

    def answer(self, *arguments: str) -> Any:
        return json.loads(self.says(*arguments, "--json"))

    def error(self, *arguments: str) -> str:
        status, _, err = self.run(*arguments)
        assert status != 0
        (line,) = err.splitlines()
        return line
