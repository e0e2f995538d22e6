"""The project's own environment: what the system must have, and the folder `.venv` with what the lock names.

Needs nothing but a Python and its standard library, so that a fresh machine can start with it.
"""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from words import Voice

# An old Python has to get as far as the sentence that says it is old, hence no newer syntax in this file.
OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "packaging" / "requirements.lock"
VENV = ROOT / ".venv"
ON_WINDOWS = sys.platform == "win32"


class Need(NamedTuple):
    """A package of Debian and Ubuntu, and what proves on any Linux that its content is there."""

    package: str
    proof: str

    def met(self) -> bool:
        if ".so." in self.proof:
            try:
                ctypes.CDLL(self.proof)
            except OSError:
                return False
            return True
        if self.proof.startswith("/"):
            return Path(self.proof).exists()
        if self.proof.startswith("import "):
            return importlib.util.find_spec(self.proof[len("import ") :]) is not None
        return shutil.which(self.proof) is not None


# Debian's bare python3 can make no environment with pip in it until python3-venv is there.
PYTHON = [Need("python3-venv", "import ensurepip")]
# What the Qt wheels expect of the system; a missing one shows as "Could not load the Qt platform plugin xcb".
QT = [
    Need("libglib2.0-0", "libglib-2.0.so.0"),
    Need("libegl1", "libEGL.so.1"),
    Need("libgl1", "libGL.so.1"),
    Need("libdbus-1-3", "libdbus-1.so.3"),
    Need("libfontconfig1", "libfontconfig.so.1"),
    Need("libxkbcommon0", "libxkbcommon.so.0"),
    Need("libxkbcommon-x11-0", "libxkbcommon-x11.so.0"),
    Need("libxcb-cursor0", "libxcb-cursor.so.0"),
    Need("libxcb-icccm4", "libxcb-icccm.so.4"),
    Need("libxcb-image0", "libxcb-image.so.0"),
    Need("libxcb-keysyms1", "libxcb-keysyms.so.1"),
    Need("libxcb-randr0", "libxcb-randr.so.0"),
    Need("libxcb-render-util0", "libxcb-render-util.so.0"),
    Need("libxcb-shape0", "libxcb-shape.so.0"),
    Need("libxcb-xkb1", "libxcb-xkb.so.1"),
]
# A screen of our own for machines without one, with a window manager (keys go to the active window).
SCREEN = [
    Need("xvfb", "Xvfb"),
    Need("openbox", "openbox"),
    Need("fonts-noto-cjk", "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
]
# A second reader of PDF files, for the tests: what one finds and copies, another may not.
READER = [Need("poppler-utils", "pdftotext")]
# Sees and spoils the system calls of a program: for the proofs that a ledger loses nothing.
TRACER = [Need("strace", "strace")]
# Somebody who types Chinese: keys for a real display, a message bus, an input method with pinyin.
TYPIST = [
    Need("xdotool", "xdotool"),
    Need("dbus", "dbus-daemon"),
    Need("ibus", "ibus-daemon"),
    Need("ibus-libpinyin", "/usr/share/ibus/component/libpinyin.xml"),
]


def program(name: str) -> Path:
    """A program of the environment."""
    return VENV / (f"Scripts/{name}.exe" if ON_WINDOWS else f"bin/{name}")


def python() -> Path:
    """The environment's Python."""
    return program("python")


def variables(**more: str) -> dict[str, str]:
    """The variables for a program of the environment: as they are here, and always a UTF-8 locale."""
    found = {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}
    if not ON_WINDOWS and "utf" not in " ".join(_locale_names(found)).lower():
        found["LC_ALL"] = "C.UTF-8"  # Qt warns about any other
    return {**found, **more}


def prepare(needs: list[Need], voice: Voice) -> None:
    """Make everything ready, or end the program with a sentence that says what to do.

    Does nothing that is already done; the second time takes well under a second.
    """
    if sys.version_info[:2] < OLDEST:
        found = ".".join(map(str, sys.version_info[:3]))
        voice.stop("old_python", oldest=".".join(map(str, OLDEST)), found=found)
    if sys.platform == "linux":
        _complete_system([need for need in [*PYTHON, *needs] if not need.met()], voice)
    _complete_venv(voice)


def _locale_names(found: dict[str, str]) -> list[str]:
    for name in ("LC_ALL", "LC_CTYPE", "LANG"):
        if found.get(name):
            return [found[name]]
    return []


def _complete_system(missing: list[Need], voice: Voice) -> None:
    if not missing:
        return
    if not shutil.which("apt-get"):
        voice.stop("missing_elsewhere", things="\n    ".join(f"{n.proof} ({n.package})" for n in missing))
    packages = [need.package for need in missing]
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0:  # reached on Linux only
        voice.stop("missing", command="sudo apt-get update && sudo " + " ".join(install))
    voice.say("installing", packages=" ".join(packages))
    quiet = variables(DEBIAN_FRONTEND="noninteractive")
    for command in (["apt-get", "update"], install):
        done = subprocess.run(
            command, env=quiet, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        if done.returncode:
            sys.stderr.write(done.stdout.decode(errors="replace"))
            voice.stop("apt_failed")
    importlib.invalidate_caches()
    still = [need.package for need in missing if not need.met()]
    if still:
        voice.stop("missing", command="apt-get install --reinstall " + " ".join(still))


def _complete_venv(voice: Voice) -> None:
    interpreter = f"{sys.version_info[:3]} {sys.platform} {ROOT}".encode()
    content = _digest(LOCK.read_bytes(), interpreter)
    project = _digest((ROOT / "pyproject.toml").read_bytes(), content.encode())
    if _stamp("content") != content:
        voice.say("creating", folder=VENV)
        shutil.rmtree(VENV, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(VENV)], voice)
        # Wheels only: building a source archive would bring in build tools that no hash vouches for.
        _pip(["--require-hashes", "--only-binary=:all:", "--requirement", str(LOCK)], voice)
        _write_stamp("content", content)
    if _stamp("project") != project:
        voice.say("joining")
        _pip(["--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT)], voice)
        _write_stamp("project", project)


def _pip(arguments: list[str], voice: Voice) -> None:
    quiet = ["-qq", "--no-input", "--disable-pip-version-check"]  # errors only
    _run([str(python()), "-m", "pip", "install", *quiet, *arguments], voice)


def _run(command: list[str], voice: Voice) -> None:
    if subprocess.run(
        command, env=variables(PIP_ROOT_USER_ACTION="ignore"), stdin=subprocess.DEVNULL
    ).returncode:
        voice.stop("pip_failed")


def _digest(*parts: bytes) -> str:
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _stamp(name: str) -> str:
    path = VENV / f"{name}.sha256"
    return path.read_text("ascii") if path.exists() else ""


def _write_stamp(name: str, digest: str) -> None:
    (VENV / f"{name}.sha256").write_text(digest, "ascii")
