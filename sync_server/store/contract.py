"""What a store can do. One transaction sees one state; a writing one is alone and lasts when it has ended."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import NamedTuple, Protocol

from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import PlaceDigest
from sync_server.store.rows import (
    Community,
    Device,
    Handed,
    Head,
    Held,
    Known,
    Logged,
    OneTimeCode,
    Quarantined,
    Stored,
)


class StoreBusyError(Exception):
    """Somebody holds the write lock for too long, or the database does not answer; nothing was written."""


class Position(NamedTuple):
    """Where a stored record lay before it was written again."""

    stage: int
    place: Id
    seq: int


class RecordReader(Protocol):
    """Records, their log and their digests."""

    def head(self) -> Head: ...

    def chain_at(self, seq: int) -> bytes | None:
        """The chain hash at a seq; None where the log does not reach."""
        ...

    def records(self, wanted: Collection[Id]) -> dict[Id, Stored]: ...

    def known(self, changes: Collection[Id]) -> dict[Id, Known]:
        """Which of these change ids are in the log."""
        ...

    def histories(self, records: Collection[Id]) -> Iterator[tuple[Id, bytes]]:
        """(record, encoded change) of all logged changes of some records, in order."""
        ...

    def held(self, changes: Collection[Id]) -> list[Held]: ...

    def held_of(self, record: Id) -> list[Held]:
        """All that is or was held of a record."""
        ...

    def undecided(self, most: int) -> list[Held]:
        """What waits for a decision, oldest first."""
        ...

    def quarantined(self, most: int) -> list[Quarantined]:
        """What could never be accepted, newest first."""
        ...

    def by_others(self, since: int, upto: int, device: Id) -> set[Id]:
        """Records of which another device than this one wrote something with a seq in (since, upto]."""
        ...

    def log(self, since: int, most: int) -> list[Logged]:
        """The order itself above a seq, oldest first."""
        ...

    def sizes(self, places: Collection[Id]) -> dict[Id, tuple[int, int]]:
        """(records, bytes of their rows) by place; a place without records is missing."""
        ...

    def verdicts(self, device: Id) -> list[Held]:
        """Decided and not yet told to this device."""
        ...

    def digests(self, places: Collection[Id] | None = None) -> dict[Id, PlaceDigest]:
        """Digests by place, of all places or of some; a place without records is missing."""
        ...

    def latest(self, stage: int, place: Id) -> int:
        """The newest seq of one place and stage; 0 where there is nothing."""
        ...

    def rows(self, stage: int, place: Id, below: int | None = None) -> list[tuple[int, str, bytes]]:
        """(seq, kind, body), newest first, of one place and stage."""
        ...

    def newer(self, since: int, places: Collection[Id], most: int) -> list[tuple[int, Id, str, bytes]]:
        """(seq, place, kind, body) above a seq, oldest first."""
        ...

    def counts(self) -> dict[str, int]:
        """How many records, changes, held and undecided, quarantined."""
        ...


class RecordWriter(RecordReader, Protocol):
    def advance(self, head: Head) -> None: ...

    def append(self, changes: Sequence[Logged]) -> None: ...

    def create(self, records: Sequence[Stored]) -> None: ...

    def rewrite(self, records: Sequence[tuple[Position, int, bytes]]) -> None:
        """Put a new seq and body where a record lay."""
        ...

    def set_digests(self, digests: Sequence[PlaceDigest]) -> None: ...

    def hold(self, held: Sequence[Held]) -> None: ...

    def quarantine(self, quarantined: Sequence[Quarantined]) -> None:
        """Keep what came; the same again changes nothing."""
        ...

    def decide(self, change: Id, hash_: bytes, verdict: str, now: int, note: str) -> None: ...

    def empty_payloads(self, changes: Sequence[tuple[int, bytes]]) -> None:
        """Put an emptied change in the place of a logged one: (seq, change). Hash and chain stay."""
        ...

    def empty_held(self, changes: Sequence[tuple[Id, bytes, bytes]]) -> None:
        """The same for what is held: (id, hash, change)."""
        ...

    def empty_quarantined(self, record: Id) -> None:
        """Drop the originals of what was put aside of a record."""
        ...

    def mark_told(self, device: Id, until: int) -> None:
        """This device has heard all verdicts decided up to a moment."""
        ...


class AccountReader(Protocol):
    """Devices and the codes that let them in."""

    def community(self) -> Community | None: ...

    def device(self, identity: Id) -> Device | None: ...

    def device_of(self, token_hash: bytes) -> Device | None: ...

    def devices(self) -> list[Device]: ...

    def code(self, selector: str) -> OneTimeCode | None: ...

    def codes_of(self, worker: Id) -> list[OneTimeCode]:
        """All codes ever given to a worker."""
        ...

    def handed(self) -> list[Handed]:
        """Sealed files of laptops that were shut out, oldest first."""
        ...

    def unpacked(self, file_hash: bytes) -> bool:
        """Whether this very file was taken in from a stick before."""
        ...


class AccountWriter(AccountReader, Protocol):
    def found(self, community: Community, history: Id) -> None:
        """Write down that this community is kept here from now on."""
        ...

    def put_device(self, device: Device) -> None: ...

    def set_number(self, device: Id, number: int) -> None: ...

    def put_code(self, code: OneTimeCode) -> None: ...

    def hand_in(self, handed: Handed) -> None:
        """Keep a sealed file; the same again changes nothing."""
        ...

    def note_unpacked(self, file_hash: bytes, device: Id, now: int) -> None: ...


class Snapshot(Protocol):
    @property
    def records(self) -> RecordReader: ...

    @property
    def accounts(self) -> AccountReader: ...


class Transaction(Protocol):
    @property
    def records(self) -> RecordWriter: ...

    @property
    def accounts(self) -> AccountWriter: ...


class Store(Protocol):
    """One community's store."""

    def read(self) -> AbstractContextManager[Snapshot]: ...

    def write(self) -> AbstractContextManager[Transaction]:
        """Alone from its first statement on; durable when the block ends, undone when it raises.

        Raises:
            StoreBusyError: the lock was not to be had.
        """
        ...

    def settle(self) -> None:
        """To be called once much was written at once, so that what is asked next is planned well."""
        ...

    def close(self) -> None: ...
