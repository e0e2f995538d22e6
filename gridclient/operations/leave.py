"""Leaving a community that has shut this laptop out: what is nowhere else is handed in sealed, then all goes.

Every step is kept before the next begins, so that what is cut off goes on at the next start or sync. Nothing
is destroyed before the server has signed that it holds the file.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import msgspec

from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.messages import RefusedError, UnreachableError
from gridclient.core.wire.pack import file_id, is_receipt
from gridclient.ledger import departure, sticks
from gridclient.ledger.departure import Departure, Last
from gridclient.ledger.files import write_durably
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.wiping import wipe
from gridclient.operations.pack_changes import sealed_for_safe
from gridclient.sync.http import HttpSyncApi


class Left(NamedTuple):
    """The ledger is gone. `changes`: how many unsent ones the community's safe has now; `others`: how many
    versions, files and boxes of what others wrote or had been sent before.
    """

    community: str
    name: str
    changes: int
    others: int = 0

    @property
    def words(self) -> str:
        """What became of it, for a person."""
        parts = [f"没送出的 {self.changes} 条"] if self.changes else []
        parts += [f"另外留着的 {self.others} 份"] if self.others else []
        if not parts:
            return "这台电脑已停用。没有没送出的，这里的台账已经清除。"
        return f"这台电脑已停用。{'、'.join(parts)}封好交给了{self.community}，这里的台账已经清除。"


class ShutOutError(KnownError):
    """What was asked cannot be had: this laptop was shut out, and has left."""

    def __init__(self, left: Left) -> None:
        super().__init__(
            "shut_out",
            left.words,
            f"This laptop was shut out: {left.changes} unsent changes were handed in, its ledger destroyed.",
        )
        self.left = left


@contextmanager
def honouring(ledger: Ledger) -> Iterator[None]:
    """Around everything that is asked of the server: a laptop that is shut out leaves at once.

    Raises:
        ShutOutError: the ledger is gone and closed. What `leave` raises: it is not, or not yet.
    """
    try:
        yield
    except RefusedError as refused:
        if refused.code != "revoked":
            raise
        # Without a grant the server has a file already: this laptop's, if it was cut off on leaving.
        left = leave(ledger, refused.grant) if refused.grant else go_on(ledger)
        if left is None:
            raise
        raise ShutOutError(left) from refused


def leave(ledger: Ledger, grant: str) -> Left | None:
    """Hand in what was not sent and destroy this ledger; it is closed then. Blocking.

    `grant`: out of the refusal `revoked`; without one there is nothing to be done. None: the server has
    changed its mind, and the ledger is as it was.

    Raises:
        UnreachableError: nothing is destroyed; `go_on` at the next start or sync.
        KnownError: something was written (`later_work`) or came (`later_files`) since the file was handed in,
            somebody handed in another file for this laptop (`handed_already`), or the server gave no receipt
            (`no_receipt`): nothing is destroyed. The disk refused: likewise, or it is half done and the next
            start finishes.
    """
    with ledger.writing() as connection:
        known = departure.get(connection) or Departure(grant)
        departure.put(connection, _with_grant(known, grant))
    return go_on(ledger)


def is_leaving(ledger: Ledger) -> bool:
    """Whether this laptop has heard that it is shut out."""
    with ledger.reading() as connection:
        return departure.get(connection) is not None


def go_on(ledger: Ledger) -> Left | None:
    """Go on with leaving from wherever it was cut off. None where nobody leaves. Raises as `leave`."""
    with ledger.reading() as connection:
        known = departure.get(connection)
    if known is None:
        return None
    if not known.receipt:
        if not (known.offered and departure.last_file(ledger.folder).exists()):
            known = _seal(ledger, known)
        if not _hand_in(ledger, known):
            return None
    return _destroy(ledger)


def leave_if_shut_out(ledger: Ledger) -> Ledger:
    """A ledger just opened: one that was cut off on leaving goes on with that first. Blocking.

    Where the server cannot be reached, or has no time, it is given back as it is, and its next sync goes on.

    Raises:
        ShutOutError: it is gone now, and closed.
    """
    if not is_leaving(ledger):
        return ledger
    try:
        left = go_on(ledger)
    except (UnreachableError, RefusedError, KnownError):
        return ledger
    except BaseException:
        ledger.close()
        raise
    if left is not None:
        raise ShutOutError(left)
    return ledger


def _with_grant(known: Departure, grant: str) -> Departure:
    return msgspec.structs.replace(known, grant=grant)


def _keep(ledger: Ledger, known: Departure) -> Departure:
    with ledger.writing() as connection:
        departure.put(connection, known)
    return known


def _seal(ledger: Ledger, known: Departure) -> Departure:
    """Write the file; until it was offered to the server it is made anew with whatever was written since."""
    if not (ledger.identity().recovery_key and ledger.identity().server_key):
        raise KnownError(
            "no_safe",
            "这台电脑已停用，可是它登记得早，没送出的封不了口。台账没有动，找书记处理。",
            "Shut out, but enrolled before there were keys to seal to and verify by; nothing was lost.",
        )
    with ledger.reading() as connection:
        last, number = departure.last_work(connection), sticks.newest(connection)
    write_durably(
        departure.last_file(ledger.folder), sealed_for_safe(ledger.identity(), last, ledger.clock())
    )
    sealed = Departure(known.grant, number, len(last.changes), offered=True, along=last.names)
    return _keep(ledger, sealed)


def _hand_in(ledger: Ledger, known: Departure) -> bool:
    """Whether the server has signed for the file; False where this laptop is shut out no longer."""
    identity = ledger.identity()
    data = departure.last_file(ledger.folder).read_bytes()
    api = HttpSyncApi(identity.url, identity.token, identity.ca or None)
    try:
        try:
            answer = api.hand_in(data, known.grant)
        except RefusedError:
            fresh = _asked_again(api)
            if fresh is None:
                _stay(ledger)
                return False
            known = _keep(ledger, _with_grant(known, fresh))
            answer = api.hand_in(data, fresh)
    finally:
        api.close()
    if not is_receipt(bytes(answer), identity.server_key, identity.device, file_id(data)):
        raise KnownError(
            "no_receipt",
            "这台电脑已停用，要上交的送过去了，可是社区的服务器没有给收条。台账没有动。"
            "请书记把服务器的程序更新以后再同步。",
            "Handed in, but the server signed no receipt, so nothing was destroyed. Update the server first.",
        )
    _keep(ledger, msgspec.structs.replace(known, offered=True, handed=True, receipt=bytes(answer)))
    return True


def _asked_again(api: HttpSyncApi) -> str | None:
    """A fresh grant, for only the last is good; None where the server lets this laptop in."""
    try:
        api.digest([])
    except RefusedError as refused:
        if refused.code != "revoked":
            raise
        if not refused.grant:
            raise KnownError(
                "handed_already",
                "这台电脑已停用，可是社区已经收过它的另一份。台账没有动，找书记处理。",
                "The community has another file of this laptop already; nothing was destroyed. Ask there.",
            ) from refused
        return refused.grant
    return None


def _stay(ledger: Ledger) -> None:
    with ledger.writing() as connection:
        departure.forget(connection)
    departure.last_file(ledger.folder).unlink(missing_ok=True)


def _destroy(ledger: Ledger) -> Left:
    identity = ledger.identity()
    with ledger.writing() as connection:
        known = departure.get(connection)
        assert known is not None
        _refuse_later(departure.last_work(connection, known))
        ledger.end_writing()  # a save that waits for this transaction must not be told it succeeded
    folder = ledger.folder
    ledger.close()
    departure.last_file(folder).unlink(missing_ok=True)
    wipe(folder)
    return Left(identity.community, identity.name, known.changes, len(known.along))


def _refuse_later(later: Last) -> None:
    """What is not in the file that was handed in keeps all that is here."""
    if later.changes:
        raise KnownError(
            "later_work",
            "这台电脑停用、上交以后又记了新的，没有清除。用U盘带到社区（pack），带回回执以后再同步。",
            "Written to after the file was handed in, so nothing was destroyed. Pack it to a stick.",
        )
    if later.names:
        raise KnownError(
            "later_files",
            f"上交以后，这台电脑上又有了别人的 {len(later.names)} 份，没有清除。把电脑拿给书记处理。",
            "Something of others came after the file was handed in, so nothing was destroyed. Ask there.",
        )
