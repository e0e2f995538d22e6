"""Scripts write changes, read records back and settle disagreements."""

from typing import Any

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import BadInputError
from gridclient.operations.apply import apply_line
from gridclient.operations.check import check
from gridclient.operations.dump import dump
from gridclient.operations.settle import Spoken, disputed, find, settle_taking, settle_writing


def said(ledger: Ledger, kind: str, record: str | None = None, **fields: object) -> str:
    line: dict[str, object] = {"kind": kind, "fields": fields}
    if record:
        line["record"] = record
    return apply_line(ledger, line)["record"]


@pytest.fixture
def household(ledger: Ledger) -> str:
    compound = said(ledger, "compound", title="示例小区")
    building = said(ledger, "building", compound=compound, number="12")
    dwelling = said(ledger, "dwelling", building=building, unit="3", floor=5, room="502")
    return said(ledger, "household", dwelling=dwelling, phone="13900000001")


def shown(ledger: Ledger, record: str) -> dict[str, Any]:
    return next(one for one in dump(ledger) if one["record"] == record)


def test_a_place_is_read_off_the_parent(ledger: Ledger, household: str) -> None:
    resident = said(ledger, "resident", household=household, name="赵世昌")
    building = next(one["record"] for one in dump(ledger, "building"))
    assert shown(ledger, resident)["place"] == building
    assert shown(ledger, household)["place"] == building


def test_a_list_for_a_set_means_the_difference_to_what_is_shown(ledger: Ledger, household: str) -> None:
    resident = said(ledger, "resident", household=household, name="赵世昌", phones=["139 0000 0001"])
    said(ledger, "resident", resident, phones=["13900000001", "13900000002"])
    assert sorted(shown(ledger, resident)["fields"]["phones"]) == ["139 0000 0001", "13900000002"]
    said(ledger, "resident", resident, phones={"remove": ["13900000001"]})
    assert shown(ledger, resident)["fields"]["phones"] == ["13900000002"]
    said(ledger, "resident", resident, phones=[])
    assert "phones" not in shown(ledger, resident)["fields"]


def test_half_a_group_is_completed_with_what_is_shown(ledger: Ledger, household: str) -> None:
    resident = said(ledger, "resident", household=household, name="赵世昌", id_number="63990019560304001X")
    said(ledger, "resident", resident, id_type="居民身份证")
    fields = shown(ledger, resident)["fields"]
    assert (fields["id_number"], fields["id_type"]) == ("63990019560304001X", "111")


def test_the_status_of_a_matter_is_a_step(ledger: Ledger, household: str) -> None:
    matter = said(ledger, "matter", household=household, title="单元门关不严")
    assert shown(ledger, matter)["fields"]["status"] == "received"
    said(ledger, "matter", matter, status="办理")
    said(ledger, "matter", matter, status="closed")
    assert shown(ledger, matter)["fields"]["status"] == "closed"
    assert len(list(dump(ledger, "matter_step"))) == 2


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"kind": "ghost", "fields": {"a": 1}}, "没有“ghost”"),
        ({"kind": "resident", "fields": {"nose": "x"}}, "没有“nose”"),
        ({"kind": "resident", "fields": {"name": "无户"}}, "属于哪栋楼"),
        ({"kind": "compound", "fields": {}}, "要有|什么也没写"),
        ({"kind": "compound", "fields": {"title": 5.5}}, "看不懂"),
        ({"kind": "compound", "record": "not-an-id", "fields": {"title": "x"}}, "不是记录号"),
    ],
)
def test_bad_lines_are_answered_where_they_were_given(
    ledger: Ledger, line: dict[str, object], words: str
) -> None:
    with pytest.raises(BadInputError, match=words):
        apply_line(ledger, line)


def test_two_blind_values_are_both_shown_and_one_decision_settles(ledger: Ledger, household: str) -> None:
    resident = said(ledger, "resident", household=household, name="赵世昌")
    apply_line(ledger, {"kind": "resident", "record": resident, "fields": {"name": "赵士昌"}, "seen": []})
    conflict = shown(ledger, resident)["conflicts"]["name"]
    assert sorted(one["value"] for one in conflict) == ["赵世昌", "赵士昌"]
    assert [group for _, group in disputed(ledger)] == ["name"]
    record = find(ledger, ids.parse(resident))
    chosen = next(one for one in conflict if one["value"] == "赵士昌")
    settle_taking(ledger, record, "name", ids.parse(chosen["change"]))
    after = shown(ledger, resident)
    assert (after["fields"]["name"], after["conflicts"]) == ("赵士昌", {})


def test_a_decision_may_be_a_value_of_its_own(ledger: Ledger, household: str) -> None:
    resident = said(ledger, "resident", household=household, name="赵世昌")
    apply_line(ledger, {"kind": "resident", "record": resident, "fields": {"name": "赵士昌"}, "seen": []})
    settle_writing(ledger, find(ledger, ids.parse(resident)), "name", "赵仕昌")
    assert shown(ledger, resident)["fields"]["name"] == "赵仕昌"
    assert list(disputed(ledger)) == []


def test_a_retired_record_is_no_longer_live(ledger: Ledger, household: str) -> None:
    said(ledger, "household", household, retired="moved")
    assert [one["record"] for one in dump(ledger, "household")] == []


def test_check_finds_a_sound_ledger_sound_and_names_orphans(ledger: Ledger, household: str) -> None:
    assert check(ledger).damage == []
    place = shown(ledger, household)["place"]
    lost = ids.text(ids.named("nobody"))
    apply_line(
        ledger, {"kind": "resident", "place": place, "fields": {"household": lost, "name": "孤儿记录"}}
    )
    found = check(ledger)
    assert found.damage == []
    assert any("找不到所属的户" in note for note in found.notes)


def test_what_nobody_disputes_cannot_be_settled(ledger: Ledger, household: str) -> None:
    resident = said(ledger, "resident", household=household, name="赵世昌", sex="1")
    apply_line(ledger, {"kind": "resident", "record": resident, "fields": {"name": "赵士昌"}, "seen": []})
    record = find(ledger, ids.parse(resident))
    for group, code in (("sex", "no_conflict"), ("nose", "no_field"), ("retired", "no_conflict")):
        with pytest.raises(KnownError) as writing:
            settle_writing(ledger, record, group, "2")
        with pytest.raises(KnownError) as taking:
            settle_taking(ledger, record, group, ids.parse(resident))
        assert (writing.value.code, taking.value.code) == (code, code)
    for value in ({"sex": "2"}, ""):
        with pytest.raises(KnownError, match=r"没有“sex”这一栏|要有“姓名”"):
            settle_writing(ledger, record, "name", value)
    assert [group for _, group in disputed(ledger)] == ["name"]


def test_a_retiring_in_doubt_is_settled_by_taking_alone(ledger: Ledger, household: str) -> None:
    resident = said(ledger, "resident", household=household, name="赵世昌")
    said(ledger, "resident", resident, name="赵仕昌")
    apply_line(ledger, {"kind": "resident", "record": resident, "fields": {"retired": "moved"}, "seen": []})
    record = find(ledger, ids.parse(resident))
    with pytest.raises(KnownError, match="--take"):
        settle_writing(ledger, record, "retired", None)
    settle_taking(ledger, record, "retired", record.heads["name"][0].change)
    assert list(disputed(ledger)) == []


def test_a_dispute_is_named_by_person_and_door(ledger: Ledger, household: str) -> None:
    worker = said(ledger, "worker", name="何敏", role="supervisor")
    resident = said(ledger, "resident", household=household, name="赵世昌")
    with ledger.reading() as connection:
        spoken = Spoken(connection)
        record = find(ledger, ids.parse(resident))
        assert (spoken.name(record), spoken.door(record)) == ("赵世昌", "示例小区 12号楼 3单元 502")
        assert (spoken.author(ids.parse(worker)), spoken.author(bytes(16))) == ("何敏", "")
