"""What lies in a store, as plain rows."""

from typing import NamedTuple

from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id

UNKNOWN_STAGE = 3  # a kind of a newer program goes after all others
STAGES = (0, 1, 2, UNKNOWN_STAGE)


def stage_of(kind: str) -> int:
    """When a kind is sent; lower is earlier."""
    known = KINDS.get(kind)
    return known.stage if known else UNKNOWN_STAGE


class Head(NamedTuple):
    """The end of a community's one order: how many changes were accepted, and the hash of them all."""

    history: Id
    seq: int
    chain: bytes


class Community(NamedTuple):
    """What `init` fixed. `sign_key`: the server's Ed25519 seed; `seal_key`: the X25519 key of packs."""

    id: Id
    name: str
    recovery_key: bytes
    created: int
    sign_key: bytes
    seal_key: bytes


class Stored(NamedTuple):
    """A record. `body` is its row as it goes over the wire; `seq` that of its newest change."""

    stage: int
    place: Id
    seq: int
    id: Id
    kind: str
    body: bytes


class Logged(NamedTuple):
    """An accepted change in its place in the order. `hash` is that of its content."""

    seq: int
    id: Id
    record: Id
    place: Id
    device: Id
    number: int
    author: Id
    hash: bytes
    chain: bytes
    change: bytes
    received: int


class Known(NamedTuple):
    """What the log knows of a change id."""

    seq: int
    hash: bytes


class Held(NamedTuple):
    """A change that waits for the supervisor. `verdict` is None, `accepted`, `declined` or,
    of what was accepted and could have no place, `quarantined`."""

    id: Id
    hash: bytes
    device: Id
    number: int
    author: Id
    kind: str
    record: Id
    place: Id
    reason: str
    words: str
    change: bytes
    received: int
    verdict: str | None = None
    decided: int | None = None
    note: str = ""
    told: bool = False


class Quarantined(NamedTuple):
    """Something pushed that can never be accepted, as it came. `record`: what it claims to speak of."""

    hash: bytes
    id: Id
    device: Id
    author: Id
    reason: str
    words: str
    original: bytes
    received: int
    record: Id = b""


class Device(NamedTuple):
    """One enrolled laptop.

    `nonce` was given last, `previous` is the one presented last: both are good. `number`: the highest number
    it has pushed. `welcomed`: its last hello. `skew`: how far its clock was ahead then, in milliseconds.
    `turn`: how many nonces it was given. `parent`: the device it was before it was let in anew. `pending`,
    `held`, `quarantined`, `oldest`: what it said of itself at its last hello. `grant_hash`: of the one-use
    grant given with its refusal once it is revoked; `handed`: the hash of the file it handed in by it.
    """

    id: Id
    worker: Id
    label: str
    public_key: bytes
    token_hash: bytes
    enrolled: int
    nonce: bytes = b""
    previous: bytes = b""
    number: int = 0
    cloned: bool = False
    welcomed: int = 0
    skew: int = 0
    revoked: int | None = None
    turn: int = 0
    machine: bytes = b""
    parent: Id | None = None
    pending: int = 0
    held: int = 0
    quarantined: int = 0
    oldest: int = 0
    program: str = ""
    grant_hash: bytes | None = None
    handed: bytes | None = None


class OneTimeCode(NamedTuple):
    """A code that lets one laptop in. Found by `selector`, proved by `hash`; `device` has redeemed it."""

    selector: str
    salt: bytes
    hash: bytes
    worker: Id
    created: int
    expires: int
    tries: int = 0
    device: Id | None = None


class Handed(NamedTuple):
    """A sealed file a laptop that is shut out handed in. `hash` is that of the file."""

    hash: bytes
    device: Id
    sealed: bytes
    received: int
