"""A small served community: its folder, its clock, its people and their laptops."""

import random
from dataclasses import dataclass, field
from pathlib import Path

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Change
from gridclient.core.merge.compact import Row, fingerprint
from gridclient.core.wire import codes, versions
from gridclient.core.wire.messages import (
    Answer,
    Checkpoint,
    Enrolment,
    FillOrder,
    Frame,
    Hello,
    PlaceDigest,
    SyncApi,
    Welcome,
)
from gridclient.sync.http import HttpSyncApi
from sync_server.accounts import authority
from sync_server.service import staffing
from sync_server.service.folder import Folder, found
from sync_server.service.service import Service
from sync_server.service.session import Session
from tests.server.running import Running

START = 1_795_500_000_000  # a day in November 2026
DAY = 24 * 3600 * 1000


@dataclass
class Clock:
    now: int = START

    def __call__(self) -> int:
        return self.now


@dataclass
class Laptop:
    """One enrolled laptop, as far as a server sees it."""

    town: "Town"
    device: Id
    worker: Id
    token: str
    api: SyncApi
    nonce: bytes = b""
    number: int = 0

    def hello(self, checkpoint: Checkpoint | None = None, agreement: bytes = b"") -> Welcome:
        welcome = self.api.hello(self.greeting(checkpoint, agreement))
        self.nonce = welcome.nonce
        return welcome

    def greeting(self, checkpoint: Checkpoint | None = None, agreement: bytes = b"") -> Hello:
        return Hello(
            versions.OLDEST,
            versions.NEWEST,
            self.device,
            checkpoint,
            self.nonce,
            self.number,
            self.town.clock(),
            agreement,
        )

    def change(
        self,
        kind: str,
        fields: dict[str, object],
        *,
        place: Id = COMMONS,
        record: Id | None = None,
        seen: tuple[Id, ...] = (),
        reason: str | None = None,
    ) -> Change:
        """What somebody saves here: a new record, or a change of `record`."""
        self.number += 1
        identity = self.town.new_id()
        return Change(
            id=identity,
            device=self.device,
            number=self.number,
            author=self.worker,
            at=self.town.clock(),
            kind=kind,
            record=record or identity,
            place=place,
            fields=fields,
            seen=seen,
            reason=reason,
        )

    def push(self, *changes: Change) -> list[Answer]:
        return self.api.push(changes).answers

    def save(
        self,
        kind: str,
        fields: dict[str, object],
        *,
        place: Id = COMMONS,
        record: Id | None = None,
        seen: tuple[Id, ...] = (),
    ) -> Id:
        """Save and push; the record's id. It has to be accepted."""
        change = self.change(kind, fields, place=place, record=record, seen=seen)
        answers = self.push(change)
        assert [answer.status for answer in answers] == ["accepted"], answers
        return change.record

    def everything(self) -> dict[Id, tuple[str, Id, Row]]:
        """(kind, place, row) of all records this laptop may hold, by filling every place."""
        places = self.hello().places
        assert places is not None
        found: dict[Id, tuple[str, Id, Row]] = {}
        for frame in self.api.fill([FillOrder(place) for place in places]):
            for section in frame.sections:
                for row in section.rows:
                    assert isinstance(row[0], bytes)
                    found[row[0]] = (section.kind, section.place, row)
        return found


@dataclass
class Town:
    """The community. Its chance is seeded, so that a failing run can be had again.

    `road`: how laptops speak with it: `service` (no wire), `http` or `https`. `database`: where its data
    lies, if not in a file.
    """

    path: Path
    seed: int = 0
    road: str = "service"
    clock: Clock = field(default_factory=Clock)
    database: str | None = None

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.folder = Folder(self.path / "server", self.database)
        self.service: Service = found(
            self.folder, "新华社区", self.path / "recovery.pem", self.clock, self.random.randbytes
        )
        self.authority = self.folder.authority.read_bytes()
        self.fingerprint = authority.fingerprint(self.authority)
        self.open_lines: list[HttpSyncApi] = []
        self.running = None if self.road == "service" else Running(self.service, self.folder, self.road)

    @property
    def url(self) -> str:
        assert self.running is not None
        return self.running.url

    def close(self) -> None:
        for line in self.open_lines:
            line.close()
        if self.running is not None:
            self.running.stop()
        self.service.store.close()

    def new_id(self) -> Id:
        return ids.timed(self.clock(), self.random.randbytes(10))

    def code(self, worker: Id) -> str:
        return self.service.new_code(worker, self.fingerprint)

    def enrolment(self, code: str) -> Enrolment:
        return Enrolment(codes.parse(code).secret, self.new_id(), self.random.randbytes(32), "前台")

    def enrol(self, worker: Id) -> Laptop:
        """A laptop of somebody who is known here."""
        asked = self.enrolment(self.code(worker))
        enrolled = self.service.enrol(asked)
        return Laptop(self, asked.device, worker, enrolled.token, self.connect(enrolled.token))

    def connect(self, token: str) -> SyncApi:
        """The road of a laptop that bears a token."""
        if self.running is None:
            return Session(self.service, self.service.authenticate(token))
        line = HttpSyncApi(self.running.url, token, self.authority.decode())
        self.open_lines.append(line)
        return line

    def join(self, name: str, role: Role = Role.WORKER, grids: tuple[str, ...] = ()) -> Laptop:
        """Somebody new with a laptop of his own."""
        return self.enrol(staffing.add_worker(self.service, name, role, grids))


@dataclass
class Settled:
    """A town with a supervisor, two grids, a building in each, and a worker for the first grid."""

    town: Town
    supervisor: Laptop
    worker: Laptop
    mine: Id
    other: Id

    @classmethod
    def make(cls, town: Town) -> "Settled":
        supervisor = town.join("安书记", Role.SUPERVISOR)
        compound = supervisor.save("compound", {"title": "金羚大街小区"})
        buildings = []
        for number, title in (("1", "一网格"), ("2", "二网格")):
            grid = supervisor.save("grid", {"title": title, "number": number})
            buildings.append(
                supervisor.save("building", {"compound": compound, "number": number, "grid": grid})
            )
        worker = town.join("才让", grids=("一网格",))
        return cls(town, supervisor, worker, *buildings)

    def visit(self, laptop: Laptop, place: Id, **more: object) -> Change:
        fields: dict[str, object] = {"at": self.town.clock(), "outcome": "1", "summary": "一切都好", **more}
        return laptop.change("visit", fields, place=place)

    def resident(self, laptop: Laptop, place: Id, name: str, **more: object) -> Change:
        fields: dict[str, object] = {"household": ids.named("household", place.hex()), "name": name, **more}
        return laptop.change("resident", fields, place=place)


def rows_of(frames: list[Frame]) -> list[list[object]]:
    return [row for frame in frames for section in frame.sections for row in section.rows]


def recomputed(laptop: Laptop) -> dict[Id, PlaceDigest]:
    """Digests from the rows themselves."""
    found: dict[Id, tuple[int, int]] = {}
    for identity, (_, place, row) in laptop.everything().items():
        count, total = found.get(place, (0, 0))
        heads = row[3]
        assert heads is None or isinstance(heads, bytes)
        found[place] = (count + 1, (total + fingerprint(identity, heads)) % (1 << 64))
    return {place: PlaceDigest(place, *one) for place, one in found.items()}


def assert_digests(laptop: Laptop) -> None:
    places = laptop.hello().places
    assert places is not None
    held = {one.place: (one.count, one.total) for one in laptop.api.digest(places) if one.count}
    assert held == {one.place: (one.count, one.total) for one in recomputed(laptop).values()}
