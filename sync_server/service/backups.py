"""Backups: one file from which a server is rebuilt on a new machine. Only the recovery key opens it.

It is made while the server works and says what held at one moment. A restored server goes on under a new
history id, by which every laptop knows at its next contact that it may have to hand in what was lost.
"""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
import zstandard

from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.values import format_instant
from gridclient.core.wire import sealing
from sync_server.service import audit
from sync_server.service.folder import Folder, make_store, refuse_existing, write_new, write_private
from sync_server.store.portable import dump, load
from sync_server.store.rows import Device, Head
from sync_server.store.sql import SqlStore, SqlTransaction
from sync_server.store.tables import code

PURPOSE = "minqing server backup 1"
_PIECE = 1 << 20


class Backup(msgspec.Struct, frozen=True, array_like=True):
    """What is sealed. `rows`: the stream of `store.portable`, in zstd; `files`: the community's certificate
    authority, without which no laptop would trust the new machine."""

    made: int
    files: dict[str, bytes]
    rows: bytes


class Made(NamedTuple):
    """A backup that was made: the order's end in it, and the bytes of the file."""

    seq: int
    size: int


class Restored(NamedTuple):
    """A server rebuilt. `made`: when the backup was; `devices`: those let in until then."""

    made: int
    head: Head
    rows: int
    devices: list[Device]


def back_up(
    store: SqlStore, folder: Folder, file: Path, now: int, randomness: Callable[[int], bytes]
) -> Made:
    """Write a backup of a server, also of one at work.

    Raises:
        KnownError: the file exists, or cannot be written.
    """
    refuse_existing(file)
    compressor = zstandard.ZstdCompressor(level=6)
    with store.write() as transaction:
        audit.note(transaction.records, now, randomness, "backup")
    with store.read() as snapshot:
        founded = snapshot.accounts.community()
        assert founded is not None
        seq = snapshot.records.head().seq
        writer = compressor.compressobj()
        parts = [writer.compress(part) for part in dump(snapshot)]
        rows = b"".join([*parts, writer.flush()])
    files = {path.name: path.read_bytes() for path in (folder.authority, folder.authority_key)}
    content = msgspec.msgpack.encode(Backup(now, files, rows))
    sealed = sealing.seal(content, [founded.recovery_key], PURPOSE)
    write_new(file, sealed)
    if sha256(file.read_bytes()).digest() != sha256(sealed).digest():
        raise KnownError(
            "backup_damaged",
            f"写好的备份“{file}”读回来不一样，这块盘不可靠。换一块再做。",
            f"The backup {file} reads back differently; use another disk.",
        )
    return Made(seq, len(sealed))


def restore(
    file: Path, private: bytes, folder: Folder, now: int, randomness: Callable[[int], bytes]
) -> Restored:
    """Rebuild a server in a new folder, and in an empty database if the folder names one.

    Raises:
        KnownError: there is a server already, the key does not open the backup, or the backup is unfit.
    """
    backup = _opened(file, private)
    with make_store(folder, randomness) as store:
        with store.write() as transaction:
            counts = load(transaction, _unpacked(backup.rows))
            head = _renewed(transaction, randomness(16))
            purpose = f"{format_instant(backup.made)} 的备份，到第 {head.seq} 条"
            audit.note(transaction.records, now, randomness, "restore", count=head.seq, purpose=purpose)
            for name, content in backup.files.items():
                write_private(folder.path / Path(name).name, content)
        store.settle()
        with store.read() as snapshot:
            devices = snapshot.accounts.devices()
    return Restored(backup.made, head, sum(counts.values()), devices)


def _opened(file: Path, private: bytes) -> Backup:
    try:
        content = sealing.unseal(file.read_bytes(), private, PURPOSE)
        return msgspec.msgpack.decode(content, type=Backup)
    except OSError as error:
        raise KnownError("no_file", f"打不开这个文件：{file}。", f"Cannot read {file}.") from error
    except (sealing.SealError, msgspec.DecodeError) as error:
        raise KnownError(
            "backup_sealed",
            f"这把恢复钥匙打不开“{file}”：它不是这个社区的备份，或者坏了。什么也没有动。",
            f"This recovery key does not open {file}: another community's, or damaged. Nothing was changed.",
        ) from error


def _unpacked(rows: bytes) -> Iterator[bytes]:
    with zstandard.ZstdDecompressor().stream_reader(rows) as reader:
        while piece := reader.read(_PIECE):
            yield piece


def _renewed(transaction: SqlTransaction, history: Id) -> Head:
    """Prove the order, then begin a new history where it ends. Codes that let nobody in yet are void."""
    records = transaction.records
    chain, seq = b"", 0
    while portion := records.log(seq, 10_000):
        for one in portion:
            chain, seq = sha256(chain + one.hash).digest(), seq + 1
            if (one.seq, one.chain) != (seq, chain):
                raise _broken(one.seq)
    head = records.head()
    if (head.seq, head.chain) != (seq, chain):
        raise _broken(head.seq)
    # Who redeemed one after the backup is not known here, so it would let a second laptop in.
    transaction.connection.execute(
        sa.delete(code).where(code.c.community == transaction.community, code.c.device.is_(None))
    )
    renewed = head._replace(history=history)
    records.advance(renewed)
    return renewed


def _broken(seq: int) -> KnownError:
    return KnownError(
        "chain_broken",
        f"备份里第 {seq} 条改动接不上前面的，有人动过它，没有恢复。",
        f"Change {seq} in the backup does not follow from the one before; nothing was restored.",
    )
