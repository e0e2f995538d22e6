"""A place whose copy here is not the server's: laid beside it, compared, and only then replaced."""

from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import FillOrder, Frame
from gridclient.ledger import receiving, records
from gridclient.sync.handing_in import note_lost
from gridclient.sync.talk import Talk, rows_of


def heal(talk: Talk, place: Id) -> None:
    """Fetch a place once more, keep what only this laptop has, and replace the rest in one transaction.

    Cut off anywhere, the place is still what it was, and the next sync finds the same difference.
    """
    frames: list[Frame] = []
    for frame in talk.api.fill([FillOrder(place)]):
        talk.pause()
        frames.append(frame)
    theirs = {row[0]: row[3] for frame in frames for section in frame.sections for row in section.rows}
    with talk.ledger.reading() as connection:
        mine = list(records.of_server(connection, place))
    unlike = [(kind, row) for kind, row in mine if row[0] not in theirs or theirs[row[0]] != row[3]]
    note_lost(talk, place, unlike)
    with talk.ledger.writing() as connection:
        receiving.forget_place(connection, place)
        receiving.receive(connection, frames, fresh=False, touched=talk.report.touched)
    talk.report.healed += 1
    talk.report.differing += len(unlike) + len(theirs.keys() - {row[0] for _, row in mine})
    talk.report.received += sum(map(rows_of, frames))
    talk.report.touched.kinds.add("*")
