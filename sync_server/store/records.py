"""Records, log and digests in SQL."""

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import Dialect

from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import PlaceDigest
from sync_server.store.contract import Position
from sync_server.store.rows import STAGES, Head, Held, Known, Logged, Quarantined, Stored
from sync_server.store.statements import Among, Bulk, Lookup, Statement, bulk_insert, insert_new, storable
from sync_server.store.tables import community, digest, held, log, quarantined, record

_SIGN = 1 << 63
_WRAP = 1 << 64
_EVERYTHING = (1 << 63) - 1


class RecordStatements:
    """Everything asked of the record tables, rendered for one dialect.

    The planner does not know that an id names one record while a community has many; without the index
    named it walks the whole community.
    """

    def __init__(self, dialect: Dialect) -> None:
        mine: sa.BindParameter[int] = sa.bindparam("mine")
        self.head = Statement(
            dialect,
            sa.select(community.c.history, community.c.seq, community.c.chain).where(
                community.c.community == mine
            ),
            ["mine"],
        )
        self.chain = Statement(
            dialect,
            sa.select(log.c.chain).where(log.c.community == mine, log.c.seq == sa.bindparam("at_seq")),
            ["mine", "at_seq"],
        )
        self.records = Lookup(dialect, ["mine"], _records)
        self.known = Lookup(dialect, ["mine"], _known)
        self.histories = Lookup(dialect, ["mine"], _histories)
        self.held = Lookup(dialect, ["mine"], _held)
        self.digests_of = Lookup(dialect, ["mine"], _digests)
        self.digests = Statement(dialect, _digests(None), ["mine"])
        self.newer = Lookup(dialect, ["mine", "since"], _newer, ["most"])
        self.by_others = Statement(
            dialect,
            sa.select(log.c.record)
            .distinct()
            .where(
                log.c.community == mine,
                log.c.seq > sa.bindparam("since"),
                log.c.seq <= sa.bindparam("upto"),
                log.c.device != sa.bindparam("device"),
            ),
            ["mine", "since", "upto", "device"],
        )
        self._prepare_places(dialect, mine)
        self._prepare_writing(dialect, mine)

    def _prepare_places(self, dialect: Dialect, mine: sa.BindParameter[int]) -> None:
        self.latest = Statement(
            dialect,
            sa.select(sa.func.max(record.c.seq)).where(*_at_place(mine)),
            ["mine", "at_stage", "at_place"],
        )
        self.rows = Statement(
            dialect,
            sa.select(record.c.seq, record.c.kind, record.c.body)
            .where(*_at_place(mine), record.c.seq < sa.bindparam("below"))
            .order_by(record.c.seq.desc()),
            ["mine", "at_stage", "at_place", "below"],
        )

    def _prepare_writing(self, dialect: Dialect, mine: sa.BindParameter[int]) -> None:
        self.advance = Statement(
            dialect,
            sa.update(community)
            .values(
                history=sa.bindparam("new_history"),
                seq=sa.bindparam("new_seq"),
                chain=sa.bindparam("new_chain"),
            )
            .where(community.c.community == mine),
            ["new_history", "new_seq", "new_chain", "mine"],
        )
        self.append = bulk_insert(dialect, log)
        self.create = bulk_insert(dialect, record)
        self.set_digests = bulk_insert(dialect, digest, ["community", "place"])
        moved: list[sa.Column[Any]] = [
            sa.Column("new_seq", sa.BigInteger),
            sa.Column("new_body", sa.LargeBinary),
            sa.Column("mine", sa.BigInteger),
            sa.Column("at_stage", sa.BigInteger),
            sa.Column("at_place", sa.LargeBinary),
            sa.Column("at_seq", sa.BigInteger),
        ]
        self.rewrite = Bulk(
            dialect,
            moved,
            sa.update(record)
            .values(seq=sa.bindparam("new_seq"), body=sa.bindparam("new_body"))
            .where(*_at_place(mine), record.c.seq == sa.bindparam("at_seq")),
            lambda rows: (
                sa.update(record)
                .values(seq=rows.c.new_seq, body=rows.c.new_body)
                .where(
                    record.c.community == rows.c.mine,
                    record.c.stage == rows.c.at_stage,
                    record.c.place == rows.c.at_place,
                    record.c.seq == rows.c.at_seq,
                )
            ),
        )


class SqlRecords:
    """One community's records within one transaction."""

    def __init__(self, connection: sa.Connection, number: int, statements: RecordStatements) -> None:
        self._connection = connection
        self._community = number
        self._sql = statements

    def head(self) -> Head:
        found = self._sql.head.run(self._connection, self._community).one()
        return Head._make(found)

    def chain_at(self, seq: int) -> bytes | None:
        if seq == 0:
            return b""
        found: bytes | None = self._sql.chain.run(self._connection, self._community, seq).scalar()
        return found

    def records(self, wanted: Collection[Id]) -> dict[Id, Stored]:
        found = self._sql.records.all(self._connection, wanted, self._community)
        return {one.id: one for one in map(Stored._make, found)}

    def known(self, changes: Collection[Id]) -> dict[Id, Known]:
        found = self._sql.known.all(self._connection, changes, self._community)
        return {change: Known(seq, hash_) for change, seq, hash_ in found}

    def histories(self, records: Collection[Id]) -> Iterator[tuple[Id, bytes]]:
        yield from self._sql.histories.all(self._connection, records, self._community)

    def held(self, changes: Collection[Id]) -> list[Held]:
        found = self._sql.held.all(self._connection, changes, self._community)
        return list(map(Held._make, found))

    def held_of(self, record: Id) -> list[Held]:
        return self._held_where(held.c.record == record)

    def undecided(self, most: int) -> list[Held]:
        return self._held_where(held.c.verdict.is_(None), most)

    def _held_where(self, condition: sa.ColumnElement[bool], most: int | None = None) -> list[Held]:
        query = sa.select(*_held_columns()).where(held.c.community == self._community, condition)
        query = query.order_by(held.c.received, held.c.number, held.c.id).limit(most)
        return [Held._make(row) for row in self._connection.execute(query)]

    def quarantined(self, most: int) -> list[Quarantined]:
        columns = [quarantined.c[name] for name in Quarantined._fields]
        query = sa.select(*columns).where(quarantined.c.community == self._community)
        query = query.order_by(quarantined.c.received.desc(), quarantined.c.hash).limit(most)
        return [Quarantined._make(row) for row in self._connection.execute(query)]

    def by_others(self, since: int, upto: int, device: Id) -> set[Id]:
        found = self._sql.by_others.plain(self._connection, self._community, since, upto, device)
        return {record for (record,) in found}

    def log(self, since: int, most: int) -> list[Logged]:
        columns = [log.c[name] for name in Logged._fields]
        query = sa.select(*columns).where(log.c.community == self._community, log.c.seq > since)
        found = self._connection.execute(query.order_by(log.c.seq).limit(most))
        return [Logged._make(row) for row in found]

    def sizes(self, places: Collection[Id]) -> dict[Id, tuple[int, int]]:
        query = (
            sa.select(record.c.place, sa.func.count(), sa.func.sum(sa.func.length(record.c.body)))
            .where(record.c.community == self._community, record.c.place.in_(list(places)))
            .group_by(record.c.place)
        )
        return {place: (count, int(size)) for place, count, size in self._connection.execute(query)}

    def verdicts(self, device: Id) -> list[Held]:
        query = sa.select(*_held_columns()).where(
            held.c.community == self._community,
            held.c.device == device,
            held.c.verdict.is_not(None),
            held.c.told == sa.false(),
        )
        return [Held._make(row) for row in self._connection.execute(query)]

    def digests(self, places: Collection[Id] | None = None) -> dict[Id, PlaceDigest]:
        if places is None:
            found = self._sql.digests.plain(self._connection, self._community)
        else:
            found = list(self._sql.digests_of.all(self._connection, places, self._community))
        return {place: PlaceDigest(place, count, total % _WRAP, seq) for place, count, total, seq in found}

    def latest(self, stage: int, place: Id) -> int:
        found = self._sql.latest.run(self._connection, self._community, stage, place).scalar()
        return int(found or 0)

    def rows(self, stage: int, place: Id, below: int | None = None) -> list[tuple[int, str, bytes]]:
        limit = _EVERYTHING if below is None else below
        return self._sql.rows.plain(self._connection, self._community, stage, place, limit)

    def newer(self, since: int, places: Collection[Id], most: int) -> list[tuple[int, Id, str, bytes]]:
        return self._sql.newer.once(self._connection, places, (self._community, since), most)

    def counts(self) -> dict[str, int]:
        found = {}
        for table in (record, log, held, quarantined):
            query = sa.select(sa.func.count()).where(table.c.community == self._community)
            if table is held:
                query = query.where(held.c.verdict.is_(None))
            found[table.name] = int(self._connection.execute(query).scalar_one())
        return found

    def advance(self, head: Head) -> None:
        self._sql.advance.run(self._connection, *head, self._community)

    def append(self, changes: Sequence[Logged]) -> None:
        self._sql.append.run(self._connection, [(self._community, *change) for change in changes])

    def create(self, records: Sequence[Stored]) -> None:
        self._sql.create.run(self._connection, [(self._community, *one) for one in records])

    def rewrite(self, records: Sequence[tuple[Position, int, bytes]]) -> None:
        rows = [(seq, body, self._community, old.stage, old.place, old.seq) for old, seq, body in records]
        self._sql.rewrite.run(self._connection, rows)

    def set_digests(self, digests: Sequence[PlaceDigest]) -> None:
        rows = [
            (self._community, one.place, one.count, one.total - _WRAP * (one.total >= _SIGN), one.seq)
            for one in digests
        ]
        self._sql.set_digests.run(self._connection, rows)

    def hold(self, changes: Sequence[Held]) -> None:
        self._put_new(held, changes)

    def quarantine(self, changes: Sequence[Quarantined]) -> None:
        self._put_new(quarantined, changes)

    def _put_new(self, table: sa.Table, rows: Sequence[Held] | Sequence[Quarantined]) -> None:
        if rows:
            new = insert_new(self._connection.dialect, table)
            self._connection.execute(new, [{"community": self._community, **one._asdict()} for one in rows])

    def decide(self, change: Id, hash_: bytes, verdict: str, now: int, note: str) -> None:
        self._connection.execute(
            sa.update(held)
            .values(verdict=verdict, decided=now, note=storable(note))
            .where(held.c.community == self._community, held.c.id == change, held.c.hash == hash_)
        )

    def empty_payloads(self, changes: Sequence[tuple[int, bytes]]) -> None:
        for seq, change in changes:
            self._connection.execute(
                sa.update(log)
                .values(change=change)
                .where(log.c.community == self._community, log.c.seq == seq)
            )

    def empty_held(self, changes: Sequence[tuple[Id, bytes, bytes]]) -> None:
        for identity, hash_, change in changes:
            self._connection.execute(
                sa.update(held)
                .values(change=change)
                .where(held.c.community == self._community, held.c.id == identity, held.c.hash == hash_)
            )

    def empty_quarantined(self, record: Id) -> None:
        self._connection.execute(
            sa.update(quarantined)
            .values(original=b"")
            .where(quarantined.c.community == self._community, quarantined.c.record == record)
        )

    def mark_told(self, device: Id, until: int) -> None:
        self._connection.execute(
            sa.update(held)
            .values(told=True)
            .where(held.c.community == self._community, held.c.device == device, held.c.decided <= until)
        )


def _at_place(mine: sa.BindParameter[Any]) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        record.c.community == mine,
        record.c.stage == sa.bindparam("at_stage"),
        record.c.place == sa.bindparam("at_place"),
    )


def _records(among: Among) -> sa.Select[Any]:
    columns = [record.c[name] for name in Stored._fields]
    found = sa.select(*columns).where(record.c.community == sa.bindparam("mine"), among(record.c.id))
    return found.with_hint(record, "INDEXED BY record_by_id", "sqlite")


def _known(among: Among) -> sa.Select[Any]:
    found = sa.select(log.c.id, log.c.seq, log.c.hash)
    found = found.where(log.c.community == sa.bindparam("mine"), among(log.c.id))
    return found.with_hint(log, "INDEXED BY log_by_id", "sqlite")


def _histories(among: Among) -> sa.Select[Any]:
    found = sa.select(log.c.record, log.c.change)
    found = found.where(log.c.community == sa.bindparam("mine"), among(log.c.record))
    return found.order_by(log.c.seq).with_hint(log, "INDEXED BY log_by_record", "sqlite")


def _held_columns() -> list[sa.Column[Any]]:
    return [held.c[name] for name in Held._fields]


def _held(among: Among) -> sa.Select[Any]:
    return sa.select(*_held_columns()).where(held.c.community == sa.bindparam("mine"), among(held.c.id))


def _digests(among: Among | None) -> sa.Select[Any]:
    found = sa.select(digest.c.place, digest.c["count"], digest.c.total, digest.c.seq)
    found = found.where(digest.c.community == sa.bindparam("mine"))
    return found if among is None else found.where(among(digest.c.place))


def _newer(among: Among) -> sa.Select[Any]:
    stages: list[sa.ColumnClause[Any]] = [sa.literal_column(str(stage)) for stage in STAGES]
    return (
        sa.select(record.c.seq, record.c.place, record.c.kind, record.c.body)
        .where(
            record.c.community == sa.bindparam("mine"),
            record.c.stage.in_(stages),
            record.c.seq > sa.bindparam("since"),
            among(record.c.place),
        )
        .order_by(record.c.seq)
        .limit(sa.bindparam("most", type_=sa.BigInteger))
    )
