"""Taking what waits out on a stick: one signed, sealed file. What is in it waits on until it is answered."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.pack import LARGEST_PACK, Pack, box_key, close_pack, file_id, verify_key
from gridclient.core.wire.sealing import public_of
from gridclient.exchange.placing import place
from gridclient.ledger import sticks
from gridclient.ledger.departure import Last
from gridclient.ledger.files import sync_file
from gridclient.ledger.identity import Identity
from gridclient.ledger.ledger import Ledger

_ROOM = 1 << 20  # what signature and names take beside the changes, by far


class Packed(NamedTuple):
    """What went into the file; with no changes none was written. `made`: Unix milliseconds."""

    changes: int
    made: int


def pack_changes(ledger: Ledger, to: Path, *, overwrite: bool = False) -> Packed:
    """Write everything pending into a file for the server. Doing it again is harmless.

    Raises:
        KnownError: not enrolled, no key of the community at hand, the file is there or cannot be written.
    """
    identity = ledger.identity()
    _judge(identity)
    with ledger.reading() as connection:
        waiting = sticks.pending(connection)
    made = ledger.clock()
    if not waiting:
        return Packed(0, made)
    if sum(len(body) for _, body in waiting) > LARGEST_PACK - _ROOM:
        raise KnownError(
            "too_much",
            "要带的太多，一个文件装不下。请联网同步一次。",
            "Too much for one file; sync over the network.",
        )
    data = _sealed(identity, [body for _, body in waiting], made)
    place(to, data, overwrite=overwrite)
    sync_file(to)  # a stick is pulled out as soon as the program says it is done
    with ledger.writing() as connection:
        sticks.note_packed(connection, file_id(data), made, [change for change, _ in waiting])
    return Packed(len(waiting), made)


def _sealed(identity: Identity, bodies: list[bytes], made: int) -> bytes:
    """The file itself, for the server and the safe."""
    said = _pack(identity, bodies, made, "stick")
    return close_pack(said, identity.signing_key, [identity.seal_key, identity.recovery_key])


def sealed_for_safe(identity: Identity, last: Last, made: int) -> bytes:
    """The last file of a laptop that is shut out, for the safe alone."""
    said = msgspec.structs.replace(
        _pack(identity, last.changes, made, "revoked"),
        copies=[msgspec.Raw(body) for body in last.copies.values()],
        files=[*last.packs.values(), *last.boxes.values()],
    )
    return close_pack(said, identity.signing_key, [identity.recovery_key])


def _pack(identity: Identity, bodies: list[bytes], made: int, reason: str) -> Pack:
    return Pack(
        community=identity.community,
        device=identity.device,
        worker=identity.worker,
        public_key=verify_key(identity.signing_key),
        credential=identity.credential,
        box_key=public_of(box_key(identity.signing_key)),
        made=made,
        changes=[msgspec.Raw(body) for body in bodies],
        reason=reason,
    )


def _judge(identity: Identity) -> None:
    if not identity.enrolled:
        raise KnownError(
            "not_enrolled",
            "这本台账还没有加入社区，没有地方可带。找书记要一个领取码。",
            "This ledger has not joined a community.",
        )
    if not (identity.seal_key and identity.credential):
        raise KnownError(
            "no_seal_key",
            "这台电脑登记得早，还不能用U盘带。请联网同步，或者找书记重新登记。",
            "This laptop was enrolled before packs existed; sync over the network or enrol anew.",
        )
