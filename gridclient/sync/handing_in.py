"""What others wrote, this laptop holds and the server has lost: looked for, kept, handed in as copies."""

from collections.abc import Iterable, Sequence

import msgspec

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.merge.compact import Row
from gridclient.core.wire.messages import PUSH_BYTES
from gridclient.ledger import only_here, records, sending_again
from gridclient.sync.report import Progress
from gridclient.sync.talk import Talk

_ASKED = 5000  # change ids in one question
_READ = 500


def note_lost(talk: Talk, place: Id, unlike: Iterable[tuple[str, Row]] | None = None) -> None:
    """Keep as copies what the server lacks of a place's rows here, or of those `unlike` the server's.

    Own changes it lacks are sent once more instead.
    """
    if unlike is None:
        with talk.ledger.reading() as connection:
            unlike = list(records.of_server(connection, place))
    rows = list(unlike)
    heads = sorted({head for kind, row in rows for head in only_here.heads_of(kind, place, row)})
    lost = lacking(talk, heads)
    if not lost:
        return
    with talk.ledger.writing() as connection:
        own = sending_again.own(connection, lost)
        talk.report.resent += sending_again.these(connection, own)
        device = talk.ledger.identity().device
        copies = [
            one for kind, row in rows for one in only_here.copies_of(kind, place, row, lost - own, device)
        ]
        only_here.keep(connection, copies, talk.ledger.clock())


def lacking(talk: Talk, changes: Sequence[Id]) -> set[Id]:
    """Those of some changes the server's order does not have."""
    found: set[Id] = set()
    for start in range(0, len(changes), _ASKED):
        talk.pause()
        found.update(talk.api.lacking(changes[start : start + _ASKED]))
        talk.tell(Progress("ask", min(start + _ASKED, len(changes)), len(changes)))
    return found


def hand_in(talk: Talk) -> None:
    """Hand in the copies that wait, and ask after those that were. Raises as `SyncApi` does.

    To ask is to hand in again: a copy is one whoever brings it, and what was decided is told in answer. By
    itself a server tells only the laptop that brought it first.
    """
    _forget_returned(talk)
    with talk.ledger.writing() as connection:
        fresh = only_here.hand_in_again(connection)
    while True:
        talk.pause()
        with talk.ledger.reading() as connection:
            batch = _batch(only_here.to_hand_in(connection, _READ))
        if not batch:
            return
        answers = talk.api.recover(batch).answers
        with talk.ledger.writing() as connection:
            only_here.settle(connection, answers)
        talk.report.handed_in += sum(answer.change in fresh for answer in answers)


def _forget_returned(talk: Talk) -> None:
    """Whose author has sent it once more meanwhile, or which was accepted, is not only here any longer."""
    with talk.ledger.reading() as connection:
        undecided = only_here.undecided(connection)
    if not undecided:
        return
    gone = lacking(talk, [one for pair in undecided for one in pair])
    returned = [copy for copy, original in undecided if copy not in gone or original not in gone]
    with talk.ledger.writing() as connection:
        only_here.drop(connection, returned)
        only_here.keep_declined(connection)


def _batch(copies: list[Change]) -> list[Change]:
    size = 0
    for at, copy in enumerate(copies):
        size += len(msgspec.msgpack.encode(copy))
        if size > PUSH_BYTES and at:
            return copies[:at]
    return copies
