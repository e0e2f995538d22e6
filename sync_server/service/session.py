"""One laptop speaking with its community's server: `SyncApi` without a wire in between."""

from collections.abc import Iterator, Sequence

import msgspec
import zstandard

from gridclient.core.domain.declaration import Role
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire import versions
from gridclient.core.wire.messages import (
    Answers,
    Consequence,
    Decision,
    FillOrder,
    Frame,
    Hello,
    PlaceDigest,
    Waiting,
    Welcome,
)
from sync_server.service import deciding, greeting
from sync_server.service.commons import Commons, local_day
from sync_server.service.intake import Intake
from sync_server.service.lineage import ancestors
from sync_server.service.preview import preview
from sync_server.service.recovering import Recovery
from sync_server.service.rights import Standing, shut
from sync_server.service.service import Service
from sync_server.service.words import refusal
from sync_server.store.contract import Snapshot
from sync_server.store.rows import Device

MOST_CHANGES = 10_000  # in one push

_encoder = msgspec.msgpack.Encoder()
_frames = msgspec.msgpack.Decoder(Frame)


class Session:
    """One laptop speaking; implements `SyncApi`. Every call looks at the laptop's standing anew."""

    def __init__(self, service: Service, device: Id) -> None:
        self._service = service
        self._device = device

    def hello(self, hello: Hello) -> Welcome:
        version = versions.common(hello.oldest, hello.newest)
        with self._service.writing() as transaction:
            now = self._service.clock()
            device, standing = self._standing(transaction, now, also_left=True)
            community = self._service.community(transaction.accounts)
            device = greeting.heard(device, hello, now)
            copied = device.cloned or greeting.is_copy(device, hello, community.sign_key)
            if version is not None and not copied and not standing.left:
                answer = greeting.welcome(transaction, community, device, standing, hello, version, now)
                if answer.known and hello.checkpoint is not None:
                    self._service.sender.watermarks.note(device.id, hello.checkpoint.seq)
                return answer
            # Written down before it is refused: what a copy hands in is held from now on, whatever it says.
            transaction.accounts.put_device(device._replace(cloned=copied))
        raise refusal("left" if standing.left else "clone" if copied else "version")

    def push(self, changes: Sequence[Change]) -> Answers:
        return self.push_encoded([_encoder.encode(change) for change in changes])

    def push_encoded(self, changes: Sequence[bytes]) -> Answers:
        """The same with every change encoded on its own, so that one bad one is one bad one."""
        if len(changes) > MOST_CHANGES:
            raise refusal("too_large")
        with self._service.writing() as transaction:
            now = self._service.clock()
            device, standing = self._standing(transaction, now, also_left=True)
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
        return self._service.sender.pull(since, wanted, self._device)

    def fill_packed(self, orders: Sequence[FillOrder]) -> Iterator[bytes]:
        """`fill` as compressed frames. Raises before the first frame where something is refused."""
        self._receiving([order.place for order in orders])
        return self._service.sender.fill(orders, lambda place: self._receiving([place]))

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
        if len(copies) > MOST_CHANGES:
            raise refusal("too_large")
        with self._service.writing() as transaction:
            now = self._service.clock()
            _, standing = self._standing(transaction, now)
            return Answers(Recovery(transaction.records, standing, now).take(copies))

    def waiting(self) -> list[Waiting]:
        with self._service.store.read() as snapshot:
            _, standing = self._standing(snapshot, self._service.clock())
            if not standing.at_desk or standing.cloned:
                raise refusal("scope")
            return deciding.waiting(snapshot.records)

    def carrying(self) -> None:
        """Whether this laptop may carry sealed files of others here. Raises RefusedError (`scope`)."""
        with self._service.store.read() as snapshot:
            _, standing = self._standing(snapshot, self._service.clock())
        if not standing.at_desk or standing.cloned:
            raise refusal("scope")

    def decide(self, decisions: Sequence[Decision]) -> Answers:
        if len(decisions) > MOST_CHANGES:
            raise refusal("too_large")
        with self._service.writing() as transaction:
            now = self._service.clock()
            _, standing = self._standing(transaction, now)
            _supervising(standing)
            return Answers(deciding.decide(transaction, standing, decisions, now, self._service.randomness))

    def preview(self, changes: Sequence[Change]) -> list[Consequence]:
        with self._service.store.read() as snapshot:
            now = self._service.clock()
            _, standing = self._standing(snapshot, now)
            _supervising(standing)
            return preview(snapshot, self._service.commons(snapshot.records), changes, now)

    def _receiving(self, places: Sequence[Id]) -> None:
        """Whether this laptop may receive these places now."""
        with self._service.store.read() as snapshot:
            device, standing = self._standing(snapshot, self._service.clock())
        if standing.cloned:
            raise refusal("clone")
        if not greeting.speaks(device.program):
            raise refusal("version")
        if not standing.scope.issuperset(places):
            raise refusal("scope")

    def _standing(self, snapshot: Snapshot, now: int, also_left: bool = False) -> tuple[Device, Standing]:
        """Who is speaking, as the server knows it in this transaction.

        One whom the commons say has left is refused, but where he only hands in. His laptops are not shut out
        by a change to the commons, which may be a slip or come from anywhere: that is a command of its own.
        """
        device = snapshot.accounts.device(self._device)
        if device is None:
            raise refusal("unknown_device")
        commons = self._service.commons(snapshot.records)
        role = commons.role(device.worker)
        if device.revoked is not None:
            raise refusal("revoked")
        if role is None and not also_left:
            raise refusal("left")
        former = frozenset(ancestors(snapshot.accounts, device))
        if role is None:
            return device, shut(device.id, device.worker, left=True)._replace(former=former)
        return device, stand(device, role, commons, now)._replace(former=former)


def stand(device: Device, role: Role, commons: Commons, now: int) -> Standing:
    """A laptop's standing by what the commons say of its worker."""
    places = commons.places(device.worker, role, local_day(now))
    return Standing(device.id, device.worker, role, tuple(places), frozenset(places), device.cloned)


def _supervising(standing: Standing) -> None:
    """Raises RefusedError (`scope`) for anybody but the supervisor at a laptop that is itself."""
    if standing.role is not Role.SUPERVISOR or standing.cloned:
        raise refusal("scope")


def _unpacked(packed: bytes) -> Frame:
    return _frames.decode(zstandard.ZstdDecompressor().decompress(packed))
