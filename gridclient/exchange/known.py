"""What an import has to know of the ledger it goes into; the ledger answers these questions."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple, Protocol

from gridclient.core.domain.ids import Id
from gridclient.core.merge.record import Record


class KnownRecord(NamedTuple):
    """A record as the ledger shows it.

    Attributes:
        place: where it belongs.
        values: what is shown, by field; a set as a sequence of its elements; `retired` among them.
        imported: groups whose single head is a change of an import batch: nobody confirmed or changed them.
        written: groups that have any head at all, also one that says "nothing".
        record: with its heads, so that what is written over it says what had been seen.
    """

    place: Id
    values: Mapping[str, object]
    imported: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    record: Record | None = None


class Neighbour(NamedTuple):
    """Somebody the ledger knows already. `where` is the door as people say it."""

    resident: Id
    name: str
    where: str
    id_number: str = ""
    phones: tuple[str, ...] = ()


class Known(Protocol):
    """The ledger as an import asks it. Names are compared after normalisation; retired records are not found,
    but `record` gives them too."""

    def record(self, kind: str, record: Id) -> KnownRecord | None: ...

    def compound_named(self, title: str) -> Id | None:
        """The compound of this title or with this alias."""
        ...

    def building_named(self, compound: Id, number: str) -> Id | None:
        """The building of a compound with this number (without measure word) or with this alias."""
        ...

    def dwelling_at(self, building: Id, unit: str, room: str) -> Id | None:
        """The door of a building; `unit` is "" where there are none."""
        ...

    def household_at(self, dwelling: Id, head_name: str) -> Id | None:
        """The household behind a door whose head bears this name; for "" the only one there is behind it."""
        ...

    def resident_at(self, dwelling: Id, name: str, id_number: str) -> Id | None:
        """The resident behind a door with this ID number, else with this name and no other ID number ("" for
        none known)."""
        ...

    def bearer_of(self, id_number: str) -> Neighbour | None:
        """Whoever has this ID number, wherever they live."""
        ...

    def people_at(self, dwelling: Id) -> Sequence[Neighbour]:
        """Everybody known behind a door."""
        ...

    def tags_of(self, resident: Id) -> Collection[str]:
        """The care tags of a resident that were not retired."""
        ...

    def feedback_like(self, phone: str, body: str) -> Sequence[tuple[Id, object]]:
        """Feedback with the same words from this telephone: (record, when it came)."""
        ...


class EmptyLedger:
    """A ledger that holds nothing yet."""

    def record(self, kind: str, record: Id) -> KnownRecord | None:
        return None

    def compound_named(self, title: str) -> Id | None:
        return None

    def building_named(self, compound: Id, number: str) -> Id | None:
        return None

    def dwelling_at(self, building: Id, unit: str, room: str) -> Id | None:
        return None

    def household_at(self, dwelling: Id, head_name: str) -> Id | None:
        return None

    def resident_at(self, dwelling: Id, name: str, id_number: str) -> Id | None:
        return None

    def bearer_of(self, id_number: str) -> Neighbour | None:
        return None

    def people_at(self, dwelling: Id) -> Sequence[Neighbour]:
        return ()

    def feedback_like(self, phone: str, body: str) -> Sequence[tuple[Id, object]]:
        return ()

    def tags_of(self, resident: Id) -> Collection[str]:
        return ()
