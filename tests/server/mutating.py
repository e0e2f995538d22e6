"""Real pushes, damaged and forged: bytes, values, fields, whole changes. One seed, one row of attacks."""

import random
import struct
from collections.abc import Callable, Sequence

import msgspec
import zstandard

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Change

_encode = msgspec.msgpack.encode
FIELDS = Change.__struct_fields__
KINDS = (
    "worker",
    "assignment",
    "grid",
    "building",
    "community",
    "settings",
    "audit_entry",
    "visit",
    "nothing",
)
FORGED_FIELDS = (
    "author",
    "device",
    "role",
    "approved",
    "state",
    "seq",
    "stamp",
    "verdict",
    "retired",
    "id",
    "",
)


def text(raw: bytes) -> bytes:
    """A msgpack string of any bytes, sound or not."""
    return b"\xdb" + struct.pack(">I", len(raw)) + raw


def nested(depth: int, opening: bytes = b"\x91") -> bytes:
    return opening * depth + b"\xc0"


_PLAIN: tuple[object, ...] = (
    *(None, True, 0, -1, 1 << 53, (1 << 63) - 1, 1 << 63, (1 << 64) - 1, -(1 << 63)),
    *(float("nan"), float("inf"), 1e308, 0.1),
    *("", "\0", "李\0萍", "9999-12-31", "0000-00-00", "\u202e李萍", "\r\nSet-Cookie: a", "'; --"),
    *("erased", "supervisor", "话" * 70_000, "𠮷" * 300, "{{7*7}}", "\ufffe\uffff"),
    *(b"", b"i" * 15, b"i" * 17, b"\0" * 16, b"\xff" * 16, COMMONS, DESK),
    *([], {}, [[], []], [[None], [1.5]], [["a", "a"], ["a"]], [[b"x"], [{}]], {"": {"": ""}}),
)
_KEYS = (b"\x01", b"\xc0", b"\x90", b"\xc4\x01k", b"\x80", b"\xcb" + b"\x7f" * 8)
# Values as they lie in a message; some are no msgpack at all.
HOSTILE: tuple[bytes, ...] = (
    *map(_encode, _PLAIN),
    *(text(one) for one in (b"\xed\xa0\x80", b"\xff", b"\xc0\x80", b"\xe6\x9d")),
    *(nested(depth) for depth in (31, 33, 200, 5_000, 100_000)),
    *(nested(depth, b"\x81\xa1a") for depth in (31, 33, 2_000)),
    *(b"\x81" + key + b"\x01" for key in _KEYS),
    b"\x82\xa1a\x01\xa1a\x02",
    b"\xd6\xff" + b"\xff" * 4,
    b"\xc7\x0c\xff" + struct.pack(">Iq", 999_999_999, 253_402_300_800),  # the year 10000
    b"\xd4\x05x",
    *(opening + b"\xff" * 4 for opening in (b"\xdb", b"\xdd", b"\xdf", b"\xc6")),
    b"\xc1",
)


def values(change: Change) -> list[bytes]:
    """A change's fields, each encoded on its own."""
    return [_encode(getattr(change, name)) for name in FIELDS]


def array(parts: Sequence[bytes]) -> bytes:
    return b"\xdd" + struct.pack(">I", len(parts)) + b"".join(parts)


def mapping(pairs: Sequence[tuple[bytes, bytes]]) -> bytes:
    return b"\xdf" + struct.pack(">I", len(pairs)) + b"".join(key + value for key, value in pairs)


def packed(parts: Sequence[bytes]) -> bytes:
    return zstandard.compress(array(parts))


class Attacker:
    """Turns one laptop's real changes into what no laptop would send.

    Args:
        identities: ids that mean something to the server: other people, laptops, places, records, changes.
    """

    def __init__(self, seed: int, identities: Sequence[Id]) -> None:
        self.chance = random.Random(seed)
        self.identities = identities
        self._on_values: tuple[Callable[[Change], bytes], ...] = (
            self._one_field,
            self._one_value,
            self._new_key,
            self._odd_length,
            self._identity,
            self._time,
            self._number,
            self._sort,
            self._elsewhere,
            self._promotion,
            self._seen,
        )

    def push(self, changes: Sequence[Change]) -> tuple[bytes, int | None]:
        """A body, and how many changes it certainly holds (None: it may be no message at all)."""
        if self.chance.random() < 0.15:
            body = packed([_encode(change) for change in changes])
            return self._damaged(body), None
        if self.chance.random() < 0.2:
            return zstandard.compress(self._damaged(array([_encode(change) for change in changes]))), None
        parts = [self.mutant(one) if self.chance.random() < 0.7 else _encode(one) for one in changes]
        if self.chance.random() < 0.15:
            parts += self.chance.choices(parts, k=self.chance.choice((1, 3, 50)))
        self.chance.shuffle(parts)
        return packed(parts), len(parts) if all(map(is_whole, parts)) else None

    def mutant(self, change: Change) -> bytes:
        """One change, not as it was."""
        return self.chance.choice(self._on_values)(change)

    def _damaged(self, data: bytes) -> bytes:
        raw = bytearray(data)
        for _ in range(self.chance.choice((1, 1, 2, 8))):
            at = self.chance.randrange(len(raw) + 1)
            act = self.chance.randrange(5)
            if act == 0:
                raw[at : at + 1] = self.chance.randbytes(1)
            elif act == 1:
                del raw[at : at + self.chance.choice((1, 4, 1000))]
            elif act == 2:
                raw[at:at] = self.chance.randbytes(self.chance.choice((1, 4, 1000)))
            elif act == 3:
                raw[at:at] = self.chance.choice(HOSTILE)
            else:
                raw[at:at] = raw[: self.chance.choice((1, 16, 300))]
        return bytes(raw)

    def _one_field(self, change: Change) -> bytes:
        parts = values(change)
        parts[self.chance.randrange(len(parts))] = self.chance.choice(HOSTILE)
        return array(parts)

    def _with_fields(self, change: Change, pairs: Sequence[tuple[bytes, bytes]]) -> bytes:
        parts = values(change)
        parts[FIELDS.index("fields")] = mapping(pairs)
        return array(parts)

    def _one_value(self, change: Change) -> bytes:
        pairs = [(_encode(key), _encode(value)) for key, value in change.fields.items()]
        at = self.chance.randrange(len(pairs))
        pairs[at] = (pairs[at][0], self.chance.choice(HOSTILE))
        return self._with_fields(change, pairs)

    def _new_key(self, change: Change) -> bytes:
        pairs = [(_encode(key), _encode(value)) for key, value in change.fields.items()]
        key = self.chance.choice((*map(_encode, FORGED_FIELDS), *HOSTILE))
        value = self.chance.choice((*HOSTILE, *map(_encode, self.identities)))
        return self._with_fields(change, [*pairs, (key, value)])

    def _odd_length(self, change: Change) -> bytes:
        parts = values(change)
        if self.chance.random() < 0.5:
            return array(parts[: self.chance.randrange(len(parts))])
        return array([*parts, *self.chance.choices(HOSTILE, k=self.chance.choice((1, 2, 40)))])

    def _identity(self, change: Change) -> bytes:
        """Another author, device, record, place or change id, of those there are."""
        parts = values(change)
        name = self.chance.choice(("id", "device", "author", "record", "place", "batch"))
        parts[FIELDS.index(name)] = _encode(self.chance.choice(self.identities))
        return array(parts)

    def _time(self, change: Change) -> bytes:
        at = self.chance.choice((0, 1, 253_402_300_799_000, (1 << 48) - 1, 1 << 48, 1 << 60, change.at * 2))
        return _encode(msgspec.structs.replace(change, at=at))

    def _number(self, change: Change) -> bytes:
        number = self.chance.choice((0, 1, -1, change.number, (1 << 53) - 1, 1 << 53, 1 << 62))
        return _encode(msgspec.structs.replace(change, number=number))

    def _sort(self, change: Change) -> bytes:
        """What a worker does not write: said with the words of what he does."""
        kind, place = self.chance.choice(KINDS), self.chance.choice((COMMONS, DESK, change.place))
        forged = self.chance.choice((b"", _encode("supervisor"), *map(_encode, self.identities)))
        said = {**change.fields, "worker": change.author, "role": "supervisor", "name": "安书记"}
        if forged and self.chance.random() < 0.5:
            said["grid"] = msgspec.msgpack.decode(forged)
        return _encode(msgspec.structs.replace(change, kind=kind, place=place, fields=said))

    def _elsewhere(self, change: Change) -> bytes:
        """A sound change in a place that may be another's, of a record that is or is not there."""
        record = self.chance.choice((change.id, *self.identities))
        place = self.chance.choice(self.identities)
        identity = record if self.chance.random() < 0.5 else change.id
        return _encode(msgspec.structs.replace(change, id=identity, record=record, place=place))

    def _promotion(self, change: Change) -> bytes:
        """A sound change that would give its author more than he has."""
        who, new = self.chance.choice((change.author, *self.identities)), ids.named("forged", change.id.hex())
        grid = self.chance.choice(self.identities)
        promotions: tuple[tuple[str, dict[str, object]], ...] = (
            ("worker", {"role": "supervisor"}),
            ("assignment", {"worker": who, "grid": grid, "since": "2026-01-01"}),
            ("building", {"grid": grid}),
            (change.kind, {"retired": "erased", "successor": None}),
        )
        kind, said = self.chance.choice(promotions)
        record = (
            new if kind == "assignment" else who if kind == "worker" else self.chance.choice(self.identities)
        )
        place = COMMONS if kind != change.kind else change.place
        return _encode(
            msgspec.structs.replace(change, id=new, kind=kind, record=record, place=place, fields=said)
        )

    def _seen(self, change: Change) -> bytes:
        some = tuple(self.chance.choices(self.identities, k=self.chance.choice((1, 5, 2_000))))
        odd = (change.id, change.record, ids.named("never", change.id.hex()), b"short")
        seen = self.chance.choice((some, odd, (change.id,), some * 3))
        return _encode(msgspec.structs.replace(change, seen=seen))


def is_whole(part: bytes) -> bool:
    """Whether some bytes are one msgpack value and nothing else."""
    try:
        msgspec.msgpack.decode(part, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True
