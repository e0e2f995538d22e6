"""Several ledgers and a service in one process, on a line that loses things. One seed, one story."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Change, Draft
from gridclient.core.wire import sealing
from gridclient.core.wire.messages import (
    Answers,
    Consequence,
    Decision,
    FillOrder,
    Frame,
    Hello,
    PlaceDigest,
    SyncApi,
    UnreachableError,
    Waiting,
    Welcome,
)
from gridclient.ledger.anew import let_in_anew
from gridclient.ledger.ledger import Ledger
from gridclient.operations.dump import dump
from gridclient.sync.session import SyncReport, SyncSession
from sync_server.service import backups
from sync_server.service.folder import Folder
from sync_server.service.service import Service
from sync_server.service.session import Session
from sync_server.store.sql import SqlStore
from tests.server.safe import recovery_key
from tests.server.town import Laptop, Settled, Town

PASSPHRASE = "一条不太稳的网线够长"


class Line:
    """A SyncApi over a line that, with some chance, loses a request, an answer, or the rest of a stream."""

    def __init__(self, api: SyncApi, chance: random.Random, loss: float) -> None:
        self._api = api
        self._chance = chance
        self.loss = loss

    def hello(self, hello: Hello) -> Welcome:
        self._lose()
        answer = self._api.hello(hello)
        self._lose()
        return answer

    def push(self, changes: Sequence[Change]) -> Answers:
        self._lose()
        answer = self._api.push(changes)
        self._lose()
        return answer

    def pull(self, since: int, places: Sequence[Id]) -> Iterator[Frame]:
        return self._stream(self._api.pull(since, places))

    def fill(self, orders: Sequence[FillOrder]) -> Iterator[Frame]:
        return self._stream(self._api.fill(orders))

    def digest(self, places: Sequence[Id]) -> list[PlaceDigest]:
        self._lose()
        return self._api.digest(places)

    def lacking(self, changes: Sequence[Id]) -> list[Id]:
        self._lose()
        return self._api.lacking(changes)

    def recover(self, copies: Sequence[Change]) -> Answers:
        self._lose()
        answer = self._api.recover(copies)
        self._lose()
        return answer

    def waiting(self) -> list[Waiting]:
        self._lose()
        return self._api.waiting()

    def decide(self, decisions: Sequence[Decision]) -> Answers:
        self._lose()
        answer = self._api.decide(decisions)
        self._lose()
        return answer

    def preview(self, changes: Sequence[Change]) -> list[Consequence]:
        self._lose()
        return self._api.preview(changes)

    def _stream(self, frames: Iterator[Frame]) -> Iterator[Frame]:
        for frame in frames:
            self._lose()
            yield frame

    def _lose(self) -> None:
        if self._chance.random() < self.loss:
            raise UnreachableError("lost")


class Road:
    """A laptop's way to whatever server the town has now: one put back from a backup is another."""

    def __init__(self, town: Town, device: Id) -> None:
        self._town = town
        self._device = device

    def __getattr__(self, name: str) -> Any:
        return getattr(Session(self._town.service, self._device), name)


@dataclass
class Desk:
    """A ledger of somebody enrolled, and its line."""

    ledger: Ledger
    laptop: Laptop
    line: Line
    healed: int = 0
    machine: str = ""

    def sync(self) -> SyncReport:
        session = SyncSession(self.ledger, self.line, machine=self.machine)
        try:
            return session.run()
        finally:
            self.healed += session.report.healed

    def try_sync(self) -> bool:
        """Whether a sync came through whole."""
        try:
            return self.sync().complete
        except UnreachableError:
            return False

    def shown(self) -> dict[str, dict[str, object]]:
        return {str(one["record"]): one for one in dump(self.ledger)}

    def save(self, draft: Draft) -> Id:
        self.ledger.write([draft])
        return draft.record


class World:
    """A settled town with ledgers of its people on disk."""

    def __init__(self, path: Path, seed: int, loss: float = 0.0) -> None:
        self.path = path
        self.chance = random.Random(seed)
        (path / "town").mkdir(parents=True, exist_ok=True)
        self.town = Town(path / "town", seed)
        self.settled = Settled.make(self.town)
        self.loss = loss
        self._desks = 0

    def desk(self, worker: Id) -> Desk:
        """A new ledger on a new laptop of this worker."""
        laptop = self.town.enrol(worker)
        self._desks += 1
        folder = self.path / f"ledger{self._desks}"
        ledger, _ = Ledger.create(folder, PASSPHRASE, self.town.clock, self.town.random.randbytes)
        before = ledger.identity()
        ledger.enrolled(
            msgspec.structs.replace(
                before,
                device=laptop.device,
                worker=laptop.worker,
                url="http://localhost",
                recovery_key=sealing.public_of(recovery_key(self.town)),
            )
        )
        return Desk(ledger, laptop, Line(Road(self.town, laptop.device), self.chance, self.loss))

    def reopen(self, desk: Desk) -> None:
        """The laptop was switched off and on: a new program on the same files."""
        desk.ledger.close()
        desk.ledger = Ledger.open(desk.ledger.folder, PASSPHRASE, self.town.clock, self.town.random.randbytes)

    def back_up(self) -> Path:
        """A backup of the server as it is now."""
        file = self.path / f"backup{self.town.clock.now}"
        store = self.town.service.store
        assert isinstance(store, SqlStore)
        backups.back_up(store, self.town.folder, file, self.town.clock(), self.town.random.randbytes)
        return file

    def restore(self, file: Path) -> None:
        """The server breaks, and is rebuilt from a backup."""
        self.town.service.store.close()
        folder = Folder(self.path / f"{file.name}-restored")
        private = recovery_key(self.town)
        backups.restore(file, private, folder, self.town.clock(), self.town.random.randbytes)
        self.town.service = Service(folder.open(), self.town.clock, self.town.random.randbytes)

    def again(self, desk: Desk) -> None:
        """Somebody is let in anew on the same ledger."""
        asked = self.town.enrolment(self.town.code(desk.laptop.worker))
        self.town.service.enrol(msgspec.structs.replace(asked, previous=desk.laptop.device))
        identity = msgspec.structs.replace(desk.ledger.identity(), device=asked.device)
        with desk.ledger.writing() as connection:
            let_in_anew(connection, identity)
        desk.line = Line(Road(self.town, asked.device), self.chance, self.loss)

    def close(self, *desks: Desk) -> None:
        for desk in desks:
            desk.ledger.close()
        self.town.close()

    def new_id(self) -> Id:
        return ids.timed(self.town.clock(), self.chance.randbytes(10))


__all__ = ["COMMONS", "Desk", "Line", "World"]
