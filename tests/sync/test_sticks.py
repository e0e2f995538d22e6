"""The road without a network: out on a stick, answers back on it, and how it meets the other road."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from gridclient.core.domain import lease
from gridclient.core.domain.errors import KnownError
from gridclient.core.wire import pack
from gridclient.core.wire.pack import close_answers, open_pack, verify_key
from gridclient.core.wire.sealing import public_of
from gridclient.ledger import sticks
from gridclient.operations import pack_changes as packing
from gridclient.operations import unpack_file
from gridclient.operations.pack_changes import Packed, pack_changes
from gridclient.operations.unpack_file import Answered, read, take_answers
from sync_server.service.intake import Intake
from sync_server.service.rights import shut
from sync_server.service.unpacking import unpack
from sync_server.store.rows import Community
from tests.server.safe import recovery_key
from tests.server.town import START
from tests.sync.sticks import Holder
from tests.sync.world import World


class Story:
    """A world with one laptop that has no network."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.world = World(path, seed=5)
        self.holder = Holder(self.world, self.world.settled.worker, "far")
        self.mine, self.other = self.world.settled.mine, self.world.settled.other

    def pack(self, name: str = "带去.mqp") -> Path:
        pack_changes(self.holder.ledger, self.path / name)
        return self.path / name

    def answered(self, file: Path) -> bytes:
        return unpack(self.world.town.service, file.read_bytes()).answers

    def take(self, answers: bytes) -> Answered:
        return take_answers(self.holder.ledger, answers)

    def community(self) -> Community:
        with self.world.town.service.store.read() as snapshot:
            found = snapshot.accounts.community()
        assert found is not None
        return found

    def on_stick(self) -> sticks.OnStick:
        with self.holder.ledger.reading() as connection:
            return sticks.on_stick(connection)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    made = Story(tmp_path)
    yield made
    made.holder.ledger.close()
    made.world.close()


def refused(story: Story, data: bytes) -> str:
    """Why a file is not used; nothing may change."""
    before = story.holder.states()
    with pytest.raises(KnownError) as said:
        story.take(data)
    assert story.holder.states() == before
    return said.value.code


def test_what_is_packed_waits_on_and_is_known_to_be_on_a_stick(story: Story) -> None:
    made = [story.holder.visit(story.mine) for _ in range(3)]
    assert story.on_stick() == (0, 0)
    done = pack_changes(story.holder.ledger, story.path / "a")
    assert done == Packed(3, START)
    assert story.on_stick() == (3, START)
    assert story.holder.ledger.unsent().pending == 3
    community = story.community()
    said = open_pack((story.path / "a").read_bytes(), community.seal_key, verify_key(community.sign_key))
    assert [msgspec.msgpack.decode(one)[0] for one in said.changes] == made
    assert (said.community, said.reason) == ("新华社区", "stick")
    assert sorted(path.name for path in story.path.glob("a*")) == ["a"], "nothing half written is left"


def test_the_safe_opens_a_pack_too(story: Story) -> None:
    story.holder.visit(story.mine)
    private = recovery_key(story.world.town)
    server_key = verify_key(story.community().sign_key)
    assert len(open_pack(story.pack().read_bytes(), private, server_key).changes) == 1


def test_with_nothing_to_send_no_file_is_made(story: Story) -> None:
    assert pack_changes(story.holder.ledger, story.path / "a").changes == 0
    assert not (story.path / "a").exists()


def test_a_file_that_is_there_stays(story: Story) -> None:
    story.holder.visit(story.mine)
    (story.path / "a").write_text("mine", "utf-8")
    with pytest.raises(KnownError):
        pack_changes(story.holder.ledger, story.path / "a")
    assert (story.path / "a").read_text("utf-8") == "mine"
    assert story.on_stick().changes == 0
    pack_changes(story.holder.ledger, story.path / "a", overwrite=True)
    assert len(story.answered(story.path / "a")) > 0


def test_what_fits_no_file_is_said(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.holder.visit(story.mine)
    monkeypatch.setattr(packing, "LARGEST_PACK", (1 << 20) + 10)
    with pytest.raises(KnownError) as said:
        story.pack()
    assert said.value.code == "too_much"


def test_answers_settle_like_those_of_the_network(story: Story) -> None:
    good, far = story.holder.visit(story.mine), story.holder.visit(story.other)
    taken = story.take(story.answered(story.pack()))
    assert (taken.answers, taken.new) == (2, {"accepted": 1, "held": 1})
    assert taken.touched.records == {good, far}
    assert story.holder.states() == {good: "done", far: "held"}
    assert story.holder.words_of(far) == "这条不在你负责的楼里，先留在服务器上，等书记定。"
    assert story.on_stick() == (0, 0)
    report = story.holder.sync()
    assert (report.complete, report.pushed) == (True, 0)


def test_the_lease_lasts_on_by_stick(story: Story) -> None:
    day = 24 * 3600 * 1000
    story.holder.sync()
    story.world.town.clock.now += 29 * day
    story.holder.visit(story.mine)
    answers = story.answered(story.pack())
    story.world.town.clock.now += 5 * day
    assert story.holder.ledger.lease().standing is lease.Standing.VISITS_ONLY
    story.take(answers)
    assert story.holder.ledger.position().contacted == START + 29 * day
    assert story.holder.ledger.lease() == lease.Lease(lease.Standing.GOOD, 5, 25)
    story.holder.sync()
    story.take(answers)
    assert story.holder.ledger.position().contacted == START + 34 * day, "an old file shortens nothing"


def test_an_older_answer_takes_nothing_back(story: Story) -> None:
    """The stick came home late: since then the line was there, and the supervisor has decided."""
    done, waits = story.holder.visit(story.mine), story.holder.visit(story.other)
    late = story.answered(story.pack())
    story.holder.sync()
    with story.holder.ledger.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE change SET state = 'held', words = '书记说不收。' WHERE id = ?", (waits,)
        )
    taken = story.take(late)
    assert taken.new == {}
    assert story.holder.states() == {done: "done", waits: "held"}
    assert story.holder.words_of(waits) == "书记说不收。"


def test_an_acceptance_heard_on_a_stick_counts_for_what_was_held(story: Story) -> None:
    waits = story.holder.visit(story.other)
    file = story.pack()
    story.take(story.answered(file))
    with story.world.town.service.writing() as transaction:
        held = transaction.records.held([waits])[0]
        laptop = story.holder.signing.laptop
        Intake(transaction.records, shut(laptop.device, laptop.worker), START).accept_waiting(held)
    assert story.take(story.answered(file)).new == {"duplicate": 1}
    assert story.holder.states() == {waits: "done"}


def test_packing_again_and_again_is_harmless(story: Story) -> None:
    story.holder.visit(story.mine)
    first = story.pack("one")
    second = story.holder.visit(story.mine)
    both = story.pack("two")
    assert story.take(story.answered(both)).new == {"accepted": 2}
    assert story.take(story.answered(first)).new == {}
    assert second in story.holder.states()
    assert story.take(story.answered(both)).new == {}
    assert pack_changes(story.holder.ledger, story.path / "three").changes == 0


@pytest.mark.parametrize("first", ["line", "stick"])
def test_both_roads_meet(story: Story, first: str) -> None:
    story.holder.resident(story.mine, "李萍")
    file = story.pack()
    if first == "line":
        assert story.holder.sync().accepted == 1
        story.take(story.answered(file))
    else:
        story.answered(file)
        assert story.holder.sync().duplicates == 1
    assert set(story.holder.states().values()) == {"done"}
    again = story.holder.sync()
    assert (again.complete, again.healed) == (True, 0)


def test_answers_for_another_laptop_change_nothing(story: Story) -> None:
    neighbour = Holder(story.world, story.world.settled.worker, "neighbour")
    neighbour.visit(story.mine)
    pack_changes(neighbour.ledger, story.path / "theirs")
    story.holder.visit(story.mine)
    assert refused(story, story.answered(story.path / "theirs")) == "foreign"
    neighbour.ledger.close()


def test_answers_the_server_did_not_sign_change_nothing(story: Story) -> None:
    change = story.holder.visit(story.mine)
    told = story.holder.signing.answers(story.answered(story.pack()))
    box = public_of(pack.box_key(story.holder.signing.seed))
    assert refused(story, close_answers(told, b"\x07" * 32, box)) == "unsigned"
    other = msgspec.structs.replace(told, device=story.world.new_id())
    assert refused(story, close_answers(other, story.community().sign_key, box)) == "foreign"
    assert story.holder.states() == {change: "pending"}


def test_answers_of_a_server_that_was_restored_since_change_nothing(story: Story) -> None:
    story.holder.sync()
    story.holder.visit(story.mine)
    told = story.holder.signing.answers(story.answered(story.pack()))
    box = public_of(pack.box_key(story.holder.signing.seed))
    earlier = msgspec.structs.replace(told, history=b"h" * 16)
    assert refused(story, close_answers(earlier, story.community().sign_key, box)) == "other_history"


def test_what_is_no_file_of_ours_is_one_sentence(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.holder.visit(story.mine)
    answers = story.answered(story.pack())
    assert refused(story, answers[:-1]) == "damaged"
    assert refused(story, b"%PDF-1.7") == "no_box"
    assert refused(story, (story.path / "带去.mqp").read_bytes()) == "foreign"
    with pytest.raises(KnownError) as said:
        read(story.path / "nothing")
    assert said.value.code == "no_file"
    monkeypatch.setattr(unpack_file, "LARGEST_PACK", 10)
    with pytest.raises(KnownError) as said:
        read(story.path / "带去.mqp")
    assert said.value.code == "damaged"


def test_a_ledger_of_nobody_and_one_without_keys_say_so(story: Story) -> None:
    identity = story.holder.ledger.identity()
    for fresh, code in (
        (msgspec.structs.replace(identity, url=""), "not_enrolled"),
        (msgspec.structs.replace(identity, seal_key=b""), "no_seal_key"),
    ):
        story.holder.ledger.enrolled(fresh)
        with pytest.raises(KnownError) as said:
            story.pack()
        assert said.value.code == code
