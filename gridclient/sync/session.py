"""One sync: hello, push, forget, fill, pull, digest. Whatever is cut off goes on the next time.

Every step stores what it got and how far it came in one transaction, so nothing is done twice and nothing
is remembered that did not happen.
"""

from collections.abc import Callable

from gridclient.core.wire.messages import RefusedError, SyncApi, Welcome
from gridclient.ledger import identity as kept
from gridclient.ledger import only_here, sending_again
from gridclient.ledger.ledger import Ledger
from gridclient.sync.brought import aside
from gridclient.sync.forgetting import drop_expired, forget
from gridclient.sync.greeting import greet
from gridclient.sync.handing_in import hand_in, lacking
from gridclient.sync.levelling import agree, level
from gridclient.sync.pushing import push
from gridclient.sync.report import Progress, StoppedError, SyncReport
from gridclient.sync.talk import Talk
from gridclient.sync.walking_back import walk_back

__all__ = ["Progress", "StoppedError", "SyncReport", "SyncSession"]


class SyncSession:
    """One conversation between a ledger and a server. Blocking; run it away from the window's thread.

    `report` hears of progress, `stopped` is asked between steps. `machine`: what the system calls this
    computer ("" where it says nothing).
    """

    def __init__(
        self,
        ledger: Ledger,
        api: SyncApi,
        report: Callable[[Progress], None] = lambda _: None,
        stopped: Callable[[], bool] = lambda: False,
        machine: str = "",
    ) -> None:
        self._talk = Talk(ledger, api, report, stopped, machine)

    @property
    def report(self) -> SyncReport:
        """What was done so far; also where `run` raised."""
        return self._talk.report

    def run(self) -> SyncReport:
        """Sync once.

        Raises:
            RefusedError, UnreachableError: the server said no, or nothing; what was stored is stored. For the
                codes `clone` and `left` what waited was handed in all the same.
            KnownError: the disk is full …; likewise.
        """
        with aside(self._talk):
            return self._run()

    def _run(self) -> SyncReport:
        talk = self._talk
        try:
            welcome = self._hello()
            drop_expired(talk)
            self._send_lost_again()
            if welcome.agreed and not talk.ledger.unsent().pending and not self._to_hand_in():
                agree(talk)
            else:
                self._go_through(welcome)
        except StoppedError:
            talk.report.stopped = True
        self._count_what_is_left()
        return talk.report

    def _hello(self) -> Welcome:
        talk = self._talk
        try:
            welcome = greet(talk)
        except RefusedError as refused:
            if refused.code in ("clone", "left"):
                push(talk)  # it is held there until somebody lets this laptop in anew, or its person back
            raise
        with talk.ledger.reading() as connection:
            astray = kept.get(connection, kept.ASTRAY, bool)
        if astray:
            welcome = walk_back(talk)
        return welcome

    def _go_through(self, welcome: Welcome) -> None:
        talk = self._talk
        if push(talk):
            greet(talk)  # new buildings, grids or assignments: what may be held has changed
        if self._to_hand_in():
            hand_in(talk)
        forget(talk)
        level(talk, welcome.checkpoint)

    def _send_lost_again(self) -> None:
        """An answer may be older than the copy a server was restored from, though the checkpoint is not."""
        talk = self._talk
        position = talk.ledger.position().checkpoint
        with talk.ledger.reading() as connection:
            unheard = sending_again.unheard(connection, position.seq if position else 0)
            elsewhere = kept.get(connection, kept.STEPPED_BACK, bool)
        # After a step back that was cut off, even what is there may have got another place in the order.
        lost = unheard if elsewhere else lacking(talk, unheard)
        if lost:
            with talk.ledger.writing() as connection:
                talk.report.resent += sending_again.these(connection, lost)

    def _to_hand_in(self) -> bool:
        with self._talk.ledger.reading() as connection:
            return bool(only_here.undecided(connection))

    def _count_what_is_left(self) -> None:
        report, ledger = self._talk.report, self._talk.ledger
        report.pending = ledger.unsent().pending
        with ledger.reading() as connection:
            copies = only_here.listed(connection)
        report.only_here = len(copies)
        report.unhanded = sum(one.state == "waiting" for one in copies)
