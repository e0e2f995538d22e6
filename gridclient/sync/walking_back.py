"""A server that does not know where this ledger stands was restored from an older copy.

Both go back to the last point both know. What this laptop wrote since is sent once more; what others wrote
and only this laptop still has is handed in. Only then does it follow the server again: nothing of what it
holds is overwritten before it is safe.
"""

from collections.abc import Iterator

from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import Checkpoint, Welcome
from gridclient.ledger import identity as kept
from gridclient.ledger import receiving, sending_again
from gridclient.sync.greeting import greet
from gridclient.sync.handing_in import hand_in, note_lost
from gridclient.sync.talk import Talk


def walk_back(talk: Talk) -> Welcome:
    """Find the last common point, secure what lies after it, and stand there. Raises as `SyncApi` does."""
    with talk.ledger.reading() as connection:
        earlier = kept.passed(connection)
    welcome = greet(talk, earlier)
    stood = talk.ledger.position().checkpoint
    # Of nothing in common all is sent again and all is pulled; what is there already meets as a duplicate.
    common = welcome.common or Checkpoint(welcome.checkpoint.history, 0, b"")
    if welcome.known and stood is not None:
        common = stood  # the order reaches as far, and has lost only what has no place in it
    with talk.ledger.writing() as connection:
        talk.report.resent += sending_again.since(connection, common.seq)
    for place in _differing(talk):
        note_lost(talk, place)
    hand_in(talk)
    with talk.ledger.writing() as connection:
        if common != stood:
            # How far a filling had come was said in the order that is gone.
            receiving.begin_fills_anew(connection)
            kept.step_back(connection, common)
        kept.forget(connection, kept.ASTRAY)
    return welcome


def _differing(talk: Talk) -> Iterator[Id]:
    """Places of which this laptop holds something the server may not have. Where it is not told, it may."""
    with talk.ledger.reading() as connection:
        begun = receiving.places(connection)
        mine = {one.place: one for one in receiving.digests(connection)}
    asked = [place for place in mine if place in set(talk.places)]
    theirs = {one.place: one for one in talk.api.digest(asked)} if asked else {}
    for place in begun:
        one, other = mine.get(place), theirs.get(place)
        if one is None or other is None or (one.count, one.total) != (other.count, other.total):
            yield place
