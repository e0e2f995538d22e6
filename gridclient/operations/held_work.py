"""What the community has not taken: listing it, sending it again, taking it along, letting it be."""

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

from gridclient.core.domain import ids
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.domain.values import format_instant, to_json
from gridclient.core.merge.change import Change
from gridclient.ledger import only_here, unanswered
from gridclient.ledger.files import write_durably
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched

_DAY = 24 * 3600 * 1000


class HeldWork(NamedTuple):
    """One piece of it. `state`: held (with the supervisor), declined, quarantined (it cannot be taken), or
    waiting: a version by somebody else a server has lost, to be handed in. `days`: how old it is."""

    change: Id
    kind: str
    record: Id
    state: str
    reason: str
    words: str
    at: int
    days: int
    own: bool


def held_work(ledger: Ledger) -> list[HeldWork]:
    """All that nobody else has of this ledger and that does not simply wait to be sent; the oldest first."""
    now = ledger.clock()
    with ledger.reading() as connection:
        own, others = unanswered.listed(connection), only_here.listed(connection)
    found = [
        HeldWork(
            one.change.id,
            one.change.kind,
            one.change.record,
            one.state,
            one.reason,
            one.words,
            one.change.at,
            max(0, now - one.change.at) // _DAY,
            True,
        )
        for one in own
    ]
    found += [
        HeldWork(
            one.copy,
            one.kind,
            one.record,
            one.state,
            one.reason or "recovered",
            one.words,
            one.at,
            max(0, now - one.at) // _DAY,
            False,
        )
        for one in others
    ]
    return sorted(found, key=lambda one: (one.at, one.change))


def resend(ledger: Ledger, chosen: Collection[Id]) -> tuple[int, int, Touched]:
    """Send some of it again with the next sync: how many wait now, how many their author has corrected since.

    Raises:
        KnownError: one of them is none of this ledger's.
    """
    touched = Touched()
    with ledger.writing() as connection:
        _judge(chosen, {one.change.id for one in unanswered.listed(connection)})
        waiting, superseded = unanswered.send_again(connection, chosen, touched)
    return waiting, superseded, touched


def dismiss(ledger: Ledger, chosen: Collection[Id]) -> tuple[int, Touched]:
    """Stop showing what was declined or cannot be taken. Raises KnownError for anything else."""
    touched = Touched()
    with ledger.writing() as connection:
        others = {
            one.copy for one in only_here.listed(connection) if one.state in ("declined", "quarantined")
        }
        own = {one.change.id for one in unanswered.listed(connection) if one.state != "held"}
        _judge(chosen, own | others)
        gone = unanswered.dismiss(connection, chosen, touched)
        gone += only_here.drop(connection, [one for one in chosen if one in others])
    return gone, touched


def take_along(ledger: Ledger, to: Path) -> int:
    """Write own held, declined and quarantined work to a file, one change a line; how many.

    Each line can be given to `apply`, and says besides why it was not taken. The file is not encrypted.

    Raises:
        KnownError: there is a file of that name, or it cannot be written.
    """
    if to.exists():
        raise KnownError("file_exists", f"{to} 已经有了，没有动它。", f"{to} is there; not touched.")
    with ledger.reading() as connection:
        found = unanswered.listed(connection)
    try:
        write_durably(to, "".join(_line(one) for one in found).encode())
    except OSError as error:
        raise KnownError("cannot_write", f"{to} 写不了，换个地方。", f"{to} cannot be written.") from error
    return len(found)


def _line(one: unanswered.Unanswered) -> str:
    change = one.change
    said = {
        "kind": change.kind,
        "record": ids.text(change.record),
        "place": ids.text(change.place),
        "fields": _fields(change),
        "seen": [ids.text(head) for head in change.seen],
        "change": ids.text(change.id),
        "at": format_instant(change.at),
        "state": one.state,
        "reason": one.reason,
        "words": one.words,
    }
    return json.dumps(said, ensure_ascii=False) + "\n"


def _fields(change: Change) -> dict[str, object]:
    fields: dict[str, object] = {}
    known = KINDS[change.kind].fields if change.kind in KINDS else {}
    for key, value in change.fields.items():
        field = known.get(key)
        if field is not None and field.is_set and isinstance(value, Sequence):
            added, removed = value
            fields[key] = {"add": to_json(field, added), "remove": to_json(field, removed)}
        else:
            fields[key] = None if value is None else to_json(field, value)
    return fields


def _judge(chosen: Collection[Id], known: Collection[Id]) -> None:
    strange = next((one for one in chosen if one not in known), None)
    if strange is not None:
        raise KnownError(
            "no_such_change",
            f"没有 {ids.text(strange)} 这一条，或者它还在书记那里。先用 held 看看。",
            f"There is no {ids.text(strange)} to do this with; look with held.",
        )
