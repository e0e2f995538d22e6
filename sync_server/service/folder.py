"""The folder a server lives in: its encrypted data, its keys, its certificates. Only its owner reads it.

With PostgreSQL the data lies there, and the folder holds the certificates and the database's address.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from sync_server.accounts.authority import Pair, covers, issue, new_authority
from sync_server.accounts.recovery import private_pem
from sync_server.service import staffing
from sync_server.service.service import Service
from sync_server.store.postgres import PostgresStore
from sync_server.store.rows import Community
from sync_server.store.sql import SqlStore, Steps
from sync_server.store.sqlite import SqliteStore


@dataclass(frozen=True)
class Folder:
    """Where everything lies. The key lies beside the data: backups take the one without the other.

    `url`: of the PostgreSQL database; where it is None, what `init` noted, and without that a file.
    """

    path: Path
    url: str | None = None

    @property
    def database(self) -> Path:
        return self.path / "server.db"

    @property
    def key(self) -> Path:
        return self.path / "server.key"

    @property
    def address(self) -> Path:
        """Where the database's address is noted, as it may hold a password."""
        return self.path / "database.url"

    @property
    def made(self) -> bool:
        """Whether a server was made here."""
        return self.database.exists() or self.address.exists()

    @property
    def shared(self) -> bool:
        """Whether several processes may serve it at once."""
        return self.url is not None or self.address.exists()

    @property
    def authority(self) -> Path:
        return self.path / "ca.pem"

    @property
    def authority_key(self) -> Path:
        return self.path / "ca.key"

    @property
    def certificate(self) -> Path:
        return self.path / "tls.pem"

    @property
    def certificate_key(self) -> Path:
        return self.path / "tls.key"

    def open(self, steps: Steps | None = None) -> SqlStore:
        """The store of this folder. `steps` bring an older one up to this program's schema.

        Raises:
            KnownError: there is none, or it cannot be opened.
        """
        if self.shared:
            return PostgresStore(self.url or self.address.read_text("utf-8"), steps=steps)
        if not self.database.exists():
            raise KnownError(
                "no_server",
                f"“{self.path}”里没有服务器。先用 init 建一个。",
                f"No server in {self.path}; make one with init.",
            )
        try:
            key = self.key.read_bytes()
        except OSError as error:
            raise KnownError(
                "no_key",
                f"读不到钥匙文件“{self.key}”，数据打不开，也没有动过。用 root 运行，或者从备份取回它。",
                f"Cannot read the key file {self.key}; the data was not touched.",
            ) from error
        return SqliteStore(self.database, key, steps=steps)

    def ensure_certificate(self, names: Sequence[str], now: int) -> None:
        """A server certificate that holds for these names; the one at hand if it does."""
        if self.certificate.exists() and covers(self.certificate.read_bytes(), names, now):
            return
        authority = Pair(self.authority.read_bytes(), self.authority_key.read_bytes())
        made = issue(authority, names, now)
        write_private(self.certificate_key, made.key)
        write_private(self.certificate, made.certificate)


def found(
    folder: Folder,
    name: str,
    recovery_file: Path,
    clock: Callable[[], int],
    randomness: Callable[[int], bytes],
) -> Service:
    """Make a new server: keys, certificates, store, and the community's own record.

    The private half of the recovery key is written to `recovery_file` and nowhere else.

    Raises:
        KnownError: there is a server already, or the recovery file exists or cannot be written.
    """
    ensure_free(folder)
    recovery = X25519PrivateKey.generate()
    write_new(recovery_file, private_pem(recovery))
    with make_store(folder, randomness) as store:
        now = clock()
        authority = new_authority(name, now)
        write_private(folder.authority_key, authority.key)
        write_private(folder.authority, authority.certificate)
        service = Service(store, clock, randomness)
        public = recovery.public_key().public_bytes_raw()
        community = Community(
            ids.timed(now, randomness(10)), name, public, now, randomness(32), randomness(32)
        )
        with service.writing() as transaction:
            transaction.accounts.found(community, randomness(16))
        staffing.write_community(service, name)
    return Service(folder.open(), clock, randomness)


@contextmanager
def make_store(folder: Folder, randomness: Callable[[int], bytes]) -> Iterator[SqlStore]:
    """An empty store in a new folder, to be filled within the block; it is the folder's once that has ended.

    A server half made is none, and can be made again.

    Raises:
        KnownError: there is a server already, or the database cannot be reached.
    """
    ensure_free(folder)
    folder.path.mkdir(parents=True, exist_ok=True, mode=0o700)
    if folder.url is not None:
        with closing(PostgresStore(folder.url, make=True)) as database:
            yield database
        write_private(folder.address, folder.url.encode())
        return
    key = randomness(32)
    write_private(folder.key, key)
    # The data gets its name last.
    making = folder.path / "server.new"
    making.unlink(missing_ok=True)
    _create(making, b"")
    with closing(SqliteStore(making, key)) as store:
        yield store
    making.rename(folder.database)


def ensure_free(folder: Folder) -> None:
    """Raises KnownError where a server can only be made in the place of another."""
    taken = folder.made
    if not taken and folder.url is not None:
        with closing(PostgresStore(folder.url, make=True)) as store, store.read() as snapshot:
            taken = snapshot.accounts.community() is not None
    if taken:
        raise KnownError(
            "server_exists",
            f"“{folder.path}”或者它的数据库里已经有服务器，没有动它。",
            f"There is a server in {folder.path} or in its database already; it was left alone.",
        )


def write_private(path: Path, data: bytes) -> None:
    """A file only its owner reads, whole or not at all."""
    making = path.with_name(path.name + ".new")
    making.unlink(missing_ok=True)
    _create(making, data)
    making.replace(path)


def _create(path: Path, data: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def refuse_existing(path: Path) -> None:
    """Raises KnownError where a new file would take the place of another."""
    if path.exists():
        raise _taken(path)


def write_new(path: Path, data: bytes) -> None:
    """A new file only its owner reads. Raises KnownError where it exists or cannot be written."""
    try:
        _create(path, data)
    except FileExistsError as error:
        raise _taken(path) from error
    except OSError as error:
        raise KnownError(
            "not_writable",
            f"写不到“{path}”，什么也没有做。换一个能写的地方。",
            f"Cannot write to {path}; nothing was done.",
        ) from error


def _taken(path: Path) -> KnownError:
    return KnownError(
        "file_exists",
        f"“{path}”已经存在，没有覆盖它。换一个文件名。",
        f"{path} exists and was not overwritten; give another file name.",
    )
