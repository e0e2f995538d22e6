"""Saving: the change, its outbox entry and the visible row, in one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import RETIRED_GROUP, Kind, Merge
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change, Draft
from gridclient.core.merge.compact import pack
from gridclient.core.merge.record import Heads, Record, apply, empty, seen_by, shown
from gridclient.core.merge.shape import shape_of
from gridclient.core.wire.validation import fault
from gridclient.ledger import acts, records
from gridclient.ledger.identity import Identity

UNDONE = "undone"


class BadInputError(KnownError):
    """A draft that cannot be saved; nothing of its transaction was."""

    def __init__(self, words: str) -> None:
        super().__init__("bad_input", words, f"Not saved: {words}")


@dataclass
class Touched:
    """What a transaction changed: screens refresh from this, not from who did it."""

    kinds: set[str] = field(default_factory=set)
    records: set[Id] = field(default_factory=set)
    changes: list[Id] = field(default_factory=list)

    def add(self, kind: str, record: Id) -> None:
        self.kinds.add(kind)
        self.records.add(record)


class Writer:
    """Turns drafts into changes within one transaction of one ledger."""

    def __init__(
        self,
        connection: Connection,
        identity: Identity,
        clock: Callable[[], int],
        randomness: Callable[[int], bytes],
    ) -> None:
        self._connection = connection
        self._identity = identity
        self._clock = clock
        self._randomness = randomness
        self._number = acts.newest(connection)
        self._begun = False
        self.touched = Touched()

    def write_all(self, drafts: Iterable[Draft], batch: Id | None = None, reason: str | None = None) -> None:
        """Save drafts in order; runs of creations go in bulk. Raises BadInputError."""
        new: list[Draft] = []
        for draft in drafts:
            if draft.new and draft.kind in KINDS:
                new.append(draft)
                continue
            self._create(new, batch, reason)
            new = []
            self.write(draft, batch, reason)
        self._create(new, batch, reason)

    def _create(self, drafts: list[Draft], batch: Id | None, reason: str | None) -> None:
        by_kind: dict[str, dict[Id, Draft]] = {}
        for draft in drafts:
            by_kind.setdefault(draft.kind, {}).setdefault(draft.record, draft)
        fresh: list[Change] = []
        for kind, wanted in by_kind.items():
            there = records.load_many(self._connection, kind, list(wanted))
            made = [
                self._judged(self._change(draft, None, [], batch, reason))
                for identity, draft in wanted.items()
                if identity not in there
            ]
            rows = [(change.place, *pack(apply(empty(change), change))) for change in made]
            if rows:
                records.store_rows(self._connection, kind, rows)
            fresh += made
            for identity in there:
                self._make_again(wanted[identity], batch, reason)
        if fresh:
            self._note(fresh)

    def _make_again(self, draft: Draft, batch: Id | None, reason: str | None) -> None:
        """A record whose making was taken back lives again when it is made again; any other is left alone."""
        before = records.load(self._connection, draft.kind, draft.record)
        heads = before.heads.get(RETIRED_GROUP, ()) if before else ()
        if heads and heads[0].value[0] == UNDONE:
            fields = {**draft.fields, Kind.retired.key: None, Kind.successor.key: None}
            self.write(draft._replace(new=False, fields=fields), batch, reason)

    def write(self, draft: Draft, batch: Id | None = None, reason: str | None = None) -> Change | None:
        """Save one draft. None where the record to be created is there already.

        Raises:
            BadInputError: the draft is not well made.
        """
        known = KINDS.get(draft.kind)
        if known is None:
            raise BadInputError(f"没有“{draft.kind}”这种记录")
        before = records.load(self._connection, draft.kind, draft.record)
        if draft.new and before is not None:
            return None
        laid = records.laid_changes(self._connection, draft.record) if before is not None else []
        change = self._judged(self._change(draft, before, laid, batch, reason))
        if before is not None and before.place != draft.place:
            raise BadInputError(f"{known.zh}不能换归属地，要按搬家来记")
        self._save(change, before, laid)
        if before is not None:
            self._keep_inverse(change, before)
        return change

    def _keep_inverse(self, change: Change, before: Record) -> None:
        fields = inverse_fields(before, change)
        self._connection.exec_driver_sql(
            "INSERT INTO inverse (change, fields) VALUES (?, ?)", (change.id, msgspec.msgpack.encode(fields))
        )

    def _change(
        self, draft: Draft, before: Record | None, laid: list[Change], batch: Id | None, reason: str | None
    ) -> Change:
        now = self._clock()
        self._number += 1
        seen = draft.seen
        if seen is None:
            shape = shape_of(draft.kind)
            groups = {shape.group_of(key) for key in draft.fields}
            seen = seen_by(before, groups) if before else ()
        creates = draft.new or before is None
        return Change(
            id=draft.record if creates else ids.timed(now, self._randomness(10)),
            device=self._identity.device,
            number=self._number,
            author=draft.author or self._identity.worker,
            at=now if draft.at is None else draft.at,
            kind=draft.kind,
            record=draft.record,
            place=draft.place,
            fields=draft.fields,
            seen=_with_what_own_changes_saw(seen, laid),
            batch=batch,
            reason=reason,
        )

    def _save(self, change: Change, before: Record | None, laid: list[Change]) -> None:
        if before is not None and not laid:
            records.save_base(self._connection, change.kind, change.record)
        after = apply(before or empty(change), change)
        own = frozenset([change.id, *(one.id for one in laid)])
        records.store(self._connection, after, own)
        self._note([change])

    def _judged(self, change: Change) -> Change:
        wrong = fault(change)
        if wrong is not None:
            raise BadInputError(wrong)
        return change

    def _note(self, changes: list[Change]) -> None:
        """Put changes into the outbox, laid over the server's heads."""
        if not self._begun:
            self._begun = True
            acts.begin(self._connection, changes[0].number, changes[0].batch)
        self._connection.exec_driver_sql(
            "INSERT INTO change (number, id, kind, record, place, batch, at, state, laid, seq, words, body)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, 'pending', 1, 0, NULL, ?)",
            [
                (
                    change.number,
                    change.id,
                    change.kind,
                    change.record,
                    change.place,
                    change.batch,
                    change.at,
                    msgspec.msgpack.encode(change),
                )
                for change in changes
            ],
        )
        for change in changes:
            self.touched.add(change.kind, change.record)
            self.touched.changes.append(change.id)


def inverse_fields(before: Record, change: Change) -> dict[str, object]:
    """Fields that take a change back: what its groups showed before, its set edits turned round."""
    shape = shape_of(change.kind)
    fields: dict[str, object] = {}
    for group in {shape.group_of(key) for key in change.fields}:
        if shape.merge(group) is Merge.SET:
            fields[group] = _inverse_edit(before.heads.get(group, ()), change.fields[group])
            continue
        heads = before.heads.get(group, ())
        keys = shape.keys(group)
        value = shown(shape, group, heads) if heads else (None,) * len(keys)
        fields.update(zip(keys, value, strict=True))
    return fields


def _inverse_edit(heads: Heads, edit: object) -> list[list[object]]:
    """What takes a set edit back: only what it really added and really took away."""
    there = {element for head in heads for element in head.value}
    added, removed = edit if isinstance(edit, list | tuple) and len(edit) == 2 else ([], [])
    return [
        [element for element in removed if element in there],
        [element for element in added if element not in there],
    ]


def _with_what_own_changes_saw(seen: tuple[Id, ...], laid: list[Change]) -> tuple[Id, ...]:
    """An own change may never be accepted; whoever saw it has also seen what it had seen."""
    known = set(seen)
    for change in reversed(laid):
        if change.id in known:
            known.update(change.seen)
    return tuple(sorted(known))
