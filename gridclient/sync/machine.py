"""Which computer this is, as far as the system says: a copied ledger is told by lying on another one."""

import subprocess
import sys
from hashlib import blake2b
from pathlib import Path

from gridclient.core.domain.ids import Id

_LINUX = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_MAC = ("/usr/sbin/ioreg", "-rd1", "-c", "IOPlatformExpertDevice")


def machine_id() -> str:
    """What the system calls this computer; "" where it does not say."""
    try:
        if sys.platform == "win32":
            return _of_registry()
        if sys.platform == "darwin":
            return _of_ioreg(subprocess.run(_MAC, capture_output=True, text=True, timeout=5).stdout)
        return next((path.read_text("ascii").strip() for path in _LINUX if path.exists()), "")
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""


def marked(machine: str, device: Id) -> bytes:
    """What a server hears of a computer: two laptops' ids on one computer cannot be told to be on one."""
    return blake2b(machine.encode(), key=device, digest_size=16).digest() if machine else b""


def _of_ioreg(said: str) -> str:
    """The IOPlatformUUID in what ioreg prints."""
    line = next((line for line in said.splitlines() if '"IOPlatformUUID"' in line), "")
    return line.rpartition("=")[2].strip().strip('"')


if sys.platform == "win32":

    def _of_registry() -> str:
        import winreg

        where = r"SOFTWARE\Microsoft\Cryptography"
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, where, 0, access) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
