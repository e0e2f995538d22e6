"""What a server keeps of a record that was erased."""

import msgspec
import pytest

from gridclient.core.domain.declaration import Role
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change, content_hash
from gridclient.core.merge.compact import fingerprint, pack
from gridclient.core.merge.record import apply, fold
from gridclient.core.wire.messages import Answer
from sync_server.service.intake import row_of
from sync_server.store.rows import Held, Logged, Quarantined
from tests.server.raw import pages
from tests.server.test_accept_waiting import accept
from tests.server.town import Laptop, Settled, assert_digests

SECRETS = ("旦增秘密", "电话一三九", "备注里的话", "改名的人", "没收下的话", "等着的话", "为什么改")
_changes = msgspec.msgpack.Decoder(Change)


def erase(laptop: Laptop, record: Id, place: Id, *seen: Id, **removed: list[str]) -> Change:
    """The change that empties a resident."""
    fields: dict[str, object] = {"retired": "erased", "successor": None, "household": None, "name": None}
    fields |= {"remark": None}
    fields |= {key: [[], values] for key, values in removed.items()}
    return laptop.change("resident", fields, place=place, record=record, seen=seen, reason="本人要求")


def full(settled: Settled) -> tuple[Change, Change, Change]:
    """A resident with a history, something held and something put aside."""
    worker = settled.worker
    made = settled.resident(worker, settled.mine, SECRETS[0], phones=[[SECRETS[1]], []])
    changes = [made]
    for fields, seen in (({"remark": SECRETS[2]}, made.id), ({"name": SECRETS[3]}, made.id)):
        changes.append(
            worker.change(
                "resident", dict(fields), place=settled.mine, record=made.id, seen=(seen,), reason=SECRETS[6]
            )
        )
    assert {one.status for one in worker.push(*changes)} == {"accepted"}
    other = settled.town.join("拉毛")
    held = other.change("resident", {"remark": SECRETS[5]}, place=settled.mine, record=made.id)
    assert [one.status for one in other.push(held)] == ["held"]
    bad = worker.change("resident", {"name": "", "remark": SECRETS[4]}, place=settled.mine, record=made.id)
    assert [one.status for one in worker.push(bad)] == ["quarantined"]
    return changes[0], changes[1], changes[2]


def kept(settled: Settled, record: Id) -> tuple[list[Logged], list[Held], list[Quarantined]]:
    with settled.town.service.store.read() as snapshot:
        logged = [one for one in snapshot.records.log(0, 10_000) if one.record == record]
        return logged, snapshot.records.held_of(record), snapshot.records.quarantined(100)


def bytes_on_disk(settled: Settled) -> bytes:
    """The file once what is in the write-ahead log has been folded in."""
    folder = settled.town.folder
    settled.town.service.store.close()
    return pages(folder.database, folder.key.read_bytes())


def said(secret: str) -> bytes:
    return secret.encode()


def test_nothing_of_what_was_said_remains(settled: Settled) -> None:
    made, remark, name = full(settled)
    (answer,) = settled.supervisor.push(
        erase(settled.supervisor, made.id, settled.mine, made.id, remark.id, name.id, phones=[SECRETS[1]])
    )
    assert answer.status == "accepted"
    logged, held, quarantined = kept(settled, made.id)
    everything = b"".join(
        [one.change for one in logged] + [one.change for one in held] + [one.original for one in quarantined]
    )
    for secret in SECRETS:
        assert said(secret) not in everything
    assert len(logged) == 4
    assert quarantined[0].original == b""
    assert_digests(settled.supervisor)


def test_nothing_remains_in_the_file(settled: Settled) -> None:
    made, remark, name = full(settled)
    untouched = settled.resident(settled.worker, settled.mine, "别的人")
    settled.worker.push(untouched)
    before = bytes_on_disk(settled)
    assert all(said(secret) in before for secret in SECRETS)
    seen = (made.id, remark.id, name.id)
    settled.supervisor.push(erase(settled.supervisor, made.id, settled.mine, *seen, phones=[SECRETS[1]]))
    after = bytes_on_disk(settled)
    assert [secret for secret in SECRETS if said(secret) in after] == []
    assert said("别的人") in after


def test_hashes_and_the_chain_stay(settled: Settled) -> None:
    made, remark, name = full(settled)
    before, _, _ = kept(settled, made.id)
    settled.supervisor.push(
        erase(settled.supervisor, made.id, settled.mine, made.id, remark.id, name.id, phones=[SECRETS[1]])
    )
    after, _, _ = kept(settled, made.id)
    assert [one._replace(change=b"") for one in after[:3]] == [one._replace(change=b"") for one in before]
    head = settled.supervisor.hello().checkpoint
    assert after[-1].chain == head.chain
    # Pushed again, each is still itself.
    answers = settled.worker.push(made, remark, name)
    assert {one.status for one in answers} == {"duplicate"}
    assert settled.supervisor.hello().checkpoint == head


def test_the_emptied_changes_make_the_very_same_record(settled: Settled) -> None:
    made, remark, name = full(settled)
    before = fold([made, remark, name])
    assert before is not None
    change = erase(
        settled.supervisor, made.id, settled.mine, made.id, remark.id, name.id, phones=[SECRETS[1]]
    )
    settled.supervisor.push(change)
    expected = apply(before, change)
    logged, _, _ = kept(settled, made.id)
    folded = fold([_changes.decode(one.change) for one in logged])
    assert folded == expected
    row = settled.supervisor.everything()[made.id][2]
    assert row == msgspec.msgpack.decode(msgspec.msgpack.encode(pack(expected)))
    heads = pack(expected)[3]
    assert row[3] is None or isinstance(row[3], bytes)
    assert heads is None or isinstance(heads, bytes)
    assert fingerprint(made.id, row[3]) == fingerprint(made.id, heads)


def test_what_the_supervisor_had_not_seen_is_gone_as_well(settled: Settled) -> None:
    made, _, _ = full(settled)
    change = erase(settled.supervisor, made.id, settled.mine, made.id)
    (answer,) = settled.supervisor.push(change)
    assert answer.status == "accepted_conflict"
    row = settled.supervisor.everything()[made.id][2]
    seen = msgspec.msgpack.encode(row)
    assert [secret for secret in SECRETS if said(secret) in seen] == []
    logged, _, _ = kept(settled, made.id)
    folded = fold([_changes.decode(one.change) for one in logged])
    assert folded is not None
    assert row == msgspec.msgpack.decode(msgspec.msgpack.encode(row_of(folded)))
    assert_digests(settled.supervisor)


def test_what_comes_later_waits(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    made = settled.resident(worker, settled.mine, SECRETS[0])
    early = worker.change("resident", {"remark": SECRETS[2]}, place=settled.mine, record=made.id)
    late = worker.change("resident", {"remark": SECRETS[5]}, place=settled.mine, record=made.id)
    worker.push(made, early)
    change = erase(supervisor, made.id, settled.mine, made.id, early.id)
    edit = supervisor.change(
        "resident", {"name": "新名"}, place=settled.mine, record=made.id, seen=(change.id,)
    )
    answers = supervisor.push(change, edit)
    assert [(one.status, one.reason) for one in answers] == [("accepted", ""), ("held", "erased")]
    (answer,) = worker.push(late)
    assert (answer.status, answer.reason) == ("held", "erased")
    _, held, _ = kept(settled, made.id)
    assert all(one.verdict is None and content_hash(_changes.decode(one.change)) == one.hash for one in held)
    again = erase(supervisor, made.id, settled.mine, change.id)
    assert [one.status for one in supervisor.push(again)] == ["accepted"]


def test_within_one_push_only_what_came_before_is_emptied(settled: Settled) -> None:
    supervisor = settled.supervisor
    made = settled.resident(supervisor, settled.mine, SECRETS[0], phones=[[SECRETS[1]], []])
    bad = supervisor.change(
        "resident", {"name": "", "remark": SECRETS[4]}, place=settled.mine, record=made.id
    )
    change = erase(supervisor, made.id, settled.mine, made.id, phones=[SECRETS[1]])
    answers = supervisor.push(made, bad, change)
    assert [one.status for one in answers] == ["accepted", "quarantined", "accepted"]
    after = bytes_on_disk(settled)
    assert [secret for secret in SECRETS if said(secret) in after] == []


def test_what_cannot_be_taken_later_is_not_kept(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    made = settled.resident(worker, settled.mine, SECRETS[0])
    worker.push(made)
    assert [one.status for one in supervisor.push(erase(supervisor, made.id, settled.mine, made.id))] == [
        "accepted"
    ]
    malformed: dict[str, object] = {"name": "", "remark": SECRETS[4]}
    bad = worker.change("resident", malformed, place=settled.mine, record=made.id)
    elsewhere = worker.change("resident", {"remark": SECRETS[2]}, place=settled.other, record=made.id)
    assert {one.status for one in worker.push(bad, elsewhere)} == {"quarantined"}
    copies = [msgspec.structs.replace(one, id=settled.town.new_id()) for one in (elsewhere, bad)]
    assert [one.reason for one in worker.api.recover(copies).answers] == ["erased", "malformed"]
    _, _, quarantined = kept(settled, made.id)
    assert [one.original for one in quarantined if one.record == made.id] == [b""] * 3


def test_what_waited_is_declined_with_a_word(settled: Settled) -> None:
    worker = settled.worker
    made = settled.resident(worker, settled.mine, SECRETS[0])
    worker.push(made)
    other = settled.town.join("拉毛")
    waits = other.change("resident", {"remark": SECRETS[5]}, place=settled.mine, record=made.id)
    other.push(waits)
    settled.supervisor.push(erase(settled.supervisor, made.id, settled.mine, made.id))
    _, (held,), _ = kept(settled, made.id)
    assert held.verdict == "declined"
    assert [(one.change, one.reason) for one in other.hello().verdicts] == [(waits.id, "declined")]
    assert [(one.status, one.reason) for one in other.push(waits)] == [("held", "declined")]
    assert [(one.status, one.reason) for one in accept(settled, held)] == [("quarantined", "erased")]


def test_an_erasing_that_was_held_erases_once_it_is_accepted(settled: Settled) -> None:
    office = settled.town.join("卓玛", Role.OFFICE)
    made = settled.resident(settled.worker, settled.mine, SECRETS[0], phones=[[SECRETS[1]], []])
    settled.worker.push(made)
    change = erase(office, made.id, settled.mine, made.id, phones=[SECRETS[1]])
    assert [(one.status, one.reason) for one in office.push(change)] == [("held", "role")]
    assert any(said(SECRETS[0]) in one.change for one in kept(settled, made.id)[0])
    _, (held,), _ = kept(settled, made.id)
    (answer,) = accept(settled, held)
    assert answer == Answer(change.id, "accepted", answer.seq)
    logged, (held,), _ = kept(settled, made.id)
    assert held.verdict is None  # its decision is written down by whoever decides
    left = b"".join([*(one.change for one in logged), held.change])
    assert [secret for secret in SECRETS if said(secret) in left] == []
    assert [one.status for one in accept(settled, held)] == ["duplicate"]
    assert_digests(settled.supervisor)


@pytest.mark.parametrize("kind", ["resident", "a kind of tomorrow"])
def test_a_field_of_tomorrow_is_emptied_as_well(settled: Settled, kind: str) -> None:
    supervisor = settled.supervisor
    fields: dict[str, object] = {"tomorrow": SECRETS[0]}
    if kind == "resident":
        fields |= {"household": b"h" * 16, "name": SECRETS[3]}
    made = supervisor.change(kind, fields, place=settled.mine)
    supervisor.push(made)
    change = supervisor.change(
        kind, {"retired": "erased", "successor": None}, place=settled.mine, record=made.id, seen=(made.id,)
    )
    assert supervisor.push(change)[0].status.startswith("accepted")
    after = bytes_on_disk(settled)
    assert [secret for secret in SECRETS if said(secret) in after] == []
