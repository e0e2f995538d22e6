"""Fill, pull and compare until both sides agree at one and the same point."""

import msgspec

from gridclient.core.wire.messages import Checkpoint, FillOrder, Frame, PlaceDigest
from gridclient.ledger import folding, leaving, receiving
from gridclient.ledger import identity as kept
from gridclient.sync.handing_in import hand_in
from gridclient.sync.healing import heal
from gridclient.sync.pushing import push
from gridclient.sync.report import Progress
from gridclient.sync.talk import Talk, rows_of

ROUNDS = 4  # one to level, one to heal, one for what was sent again, one for somebody who wrote in between


def level(talk: Talk, start: Checkpoint) -> None:
    """Become what the server is, at one point of its order. Raises as `SyncApi` does.

    The point from which to pull is kept before the first place is filled: a fill that is cut off and goes on
    another day still pulls what changed in between.
    """
    with talk.ledger.writing() as connection:
        if kept.position(connection).checkpoint is None:
            kept.move(connection, start)
    for _ in range(ROUNDS):
        _fill(talk)
        _pull(talk, start)
        if _compare(talk):
            return
        if talk.ledger.unsent().pending:
            push(talk)  # what the server turned out to have lost
    talk.report.busy = True


def agree(talk: Talk) -> None:
    """Both sides hold the same now."""
    ledger, report = talk.ledger, talk.report
    report.compared = True
    report.places = report.equal = len(talk.places)
    with ledger.writing() as connection:
        position = kept.position(connection)
        fresh = msgspec.structs.replace(position, agreed=ledger.clock(), agreed_places=len(talk.places))
        kept.put(connection, "position", fresh)
        kept.forget(connection, kept.STEPPED_BACK)


def _fill(talk: Talk) -> None:
    with talk.ledger.reading() as connection:
        begun = receiving.places(connection)
    orders, resumed = [], False
    for place in talk.places:
        whole, key = begun.get(place, (False, None))
        if not whole:
            orders.append(FillOrder(place, key))
            resumed = resumed or place in begun
    if not orders:
        return
    filled = 0
    for frames in talk.gather(talk.api.fill(orders)):
        with talk.ledger.writing() as connection:
            receiving.receive(connection, frames, fresh=not resumed, touched=talk.report.touched)
        _count(talk, frames)
        filled += sum(frame.whole for frame in frames)
        talk.tell(Progress("fill", filled, len(orders)))
    talk.report.filled += filled
    with talk.ledger.writing() as connection:
        leaving.forget_returned_visits(connection)


def _pull(talk: Talk, start: Checkpoint) -> None:
    """What is newer; with its end own changes are folded in, for they are not sent back."""
    position = talk.ledger.position()
    whole = (position.checkpoint or start).seq
    since = max(whole, position.reached.seq if position.reached else 0)
    for frames in talk.gather(talk.api.pull(since, talk.places)):
        with talk.ledger.writing() as connection:
            receiving.receive(connection, frames, fresh=False, touched=talk.report.touched)
            last = frames[-1]
            point = Checkpoint(start.history, last.seq, last.chain)
            if last.whole:
                folding.fold(connection, whole, last.seq, talk.report.touched)
                kept.move(connection, point)
            else:
                kept.reach(connection, point)
        _count(talk, frames)
        done = last.seq - since
        if done:
            talk.tell(Progress("pull", done, max(start.seq - since, done)))


def _compare(talk: Talk) -> bool:
    """Whether both sides agree at one point. A place that differs is healed, to be compared once more."""
    position = talk.ledger.position()
    cursor = position.checkpoint.seq if position.checkpoint else 0
    talk.tell(Progress("digest", 0, len(talk.places)))
    theirs = talk.api.digest(talk.places)
    if any(one.seq > cursor for one in theirs):
        return False
    with talk.ledger.reading() as connection:
        mine = {one.place: one for one in receiving.digests(connection)}
    differing = [one.place for one in theirs if not _same(mine.get(one.place), one)]
    for place in differing:
        heal(talk, place)
    if differing:
        hand_in(talk)
        return False
    talk.tell(Progress("digest", len(theirs), len(theirs)))
    agree(talk)
    return True


def _count(talk: Talk, frames: list[Frame]) -> None:
    talk.report.received += sum(map(rows_of, frames))


def _same(mine: PlaceDigest | None, theirs: PlaceDigest) -> bool:
    if mine is None:
        return theirs.count == 0
    return mine.count == theirs.count and mine.total == theirs.total
