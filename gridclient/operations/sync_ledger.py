"""Syncing a ledger with its community."""

from collections.abc import Callable

from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.messages import UnreachableError
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched
from gridclient.operations.drop_copies import drop_copies
from gridclient.operations.stop import Stop
from gridclient.sync.brought import HandedOn, hand_on
from gridclient.sync.http import HttpSyncApi
from gridclient.sync.machine import machine_id
from gridclient.sync.session import Progress, StoppedError, SyncReport, SyncSession

_LINE_TOO_WEAK = "U盘带来的文件这次没送过去，还留着，下次同步再送。"


def sync(
    ledger: Ledger, report: Callable[[Progress], None] = lambda _: None, stop: Stop | None = None
) -> SyncReport:
    """Sync once over the network. Blocking.

    Raises:
        KnownError: not enrolled; the disk is full …
        RefusedError, UnreachableError: the server said no, or nothing; what was stored is stored.
    """
    identity = ledger.identity()
    if not identity.enrolled:
        raise KnownError(
            "not_enrolled",
            "这本台账还没有加入社区，都存在这台电脑里。找书记要一个领取码。",
            "This ledger has not joined a community; everything is on this computer.",
        )
    stop = stop or Stop()
    api = HttpSyncApi(identity.url, identity.token, identity.ca or None)
    stop.reaches(api.hang_up)
    session = SyncSession(ledger, api, report, stop.asked, machine_id())
    try:
        handed = _handed_on(ledger, api)
        done = session.run()
        done.carried, done.refused = handed.files, handed.refused
        done.touched.kinds |= handed.touched.kinds
        done.touched.records |= handed.touched.records
        return done
    except StoppedError:  # while files of others were handed on; from there on a session says so itself
        session.report.stopped, session.report.pending = True, ledger.unsent().pending
        return session.report
    finally:
        api.close()
        copies = drop_copies(ledger)
        session.report.copies = copies.dropped if copies else 0


def _handed_on(ledger: Ledger, api: HttpSyncApi) -> HandedOn:
    """Files of others first. A line too weak for such a file may well bear this laptop's own work."""
    try:
        return hand_on(ledger, api)
    except UnreachableError:
        return HandedOn(0, [_LINE_TOO_WEAK], Touched())
