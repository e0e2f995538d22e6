"""What the server notes of its own acts."""

import pytest
from msgspec.structs import replace

from gridclient.core.domain.declaration import Role
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.places import DESK
from gridclient.core.wire.messages import RefusedError
from sync_server.service import audit, staffing
from sync_server.service.speaking import SERVER
from tests.server.town import Laptop, Settled


def entries(laptop: Laptop) -> list[dict[str, object]]:
    """What the desk reads of the audit, in order, with its author."""
    found = [(row, place) for kind, place, row in laptop.everything().values() if kind == "audit_entry"]
    assert all(place == DESK for _, place in found)
    keys = list(KINDS["audit_entry"].fields)
    said = [{"author": row[1], **dict(zip(keys, row[5:], strict=False))} for row, _ in found]
    return [
        {key: value for key, value in one.items() if value is not None}
        for one in sorted(said, key=lambda one: str(one["at"]))
    ]


def test_who_is_let_in_and_shut_out_is_noted(settled: Settled) -> None:
    town = settled.town
    town.clock.now += 1000
    worker = staffing.add_worker(town.service, "拉毛", Role.WORKER, ["一网格", "2"])
    town.clock.now += 1000
    code = town.code(worker)
    town.clock.now += 1000
    asked = town.enrolment(code)
    town.service.enrol(asked)
    town.clock.now += 1000
    staffing.revoke(town.service, asked.device.hex())
    staffing.revoke(town.service, asked.device.hex())
    short = asked.device.hex()[:8]
    start = town.clock.now - 3000
    assert [one for one in entries(settled.supervisor) if one["record"] == worker] == [
        {"at": start, "action": "staff", "purpose": "网格员、一网格、2", "author": SERVER, "record": worker},
        {"at": start + 1000, "action": "code", "author": SERVER, "record": worker},
        {"at": start + 2000, "action": "enrol", "purpose": short, "author": SERVER, "record": worker},
        {"at": start + 3000, "action": "revoke", "purpose": short, "author": SERVER, "record": worker},
    ]


def test_a_long_purpose_is_cut_and_the_act_goes_on(settled: Settled) -> None:
    town = settled.town
    with town.service.writing() as transaction:
        audit.note(
            transaction.records, town.clock(), town.random.randbytes, "unseal", count=3, purpose="长" * 999
        )
    (one,) = [one for one in entries(settled.supervisor) if one["action"] == "unseal"]
    assert (one["count"], one["purpose"], one["author"]) == (3, "长" * 200, SERVER)


def test_what_was_refused_is_not_noted(settled: Settled) -> None:
    town = settled.town
    asked = town.enrolment(town.code(settled.worker.worker))
    before = entries(settled.supervisor)
    with pytest.raises(RefusedError):
        town.service.enrol(replace(asked, secret="0000" + asked.secret[4:]))
    assert entries(settled.supervisor) == before
