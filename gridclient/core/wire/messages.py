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
    `machine`: a keyed hash of the computer it lies on. `pending`, `held`, `quarantined`: how many own changes
    wait here in which state; `oldest_pending`: when the oldest was written (Unix milliseconds, 0 for none).
    `earlier`: the checkpoints passed before, newest first, sent once the server did not know `checkpoint`.
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
    machine: bytes = b""
    pending: Count = 0
    held: Count = 0
    quarantined: Count = 0
    oldest_pending: Count = 0
    earlier: list[Checkpoint] = []


class Welcome(msgspec.Struct, frozen=True, array_like=True):
    """The answer to hello.

    `known`: the client's checkpoint lies in this server's history. `agreed`: nothing is newer than the
    checkpoint and all digests are equal, so a client with nothing to push is done. `places`: what this
    device may hold, most needed first; None where `agreed` and nothing waits to be pushed (nothing to tell,
    and 100 ids would be most of the answer). `number`: the highest number the server has of this device.
    `common`: the newest of `earlier` that lies in this server's order, at its history now; None for none.
    Asked for also where `checkpoint` is known: for rows of a pull that was cut off beyond it.
    `desk_key`: the private half of the key packs are sealed to, for office and supervisor alone.
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
    common: Checkpoint | None = None
    desk_key: bytes = b""


class Answer(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """What became of one pushed change.

    `seq`: its position in the order (0 if it has none). `renamed`: the id it bears from now on, where its
    own was taken by other content; the pusher renames it, also in what its later changes have seen.
    `reason`: a short word for held and quarantined; `words`: the same for a person.
    `at`: the moment it bears from now on, where its own lay in the server's future; 0 where it is unchanged.
    """

    change: Id
    status: Status
    seq: int = 0
    renamed: Id | None = None
    reason: str = ""
    words: str = ""
    at: int = 0


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

    A pull frame moves `seq`, to which `chain` belongs; a fill frame moves the `key` of its one place. `whole`
    says it was the last: of a pull, whose `seq` is a checkpoint then, or of the place.
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


class Waiting(msgspec.Struct, frozen=True, array_like=True):
    """A change that waits for the supervisor, as a person at the desk has to see it.

    `hash` tells apart what bears one id. `device` handed it in; for the reason `recovered` that is one that
    had only received it, and `change.author` is who is said to have written it.
    """

    change: Change
    hash: bytes
    device: Id
    reason: str
    words: str
    received: int


class Decision(msgspec.Struct, frozen=True, array_like=True):
    """What the supervisor decides on a waiting change. One declined is kept; `note` tells its author why."""

    change: Id
    hash: bytes
    accept: bool
    note: str = ""


class Consequence(msgspec.Struct, frozen=True, array_like=True):
    """What a re-assignment means for one laptop.

    `gains`, `losses`: places; `records`, `bytes`: what it would have to receive; `pending`, `oldest`: what it
    said at its last contact (`seen`, Unix milliseconds) that it still has to send.
    """

    device: Id
    worker: Id
    name: str
    gains: int
    losses: int
    records: int
    bytes: int
    pending: int
    oldest: int
    seen: int


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

    def lacking(self, changes: Sequence[Id]) -> list[Id]:
        """Those of some change ids that this server's order does not have."""
        ...

    def recover(self, copies: Sequence[Change]) -> Answers:
        """Hand in what others wrote and a server has lost: held for the supervisor, whoever hands it in.

        A copy bears the id `ids.named("recovered", original id)`, the author and moment of the original, and
        the groups of which the original was a head; so the copies of all laptops are one.
        """
        ...

    def waiting(self) -> list[Waiting]:
        """All that waits for a decision, oldest first; at most a thousand. Refused (`scope`) off the desk."""
        ...

    def decide(self, decisions: Sequence[Decision]) -> Answers:
        """Decide, the supervisor alone. An accepted change gets its place in the order now."""
        ...

    def preview(self, changes: Sequence[Change]) -> list[Consequence]:
        """What changes of assignments and of buildings' grids would mean for each laptop; writes nothing."""
        ...


class RefusedError(Exception):
    """The server answered no. `code` is a short word; the text is for a person.

    Codes: revoked, unknown_device, version, code_wrong, code_used, code_locked, too_large, too_many,
    malformed, busy, clone and left (the commons say that this worker is here no more): such a laptop may
    push, which is held, and receives nothing; scope (a place asked for is not, or no longer, one this laptop
    may hold). `grant`, with `revoked` alone: good once, for
    one sealed file of unsent work.
    """

    def __init__(self, code: str, words: str, grant: str = "") -> None:
        super().__init__(words)
        self.code = code
        self.grant = grant


class UnreachableError(Exception):
    """Nothing, or nothing usable, was answered; whether the server acted is unknown."""


class Enrolment(msgspec.Struct, frozen=True):
    """A laptop asking to be let in: the secret half of a one-time code, its id and its signing key.

    `previous`: the id it bore before, where a cloned or restored ledger is let in anew.
    """

    secret: str
    device: Id
    public_key: bytes
    label: str = ""
    previous: Id | None = None


class Enrolled(msgspec.Struct, frozen=True):
    """What a laptop gets: its token (shown once), who it belongs to, and the key backups are sealed to.

    `seal_key`: the public half of the key packs are sealed to. `server_key`: verifies (Ed25519) what the
    server signs: answers that come home on a stick, and `credential`, which says that this laptop's signing
    key is this laptop's.
    """

    token: str
    worker: Id
    name: str
    role: str
    community: str
    recovery_key: bytes
    demonstration: bool = False
    grids: list[str] = []
    seal_key: bytes = b""
    server_key: bytes = b""
    credential: bytes = b""
