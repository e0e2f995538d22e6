"""A colleague's pack at the desk: seen at once, over rows that stay the server's; then carried on."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft
from gridclient.core.merge.record import conflicts
from gridclient.core.wire.messages import RefusedError, UnreachableError
from gridclient.ledger import erasing, opened, sticks
from gridclient.ledger import identity as kept
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched, Writer
from gridclient.operations.carry_packs import Brought, open_brought, write_answers
from gridclient.operations.check import check
from gridclient.operations.pack_changes import pack_changes
from gridclient.operations.unpack_file import is_own, take_answers
from gridclient.sync.brought import HandedOn, hand_on
from sync_server.service.unpacking import unpack
from tests.server.town import START
from tests.sync.sticks import Holder
from tests.sync.world import World


class Line:
    """Carries files to the server in this process."""

    def __init__(self, world: World) -> None:
        self._world = world
        self.carried = 0

    def carry_on(self, sealed: bytes) -> bytes:
        self.carried += 1
        try:
            return unpack(self._world.town.service, sealed).answers
        except KnownError as error:
            raise RefusedError("malformed", error.zh) from error


class Story:
    """A resident everybody knows, a laptop far away, the supervisor's desk."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.world = World(path, seed=4)
        settled = self.world.settled
        self.mine = settled.mine
        self.far = Holder(self.world, settled.worker, "far")
        self.desk = Holder(self.world, settled.supervisor, "desk")
        self.person = self.far.resident(self.mine, "李萍")
        for one in (self.far, self.desk, self.far):
            assert one.sync().complete
        self.line = Line(self.world)

    def close(self) -> None:
        self.far.ledger.close()
        self.desk.ledger.close()
        self.world.close()

    def brought(self, name: str = "a") -> bytes:
        """What the far laptop has not sent, in a file."""
        pack_changes(self.far.ledger, self.path / name)
        return (self.path / name).read_bytes()

    def open(self) -> Brought:
        return open_brought(self.desk.ledger, self.brought())

    def hand_on(self) -> HandedOn:
        return hand_on(self.desk.ledger, self.line)

    def name(self, holder: Holder, record: Id | None = None) -> str | None:
        found = holder.ledger.record("resident", record or self.person)
        heads = found.heads["name"] if found else ()
        assert len(heads) < 2, "nobody disagrees in these stories"
        return str(heads[0].value[0]) if heads else None

    def rename(self, holder: Holder, name: str) -> None:
        holder.ledger.write([Draft("resident", self.person, self.mine, {"name": name})])

    def shown(self, ledger: Ledger) -> dict[Id, bytes]:
        with ledger.reading() as connection:
            return opened.shown(connection)

    def level(self) -> None:
        """All that was brought is the server's, and both ledgers say what it says."""
        self.hand_on()
        for one in (self.desk, self.far, self.desk):
            report = one.sync()
            assert (report.complete, report.healed) == (True, 0)
        assert self.shown(self.desk.ledger) == {}
        assert self.name(self.desk) == self.name(self.far)


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    made = Story(tmp_path)
    yield made
    made.close()


def sound(ledger: Ledger) -> bool:
    return not check(ledger).damage


def test_it_is_seen_at_once_and_is_nobodys_own(story: Story) -> None:
    new = story.far.resident(story.mine, "才让卓玛")
    story.rename(story.far, "李平")
    done = story.open()
    assert (done.name, done.changes, done.shown, done.again, done.made) == ("才让", 2, 2, False, START)
    assert done.touched.records == {new, story.person}
    assert (story.name(story.desk), story.name(story.desk, new)) == ("李平", "才让卓玛")
    assert story.shown(story.desk.ledger) == {new: done.pack, story.person: done.pack}
    assert story.desk.ledger.unsent() == (0, 0, 0, 0, 0)
    assert sound(story.desk.ledger)


def test_the_servers_rows_stay_its_own_below(story: Story) -> None:
    story.rename(story.far, "李平")
    new = story.far.resident(story.mine, "才让卓玛")
    story.open()
    for _ in range(2):
        report = story.desk.sync()
        assert (report.complete, report.pushed, report.healed) == (True, 0, 0)
        assert (story.name(story.desk), story.name(story.desk, new)) == ("李平", "才让卓玛")
        assert sound(story.desk.ledger)
    with story.desk.ledger.writing() as connection:
        (one,) = opened.unanswered(connection)
        touched = opened.drop(connection, one.pack)
    assert touched.records == {story.person, new}
    assert (story.name(story.desk), story.desk.ledger.record("resident", new)) == ("李萍", None)
    assert story.desk.sync().healed == 0
    assert sound(story.desk.ledger)


def test_what_others_write_meanwhile_arrives_below(story: Story) -> None:
    story.rename(story.far, "李平")
    story.open()
    other = Holder(story.world, story.world.settled.worker, "other")
    other.sync()
    other.ledger.write([Draft("resident", story.person, story.mine, {"remark": "门铃坏了"})])
    other.sync()
    report = story.desk.sync()
    assert (report.complete, report.healed) == (True, 0)
    found = story.desk.ledger.record("resident", story.person)
    assert found is not None
    assert (found.heads["remark"][0].value[0], story.name(story.desk)) == ("门铃坏了", "李平")
    other.ledger.close()
    story.level()


def test_carried_on_it_becomes_the_servers(story: Story) -> None:
    story.rename(story.far, "李平")
    new = story.far.resident(story.mine, "才让卓玛")
    done = story.open()
    assert story.hand_on() == (1, [], Touched())
    assert write_answers(story.desk.ledger, done.pack, story.path / "home")
    answers = (story.path / "home").read_bytes()
    assert take_answers(story.far.ledger, answers).new == {"accepted": 2}
    assert (story.name(story.desk), story.name(story.desk, new)) == ("李平", "才让卓玛")
    assert story.desk.sync().complete
    assert story.shown(story.desk.ledger) == {}
    assert (story.name(story.desk), story.name(story.desk, new)) == ("李平", "才让卓玛")
    story.hand_on()
    assert story.line.carried == 1
    story.level()


def test_before_an_answer_there_is_nothing_to_take_back(story: Story) -> None:
    story.rename(story.far, "李平")
    done = story.open()
    assert not write_answers(story.desk.ledger, done.pack, story.path / "home")
    assert not (story.path / "home").exists()
    assert not write_answers(story.desk.ledger, b"x" * 32, story.path / "home")


def test_the_desk_writes_on_what_it_sees(story: Story) -> None:
    """The supervisor corrects what the stick brought, before and while the server hears of it."""
    new = story.far.resident(story.mine, "才让卓玛")
    story.rename(story.far, "李平")
    story.open()
    story.rename(story.desk, "李苹")
    story.desk.ledger.write([Draft("resident", new, story.mine, {"name": "才让措"})])
    assert sound(story.desk.ledger), "below lies what the server said, and nothing else"
    assert (story.name(story.desk), story.name(story.desk, new)) == ("李苹", "才让措")
    assert story.desk.sync().complete  # its own words reach the server first
    assert sound(story.desk.ledger)
    assert (story.name(story.desk), story.name(story.desk, new)) == ("李苹", "才让措")
    story.level()
    assert {story.name(one) for one in (story.far, story.desk)} == {"李苹"}
    assert {story.name(one, new) for one in (story.far, story.desk)} == {"才让措"}


def test_own_words_below_what_a_stick_brings_stay(story: Story) -> None:
    """Both wrote blind: two versions, here at once as everywhere later."""
    story.rename(story.desk, "李苹")
    story.rename(story.far, "李平")
    story.open()
    for _ in range(2):
        found = story.desk.ledger.record("resident", story.person)
        assert found is not None
        assert {head.value[0] for head in found.heads["name"]} == {"李平", "李苹"}
        assert "name" in conflicts(found)
        assert story.desk.sync().complete


def test_what_the_network_brought_first_is_no_second_version(story: Story) -> None:
    story.rename(story.far, "李平")
    data = story.brought()
    story.far.sync()
    story.desk.sync()
    open_brought(story.desk.ledger, data)
    assert story.name(story.desk) == "李平"
    story.level()


def test_a_file_opened_again_is_the_same_file(story: Story) -> None:
    story.rename(story.far, "李平")
    data = story.brought()
    assert not open_brought(story.desk.ledger, data).again
    assert open_brought(story.desk.ledger, data).again
    story.hand_on()
    assert story.desk.sync().complete
    assert open_brought(story.desk.ledger, data).again
    assert story.shown(story.desk.ledger) == {}


def test_a_file_the_server_has_no_use_for_is_dropped_with_its_words(story: Story) -> None:
    story.rename(story.far, "李平")
    story.open()
    with story.world.town.service.writing() as transaction:
        device = transaction.accounts.device(story.far.signing.laptop.device)
        assert device is not None
        transaction.accounts.put_device(device._replace(public_key=b"k" * 32))
    done = story.hand_on()
    assert (done.files, done.touched.records) == (0, {story.person})
    assert "服务器不认识" in done.refused[0]
    assert (story.name(story.desk), story.shown(story.desk.ledger)) == ("李萍", {})


def test_one_who_is_no_longer_at_the_desk_keeps_the_file_and_syncs(story: Story) -> None:
    story.rename(story.far, "李平")
    story.open()

    class NotAllowed:
        def carry_on(self, sealed: bytes) -> bytes:
            raise RefusedError("scope", "")

    done = hand_on(story.desk.ledger, NotAllowed())
    assert (done.files, len(done.refused), len(story.shown(story.desk.ledger))) == (0, 1, 1)
    assert story.hand_on().files == 1


def test_a_file_too_large_for_the_server_does_not_stand_in_the_way(story: Story) -> None:
    story.rename(story.far, "李平")
    story.open()

    class Small:
        def carry_on(self, sealed: bytes) -> bytes:
            raise RefusedError("too_large", "太大")

    done = hand_on(story.desk.ledger, Small())
    assert (done.files, done.refused, story.shown(story.desk.ledger)) == (0, ["太大"], {})
    assert story.hand_on().files == 0


def test_a_line_that_breaks_loses_nothing(story: Story) -> None:
    story.rename(story.far, "李平")
    story.open()

    class Broken:
        def carry_on(self, sealed: bytes) -> bytes:
            raise UnreachableError("lost")

    with pytest.raises(UnreachableError):
        hand_on(story.desk.ledger, Broken())
    story.desk.signing.laptop.api = story.world.town.connect(story.far.signing.enrolled.token)
    assert (story.name(story.desk), len(story.shown(story.desk.ledger))) == ("李平", 1)
    assert story.hand_on().files == 1


def test_a_sync_cut_off_shows_it_again(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.rename(story.far, "李平")
    story.open()
    story.hand_on()

    def lost(*_: object) -> None:
        assert story.name(story.desk) == "李萍", "it lies beside while rows are received"
        raise UnreachableError("lost")

    with monkeypatch.context() as dark:
        dark.setattr(type(story.desk.signing.laptop.api), "hello", lost)
        with pytest.raises(UnreachableError):
            story.desk.sync()
    assert story.name(story.desk) == "李平"
    story.level()


def test_only_the_desk_opens_and_only_others(story: Story) -> None:
    story.rename(story.far, "李平")
    data = story.brought()
    assert not is_own(story.desk.ledger.identity(), data)
    with pytest.raises(KnownError) as said:
        open_brought(story.far.ledger, data)
    assert said.value.code == "foreign"
    story.rename(story.desk, "李苹")
    pack_changes(story.desk.ledger, story.path / "own")
    with pytest.raises(KnownError) as said:
        open_brought(story.desk.ledger, (story.path / "own").read_bytes())
    assert said.value.code == "own_pack"
    for spoiled, code in ((data[:-1], "damaged"), (b"%PDF", "no_box")):
        with pytest.raises(KnownError) as said:
            open_brought(story.desk.ledger, spoiled)
        assert said.value.code == code


def test_nothing_is_shown_in_anothers_name_or_of_what_cannot_stand(story: Story) -> None:
    walker, settled = story.far.signing, story.world.settled
    good = settled.resident(walker.laptop, story.mine, "才让卓玛")
    forged = settled.resident(settled.supervisor, story.mine, "冒名")
    broken = msgspec.structs.replace(good, id=ids.named("b"), record=ids.named("b"), fields={"sex": 7})
    moved = msgspec.structs.replace(
        good, id=ids.named("m"), record=story.person, place=settled.other, fields={"name": "搬"}
    )
    unknown = msgspec.structs.replace(good, id=ids.named("u"), record=ids.named("u"), kind="tomorrow")
    done = open_brought(story.desk.ledger, walker.file(good, forged, broken, moved, unknown))
    assert (done.changes, set(story.shown(story.desk.ledger))) == (5, {good.record})
    assert story.name(story.desk) == "李萍"
    assert sound(story.desk.ledger)


def test_what_is_erased_is_not_shown_from_a_stick(story: Story) -> None:
    story.rename(story.far, "李平")
    story.open()
    ledger = story.desk.ledger
    found = ledger.record("resident", story.person)
    assert found is not None
    with ledger.writing() as connection:
        writer = Writer(connection, kept.identity(connection), ledger.clock, ledger.randomness)
        change = writer.write(erasing.erasing_draft(found, True))
        assert change is not None
        erasing.scrub(connection, "resident", story.person, change.id)
    assert story.shown(ledger) == {}
    assert story.name(story.desk) == "None"


def test_a_pack_does_not_count_as_the_desks_own_stick(story: Story) -> None:
    story.rename(story.far, "李平")
    story.open()
    with story.desk.ledger.reading() as connection:
        assert sticks.on_stick(connection) == (0, 0)
        assert sticks.unsent(connection) == []
