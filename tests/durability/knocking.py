"""Programs that knock at one ledger at the very same moment.

python -m tests.durability.knocking     reads lines "open|make FOLDER MOMENT" and "leave"; answers each.
"""

import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

from gridclient.core.domain.errors import KnownError
from gridclient.ledger.ledger import Ledger
from tests.durability.stage import PASSPHRASES
from tests.durability.states import cheap_keys
from tests.ledgers import Clock

HEAD_START = 0.03  # seconds in which everybody hears of the moment


class Answer(NamedTuple):
    """`code`: "" for who was let in; `words`: what was said to who was not."""

    code: str
    words: str


class Knocker:
    """One such program."""

    def __init__(self) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-m", "tests.durability.knocking"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def tell(self, *words: object) -> None:
        assert self._program.stdin is not None
        self._program.stdin.write(" ".join(map(str, words)) + "\n")
        self._program.stdin.flush()

    def answer(self) -> Answer:
        assert self._program.stdout is not None
        return Answer(*json.loads(self._program.stdout.readline()))

    def kill(self) -> None:
        """As by kill -9: nothing is put in order."""
        self._program.kill()
        self.end()

    def end(self) -> None:
        """Wait for it to go, by itself when nobody speaks to it any more."""
        for stream in (self._program.stdin, self._program.stdout):
            assert stream is not None
            stream.close()
        self._program.wait()


def all_at_once(knockers: list[Knocker], how: str, folder: Path) -> list[Answer]:
    moment = time.monotonic() + HEAD_START
    for knocker in knockers:
        knocker.tell(how, folder, moment)
    return [knocker.answer() for knocker in knockers]


def _knock(how: str, folder: Path) -> Ledger:
    if how == "make":
        return Ledger.create(folder, PASSPHRASES[0], Clock(), random.SystemRandom().randbytes)[0]
    return Ledger.open(folder, PASSPHRASES[0], Clock(), random.SystemRandom().randbytes)


def main() -> None:
    inside: Ledger | None = None
    for line in sys.stdin:
        how, *rest = line.split()
        if how == "leave":
            if inside is not None:
                inside.close()
            inside = None
            answer = Answer("", "")
        else:
            while time.monotonic() < float(rest[1]):
                pass
            try:
                inside, answer = _knock(how, Path(rest[0])), Answer("", "")
            except KnownError as known:
                answer = Answer(known.code, known.zh)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    with cheap_keys():
        main()
