"""Syncing a ledger with its community."""

from collections.abc import Callable

from gridclient.core.domain.errors import KnownError
from gridclient.ledger.ledger import Ledger
from gridclient.operations.drop_copies import drop_copies
from gridclient.operations.stop import Stop
from gridclient.sync.brought import hand_on
from gridclient.sync.http import HttpSyncApi
from gridclient.sync.machine import machine_id
from gridclient.sync.session import Progress, SyncReport, SyncSession


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
        handed = hand_on(ledger, api)
        done = session.run()
        done.carried, done.refused = handed.files, handed.refused
        done.touched.kinds |= handed.touched.kinds
        done.touched.records |= handed.touched.records
        return done
    finally:
        api.close()
        copies = drop_copies(ledger)
        session.report.copies = copies.dropped if copies else 0
