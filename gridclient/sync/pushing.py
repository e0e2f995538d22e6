"""Sending what waits. Nothing blocks the queue: what cannot be taken is put aside with its reason."""

import msgspec

from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import PUSH_BYTES, Answer, RefusedError, UnreachableError
from gridclient.ledger import answering
from gridclient.sync.report import Progress
from gridclient.sync.talk import Talk

_READ = 1000
_SMALLER = 4  # a push nobody answered goes out again a quarter as large: six times is down to one change
_UNBEARABLE = {
    "too_large": "这一条太大，社区的电脑收不下。改短一些再送。",
    "malformed": "社区的电脑看不懂这一条，没有收。改一下再送，或者把两边的程序都换成新版。",
}


def push(talk: Talk) -> bool:
    """Send all that waits; whether some of it spoke of the commons.

    Raises:
        RefusedError, UnreachableError: the server said no, or not even one change came through; whatever was
            answered is stored.
    """
    commons = False
    total = talk.report.pushed + talk.ledger.unsent().pending
    limit, after = PUSH_BYTES, 0
    while batch := _batch(talk.ledger.pending_changes(after, _READ), limit):
        talk.pause()
        try:
            answers = talk.api.push(batch).answers
        except UnreachableError:
            if len(batch) == 1:
                raise
            limit = _size(batch) // _SMALLER
            continue
        except RefusedError as refused:
            if refused.code not in _UNBEARABLE:
                raise
            if len(batch) > 1:
                limit = _size(batch) // 2
                continue
            words = _UNBEARABLE[refused.code]
            answers = [Answer(batch[0].id, "quarantined", reason=refused.code, words=words)]
        with talk.ledger.writing() as connection:
            answering.settle(connection, answers, talk.report.touched)
        for answer in answers:
            talk.report.count(answer.status)
        after = batch[-1].number
        commons = commons or any(change.place == COMMONS for change in batch)
        talk.tell(Progress("push", talk.report.pushed, total))
    return commons


def _size(changes: list[Change]) -> int:
    return sum(len(msgspec.msgpack.encode(change)) for change in changes)


def _batch(changes: list[Change], limit: int) -> list[Change]:
    """As many changes as fit the limit, one at least."""
    size = 0
    for at, change in enumerate(changes):
        size += len(msgspec.msgpack.encode(change))
        if size > limit and at:
            return changes[:at]
    return changes
