"""The messages, and `SyncApi`: what a server can be asked. HTTP client and service both implement it."""

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, Protocol

import msgspec

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change

# What a store can hold and a script can read: anything larger is no message.
Count = Annotated[int, msgspec.Meta(ge=0, le=1 << 53)]
Status = Literal["accepted", "accepted_conflict", "duplicate", "held", "quarantined"]

PUSH_BYTES = 512 * 1024  # the most a push carries, encoded; halved when a line is too weak for it
FRAME_BYTES = 512 * 1024  # raw size at which a frame of records is closed


class Checkpoint(msgspec.Struct, frozen=True, array_like=True):
    """A point in a community's one order of accepted changes; `chain` is the hash of everything up to it."""

    history: Id
    seq: Count
    chain: bytes


class PlaceDigest(msgspec.Struct, frozen=True, array_like=True):
    """How many records a place holds and the sum of their fingerprints (mod 2^64).

    `seq` is that of the newest change in the place: the digest holds for every cursor from there to the head,
    so a ledger whose cursor lies before `seq` has to pull first.
    """

    place: Id
    count: int
    total: int
    seq: int = 0


class Hello(msgspec.Struct, frozen=True, array_like=True):
    """The first message of every sync.

    `number`: the highest this device has given a change. `nonce`: the one got last (empty the first time).
    `agreement`: `digest_of_digests` of the places this ledger holds, at `checkpoint`; b"" if it holds none.
    """

    oldest: Count
    newest: Count
    device: Id
    checkpoint: Checkpoint | None
    nonce: bytes
    number: Count
    now: Count
    agreement: bytes
    dictionary: int = 1


class Welcome(msgspec.Struct, frozen=True, array_like=True):
    """The answer to hello.

    `known`: the client's checkpoint lies in this server's history. `agreed`: nothing is newer than the
    checkpoint and all digests are equal, so a client with nothing to push is done. `places`: what this
    device may hold, most needed first; None where `agreed` (nothing to tell, and 100 ids would be most of the
    answer). `number`: the highest number the server has of this device.
    """

    version: int
    now: int
    checkpoint: Checkpoint
    known: bool
    agreed: bool
    nonce: bytes
    number: int
    worker: Id
    role: str
    places: list[Id] | None
    verdicts: list["Answer"] = []


class Answer(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """What became of one pushed change.

    `seq`: its position in the order (0 if it has none). `renamed`: the id it bears from now on, where its
    own was taken by other content; the pusher renames it, also in what its later changes have seen.
    `reason`: a short word for held and quarantined; `words`: the same for a person.
    """

    change: Id
    status: Status
    seq: int = 0
    renamed: Id | None = None
    reason: str = ""
    words: str = ""


class Answers(msgspec.Struct, frozen=True, array_like=True):
    answers: list[Answer]


class Section(msgspec.Struct, frozen=True, array_like=True):
    """Rows (see core.merge.compact) of one kind and one place."""

    kind: str
    place: Id
    rows: list[list[object]]


class FillKey(msgspec.Struct, frozen=True, array_like=True, order=True):
    """How far the filling of one place has come: everything up to here is on the laptop."""

    stage: Count
    seq: Count


class Frame(msgspec.Struct, frozen=True, array_like=True):
    """Some records and the cursor that is true once they are stored, in one transaction.

    A pull frame moves `seq`; a fill frame moves the `key` of its one place, and `whole` says it was the last.
    `chain` belongs to `seq` where the frame ends a pull.
    """

    sections: list[Section]
    seq: int = 0
    chain: bytes = b""
    place: Id = b""
    key: FillKey | None = None
    whole: bool = False


class FillOrder(msgspec.Struct, frozen=True, array_like=True):
    """Which place to send, and from where on (None: from its beginning)."""

    place: Id
    after: FillKey | None = None


class PullOrder(msgspec.Struct, frozen=True, array_like=True):
    """What to send of what is newer than a cursor."""

    since: Count
    places: list[Id]


class SyncApi(Protocol):
    """What a server can be asked. Blocking; one conversation at a time per instance.

    All calls raise `RefusedError` where the server says no, `UnreachableError` where nothing was answered.
    """

    def hello(self, hello: Hello) -> Welcome: ...

    def push(self, changes: Sequence[Change]) -> Answers:
        """Commits first, then answers per change, in order. Pushing the same again is harmless."""
        ...

    def pull(self, since: int, places: Sequence[Id]) -> Iterator[Frame]:
        """Records of these places with a seq above `since`, oldest first; the last frame is the watermark."""
        ...

    def fill(self, orders: Sequence[FillOrder]) -> Iterator[Frame]:
        """Everything of some places, stage by stage; resumable per place."""
        ...

    def digest(self, places: Sequence[Id]) -> list[PlaceDigest]: ...


class RefusedError(Exception):
    """The server answered no. `code` is a short word; the text is for a person.

    Codes: revoked, unknown_device, version, code_wrong, code_used, too_large, too_many, malformed, busy,
    clone (see hello: it may push, which is held, and receives nothing), scope (a place asked for is not, or
    no longer, one this laptop may hold).
    """

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code


class UnreachableError(Exception):
    """Nothing, or nothing usable, was answered; whether the server acted is unknown."""


class Enrolment(msgspec.Struct, frozen=True):
    """A laptop asking to be let in: the secret half of a one-time code, its id and its signing key."""

    secret: str
    device: Id
    public_key: bytes
    label: str = ""


class Enrolled(msgspec.Struct, frozen=True):
    """What a laptop gets: its token (shown once), who it belongs to, and the key backups are sealed to."""

    token: str
    worker: Id
    name: str
    role: str
    community: str
    recovery_key: bytes
    demonstration: bool = False
    grids: list[str] = []
