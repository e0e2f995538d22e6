"""Random laptops over many pushes: what the store says equals what the log makes, whatever was lost."""

import random
from hashlib import sha256
from pathlib import Path

import msgspec
import pytest

from gridclient.core.domain.declaration import Role
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change, content_hash
from gridclient.core.merge.compact import fingerprint
from gridclient.core.merge.record import Record, fold, seen_by
from sync_server.service.intake import row_of
from sync_server.store.rows import STAGES
from tests.server.town import Laptop, Settled, Town

STEPS = 40


class Story:
    """Laptops that save things on what they saw some time ago, and sometimes push a batch again."""

    def __init__(self, path: Path, seed: int, database: str | None = None) -> None:
        self.chance = random.Random(seed)
        self.settled = Settled.make(Town(path, seed, database=database))
        second = self.settled.town.join("拉毛", grids=("一网格",))
        office = self.settled.town.join("卓玛", Role.OFFICE)
        self.laptops = [self.settled.worker, second, office, self.settled.supervisor]
        self.records: dict[Id, Id] = {}
        self.seen: dict[tuple[Id, Id], Record] = {}
        self.answered: dict[tuple[Id, int], str] = {}

    def step(self) -> None:
        laptop = self.chance.choice(self.laptops)
        changes = [self.change(laptop) for _ in range(self.chance.randrange(1, 6))]
        if self.chance.random() < 0.2:
            changes.append(self.chance.choice(changes))
        for _ in range(self.chance.choice([1, 1, 1, 2, 3])):
            answers = laptop.push(*changes)
        for change, answer in zip(changes, answers, strict=True):
            assert answer.change == change.id
            first = self.answered.setdefault((change.device, change.number), answer.status)
            assert (answer.status == "duplicate") or answer.status == first
            if answer.status not in ("held", "quarantined"):
                self.records[change.record] = change.place
        if self.chance.random() < 0.4:
            self.look(laptop)

    def look(self, laptop: Laptop) -> None:
        """From now on this laptop has seen what the server has."""
        for record in self.folded().values():
            self.seen[laptop.device, record.id] = record

    def change(self, laptop: Laptop) -> Change:
        place = self.chance.choice([self.settled.mine, self.settled.mine, self.settled.other])
        known = [record for record, of in self.records.items() if of == place]
        name = self.chance.choice(["李萍", "李平", "李苹"])
        if not known or self.chance.random() < 0.4:
            if self.chance.random() < 0.2:
                return self.same_row(laptop, place, name)
            if self.chance.random() < 0.5:
                return self.settled.visit(laptop, place, outcome=self.chance.choice(["1", "5", "x" * 41]))
            return self.settled.resident(laptop, place, name, phones=[["13900000001"], []])
        return self.edit(laptop, place, self.chance.choice(known), name)

    def same_row(self, laptop: Laptop, place: Id, name: str) -> Change:
        """A row of a register two people import."""
        record = bytes([self.chance.randrange(4)]) * 16
        made = self.settled.resident(laptop, place, name)
        return msgspec.structs.replace(made, id=record, record=record)

    def edit(self, laptop: Laptop, place: Id, record: Id, name: str) -> Change:
        said: dict[str, object] = self.chance.choice(
            [
                {"name": name},
                {"remark": name},
                {"phones": [[f"1390000000{self.chance.randrange(4)}"], ["13900000001"]]},
                {"retired": self.chance.choice(["moved", ""]), "successor": None},
                {"tomorrow": self.chance.randrange(3)},
            ]
        )
        seen = self.seen.get((laptop.device, record))
        mine = seen_by(seen, said) if seen is not None and self.chance.random() < 0.8 else ()
        kind = seen.kind if seen is not None else "resident"
        return laptop.change(kind, said, place=place, record=record, seen=mine, reason="核对")

    def logged(self) -> list[Change]:
        """All accepted changes in their order, read from the log itself."""
        with self.settled.town.service.store.read() as snapshot:
            encoded = snapshot.records.histories(self.all_ids())
            return [msgspec.msgpack.decode(one, type=Change) for _, one in encoded]

    def all_ids(self) -> list[Id]:
        return list(self.settled.supervisor.everything())

    def folded(self) -> dict[Id, Record]:
        changes: dict[Id, list[Change]] = {}
        for change in self.logged():
            changes.setdefault(change.record, []).append(change)
        folded = {key: fold(said) for key, said in changes.items()}
        return {key: record for key, record in folded.items() if record is not None}


@pytest.mark.parametrize("database", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize("seed", range(3))
def test_rows_digests_and_chain_are_what_the_log_makes(
    tmp_path: Path, seed: int, database: str | None
) -> None:
    print("seed", seed)
    story = Story(tmp_path, seed, database)
    for _ in range(STEPS):
        story.step()
    everything = story.settled.supervisor.everything()
    folded = story.folded()
    assert set(everything) == set(folded)
    totals: dict[Id, tuple[int, int]] = {}
    for identity, (kind, place, row) in everything.items():
        record = folded[identity]
        assert (record.kind, record.place) == (kind, place)
        assert row == msgspec.msgpack.decode(msgspec.msgpack.encode(row_of(record)))
        count, total = totals.get(place, (0, 0))
        heads = row[3]
        assert heads is None or isinstance(heads, bytes)
        totals[place] = (count + 1, (total + fingerprint(identity, heads)) % (1 << 64))
    with story.settled.town.service.store.read() as snapshot:
        digests = snapshot.records.digests()
        head, counts = snapshot.records.head(), snapshot.records.counts()
        newest = {place: max(snapshot.records.latest(stage, place) for stage in STAGES) for place in digests}
    assert {place: (one.count, one.total) for place, one in digests.items()} == totals
    assert {place: one.seq for place, one in digests.items()} == newest
    assert head.seq == counts["log"] == len(story.logged())
    chain = b""
    for change in story.logged():
        chain = sha256(chain + content_hash(change)).digest()
    assert head.chain == chain
    assert {"accepted", "accepted_conflict", "held", "quarantined"} <= set(story.answered.values())
    story.settled.town.close()
