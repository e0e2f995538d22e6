"""Devices and codes in SQL. Asked a few times a request at most, so Core runs it directly."""

import sqlalchemy as sa

from gridclient.core.domain.ids import Id
from sync_server.store.rows import Community, Device, Handed, OneTimeCode
from sync_server.store.statements import insert_new, put, storable
from sync_server.store.tables import code, community, device, handed, unpacked

_DEVICE = [device.c[name] for name in Device._fields]
_CODE = [code.c[name] for name in OneTimeCode._fields]
_COMMUNITY = [community.c[name] for name in Community._fields]


class SqlAccounts:
    """One community's accounts within one transaction."""

    def __init__(self, connection: sa.Connection, number: int) -> None:
        self._connection = connection
        self._community = number

    def community(self) -> Community | None:
        query = sa.select(*_COMMUNITY).where(community.c.community == self._community)
        found = self._connection.execute(query).first()
        return Community._make(found) if found else None

    def device(self, identity: Id) -> Device | None:
        return self._one_device(device.c.id == identity)

    def device_of(self, token_hash: bytes) -> Device | None:
        return self._one_device(device.c.token_hash == token_hash)

    def devices(self) -> list[Device]:
        query = sa.select(*_DEVICE).where(device.c.community == self._community).order_by(device.c.enrolled)
        return [Device._make(row) for row in self._connection.execute(query)]

    def code(self, selector: str) -> OneTimeCode | None:
        if selector != storable(selector):
            return None
        query = sa.select(*_CODE).where(code.c.community == self._community, code.c.selector == selector)
        found = self._connection.execute(query).first()
        return OneTimeCode._make(found) if found else None

    def codes_of(self, worker: Id) -> list[OneTimeCode]:
        query = sa.select(*_CODE).where(code.c.community == self._community, code.c.worker == worker)
        return [OneTimeCode._make(row) for row in self._connection.execute(query)]

    def handed(self) -> list[Handed]:
        columns = [handed.c[name] for name in Handed._fields]
        query = sa.select(*columns).where(handed.c.community == self._community)
        found = self._connection.execute(query.order_by(handed.c.received, handed.c.hash))
        return [Handed._make(row) for row in found]

    def unpacked(self, file_hash: bytes) -> bool:
        query = sa.select(unpacked.c.device).where(
            unpacked.c.community == self._community, unpacked.c.hash == file_hash
        )
        return self._connection.execute(query).first() is not None

    def found(self, founded: Community, history: Id) -> None:
        row = {**founded._asdict(), "community": self._community, "history": history, "seq": 0, "chain": b""}
        self._connection.execute(sa.insert(community).values(row))

    def put_device(self, one: Device) -> None:
        one = one._replace(label=storable(one.label), program=storable(one.program))
        row = {"community": self._community, **one._asdict()}
        self._connection.execute(put(self._connection.dialect, device, ["community", "id"]), row)

    def set_number(self, identity: Id, number: int) -> None:
        self._connection.execute(
            sa.update(device)
            .values(number=number)
            .where(device.c.community == self._community, device.c.id == identity)
        )

    def put_code(self, one: OneTimeCode) -> None:
        row = {"community": self._community, **one._asdict()}
        self._connection.execute(put(self._connection.dialect, code, ["community", "selector"]), row)

    def hand_in(self, one: Handed) -> None:
        row = {"community": self._community, **one._asdict()}
        self._connection.execute(insert_new(self._connection.dialect, handed), row)

    def note_unpacked(self, file_hash: bytes, device: Id, now: int) -> None:
        row = {"community": self._community, "hash": file_hash, "device": device, "received": now}
        self._connection.execute(insert_new(self._connection.dialect, unpacked), row)

    def _one_device(self, condition: sa.ColumnElement[bool]) -> Device | None:
        query = sa.select(*_DEVICE).where(device.c.community == self._community, condition)
        found = self._connection.execute(query).first()
        return Device._make(found) if found else None
