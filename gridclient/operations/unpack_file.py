"""Opening what a stick brings: the server's answers to an own pack, or somebody's pack at the desk."""

from collections import Counter
from pathlib import Path
from typing import NamedTuple

from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.pack import LARGEST_PACK, AnswerFile, PackError, box_key, open_answers
from gridclient.ledger import answering, sticks
from gridclient.ledger.identity import Identity, position
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched


class Answered(NamedTuple):
    """What an answer file said. `new`: answers this ledger did not have yet, by status."""

    answers: int
    new: dict[str, int]
    touched: Touched


def read(path: Path) -> bytes:
    """The bytes of a file from a stick. Raises KnownError."""
    try:
        if path.stat().st_size > LARGEST_PACK:
            raise PackError("damaged")
        return path.read_bytes()
    except OSError as error:
        raise KnownError("no_file", f"打不开这个文件：{path}。", f"Cannot read {path}.") from error
    except PackError as error:
        raise cannot_use(error) from error


def take_answers(ledger: Ledger, data: bytes) -> Answered:
    """Settle the answers in a file as if they had come over the network. An old file is harmless.

    Raises:
        KnownError: it is no answer file for this laptop, or of a server that was restored since.
    """
    identity = ledger.identity()
    try:
        said = open_answers(data, box_key(identity.signing_key), identity.server_key)
    except PackError as error:
        raise cannot_use(error) from error
    if said.device != identity.device:
        raise cannot_use(PackError("foreign"))
    return _settle(ledger, said)


def _settle(ledger: Ledger, said: AnswerFile) -> Answered:
    touched = Touched()
    with ledger.writing() as connection:
        known = position(connection).checkpoint
        if known is not None and known.history != said.history:
            raise KnownError(
                "other_history",
                "社区的电脑换过备份，这份回执和现在的对不上，没有用它。联网同步一次，或者重新带一次。",
                "The server was restored since, so these answers hold no longer; nothing was done.",
            )
        told = sticks.still_open(connection, said.answers)
        answering.settle(connection, told, touched)
        sticks.note_contact(connection, said.at)
    return Answered(len(said.answers), dict(Counter(answer.status for answer in told)), touched)


def is_own(identity: Identity, data: bytes) -> bool:
    """Whether a file is an answer file for this laptop, sound or not."""
    try:
        open_answers(data, box_key(identity.signing_key), identity.server_key)
    except PackError as error:
        return str(error) not in ("foreign", "no_box")
    return True


def cannot_use(error: PackError) -> KnownError:
    """Why a file from a stick is of no use here, in words."""
    zh, en = _WORDS[str(error)]
    return KnownError(str(error), zh, en)


_WORDS = {
    "no_box": ("这不是民情台账的U盘文件，没有动它。看看是不是选错了。", "This is no file of ours."),
    "foreign": (
        "这个文件不是给这台电脑的，没有动它。别人带来的，到社区的电脑上打开。",
        "This file is not for this computer; nothing was done.",
    ),
    "damaged": ("这个文件坏了，没有用它。让对方重新带一次。", "This file is damaged; have it made again."),
    "unvouched": (
        "这个文件不是本社区登记过的电脑写的，没有用它。",
        "No laptop of this community wrote this file; nothing was done.",
    ),
    "unsigned": ("这个文件的签名不对，没有用它。", "The signature of this file does not hold."),
}
