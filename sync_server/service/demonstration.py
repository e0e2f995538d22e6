"""Filling a new server with the demonstration community, each record in the name of who made it."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

import msgspec

from gridclient.core.demonstration import community
from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.geography import COMMUNITY_ID
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Change, Draft
from gridclient.core.merge.compact import unpack
from sync_server.service.intake import Intake
from sync_server.service.rights import Standing
from sync_server.service.service import Service
from sync_server.service.speaking import SERVER
from sync_server.store.contract import RecordReader, Transaction
from sync_server.store.rows import STAGES

TOGETHER = 4000  # drafts in one transaction: memory stays flat at any scale
_REGISTERS = ("grid", "compound", "building")

_encoder = msgspec.msgpack.Encoder()
_rows = msgspec.msgpack.Decoder(list[object])


class Told(NamedTuple):
    """What was written: how many records of each kind, and who can be enrolled at the desk."""

    records: Counter[str]
    supervisor: str
    office: str


def fill(service: Service, scale: float, seed: int) -> Told:
    """Write the demonstration into a server that holds no registers yet. Its workers may stay as they are.

    Raises:
        KnownError: the server holds registers already; nothing was written.
        ValueError: the scale lies outside its bounds.
    """
    drafts = community(seed, scale, service.clock())
    records: Counter[str] = Counter()
    desk: dict[object, str] = {}
    with service.writing() as transaction:
        _refuse_registers(service, transaction)
        some = list(islice(drafts, TOGETHER))
        _write(service, transaction, some)
    while some:
        records.update(draft.kind for draft in some)
        for draft in some:
            if draft.kind == "worker":
                desk.setdefault(draft.fields["role"], str(draft.fields["name"]))
        some = list(islice(drafts, TOGETHER))
        with service.writing() as transaction:
            _write(service, transaction, some)
    service.store.settle()
    return Told(records, desk[Role.SUPERVISOR.value], desk[Role.OFFICE.value])


def _refuse_registers(service: Service, transaction: Transaction) -> None:
    commons = service.commons(transaction.records)
    if not any(map(commons.kinds.get, _REGISTERS)) and not _has_work(transaction.records):
        return
    raise KnownError(
        "registers_exist",
        "这个服务器里已经有台账，没有动它。示例只能放进刚建好的服务器。",
        "This server holds registers already; it was left alone. The demonstration needs a new server.",
    )


def _has_work(records: RecordReader) -> bool:
    """Whether anything lies outside the commons but what the server noted of its own acts."""
    at_desk = [kind for stage in STAGES for _, kind, _ in records.rows(stage, DESK)]
    return bool(set(records.digests()) - {COMMONS, DESK}) or bool(set(at_desk) - {"audit_entry"})


def _write(service: Service, transaction: Transaction, drafts: Sequence[Draft]) -> None:
    """Take drafts in as what their authors pushed, one push for each author."""
    seen = _heads(transaction.records, {draft.record for draft in drafts if draft.place == COMMONS})
    pushes: dict[Id, list[Draft]] = {}
    for draft in drafts:
        assert draft.author is not None
        pushes.setdefault(draft.author, []).append(draft)
    now = service.clock()
    for author, pushed in pushes.items():
        number = transaction.records.head().seq
        places = tuple({draft.place: None for draft in pushed})
        changes = [
            _change(service, draft, number + turn, author, seen.get(draft.record))
            for turn, draft in enumerate(pushed, 1)
        ]
        # The desk brought the registers in, whoever is named as the author of a record.
        standing = Standing(SERVER, author, Role.SUPERVISOR, places, frozenset(places))
        answers = Intake(transaction.records, standing, now).take([_encoder.encode(one) for one in changes])
        refused = [answer for answer in answers if answer.status != "accepted"]
        if refused:
            raise AssertionError(f"the demonstration is not well told: {refused[0]}")


def _heads(records: RecordReader, wanted: set[Id]) -> dict[Id, tuple[Id, ...]]:
    """The heads of those records that are here already, such as the community's own."""
    found = {}
    for stored in records.records(wanted).values():
        heads = unpack(stored.kind, stored.place, _rows.decode(stored.body)).heads.values()
        found[stored.id] = tuple(sorted({head.change for group in heads for head in group}))
    return found


def _change(service: Service, draft: Draft, number: int, author: Id, seen: tuple[Id, ...] | None) -> Change:
    """A record's creation, or where there is one already a change by somebody who saw it."""
    fields = dict(draft.fields)
    if seen is not None and draft.record == COMMUNITY_ID:
        fields.pop("title", None)  # whoever founded the server has named it
    identity = draft.record if seen is None else ids.timed(service.clock(), service.randomness(10))
    assert draft.at is not None
    return Change(
        id=identity,
        device=SERVER,
        number=number,
        author=author,
        at=draft.at,
        kind=draft.kind,
        record=draft.record,
        place=draft.place,
        fields=fields,
        seen=seen or (),
    )
