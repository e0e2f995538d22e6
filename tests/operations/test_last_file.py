"""What a laptop that is shut out keeps of others, or of itself from before, goes into its last file too."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire import codec, sealing
from gridclient.core.wire.pack import OWN_CHANGES, file_id, receipt
from gridclient.ledger import departure, only_here, opened
from gridclient.ledger.departure import Departure
from gridclient.ledger.opened import Carried
from gridclient.operations.carry_packs import open_brought
from gridclient.operations.leave import go_on, leave
from gridclient.sync.http import HttpSyncApi
from sync_server.service.unsealing import unseal
from tests.operations.shut_out import Story, after, cut_off
from tests.server.packing import signing
from tests.server.safe import recovery_key


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    made = Story(tmp_path)
    yield made
    made.close()


class Others(NamedTuple):
    """What a laptop keeps of others, or of itself from before, and where each part is."""

    copied: Id
    carried: Id
    boxed: Id


def keep_others(story: Story) -> Others:
    """A version a server has lost, a colleague's pack on its way, own changes of a place lost."""
    settled = story.world.settled
    colleague = signing(story.world.town, settled.worker)
    copied, carried, boxed = (settled.visit(colleague.laptop, story.mine) for _ in range(3))
    data = colleague.file(carried)
    box = sealing.seal(
        codec.encode([msgspec.Raw(msgspec.msgpack.encode(boxed))]),
        [colleague.enrolled.recovery_key],
        OWN_CHANGES,
    )
    copy = msgspec.structs.replace(copied, id=ids.named("recovered", copied.id.hex()), seen=())
    device, worker = colleague.laptop.device, colleague.laptop.worker
    with story.ledger.writing() as connection:
        only_here.keep(connection, [(copied.id, copy)], 7)
        opened.keep(connection, Carried(file_id(data), device, worker, 7, 1, data, None), [], 7)
        connection.exec_driver_sql(
            "INSERT INTO sealed (place, at, changes, body) VALUES (?, 7, 1, ?)", (story.mine, box)
        )
    return Others(copied.record, carried.record, boxed.record)


def test_what_it_keeps_of_others_goes_along(story: Story) -> None:
    others = keep_others(story)
    story.revoke()
    left = leave(story.ledger, story.grant())
    assert left is not None
    assert (left.changes, left.others) == (2, 3)
    assert "另外留着的 3 份封好交给了新华社区" in left.words
    service = story.world.town.service
    (file,) = story.handed()
    done = unseal(service, file.sealed, recovery_key(story.world.town))
    assert (done.counts, done.unusable) == ({"held": 3}, 0)
    assert [(one.sort, one.counts) for one in done.inside] == [
        ("pack", {"accepted": 1}),
        ("own_changes", {"held": 1}),
    ]
    with service.store.read() as snapshot:
        waiting = [msgspec.msgpack.decode(one.change, type=Change) for one in snapshot.records.undecided(9)]
        taken = snapshot.records.records([others.carried])
    assert {one.record for one in waiting} >= {others.copied, others.boxed}
    assert others.carried in taken


def old(real: bytes) -> bytes:
    return msgspec.msgpack.encode(None)


def forged(real: bytes) -> bytes:
    return msgspec.msgpack.encode(bytes(64))


def for_another_file(real: bytes) -> bytes:
    seed = bytes(range(32))
    return msgspec.msgpack.encode(receipt(b"d" * 16, bytes(32), seed))


@pytest.mark.parametrize("instead", [old, forged, for_another_file])
def test_without_the_servers_signature_nothing_is_destroyed(
    story: Story, monkeypatch: pytest.MonkeyPatch, instead: Callable[[bytes], bytes]
) -> None:
    """As an older server answers, or somebody else in its place; the server's own receipt ends it."""
    story.revoke()
    grant, real = story.grant(), HttpSyncApi.hand_in

    def hand_in(api: HttpSyncApi, sealed: bytes, grant: str) -> msgspec.Raw:
        return msgspec.Raw(instead(bytes(real(api, sealed, grant))))

    with monkeypatch.context() as patched:
        patched.setattr(HttpSyncApi, "hand_in", hand_in)
        with pytest.raises(KnownError) as said:
            leave(story.ledger, grant)
    assert said.value.code == "no_receipt"
    story.reopen()
    assert story.ledger.unsent().pending == 2
    assert go_on(story.ledger) is not None
    assert not story.folder.exists()
    assert story.ids_handed() == story.unsent


def test_what_an_older_program_believed_is_asked_for_again(story: Story) -> None:
    story.revoke()
    grant = story.grant()
    with story.ledger.writing() as connection:
        departure.put(connection, Departure(grant, offered=True, handed=True))
    assert go_on(story.ledger) is not None
    assert story.ids_handed() == story.unsent


def test_what_came_of_others_after_the_file_was_handed_in_keeps_all(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.revoke()
    cut_off(story, story.grant(), monkeypatch, HttpSyncApi, "hand_in", after)
    keep_others(story)
    with pytest.raises(KnownError) as said:
        go_on(story.ledger)
    assert said.value.code == "later_files"
    assert story.ledger.unsent().pending == 2
    with pytest.raises(KnownError) as said:
        open_brought(story.ledger, b"")
    assert said.value.code == "shut_out"
