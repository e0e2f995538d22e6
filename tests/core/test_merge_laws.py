"""The laws of merging, over thousands of small histories."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Merge
from gridclient.core.merge.change import Change, content_hash
from gridclient.core.merge.compact import fingerprint, pack, unpack
from gridclient.core.merge.record import Record, apply, conflicts, empty, fold, seen_by, trace
from gridclient.core.merge.shape import shape_of
from tests.core.changes import PLACE, RECORD, histories


def folded(changes: list[Change]) -> Record:
    record = fold(changes)
    assert record is not None
    return record


def change(identity: str, fields: dict[str, object], *seen: str, at: int = 1) -> Change:
    named = {"": RECORD}
    return Change(
        id=named.get(identity, ids.named(identity)),
        device=ids.named("device"),
        number=1,
        author=ids.named("author", identity),
        at=at,
        kind="resident",
        record=RECORD,
        place=PLACE,
        fields=fields,
        seen=tuple(named.get(one, ids.named(one)) for one in seen),
    )


@given(histories(), st.data())
def test_any_order_and_any_repetition_give_the_same_heads(history: list[Change], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(history))
    again = data.draw(st.lists(st.sampled_from(history), max_size=4))
    assert folded(shuffled + again) == folded(history)


@given(histories())
def test_no_change_is_unreachable(history: list[Change]) -> None:
    record = folded(history)
    shape = shape_of("resident")
    for one in history:
        for group in trace(one).groups:
            if shape.merge(group) is Merge.SET:
                continue
            is_head = any(head.change == one.id for head in record.heads.get(group, ()))
            was_seen = any(one.id in other.seen and group in trace(other).groups for other in history)
            assert is_head != was_seen


@given(histories())
def test_a_set_holds_exactly_what_nobody_who_saw_it_removed(history: list[Change]) -> None:
    record = folded(history)
    alive = {(element, head.change) for head in record.heads.get("phones", ()) for element in head.value}
    expected = set()
    for one in history:
        edit: Any = one.fields.get("phones", [[], []])
        for element in edit[0]:
            removed = any(
                one.id in other.seen and element in other.fields.get("phones", [[], []])[1]  # type: ignore[index]
                for other in history
            )
            if not removed:
                expected.add((element, one.id))
    assert alive == expected


@given(histories())
def test_a_row_holds_the_whole_record(history: list[Change]) -> None:
    record = folded(history)
    if record.heads:
        row = pack(record)
        assert unpack("resident", PLACE, row) == record
        assert pack(unpack("resident", PLACE, row)) == row


@given(histories(), st.data())
def test_equal_heads_have_equal_fingerprints(history: list[Change], data: st.DataObject) -> None:
    record, other = folded(history), folded(data.draw(st.permutations(history)))
    if record.heads:
        row, same = pack(record), pack(other)
        assert fingerprint(RECORD, row[3]) == fingerprint(RECORD, same[3])  # type: ignore[arg-type]


@given(histories(), st.integers(-(10**13), 10**13))
def test_clocks_never_decide_what_survives(history: list[Change], shift: int) -> None:
    def survivors(record: Record) -> dict[str, set[bytes]]:
        return {group: {head.change for head in heads} for group, heads in record.heads.items()}

    skewed = [Change(*_with_at(one, one.at * shift)) for one in history]
    assert survivors(folded(skewed)) == survivors(folded(history))


def _with_at(one: Change, at: int) -> tuple[Any, ...]:
    return (
        one.id,
        one.device,
        one.number,
        one.author,
        at,
        one.kind,
        one.record,
        one.place,
        one.fields,
        one.seen,
    )


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["phones", "name", "id_number", "retired", "unknown"]),
        st.none()
        | st.integers()
        | st.lists(st.integers() | st.binary() | st.lists(st.text() | st.floats(allow_nan=False)), max_size=3)
        | st.dictionaries(st.text(), st.text(), max_size=2),
    ),
    st.sampled_from(["resident", "a kind of tomorrow"]),
)
def test_nothing_makes_apply_raise(said: dict[str, object], kind: str) -> None:
    one = Change(RECORD, RECORD, 1, RECORD, 0, kind, RECORD, PLACE, said)
    record = apply(empty(one), one)
    if record.heads:
        assert unpack(kind, PLACE, pack(record)) == record


def test_different_groups_never_conflict() -> None:
    record = folded(
        [change("", {"name": "李萍"}), change("a", {"sex": "1"}), change("b", {"remark": "听力弱"})]
    )
    assert conflicts(record) == frozenset()


def test_equal_values_never_conflict_however_they_are_spelt() -> None:
    record = folded([change("", {"name": "李萍"}), change("a", {"name": " 李萍"}, "")])
    twice = apply(
        record,
        change("b", {"name": "李 萍".replace(" ", "")}, ""),
        [trace(change("a", {"name": "李萍"}, ""))],
    )
    assert conflicts(twice) == frozenset()


def test_two_values_written_blind_stay_until_somebody_who_saw_both_decides() -> None:
    history = [
        change("", {"name": "李萍"}),
        change("a", {"name": "李平"}, ""),
        change("b", {"name": "李苹"}, "", at=9),
    ]
    record = folded(history)
    assert conflicts(record) == {"name"}
    assert [head.value for head in record.heads["name"]] == [("李苹",), ("李平",)]
    settled = folded([*history, change("c", {"name": "李平"}, "a", "b")])
    assert conflicts(settled) == frozenset()
    assert settled.heads["name"][0].value == ("李平",)


def test_a_settlement_also_takes_what_it_saw_when_that_comes_later() -> None:
    blind, settled = change("a", {"name": "李平"}, ""), change("c", {"name": "李萍"}, "", "a")
    record = folded([change("", {"name": "李苹"}), settled, blind])
    assert [head.value for head in record.heads["name"]] == [("李萍",)]


def test_an_id_number_and_its_type_are_one_group() -> None:
    record = folded(
        [
            change("", {"id_number": "1", "id_type": "111"}),
            change("a", {"id_number": "2", "id_type": "414"}, ""),
            change("b", {"id_number": "1", "id_type": "414"}, ""),
        ]
    )
    assert conflicts(record) == {"id_number"}


def test_retiring_without_having_seen_a_late_word_is_in_doubt() -> None:
    created = change("", {"name": "李萍"})
    retired = change("r", {"retired": "moved", "successor": None}, "")
    blind = change("x", {"remark": "还住着"}, "")
    record = folded([created, retired, blind])
    assert conflicts(record) == {"retired"}
    knowing = change("y", {"remark": "还住着"}, "", "r")
    assert conflicts(folded([created, retired, knowing])) == frozenset()
    settled = change("s", {"retired": "", "successor": None}, *("r", "x", ""))
    assert conflicts(folded([created, retired, blind, settled])) == frozenset()


def test_who_retires_has_seen_the_whole_record() -> None:
    record = folded([change("", {"name": "李萍"}), change("a", {"remark": "x"})])
    assert set(seen_by(record, ["retired"])) == {RECORD, ids.named("a")}
    assert set(seen_by(record, ["name"])) == {RECORD}


def test_the_content_hash_ignores_who_and_when() -> None:
    one, other = change("a", {"name": "李萍"}, ""), change("b", {"name": "李萍"}, "", at=7)
    assert content_hash(one) == content_hash(other)
    assert content_hash(one) != content_hash(change("a", {"name": "李平"}, ""))


def test_two_who_retire_one_record_agree_whatever_else_they_wrote() -> None:
    created = change("", {"name": "李萍"})
    one = change("r", {"retired": "moved", "successor": None, "life": "1"}, "")
    other = change("s", {"retired": "moved", "successor": None, "remark": "搬走了"}, "")
    assert conflicts(folded([created, one, other])) == frozenset()
    assert folded([created, one, other]) == folded([created, other, one])
    blind = change("x", {"remark": "还在"}, "")
    assert conflicts(folded([created, one, other, blind])) == {"remark", "retired"}
