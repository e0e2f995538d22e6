"""A display, a session and an input method of our own, and somebody who types there."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests.end_to_end.programs import ROOT

PATIENCE = 60.0
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:dir={folder}</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/>
<allow own="*"/></policy></busconfig>
"""


class Typist:
    """Types on the real keyboard of the display and looks at what the window tells."""

    def __init__(self, environment: dict[str, str], window: subprocess.Popen[bytes]) -> None:
        self._environment = environment
        self._window = window
        self._rest = b""
        self.seen: dict[str, Any] = {}

    def type(self, letters: str) -> None:
        self._xdotool("type", "--delay", "25", letters)

    def press(self, *keys: str) -> None:
        self._xdotool("key", "--delay", "25", *keys)

    def see(self, what: str, condition: Callable[[dict[str, Any]], object]) -> None:
        """Wait until the window shows it."""
        end = time.monotonic() + PATIENCE
        while not (self.seen and condition(self.seen)):
            assert time.monotonic() < end, f"not seen: {what}; last: {self.seen}"
            self._look(end - time.monotonic())

    def wait_for_end(self) -> int:
        return self._window.wait(PATIENCE)

    def _look(self, seconds: float) -> None:
        out = self._window.stdout
        assert out is not None
        ready, _, _ = select.select([out], [], [], max(0.0, seconds))
        if not ready:
            return
        came = os.read(out.fileno(), 1 << 16)
        assert came, f"the window has ended; last: {self.seen}"
        *lines, self._rest = (self._rest + came).split(b"\n")
        for line in lines:
            self.seen = json.loads(line)

    def _xdotool(self, *arguments: str) -> None:
        subprocess.run(["xdotool", *arguments], env=self._environment, check=True)


@contextmanager
def at_the_keyboard(folder: Path, ledger: Path) -> Iterator[Typist]:
    """The real desktop on a ledger, on a display of its own, with pinyin switched on."""
    with ExitStack() as stack:
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "XDG_RUNTIME_DIR": str(folder)}
        for name in ("WAYLAND_DISPLAY", "XMODIFIERS", "IBUS_ADDRESS", "QT_QPA_PLATFORM"):
            environment.pop(name, None)
        environment["DISPLAY"] = ":" + _answer(
            stack, ["Xvfb", "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"], "-displayfd", {}
        )
        config = folder / "bus.conf"
        config.write_text(BUS.format(folder=folder), "utf-8")
        bus = ["dbus-daemon", "--nofork", f"--config-file={config}"]
        environment["DBUS_SESSION_BUS_ADDRESS"] = _answer(stack, bus, "--print-address", environment)
        _start(stack, ["openbox"], environment)
        _start(stack, ["ibus-daemon", "--panel", "disable", "--config", "default"], environment)
        _switch_on(environment)
        window = _start(
            stack,
            [sys.executable, "-m", "tests.end_to_end.watched_window", str(ledger)],
            {**environment, "QT_QPA_PLATFORM": "xcb", "QT_IM_MODULE": "ibus"},
            stdout=subprocess.PIPE,
        )
        yield Typist(environment, window)


def _switch_on(environment: dict[str, str]) -> None:
    """Choose pinyin; the daemon has to be up, and says when the engine is."""
    end = time.monotonic() + PATIENCE
    command = ["ibus", "engine"]
    while True:
        subprocess.run([*command, "libpinyin"], env=environment, capture_output=True, check=False)
        chosen = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if chosen.stdout.strip() == "libpinyin":
            return
        assert time.monotonic() < end, chosen.stderr
        time.sleep(0.05)


def _answer(stack: ExitStack, command: list[str], option: str, environment: dict[str, str]) -> str:
    """Start a program that writes one line to a descriptor when it is ready; that line."""
    reader, writer = os.pipe()
    separate = [f"{option}={writer}"] if option.startswith("--print") else [option, str(writer)]
    _start(stack, [*command, *separate], environment or dict(os.environ), pass_fds=(writer,))
    os.close(writer)
    with os.fdopen(reader) as answer:
        said = answer.readline().strip()
    assert said, f"{command[0]} did not start"
    return said


def _start(
    stack: ExitStack,
    command: list[str],
    environment: dict[str, str],
    stdout: int = subprocess.DEVNULL,
    pass_fds: tuple[int, ...] = (),
) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        command,
        env=environment,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=stdout,
        stderr=None if stdout == subprocess.PIPE else subprocess.DEVNULL,
        pass_fds=pass_fds,
    )
    stack.callback(_end, process)
    return process


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdout is not None:
        process.stdout.close()
