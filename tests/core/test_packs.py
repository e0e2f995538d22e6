"""Sealed boxes and packs: whole and for whom they are meant, or refused with one word."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gridclient.core.domain import ids
from gridclient.core.merge.change import Change
from gridclient.core.wire import codec, pack, sealing
from gridclient.core.wire.messages import Answer
from gridclient.core.wire.pack import AnswerFile, Pack, PackError
from gridclient.core.wire.sealing import SealError, public_of, seal, unseal
from tests.core.changes import PLACE, RECORD

MINE, OTHER = b"\x11" * 32, b"\x22" * 32
LAPTOP, SERVER, STRANGER = b"\x33" * 32, b"\x44" * 32, b"\x55" * 32
DEVICE, WORKER = ids.named("device"), ids.named("worker")
PURPOSE = "for a test"
MAGIC = b"MQSEAL1\n"
PIECE = 1 << 20


class Box(NamedTuple):
    wraps: list[bytes]
    pieces: list[bytes]


def taken_apart(box: bytes) -> Box:
    wraps, pieces = msgspec.msgpack.decode(box[len(MAGIC) :])
    return Box(wraps, pieces)


def put_together(box: Box) -> bytes:
    return MAGIC + msgspec.msgpack.encode(list(box))


def change() -> Change:
    return Change(RECORD, DEVICE, 1, WORKER, 1, "resident", RECORD, PLACE, {"name": "李萍"})


def a_pack(**more: object) -> Pack:
    public = pack.verify_key(LAPTOP)
    made = Pack(
        community="青禾社区",
        device=DEVICE,
        worker=WORKER,
        public_key=public,
        credential=pack.credential(DEVICE, WORKER, public, SERVER),
        box_key=public_of(pack.box_key(LAPTOP)),
        made=7,
        changes=pack.encode_changes([change()]),
    )
    return msgspec.structs.replace(made, **more)


def closed(one: Pack, seed: bytes = LAPTOP) -> bytes:
    return pack.close_pack(one, seed, [public_of(MINE)])


def opened(data: bytes, private: bytes = MINE) -> Pack:
    return pack.open_pack(data, private, pack.verify_key(SERVER))


def test_every_recipient_opens_a_box_and_nobody_else() -> None:
    box = seal(b"said", [public_of(MINE), public_of(OTHER)], PURPOSE)
    assert unseal(box, MINE, PURPOSE) == unseal(box, OTHER, PURPOSE) == b"said"
    with pytest.raises(SealError, match="foreign"):
        unseal(box, LAPTOP, PURPOSE)


@pytest.mark.parametrize("private", [b"", b"\x11" * 31, b"\x11" * 33])
def test_what_is_no_key_opens_nothing(private: bytes) -> None:
    with pytest.raises(SealError, match="foreign"):
        unseal(seal(b"said", [public_of(MINE)], PURPOSE), private, PURPOSE)


def test_a_box_opens_for_its_purpose_alone() -> None:
    with pytest.raises(SealError, match="foreign"):
        unseal(seal(b"said", [public_of(MINE)], PURPOSE), MINE, "for a tes")


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 5])
def test_any_size_comes_back(size: int) -> None:
    content = bytes(size)
    assert unseal(seal(content, [public_of(MINE)], PURPOSE), MINE, PURPOSE) == content


REARRANGED: dict[str, Callable[[list[bytes]], list[bytes]]] = {
    "reversed": lambda pieces: pieces[::-1],
    "last left out": lambda pieces: pieces[:-1],
    "first left out": lambda pieces: pieces[1:],
    "doubled": lambda pieces: [*pieces, pieces[-1]],
    "none": lambda _: [],
}


@pytest.mark.parametrize("how", REARRANGED)
def test_pieces_stand_where_they_stood(how: str) -> None:
    wraps, pieces = taken_apart(seal(bytes(2 * PIECE + 5), [public_of(MINE)], PURPOSE))
    with pytest.raises(SealError, match="damaged"):
        unseal(put_together(Box(wraps, REARRANGED[how](pieces))), MINE, PURPOSE)


def test_pieces_of_one_box_do_not_fit_another() -> None:
    one, two = (taken_apart(seal(content, [public_of(MINE)], PURPOSE)) for content in (b"one", b"two"))
    with pytest.raises(SealError, match="damaged"):
        unseal(put_together(Box(one.wraps, two.pieces)), MINE, PURPOSE)


def test_a_box_may_not_ask_for_many_key_exchanges() -> None:
    wraps, pieces = taken_apart(seal(b"said", [public_of(MINE)], PURPOSE))
    with pytest.raises(SealError, match="damaged"):
        unseal(put_together(Box([*[wraps[0][::-1]] * 1000, *wraps], pieces)), MINE, PURPOSE)


@settings(max_examples=300)
@given(st.data())
def test_a_box_changed_anywhere_is_refused(data: st.DataObject) -> None:
    box = bytearray(seal(b"what was said", [public_of(MINE)], PURPOSE))
    at = data.draw(st.integers(0, len(box) - 1))
    box[at] ^= data.draw(st.integers(1, 255))
    with pytest.raises(SealError):
        unseal(bytes(box), MINE, PURPOSE)


@given(st.binary(max_size=80), st.booleans())
def test_any_bytes_at_all_are_refused(data: bytes, marked: bool) -> None:
    with pytest.raises(SealError):
        unseal(MAGIC + data if marked else data, MINE, PURPOSE)
    with pytest.raises(PackError):
        opened(MAGIC + data if marked else data)


def test_a_pack_comes_back_whole() -> None:
    said = opened(closed(a_pack()))
    assert said == a_pack()
    assert [msgspec.msgpack.decode(one, type=Change) for one in said.changes] == [change()]


@settings(max_examples=300)
@given(st.data())
def test_a_pack_changed_or_cut_anywhere_is_refused(data: st.DataObject) -> None:
    whole = closed(a_pack())
    at = data.draw(st.integers(0, len(whole) - 1))
    spoiled = bytearray(whole)
    spoiled[at] ^= data.draw(st.integers(1, 255))
    for wrong in (bytes(spoiled), whole[:at]):
        with pytest.raises(PackError):
            opened(wrong)


@settings(max_examples=300)
@given(st.data())
def test_what_was_signed_cannot_be_changed_by_those_who_can_open_it(data: st.DataObject) -> None:
    signed = bytearray(unseal(closed(a_pack()), MINE, "minqing pack 1"))
    at = data.draw(st.integers(0, len(signed) - 1))
    signed[at] ^= data.draw(st.integers(1, 255))
    try:
        again = opened(seal(bytes(signed), [public_of(MINE)], "minqing pack 1"))
    except PackError:
        return
    assert again == a_pack(), "only bytes that mean nothing may differ"


def test_a_desk_cannot_sign_for_a_laptop() -> None:
    with pytest.raises(PackError, match="unsigned"):
        opened(closed(a_pack(), STRANGER))


@pytest.mark.parametrize(
    "more",
    [
        {"credential": b""},
        {"credential": pack.credential(DEVICE, WORKER, pack.verify_key(LAPTOP), STRANGER)},
        {"device": ids.named("another device")},
        {"worker": ids.named("another worker")},
        {"public_key": pack.verify_key(STRANGER)},
    ],
)
def test_only_the_community_says_whose_a_key_is(more: dict[str, object]) -> None:
    seed = STRANGER if "public_key" in more else LAPTOP
    with pytest.raises(PackError, match="unvouched"):
        opened(closed(a_pack(**more), seed))


def test_a_pack_for_another_community_is_foreign() -> None:
    with pytest.raises(PackError, match="foreign"):
        opened(closed(a_pack()), OTHER)


def test_what_a_laptop_nested_beyond_bounds_is_refused() -> None:
    nested = msgspec.Raw(b"\x91" * 100_000 + b"\xc0")
    with pytest.raises(PackError, match="damaged"):
        opened(closed(a_pack(changes=[nested])))


def test_a_pack_that_unpacks_beyond_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    data = closed(a_pack(community="长" * 10_000))
    monkeypatch.setattr(pack, "LARGEST_PACK", 10_000)
    with pytest.raises(PackError, match="damaged"):
        opened(data)


def answers() -> AnswerFile:
    return AnswerFile(DEVICE, b"\x01" * 32, ids.named("history"), 9, [Answer(RECORD, "accepted", 9)])


def test_answers_come_back_to_the_laptop_that_asked() -> None:
    private = pack.box_key(LAPTOP)
    data = pack.close_answers(answers(), SERVER, public_of(private))
    assert pack.open_answers(data, private, pack.verify_key(SERVER)) == answers()
    with pytest.raises(PackError, match="foreign"):
        pack.open_answers(data, pack.box_key(STRANGER), pack.verify_key(SERVER))
    with pytest.raises(PackError, match="unsigned"):
        pack.open_answers(data, private, pack.verify_key(STRANGER))


def test_neither_sort_of_file_is_taken_for_the_other() -> None:
    private = pack.box_key(LAPTOP)
    public = public_of(private)
    with pytest.raises(PackError, match="foreign"):
        pack.open_answers(pack.close_pack(a_pack(), LAPTOP, [public]), private, pack.verify_key(SERVER))
    with pytest.raises(PackError, match="foreign"):
        opened(pack.close_answers(answers(), SERVER, public), private)


def test_the_box_key_is_another_than_the_seed() -> None:
    assert len({LAPTOP, pack.box_key(LAPTOP), pack.box_key(STRANGER)}) == 3
    assert codec.LARGEST_MESSAGE < pack.LARGEST_PACK
    assert sealing.is_sealed(closed(a_pack()))
