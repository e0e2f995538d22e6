"""Opening with the key from the safe what only it opens: what laptops left behind that are gone.

Nothing of it is taken as said: it is held for the supervisor, but for what the order has already.
"""

from collections import Counter
from typing import NamedTuple

import msgspec

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Change
from gridclient.core.wire import codec, sealing
from gridclient.core.wire.messages import Answer
from gridclient.core.wire.pack import (
    LARGEST_PACK,
    OWN_CHANGES,
    PackError,
    file_id,
    open_pack,
    verify_key,
)
from sync_server.service import audit, backups
from sync_server.service.intake import decode
from sync_server.service.recovering import Recovery
from sync_server.service.rights import Standing, shut
from sync_server.service.service import Service
from sync_server.service.speaking import SERVER
from sync_server.service.unpacking import cannot_use, standing_of, take_in
from sync_server.store.contract import Transaction


class Unsealed(NamedTuple):
    """What a file was and what became of it.

    `sort`: `pack` (its laptop signed it), or `own_changes` (what a laptop had sent of places it lost; nobody
    signed that, so it is only said to be its author's). `worker`: whose it is said to be; None for nobody's.
    `made`: Unix milliseconds, 0 where the file does not say. `inside`: what became of sealed files that lay
    in a last file; `unusable`: how many of them no key here opens, kept with it all the same.
    """

    sort: str
    worker: Id | None
    name: str
    counts: dict[str, int]
    made: int
    again: bool
    inside: tuple["Unsealed", ...] = ()
    unusable: int = 0


def unseal(service: Service, data: bytes, private: bytes) -> Unsealed:
    """Take in a sealed file by the recovery key. The same file again is harmless.

    Raises:
        KnownError: the key is not the one for this file, it is damaged, or a server's backup.
        RefusedError: `busy`.
    """
    taken, files = _unsealed(service, data, private)
    inside, unusable = [], 0
    for file in files:  # sticks and boxes: nothing of a laptop that is gone lies deeper
        try:
            inside.append(_unsealed(service, file, private)[0])
        except KnownError:
            unusable += 1
    return taken._replace(inside=tuple(inside), unusable=unusable)


def _unsealed(service: Service, data: bytes, private: bytes) -> tuple[Unsealed, list[bytes]]:
    """What became of a file, and the sealed files in it, untouched."""
    try:
        if len(data) > LARGEST_PACK:
            raise PackError("damaged")
        return _pack(service, data, private)
    except PackError as error:
        if str(error) != "foreign":
            raise cannot_use(error) from error
    content = _opened(data, private, OWN_CHANGES)
    if content is not None:
        return _own_changes(service, data, content), []
    if _opened(data, private, backups.PURPOSE) is not None:
        raise KnownError(
            "is_backup",
            "这是服务器的备份，没有动它。要重建服务器，用 restore。",
            "This is a backup of the server; rebuild one from it with restore.",
        )
    raise KnownError(
        "foreign",
        "这把钥匙打不开这个文件。要用建服务器时锁进保险柜的恢复钥匙。",
        "This key does not open this file; use the recovery key made with the server.",
    )


def _opened(data: bytes, private: bytes, purpose: str) -> bytes | None:
    """The content of a box for this purpose; None for one of another. Raises KnownError for a damaged one."""
    try:
        return sealing.unseal(data, private, purpose)
    except sealing.SealError as error:
        if str(error) == "foreign":
            return None
        raise cannot_use(PackError(str(error))) from error


def _pack(service: Service, data: bytes, private: bytes) -> tuple[Unsealed, list[bytes]]:
    with service.store.read() as snapshot:
        community = snapshot.accounts.community()
    assert community is not None
    said = open_pack(data, private, verify_key(community.sign_key))
    with service.writing() as transaction:
        now = service.clock()
        device = transaction.accounts.device(said.device)
        known = device is not None and said.reason != "revoked"
        standing = (
            standing_of(service, transaction, device, now)
            if known and device is not None
            else shut(said.device, said.worker)
        )
        again, answers = take_in(transaction, standing, said, data, now)
        answers += Recovery(transaction.records, _desk(said.device), now).take(_readable(said.copies))
        _note(service, transaction, again, answers, said.worker)
        name = service.commons(transaction.records).name(said.worker)
    return Unsealed("pack", said.worker, name, _counts(answers), said.made, again), said.files


def _own_changes(service: Service, data: bytes, content: bytes) -> Unsealed:
    try:
        originals = codec.decode(content, list[msgspec.Raw], LARGEST_PACK)
    except codec.MalformedError as error:
        raise cannot_use(PackError("damaged")) from error
    changes = _readable(originals)
    worker = changes[0].author if changes else None
    with service.writing() as transaction:
        now, records = service.clock(), transaction.records
        again = transaction.accounts.unpacked(file_id(data))
        known = records.known({change.id for change in changes})
        copies = [_copy(change) for change in changes if change.id not in known]
        answers = [Answer(one, "duplicate", known[one].seq) for one in known]
        answers += Recovery(records, _desk(SERVER), now).take(copies)
        transaction.accounts.note_unpacked(file_id(data), SERVER, now)
        _note(service, transaction, again, answers, worker)
        name = service.commons(records).name(worker) if worker else ""
    return Unsealed("own_changes", worker, name, _counts(answers), 0, again)


def _desk(device: Id) -> Standing:
    """Who hands in copies here: whoever has the safe's key, whichever laptop kept them."""
    return Standing(device, SERVER, Role.SUPERVISOR, (COMMONS, DESK), frozenset({COMMONS, DESK}))


def _readable(originals: list[msgspec.Raw]) -> list[Change]:
    return [change for change in (decode(bytes(one)) for one in originals) if change is not None]


def _copy(change: Change) -> Change:
    """What a server that lost a change is given for it (see `SyncApi.recover`)."""
    return msgspec.structs.replace(change, id=ids.named("recovered", change.id.hex()), seen=())


def _note(
    service: Service, transaction: Transaction, again: bool, answers: list[Answer], worker: Id | None
) -> None:
    if not again:
        audit.note(
            transaction.records,
            service.clock(),
            service.randomness,
            "unseal",
            record=worker,
            count=len(answers),
        )


def _counts(answers: list[Answer]) -> dict[str, int]:
    counts: Counter[str] = Counter(answer.status for answer in answers)
    return dict(counts)
