"""Pushes no laptop would make: each is answered, none breaks the server or forges anything, the log holds."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import requests
import zstandard

from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Change
from gridclient.core.wire import codec
from gridclient.core.wire.messages import Answers
from gridclient.operations.check import check
from sync_server.http.answers import STATUS
from tests.benchmarks.day import work
from tests.server.consistency import assert_consistent
from tests.server.in_process import UNHURRIED, InProcess
from tests.server.mutating import FIELDS, HOSTILE, Attacker, array, is_whole, mapping, packed, values
from tests.server.running import Running
from tests.server.town import Town
from tests.sync.world import Desk, World

NEVER = (b"Traceback", b".py", b"Error", b"sqlite", b"SELECT")
Send = Callable[[bytes, str], tuple[int, bytes]]


class Besieged:
    """A served demonstration with three laptops and what they really pushed on one day."""

    def __init__(self, path: Path, seed: int) -> None:
        self.world = World(path, seed)
        self.town: Town = self.world.town
        settled = self.world.settled
        self.worker = self.world.desk(settled.worker.worker)
        self.other = self.world.desk(self.town.join("拉毛", grids=("一网格",)).worker)
        self.office = self.world.desk(settled.supervisor.worker)
        self._people(settled.mine)
        self.days = {desk.laptop.token: self._day(desk) for desk in (self.worker, self.other, self.office)}
        self.identities = self._identities()

    def _people(self, place: Id) -> None:
        settled = self.world.settled
        home = settled.worker.change("household", {"dwelling": b"d" * 16}, place=place)
        people = [
            settled.worker.change("resident", {"household": home.id, "name": f"居民{n}"}, place=place)
            for n in range(12)
        ]
        statuses = {answer.status for answer in settled.worker.push(home, *people)}
        assert statuses == {"accepted"}

    def _day(self, desk: Desk) -> list[Change]:
        """What this laptop has to send after a day's work; it sends it at the very end."""
        assert desk.sync().complete
        work(desk.ledger, 6, 6)
        self.town.clock.now += 1000
        found = desk.ledger.pending_changes(0, 100)
        assert len(found) >= 7
        return found

    def _identities(self) -> list[Id]:
        with self.town.service.store.read() as snapshot:
            logged = snapshot.records.log(0, 1000)
            devices = snapshot.accounts.devices()
        said = [one for change in logged for one in (change.id, change.record, change.place, change.author)]
        days = [one.id for day in self.days.values() for one in day]
        return [*said, *(one.id for one in devices), *days, COMMONS, DESK]

    def close(self) -> None:
        self.world.close(self.worker, self.other, self.office)


@pytest.fixture
def in_process(besieged: "Besieged") -> Iterator[Send]:
    line = InProcess(besieged.town.service, besieged.town.authority)

    def send(body: bytes, token: str) -> tuple[int, bytes]:
        reply = line.ask("POST", "/push", body, {"Authorization": f"Bearer {token}"})
        return reply.status, reply.body

    yield send
    line.close()


@pytest.fixture
def by_socket(besieged: "Besieged") -> Iterator[Send]:
    running = Running(besieged.town.service, besieged.town.folder, "http", UNHURRIED)
    session = requests.Session()
    session.trust_env = False

    def send(body: bytes, token: str) -> tuple[int, bytes]:
        headers = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
        answer = session.post(running.url + "/push", data=body, headers=headers, timeout=60)
        return answer.status_code, answer.content

    yield send
    session.close()
    running.stop()


@pytest.fixture
def besieged(tmp_path: Path) -> Iterator[Besieged]:
    made = Besieged(tmp_path, 7)
    yield made
    made.close()


def assert_answered(status: int, body: bytes, sent: bytes, certain: int | None) -> list[str]:
    """One answer for each change, or one refusal in words; the statuses."""
    assert not any(one in body for one in NEVER)
    if status != 200:
        refusal = json.loads(body)
        assert status < 500, refusal
        assert STATUS[refusal["code"]] == status
        assert refusal["words"]
        return []
    answers = codec.decode(body, Answers).answers
    pushed = codec.decode(sent, list[msgspec.Raw])
    assert len(answers) == len(pushed)
    assert certain in (None, len(pushed))
    for answer, raw in zip(answers, pushed, strict=True):
        assert answer.change in bytes(raw)
        assert (answer.status in ("held", "quarantined")) == bool(answer.words)
        assert (answer.status in ("accepted", "accepted_conflict", "duplicate")) == bool(answer.seq)
    return [answer.status for answer in answers]


def besiege(besieged: Besieged, seed: int, pushes: int, send: Send) -> set[str]:
    """So many hostile pushes in three names; every status that was answered."""
    attacker = Attacker(seed, besieged.identities)
    statuses: set[str] = set()
    for _ in range(pushes):
        token, day = attacker.chance.choice(list(besieged.days.items()))
        some = attacker.chance.sample(day, attacker.chance.randrange(1, 6))
        body, certain = attacker.push(some)
        status, answer = send(body, token)
        statuses.update(assert_answered(status, answer, body, certain))
    return statuses


def assert_unharmed(besieged: Besieged) -> None:
    """The log makes the store, names only who really spoke, and honest laptops go on."""
    service = besieged.town.service
    logged = assert_consistent(service.store)
    with service.store.read() as snapshot:
        workers = {device.id: device.worker for device in snapshot.accounts.devices()}
    assert all(workers.get(one.device, one.device) == one.author for one in logged)
    for desk in (besieged.worker, besieged.other, besieged.office):
        # A new laptop: who claimed the highest number there is cannot be told from a copy of itself.
        fresh = besieged.world.desk(desk.laptop.worker)
        assert fresh.sync().complete
        work(fresh.ledger, 1, 1)
        report = fresh.sync()
        assert report.complete
        assert report.accepted == report.pushed
        assert check(fresh.ledger).damage == []
        fresh.ledger.close()
    assert report.pushed  # the supervisor's laptop, whose places nobody can take away
    assert_consistent(service.store)


def test_mutated_pushes_are_answered_and_harm_nothing(
    besieged: Besieged, in_process: Send, size: Callable[[int, int], int]
) -> None:
    seed = 20_261_124
    print("seed", seed)
    statuses = besiege(besieged, seed, size(500, 5_000), in_process)
    assert {"accepted", "duplicate", "held", "quarantined"} <= statuses
    assert_unharmed(besieged)


def test_mutated_pushes_over_a_socket_end_the_same(
    besieged: Besieged, by_socket: Send, size: Callable[[int, int], int]
) -> None:
    besiege(besieged, 3, size(50, 1_000), by_socket)
    assert_unharmed(besieged)


def in_every_field(change: Change) -> Iterator[bytes]:
    """A change with each hostile value in each of its fields, and in each of the values it writes."""
    for at in range(len(FIELDS)):
        for hostile in HOSTILE:
            yield array([hostile if at == turn else one for turn, one in enumerate(values(change))])
    for key in change.fields:
        for hostile in HOSTILE:
            said = {**change.fields, key: None}
            pairs = [
                (msgspec.msgpack.encode(name), hostile if name == key else msgspec.msgpack.encode(value))
                for name, value in said.items()
            ]
            forged = values(change)
            forged[FIELDS.index("fields")] = mapping(pairs)
            yield array(forged)


def test_every_value_in_every_field_is_answered(besieged: Besieged, in_process: Send) -> None:
    for token, day in besieged.days.items():
        for change in (day[0], day[-1]):
            whole = [one for one in in_every_field(change) if is_whole(one)]
            assert len(whole) > 600
            body = packed(whole)
            status, answer = in_process(body, token)
            statuses = assert_answered(status, answer, body, len(whole))
            assert "quarantined" in statuses
    for hostile in HOSTILE:
        body = zstandard.compress(hostile)
        token = besieged.worker.laptop.token
        status, answer = in_process(body, token)
        assert_answered(status, answer, body, None)
    assert_unharmed(besieged)


def test_a_text_of_ten_megabytes_is_put_aside_and_the_rest_goes_on(
    besieged: Besieged, in_process: Send
) -> None:
    token, day = next(iter(besieged.days.items()))
    long = msgspec.structs.replace(day[0], fields={**day[0].fields, "summary": "话" * 3_500_000})
    body = packed([msgspec.msgpack.encode(one) for one in (long, *day[1:])])
    status, answer = in_process(body, token)
    statuses = assert_answered(status, answer, body, len(day))
    assert statuses == ["quarantined"] + ["accepted"] * (len(day) - 1)
    whole = packed([msgspec.msgpack.encode(one) for one in (long, long)])
    assert in_process(whole, token)[0] == 400  # more than a message may unpack to
    assert_unharmed(besieged)


def test_what_another_laptop_sent_can_be_sent_again_in_vain(besieged: Besieged, in_process: Send) -> None:
    service = besieged.town.service

    def said(thief: str, owner: str, times: int) -> set[str]:
        body = packed([msgspec.msgpack.encode(one) for one in besieged.days[owner]])
        found: set[str] = set()
        for _ in range(times):
            status, answer = in_process(body, thief)
            found.update(assert_answered(status, answer, body, len(besieged.days[owner])))
        return found

    def sequence() -> int:
        with service.store.read() as snapshot:
            return snapshot.records.head().seq

    tokens = list(besieged.days)
    before = sequence()
    for owner in tokens:
        for thief in tokens:
            if thief != owner:
                assert said(thief, owner, 5) == {"quarantined"}
    assert sequence() == before
    for owner in tokens:
        assert said(owner, owner, 1) == {"accepted"}
        after = sequence()
        assert said(owner, owner, 20) == {"duplicate"}
        assert sequence() == after
    for desk in (besieged.worker, besieged.other, besieged.office):
        assert desk.sync().complete
    assert_consistent(service.store)
