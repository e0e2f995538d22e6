"""Who may write what. Judged by role, place and the record as it stands, never by what a change claims."""

from typing import NamedTuple

from gridclient.core.domain.declaration import DESK_ROLES, Kind, Place, Role
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import DESK, sort_of
from gridclient.core.merge.change import Change
from gridclient.core.merge.erasing import erases


class Standing(NamedTuple):
    """Who speaks: from the session, never from what is said. `places`: what he may hold, in order;
    `former`: the ids his laptop bore before it was let in anew, under which he may still have unsent work.

    `shut`: nobody speaks here any more (a revoked laptop, or `left`: somebody whom the commons say has left),
    all that comes is held.
    """

    device: Id
    worker: Id
    role: Role
    places: tuple[Id, ...]
    scope: frozenset[Id]
    cloned: bool = False
    former: frozenset[Id] = frozenset()
    shut: bool = False
    left: bool = False

    @property
    def at_desk(self) -> bool:
        return self.role in DESK_ROLES


def shut(device: Id, worker: Id, *, left: bool = False) -> Standing:
    """The standing of one who is shut out: all that comes is held."""
    return Standing(device, worker, Role.WORKER, (), frozenset(), shut=True, left=left)


def objection(standing: Standing, change: Change, author: Id | None) -> str | None:
    """Why a change waits for the supervisor (`scope`, `role`, `reason`, `clone`, `revoked`, `left`), or None.

    `author`: who created the record it speaks of; None if there is none yet. A record belongs to one place
    for life, so the place of the change is the record's before and after.
    """
    if standing.shut:
        return "left" if standing.left else "revoked"
    if standing.cloned:
        return "clone"
    if erases(change) and standing.role is not Role.SUPERVISOR:
        return "role"  # whatever the kind: nobody else empties what a newer program wrote
    kind = KINDS.get(change.kind)
    if kind is None:
        return _of_unknown_kind(standing, change)
    appends = kind.append and author is None and change.id == change.record and change.place == DESK
    if standing.role not in kind.writers and not appends:
        return "role"
    if not standing.at_desk and change.place not in standing.scope and not appends:
        return "scope"
    if any(standing.role not in field for field in _writers(kind, change, author is None)):
        return "role"
    if kind.written_once and author is not None and author != standing.worker:
        if not standing.at_desk:
            return "role"
        if not change.reason:
            return "reason"
    return None


def _of_unknown_kind(standing: Standing, change: Change) -> str | None:
    """A newer program's kind: those who hold a building may write there, the rest is the desk's."""
    if standing.at_desk:
        return None
    if sort_of(change.place) is not Place.BUILDING:
        return "role"
    return None if change.place in standing.scope else "scope"


def _writers(kind: type[Kind], change: Change, new: bool) -> list[frozenset[Role]]:
    """Who may write the fields of a change that not everybody who writes the kind may write."""
    return [
        field.writers
        for key, field in kind.fields.items()
        if field.writers is not None and key in change.fields and not (new and change.fields[key] is None)
    ]
