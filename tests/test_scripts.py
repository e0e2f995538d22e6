"""The scripts of packaging/: what they say, what they find missing, and the screen they make."""

import ast
import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
Scripts = Callable[[str], ModuleType]


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scripts]:
    """Import a script by its name, as Python does when it runs one of them."""
    monkeypatch.syspath_prepend(ROOT / "packaging")
    yield import_module
    for name, module in list(sys.modules.items()):
        if Path(getattr(module, "__file__", None) or "/").parent == ROOT / "packaging":
            del sys.modules[name]


def test_the_scripts_say_everything_in_both_languages(scripts: Scripts) -> None:
    words = scripts("words").WORDS
    chinese, english = words["zh"], words["en"]
    assert chinese.keys() == english.keys()
    for name, sentence in chinese.items():
        assert re.findall(r"{\w+}", sentence) == re.findall(r"{\w+}", english[name])


def test_an_old_python_is_told_so(
    scripts: Scripts, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(scripts("environment"), "OLDEST", (99, 0))
    with pytest.raises(SystemExit) as stop:
        scripts("environment").prepare([], scripts("words").Voice("en"))
    assert stop.value.code == 1
    assert "99.0" in capsys.readouterr().err


def test_the_scripts_can_be_read_by_a_python_that_is_too_old() -> None:
    for path in sorted((ROOT / "packaging").glob("*.py")):
        ast.parse(path.read_text("utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize(
    "proof", ["libnowhere.so.9", "no-such-program", "/no/such/file", "import no_such_module"]
)
def test_a_need_that_is_not_met_is_seen(scripts: Scripts, proof: str) -> None:
    assert not scripts("environment").Need("some-package", proof).met()


@pytest.mark.parametrize(
    ("installer", "told"),
    [
        ("/usr/bin/apt-get", "apt-get install --yes --no-install-recommends some-package"),
        (None, "(some-package)"),
    ],
)
def test_who_may_not_install_is_told_the_command(
    scripts: Scripts,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    installer: str | None,
    told: str,
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    monkeypatch.setattr("shutil.which", lambda name: installer if name == "apt-get" else None)
    with pytest.raises(SystemExit) as stop:
        scripts("environment").prepare(
            [scripts("environment").Need("some-package", "no-such-program")], scripts("words").Voice("en")
        )
    assert stop.value.code == 1
    assert told in capsys.readouterr().err


def test_the_locale_of_a_program_is_always_utf_8(scripts: Scripts, monkeypatch: pytest.MonkeyPatch) -> None:
    def chosen() -> str | None:
        found: dict[str, str] = scripts("environment").variables()
        return found.get("LC_ALL")

    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        monkeypatch.delenv(name, raising=False)
    assert chosen() == "C.UTF-8"
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert chosen() is None
    monkeypatch.setenv("LC_ALL", "POSIX")
    assert chosen() == "C.UTF-8"


SHOW_A_WINDOW = """
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
label = QLabel("你好")
label.show()
label.activateWindow()
def look():
    if label.isActiveWindow():
        print(app.platformName(), app.primaryScreen().size().toTuple())
        app.quit()
app.focusWindowChanged.connect(look)
app.exec()
"""


def test_a_private_screen_shows_a_window_and_goes_away(
    scripts: Scripts, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen, voice = scripts("screen"), scripts("words").Voice("en")
    monkeypatch.setattr(screen, "python", lambda: Path(sys.executable))
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert not screen.has_display()
    with screen.private_screen(voice) as where:
        command = [sys.executable, "-c", SHOW_A_WINDOW]
        shown = subprocess.run(
            command, env={**os.environ, **where}, capture_output=True, text=True, timeout=60, check=False
        )
        assert (shown.returncode, shown.stderr) == (0, "")
        assert set(shown.stdout.splitlines()) == {"xcb (1366, 768)"}
        monkeypatch.setenv("DISPLAY", where["DISPLAY"])
        assert screen.has_display()
    assert not screen.has_display(), "a display that nobody serves is none"


def facts_of(folder: Path, passphrase: str) -> dict[str, object]:
    command = [sys.executable, "-m", "gridclient", "--ledger", str(folder), "status", "--json"]
    known = {**os.environ, "GRIDCLIENT_PASSPHRASE": passphrase}
    shown = subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True, check=True)
    facts: dict[str, object] = json.loads(shown.stdout)
    return facts


def test_the_demonstration_is_built_once_and_served_while_it_is_open(
    scripts: Scripts, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    module = scripts("demonstration")
    monkeypatch.setattr(module, "python", lambda: Path(sys.executable))
    demonstration = module.Demonstration(tmp_path / "demo", scripts("words").Voice("en"), scale=0.02)
    for time in ("first", "second"):
        with demonstration.open() as (supervisor, worker):
            for ledger, role in ((supervisor, "supervisor"), (worker, "worker")):
                facts = facts_of(ledger, module.PASSPHRASE)
                assert facts["name"] == ledger.name
                assert (facts["role"], facts["pending"], facts["enrolled"]) == (role, 0, True)
                assert facts["agreed"]
            port = json.loads((tmp_path / "demo" / "ready.json").read_text("utf-8"))["port"]
            with socket.create_connection(("127.0.0.1", port)):
                pass
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port))
        assert ("Building" in capsys.readouterr().out) == (time == "first")


def test_a_demonstration_whose_port_is_taken_says_so(
    scripts: Scripts, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    demonstration = scripts("demonstration").Demonstration(tmp_path, scripts("words").Voice("en"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        (tmp_path / "ready.json").write_text(
            json.dumps({"port": port, "supervisor": "x", "worker": "y"}), "utf-8"
        )
        with pytest.raises(SystemExit), demonstration.open():
            pass
    assert str(port) in capsys.readouterr().err
