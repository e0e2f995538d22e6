"""What the server did that has to be answered for: entries at the desk, in the one order of all changes."""

from collections.abc import Callable

from gridclient.core.domain import ids
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import DESK
from sync_server.service import speaking
from sync_server.store.contract import RecordWriter

_LONGEST = KINDS["audit_entry"].fields["purpose"].length


def note(
    records: RecordWriter,
    now: int,
    randomness: Callable[[int], bytes],
    action: str,
    *,
    record: Id | None = None,
    count: int | None = None,
    purpose: str = "",
    author: Id = speaking.SERVER,
) -> None:
    """Write down an act in the transaction of the act itself.

    Args:
        action: a code of `codes.AUDIT_ACTION`.
        record: whom or what it was about; for a laptop, its worker.
        count: how many, where it was about many.
        purpose: what else has to be known; of people, staff alone may be named.
        author: who did it; the server where it was done at its console.
    """
    fields: dict[str, object] = {"at": now, "action": action}
    more = {"record": record, "count": count, "purpose": purpose[:_LONGEST] or None}
    fields |= {key: value for key, value in more.items() if value is not None}
    identity = ids.timed(now, randomness(10))
    speaking.write(records, [speaking.new("audit_entry", identity, fields, DESK)], now, author)
