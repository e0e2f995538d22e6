"""Is there a screen to show a window on; and a private one where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from environment import python, variables
from words import Voice

# The office laptop the windows are laid out for.
SIZE = "1366x768x24"
OPEN_A_CONNECTION = "from PySide6.QtGui import QGuiApplication; QGuiApplication([])"


def names_display() -> bool:
    """Whether the person's session speaks of a display; that can be asked before Qt is there."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def has_display() -> bool:
    """Whether a window can be shown. A display that nobody serves is none."""
    if not names_display():
        return False
    command = [str(python()), "-c", OPEN_A_CONNECTION]
    return subprocess.run(command, env=variables(), stderr=subprocess.DEVNULL).returncode == 0


@contextmanager
def private_screen(voice: Voice) -> Iterator[dict[str, str]]:
    """A virtual display with a window manager; gives the variables that lead a program to it."""
    reader, writer = os.pipe()
    command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", SIZE, "-nolisten", "tcp", "-noreset"]
    with running(command, variables(), pass_fds=(writer,)):
        os.close(writer)
        with os.fdopen(reader) as answer:
            number = answer.readline().strip()  # the server writes it when it is ready, or ends
        if not number:
            voice.stop("no_screen", reason=" ".join(command))
        where = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
        with running(["openbox"], variables(**where)):
            yield where


@contextmanager
def running(
    command: list[str],
    environment: dict[str, str],
    output: int | IO[bytes] = subprocess.DEVNULL,
    pass_fds: tuple[int, ...] = (),
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that runs as long as the block does."""
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output, pass_fds=pass_fds
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
