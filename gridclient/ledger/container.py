"""A backup as one file that can be carried away.

It is a zip archive whose members are stored as they are (an encrypted file does not get smaller):

    manifest.json   {"format": 1, "made": Unix ms, "schema", "rows", "mark", "why", "sha256": {…}}
    keys.json       the key file of the day: the backup opens by the passphrase of its day, or by recovery
    ledger.db       the encrypted ledger, whole, with nothing beside it

The manifest is in clear, so it names nobody; `sha256` holds the sums of the two other members.
"""

import shutil
import zipfile
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, NamedTuple

import msgspec

from gridclient.core.domain.errors import KnownError
from gridclient.ledger.files import move, sync_file

FORMAT = 1
MANIFEST, KEYS, DATA = "manifest.json", "keys.json", "ledger.db"
LARGEST_MANIFEST = 1 << 16
LARGEST_KEYS = 1 << 20
_BLOCK = 1 << 20


class Manifest(msgspec.Struct, frozen=True):
    """What a backup says of itself. `mark` changes with what the ledger holds; `why` is a short word."""

    format: int
    made: int
    schema: int
    rows: int
    mark: str
    why: str
    sha256: dict[str, str]


class Backup(NamedTuple):
    """A backup file and what it says of itself."""

    path: Path
    size: int
    manifest: Manifest

    @property
    def made(self) -> int:
        return self.manifest.made


def damaged_backup() -> KnownError:
    return KnownError(
        "backup_damaged",
        "这份备份坏了或者不是台账的备份，没有用它，现在的台账没有动。换一份备份。",
        "This backup is damaged or none of ours; it was not used and the ledger is unchanged. Take another.",
    )


def pack(path: Path, data: Path, keys: Path, manifest: Manifest) -> Backup:
    """Make a backup file of a closed copy and a key file; what is at `path` gives way only to a whole one.

    `manifest.sha256` is filled in here. What was written is read again before it counts.
    """
    part = path.with_name(path.name + ".part")
    members = {KEYS: keys, DATA: data}
    sums = {name: _sum_of(member) for name, member in members.items()}
    manifest = msgspec.structs.replace(manifest, sha256=sums)
    try:
        with zipfile.ZipFile(part, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(zipfile.ZipInfo(MANIFEST), msgspec.json.encode(manifest))
            for name, member in members.items():
                # A bare ZipInfo: no clock is asked, and one before 1980 breaks nothing.
                with (
                    member.open("rb") as held,
                    archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as out,
                ):
                    shutil.copyfileobj(held, out, _BLOCK)
        part.chmod(0o600)
        sync_file(part)
        judge(look(part))
        move(part, path)
    finally:
        part.unlink(missing_ok=True)
    return Backup(path, path.stat().st_size, manifest)


def look(path: Path) -> Backup:
    """What a backup says of itself. Raises KnownError for a file that is none."""
    try:
        with zipfile.ZipFile(path) as archive:
            if archive.getinfo(MANIFEST).file_size > LARGEST_MANIFEST:
                raise damaged_backup()
            manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
            names = {info.filename: info for info in archive.infolist()}
            if manifest.format > FORMAT:
                raise KnownError(
                    "newer_backup",
                    "这份备份是新版程序做的，装上新版再恢复。现在的台账没有动。",
                    "A newer program made this backup; install it to restore. The ledger is unchanged.",
                )
            if {KEYS, DATA} - names.keys() or names[KEYS].file_size > LARGEST_KEYS:
                raise damaged_backup()
        return Backup(path, path.stat().st_size, manifest)
    except FileNotFoundError as error:
        raise KnownError("no_file", f"没有这个文件：{path}", f"No such file: {path}") from error
    except (zipfile.BadZipFile, msgspec.MsgspecError, KeyError, RuntimeError, NotImplementedError) as error:
        raise damaged_backup() from error
    except OSError as error:
        raise KnownError("unreadable", f"读不了 {path}。", f"Cannot read {path}.") from error


def judge(backup: Backup) -> None:
    """Read a backup whole. Raises KnownError where a byte of it is not what was written."""
    for name in (KEYS, DATA):
        _through(backup, name, None)


def unpack(backup: Backup, folder: Path) -> None:
    """Put key file and ledger file of a backup into a folder, forced to disk. Raises KnownError."""
    for name in (KEYS, DATA):
        target = folder / name
        with target.open("wb") as out:
            _through(backup, name, out)
        target.chmod(0o600)
        sync_file(target)


def _through(backup: Backup, name: str, out: BinaryIO | None) -> None:
    """Pass a member on and see that it is what the manifest says."""
    digest = sha256()
    try:
        with zipfile.ZipFile(backup.path) as archive, archive.open(name) as member:
            while block := member.read(_BLOCK):
                digest.update(block)
                if out is not None:
                    out.write(block)
    except (zipfile.BadZipFile, KeyError, EOFError, RuntimeError, NotImplementedError) as error:
        raise damaged_backup() from error
    if digest.hexdigest() != backup.manifest.sha256.get(name):
        raise damaged_backup()


def _sum_of(path: Path) -> str:
    digest = sha256()
    with path.open("rb") as held:
        while block := held.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
