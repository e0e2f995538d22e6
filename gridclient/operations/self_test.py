"""Whether the program itself is whole on this computer: libraries, resources, a scratch ledger."""

import platform
import secrets
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import FILE, Ledger
from gridclient.ledger.store import library_versions
from gridclient.resources_path import resource

LIBRARIES = (
    *(
        "PySide6-Essentials",
        "SQLAlchemy",
        "sqlcipher3",
        "msgspec",
        "zstandard",
        "cryptography",
        "argon2-cffi",
    ),
    *("reportlab", "python-calamine", "XlsxWriter", "requests", "zxing-cpp"),
)
RESOURCES = (
    "fonts/NotoSansSC-Regular.ttf",
    "fonts/NotoSansSC-Medium.ttf",
    "fonts/NotoSansSC-Bold.ttf",
    "fonts/rare-han.ttf.zst",
    "icons/check.svg",
    "pinyin",
    "templates",
)
SAID = "自检写下又销毁的一句话"
PASSPHRASE = "自检用的口令用完就扔"


class Finding(NamedTuple):
    """One thing looked at: whether it is in order, and what was found, in words."""

    what: str
    ok: bool
    words: str


def self_test() -> list[Finding]:
    """Look at everything the program stands on. Nothing of any ledger of this computer is opened."""
    return [
        Finding("system", True, f"{platform.system()} {platform.release()}，Python {sys.version.split()[0]}"),
        *(_library(name) for name in LIBRARIES),
        _looked_at("encryption", _encryption),
        *(_resource(name) for name in RESOURCES),
        _looked_at("ledger", _scratch_ledger),
    ]


def _library(name: str) -> Finding:
    try:
        return Finding(name, True, f"{name} {version(name)}")
    except PackageNotFoundError:
        return Finding(name, False, f"{name} 没有装。重新安装程序。")


def _resource(name: str) -> Finding:
    there = resource(name).exists()
    return Finding(name, there, f"{name} 在" if there else f"{name} 不见了。重新安装程序。")


def _looked_at(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, True, look())
    except KnownError as known:
        return Finding(what, False, known.zh)


def _encryption() -> str:
    library, cipher = library_versions()
    if not cipher:
        raise KnownError(
            "no_encryption", "数据库组件不会加密，不能用。重新安装程序。", "The library does not encrypt."
        )
    return f"加密开着：SQLCipher {cipher}，SQLite {library}"


def _scratch_ledger() -> str:
    """Make a ledger, write, back it up, read it again, look for clear text, destroy it."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="self-test-", ignore_cleanup_errors=True) as folder:
        _try_out(Path(folder) / "ledger")
    return f"试建的台账写得进、读得出、备份得了，已经销毁，用了 {time.perf_counter() - started:.1f} 秒"


def _try_out(place: Path) -> None:
    compound = ids.named("self-test")
    ledger, _ = Ledger.create(place, PASSPHRASE, _now, secrets.token_bytes)
    try:
        ledger.write([Draft("compound", compound, COMMONS, {"title": SAID}, new=True)])
        ledger.roll_backup("self-test")
    finally:
        ledger.close()
    again = Ledger.open(place, PASSPHRASE, _now, secrets.token_bytes, write=False)
    try:
        record = again.record("compound", compound)
    finally:
        again.close()
    if record is None or record.heads["title"][0].value != (SAID,):
        raise KnownError("not_kept", "写进去的读不出来。检查硬盘。", "What was written was not read back.")
    for path in (place / FILE, *place.glob("backups/*")):
        if SAID.encode() in path.read_bytes():
            raise KnownError("in_clear", "台账没有加密，不能用。重新安装程序。", "The ledger lies in clear.")


def _now() -> int:
    return time.time_ns() // 1_000_000
