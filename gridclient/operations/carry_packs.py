"""A colleague's pack at the desk: shown as not yet received, and carried on to the server as it came."""

from pathlib import Path
from typing import NamedTuple

import msgspec

from gridclient.core.domain.errors import KnownError
from gridclient.core.merge.change import Change
from gridclient.core.wire import codec
from gridclient.core.wire.messages import UnreachableError
from gridclient.core.wire.pack import Pack, PackError, file_id, open_pack
from gridclient.core.wire.validation import fault
from gridclient.exchange.placing import place
from gridclient.ledger import departure, opened, records
from gridclient.ledger import identity as kept
from gridclient.ledger.files import sync_file
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.opened import Carried
from gridclient.ledger.writing import Touched
from gridclient.operations.unpack_file import cannot_use
from gridclient.sync.brought import HandedOn, hand_on
from gridclient.sync.http import HttpSyncApi

_changes = msgspec.msgpack.Decoder(Change)


class Brought(NamedTuple):
    """What lies in a colleague's pack: `shown` of its `changes` are shown; `again`: it was opened before."""

    pack: bytes
    name: str
    made: int
    changes: int
    shown: int
    again: bool
    touched: Touched


def open_brought(ledger: Ledger, data: bytes) -> Brought:
    """Show what a colleague's pack says, and keep the original to be carried on. Nothing of it becomes own.

    Raises:
        KnownError: this laptop may open none, it is this laptop's own, foreign, damaged or forged.
    """
    identity = ledger.identity()
    with ledger.reading() as connection:
        key, leaving = kept.get(connection, kept.DESK_KEY, bytes), departure.get(connection) is not None
    if leaving:  # what was handed in for good would not hold it
        raise KnownError(
            "shut_out",
            "这台电脑已停用，不再替别人收文件。请在社区别的电脑上打开。",
            "This laptop was shut out and takes no files of others; open it on another one.",
        )
    try:
        said = open_pack(data, key or b"", identity.server_key)
    except PackError as error:
        raise cannot_use(error) from error
    if said.device == identity.device:
        raise KnownError(
            "own_pack",
            "这是这台电脑自己装的，直接同步就送到了，不用再打开。",
            "This laptop made this file itself; a sync brings it to the server.",
        )
    changes = [one for one in map(_readable, said.changes) if one is not None and _stands(one, said)]
    carried = Carried(file_id(data), said.device, said.worker, said.made, len(said.changes), data, None)
    with ledger.writing() as connection:
        before = opened.find(connection, carried.pack)
        touched = Touched()
        if before is None:
            opened.keep(connection, carried, changes, ledger.clock())
            touched = opened.lay(connection)
        worker = records.load(connection, "worker", said.worker)
    names = worker.heads.get("name", ()) if worker else ()
    name = str(names[0].value[0]) if names else ""
    return Brought(carried.pack, name, said.made, carried.changes, len(changes), before is not None, touched)


def carry_on(ledger: Ledger) -> HandedOn:
    """Hand on to the server whatever files wait here. Blocking.

    Raises:
        RefusedError, UnreachableError: the server said no, or nothing; all is kept.
    """
    identity = ledger.identity()
    api = HttpSyncApi(identity.url, identity.token, identity.ca or None)
    try:
        return hand_on(ledger, api)
    finally:
        api.close()


def try_to_carry_on(ledger: Ledger) -> HandedOn | None:
    """The same; None where there is no line now. The next sync carries on."""
    try:
        return carry_on(ledger)
    except UnreachableError:
        return None


def write_answers(ledger: Ledger, pack: bytes, to: Path, *, overwrite: bool = False) -> bool:
    """Write the answers to a carried file, to be taken back; False where there are none yet.

    Raises:
        KnownError: there is such a file, or it cannot be written.
    """
    with ledger.reading() as connection:
        carried = opened.find(connection, pack)
    if carried is None or carried.answers is None:
        return False
    place(to, carried.answers, overwrite=overwrite)
    sync_file(to)
    return True


def _readable(original: msgspec.Raw) -> Change | None:
    try:
        return _changes.decode(original)
    except codec.NO_MESSAGE:
        return None


def _stands(change: Change, said: Pack) -> bool:
    """Whether a change can be shown: well made, and in the name of whose pack it is."""
    return change.author == said.worker and fault(change) is None
