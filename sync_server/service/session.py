"""One laptop speaking with its community's server: `SyncApi` without a wire in between."""

from collections.abc import Iterator, Sequence

import msgspec
import zstandard

from gridclient.core.domain.declaration import Role
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire import codec, versions
from gridclient.core.wire.messages import (
    Answer,
    Answers,
    Checkpoint,
    Consequence,
    Decision,
    FillOrder,
    Frame,
    Hello,
    PlaceDigest,
    Waiting,
    Welcome,
)
from sync_server.service.commons import Commons, local_day
from sync_server.service.intake import Intake
from sync_server.service.rights import Standing
from sync_server.service.service import Service
from sync_server.service.words import refusal
from sync_server.store.contract import RecordReader, Snapshot, Transaction
from sync_server.store.rows import Device

MOST_CHANGES = 10_000  # in one push
MOST_WAITING = 1000

_encoder = msgspec.msgpack.Encoder()
_changes = msgspec.msgpack.Decoder(Change)
_frames = msgspec.msgpack.Decoder(Frame)


class Session:
    """One laptop speaking; implements `SyncApi`. Every call looks at the laptop's standing anew."""

    def __init__(self, service: Service, device: Id) -> None:
        self._service = service
        self._device = device

    def hello(self, hello: Hello) -> Welcome:
        version = versions.common(hello.oldest, hello.newest)
        if version is None:
            raise refusal("version")
        now = self._service.clock()
        with self._service.writing() as transaction:
            device, standing = self._standing(transaction, now)
            problem = _met_again(device, hello)
            if device.cloned or problem:
                # Written down before it is refused: what follows is held, whatever the nonce says then.
                transaction.accounts.put_device(device._replace(cloned=True))
            else:
                return self._welcome(transaction, device, standing, hello, version, now)
        raise refusal("clone")

    def _welcome(
        self,
        transaction: Transaction,
        device: Device,
        standing: Standing,
        hello: Hello,
        version: int,
        now: int,
    ) -> Welcome:
        records = transaction.records
        if hello.nonce and hello.nonce == device.nonce:
            # It presents what was sent last, so it has heard the verdicts sent along.
            records.mark_told(device.id, device.welcomed)
        head = records.head()
        checkpoint = hello.checkpoint
        known = (
            checkpoint is not None
            and checkpoint.history == head.history
            and records.chain_at(checkpoint.seq) == checkpoint.chain
        )
        digests = records.digests(standing.places)
        agreed = (
            known
            and checkpoint is not None
            and all(one.seq <= checkpoint.seq for one in digests.values())
            and hello.agreement == codec.digest_of_digests(digests.values())
        )
        nonce = self._service.randomness(16)
        transaction.accounts.put_device(
            device._replace(nonce=nonce, previous=hello.nonce, welcomed=now, skew=hello.now - now)
        )
        return Welcome(
            version=version,
            now=now,
            checkpoint=Checkpoint(head.history, head.seq, head.chain),
            known=known,
            agreed=agreed,
            nonce=nonce,
            number=device.number,
            worker=standing.worker,
            role=standing.role.value,
            places=None if agreed else list(standing.places),
            verdicts=_verdicts(records, device.id),
        )

    def push(self, changes: Sequence[Change]) -> Answers:
        return self.push_encoded([_encoder.encode(change) for change in changes])

    def push_encoded(self, changes: Sequence[bytes]) -> Answers:
        """The same with every change encoded on its own, so that one bad one is one bad one."""
        if len(changes) > MOST_CHANGES:
            raise refusal("too_large")
        with self._service.writing() as transaction:
            now = self._service.clock()
            device, standing = self._standing(transaction, now)
            intake = Intake(transaction.records, standing, now)
            answers = intake.take(changes)
            if intake.highest > device.number:
                transaction.accounts.set_number(device.id, intake.highest)
        return Answers(answers)

    def pull(self, since: int, places: Sequence[Id]) -> Iterator[Frame]:
        return map(_unpacked, self.pull_packed(since, places))

    def fill(self, orders: Sequence[FillOrder]) -> Iterator[Frame]:
        return map(_unpacked, self.fill_packed(orders))

    def pull_packed(self, since: int, places: Sequence[Id]) -> Iterator[bytes]:
        """`pull` as compressed frames. Raises before the first frame where something is refused."""

        def wanted() -> frozenset[Id]:
            self._receiving(places)
            return frozenset(places)

        wanted()
        return self._service.sender.pull(since, wanted)

    def fill_packed(self, orders: Sequence[FillOrder]) -> Iterator[bytes]:
        """`fill` as compressed frames. Raises before the first frame where something is refused."""
        self._receiving([order.place for order in orders])
        return self._service.sender.fill(orders)

    def digest(self, places: Sequence[Id]) -> list[PlaceDigest]:
        self._receiving(places)
        with self._service.store.read() as snapshot:
            found = snapshot.records.digests(places)
        return [found.get(place, PlaceDigest(place, 0, 0)) for place in places]

    def lacking(self, changes: Sequence[Id]) -> list[Id]:
        with self._service.store.read() as snapshot:
            self._standing(snapshot, self._service.clock())
            known = snapshot.records.known(changes)
        return [one for one in changes if one not in known]

    def recover(self, copies: Sequence[Change]) -> Answers:
        raise refusal("malformed")

    def waiting(self) -> list[Waiting]:
        with self._service.store.read() as snapshot:
            _, standing = self._standing(snapshot, self._service.clock())
            if not standing.at_desk or standing.cloned:
                raise refusal("scope")
            return [
                Waiting(
                    _changes.decode(one.change), one.hash, one.device, one.reason, one.words, one.received
                )
                for one in snapshot.records.undecided(MOST_WAITING)
            ]

    def decide(self, decisions: Sequence[Decision]) -> Answers:
        raise refusal("malformed")

    def preview(self, changes: Sequence[Change]) -> list[Consequence]:
        raise refusal("malformed")

    def _receiving(self, places: Sequence[Id]) -> None:
        """Whether this laptop may receive these places now."""
        with self._service.store.read() as snapshot:
            _, standing = self._standing(snapshot, self._service.clock())
        if standing.cloned:
            raise refusal("clone")
        if not standing.scope.issuperset(places):
            raise refusal("scope")

    def _standing(self, snapshot: Snapshot, now: int) -> tuple[Device, Standing]:
        """Who is speaking, as the server knows it in this transaction."""
        device = snapshot.accounts.device(self._device)
        if device is None:
            raise refusal("unknown_device")
        commons = self._service.commons(snapshot.records)
        role = commons.role(device.worker)
        if device.revoked is not None or role is None:
            raise refusal("revoked")
        return device, stand(device, role, commons, now)


def stand(device: Device, role: Role, commons: Commons, now: int) -> Standing:
    """A laptop's standing by what the commons say of its worker."""
    places = commons.places(device.worker, role, local_day(now))
    return Standing(device.id, device.worker, role, tuple(places), frozenset(places), device.cloned)


def _met_again(device: Device, hello: Hello) -> bool:
    """Whether this cannot be the laptop spoken with last: an old nonce, or fewer changes than it had.

    The nonce before the last stays good until the last has been presented: the answer may have been lost.
    """
    return hello.nonce not in (device.nonce, device.previous) or hello.number < device.number


def _verdicts(records: RecordReader, device: Id) -> list[Answer]:
    """What was decided on the held work of a laptop and it has not heard yet."""
    decided = records.verdicts(device)
    seqs = records.known([one.id for one in decided])
    return [
        Answer(one.id, "accepted", seqs[one.id].seq)
        if one.verdict == "accepted" and one.id in seqs
        else Answer(one.id, "held", reason="declined", words=one.note)
        for one in decided
    ]


def _unpacked(packed: bytes) -> Frame:
    return _frames.decode(zstandard.ZstdDecompressor().decompress(packed))
