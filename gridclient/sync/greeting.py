"""Hello: who speaks, where it stands, what it has still to send; and what the server says to that."""

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain.declaration import Role
from gridclient.core.wire.codec import digest_of_digests
from gridclient.core.wire.messages import Checkpoint, Hello, RefusedError, Welcome
from gridclient.core.wire.versions import NEWEST, OLDEST
from gridclient.ledger import acts, answering, only_here, receiving, sending_again
from gridclient.ledger import identity as kept
from gridclient.sync.machine import marked
from gridclient.sync.talk import Talk


def greet(talk: Talk, earlier: list[Checkpoint] | None = None) -> Welcome:
    """Say hello and keep what is answered. `earlier`: where else this ledger has stood, newest first.

    Raises:
        RefusedError, UnreachableError: the server said no, or nothing.
    """
    ledger = talk.ledger
    unsent = ledger.unsent()
    with ledger.reading() as connection:
        identity, position = kept.identity(connection), kept.position(connection)
        whole = receiving.digests(connection)
        hello = Hello(
            oldest=OLDEST,
            newest=NEWEST,
            device=identity.device,
            checkpoint=position.checkpoint,
            nonce=position.nonce,
            number=acts.newest(connection),
            now=ledger.clock(),
            agreement=digest_of_digests(whole) if whole else b"",
            machine=marked(talk.machine, identity.device),
            pending=unsent.pending,
            held=unsent.held,
            quarantined=unsent.quarantined,
            oldest_pending=unsent.oldest,
            earlier=earlier or ([position.reached] if position.reached else []),
        )
    try:
        welcome = talk.api.hello(hello)
    except RefusedError as refused:
        if refused.code == "clone":
            with ledger.writing() as connection:
                kept.put(connection, kept.CLONE, ledger.clock())
        raise
    talk.places = [one.place for one in whole] if welcome.places is None else welcome.places
    with ledger.writing() as connection:
        now = ledger.clock()
        there = (
            position.reached if earlier is None and _same_point(position.reached, welcome.common) else None
        )
        fresh = msgspec.structs.replace(
            position, nonce=welcome.nonce, contacted=now, skew=now - welcome.now, reached=there
        )
        kept.put(connection, "position", fresh)
        kept.forget(connection, kept.CLONE)
        if position.checkpoint is not None and not welcome.known:
            kept.put(connection, kept.ASTRAY, True)
        answering.settle(connection, welcome.verdicts, talk.report.touched)
        only_here.settle(connection, welcome.verdicts)
        if welcome.number < kept.taken(connection):
            # Restored from a copy whose order may well reach as far: what waited there is gone all the same.
            talk.report.resent += sending_again.above(connection, welcome.number)
            kept.note_lost(connection, welcome.number)
        _keep_role(connection, welcome)
    return welcome


def _same_point(one: Checkpoint | None, other: Checkpoint | None) -> bool:
    """Whether two points are one, whatever history bears them: the chain says it."""
    return one is not None and other is not None and (one.seq, one.chain) == (other.seq, other.chain)


def _keep_role(connection: Connection, welcome: Welcome) -> None:
    """What this worker may do now, and with it the key that opens packs, for the desk alone."""
    identity = kept.identity(connection)
    if welcome.role != identity.role:
        kept.put(connection, "identity", msgspec.structs.replace(identity, role=welcome.role))
    if welcome.desk_key:
        kept.put(connection, kept.DESK_KEY, welcome.desk_key)
    elif welcome.role == Role.WORKER.value:
        kept.forget(connection, kept.DESK_KEY)
