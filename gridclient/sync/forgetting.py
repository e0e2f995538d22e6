"""Places this device may no longer hold, after what waits was sent."""

from gridclient.ledger import leaving, receiving
from gridclient.sync.talk import Talk


def forget(talk: Talk) -> None:
    """Let go of places lost."""
    ledger, held = talk.ledger, set(talk.places)
    with ledger.reading() as connection:
        lost = [place for place in receiving.places(connection) if place not in held]
    for place in lost:
        talk.pause()
        with ledger.writing() as connection:
            talk.report.sealed += leaving.leave_place(connection, place, ledger.clock())
        talk.report.forgotten += 1
        talk.report.touched.kinds.add("*")


def drop_expired(talk: Talk) -> None:
    """What the seal has kept for three months goes."""
    ledger = talk.ledger
    with ledger.reading() as connection:
        due = leaving.has_expired(connection, ledger.clock())
    if due:
        with ledger.writing() as connection:
            talk.report.expired += leaving.drop_expired(connection, ledger.clock())
