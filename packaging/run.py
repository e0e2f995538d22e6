"""See it work: `python3 packaging/run.py` opens the demonstration, `--tour DIR` walks through it."""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
from pathlib import Path

from demonstration import FOLDER, PASSPHRASE, Demonstration
from environment import QT, ROOT, SCREEN, prepare, program, python, variables
from screen import has_display, names_display, private_screen
from words import Voice


def main(arguments: list[str]) -> int:
    """Give the exit status of the window or of the tour."""
    parser = argparse.ArgumentParser(description="民情台账: open the demonstration, or walk through it")
    parser.add_argument(
        "--tour", metavar="DIR", type=Path, help="walk through the main job, keep pictures in DIR"
    )
    parser.add_argument(
        "--lang", choices=("zh", "en"), default="zh", help="language of what this script says"
    )
    chosen = parser.parse_args(arguments)
    voice = Voice(chosen.lang)
    prepare(QT if names_display() else [*QT, *SCREEN], voice)
    if chosen.tour:
        return tour(chosen.tour.resolve(), voice)
    if not has_display():
        voice.say("no_display")
        return tour(ROOT / "build" / "tour", voice)
    with Demonstration(FOLDER, voice).open() as (supervisor, worker):
        desktop = str(program("gridclient"))
        voice.say("other_laptop", person=worker.name, command=f"{desktop} --ledger {worker}")
        voice.say("opening", person=supervisor.name, passphrase=PASSPHRASE)
        return subprocess.run([desktop, "--ledger", str(supervisor)], env=variables()).returncode


def tour(folder: Path, voice: Voice) -> int:
    """Drive the real window through the main job, on a screen of its own where there is none."""
    folder.mkdir(parents=True, exist_ok=True)
    voice.say("touring", folder=folder)
    command = [str(python()), "-m", "gridclient.tour", str(folder)]
    if has_display():
        code = subprocess.run(command, cwd=ROOT, env=variables()).returncode
    else:
        prepare([*QT, *SCREEN], voice)
        with private_screen(voice) as where:
            code = subprocess.run(command, cwd=ROOT, env=variables(**where)).returncode
    if code:
        voice.say("tour_failed", code=code, folder=folder)
    else:
        voice.say("tour_done", folder=folder)
    return code


if __name__ == "__main__":
    # Told to stop, it stops what it started too.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda caught, _: sys.exit(128 + caught))
    sys.exit(main(sys.argv[1:]))
