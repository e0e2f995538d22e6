"""What sticks brought to the desk, beside a sync: handed on, and off the rows while they change."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from gridclient.core.wire.messages import RefusedError
from gridclient.ledger import opened
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched
from gridclient.sync.talk import Talk

_OF_NO_USE = ("malformed", "too_large")
_MAY_NOT = "这台电脑现在不能替别人送U盘文件，文件还留着。请在社区的电脑上打开那个U盘。"


class Carrier(Protocol):
    """A line that takes sealed files."""

    def carry_on(self, sealed: bytes) -> bytes: ...


class HandedOn(NamedTuple):
    """How many files the server has now; what it said of those it has no use for, in words."""

    files: int
    refused: list[str]
    touched: Touched


def hand_on(ledger: Ledger, line: Carrier) -> HandedOn:
    """Hand on every file the server has not had. One it has no use for is dropped; its laptop has it all.

    A laptop that may not carry (`scope`: its person is no longer at the desk) keeps its files and hands on
    none; its own sync goes on.

    Raises:
        RefusedError, UnreachableError: as in `SyncApi`; what was answered is kept.
    """
    with ledger.reading() as connection:
        waiting = opened.unanswered(connection)
    refused: list[str] = []
    touched = Touched()
    handed = 0
    for one in waiting:
        try:
            answers = line.carry_on(one.sealed)
        except RefusedError as error:
            if error.code == "scope":
                refused.append(_MAY_NOT)
                break
            if error.code not in _OF_NO_USE:
                raise
            with ledger.writing() as connection:
                _add(touched, opened.drop(connection, one.pack))
            refused.append(str(error))
            continue
        with ledger.writing() as connection:
            opened.note_answers(connection, one.pack, answers)
        handed += 1
    return HandedOn(handed, refused, touched)


@contextmanager
def aside(talk: Talk) -> Iterator[None]:
    """Rows are received within: what sticks brought is taken off them first, and laid over again at the end.

    Once all is pulled, what the server has taken stands in its rows, and what it has not waits for a
    decision: neither has to be shown from here any more.
    """
    ledger, touched = talk.ledger, talk.report.touched
    with ledger.reading() as connection:
        if not opened.is_anything(connection):
            yield
            return
    with ledger.writing() as connection:
        _add(touched, opened.lift(connection))
    try:
        yield
    finally:
        report = talk.report
        with ledger.writing() as connection:
            if report.compared and not report.busy and not report.stopped:
                _add(touched, opened.drop_answered(connection))
            _add(touched, opened.lay(connection))


def _add(to: Touched, more: Touched) -> None:
    to.kinds |= more.kinds
    to.records |= more.records
