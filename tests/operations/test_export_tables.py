"""Exporting from a real ledger: what is in the table, what is masked, who may, and what the audit says."""

from pathlib import Path

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from gridclient.core.domain.errors import KnownError
from gridclient.exchange.office_sheet import Stopped
from gridclient.ledger import identity as kept
from gridclient.ledger.ledger import Ledger
from gridclient.operations.apply import apply_line
from gridclient.operations.dump import dump
from gridclient.operations.export_scope import Scope
from gridclient.operations.export_sorts import SORTS
from gridclient.operations.export_tables import Wish, export_table
from tests.operations.community_of_two import ID, MARY, tell

FULL = Wish(full=True, purpose="街道核对底册")


def exported(ledger: Ledger, sort: str, folder: Path, wish: Wish = Wish()) -> list[dict[str, str]]:  # noqa: B008
    """The rows of an exported table by head, merged cells as they stand."""
    to = folder / f"{sort}.xlsx"
    export_table(ledger, sort, to, wish)
    rows = CalamineWorkbook.from_path(to).get_sheet_by_index(0).to_python()
    to.unlink()
    at = next(at for at, row in enumerate(rows) if row[0] in ("序号", "编号"))
    heads = [str(cell) for cell in rows[at]]
    return [dict(zip(heads, map(str, row), strict=True)) for row in rows[at + 1 : -1]]


def audited(ledger: Ledger) -> list[dict[str, object]]:
    return [record["fields"] for record in dump(ledger, "audit_entry")]  # type: ignore[misc]


def enrol(ledger: Ledger, role: str) -> None:
    with ledger.writing() as connection:
        who = msgspec.structs.replace(kept.identity(connection), role=role, url="https://example.invalid")
        kept.put(connection, "identity", who)


def test_the_register_is_in_walking_order_and_masked(ledger: Ledger, tmp_path: Path) -> None:
    tell(ledger)
    rows = exported(ledger, "register", tmp_path)
    assert [row["姓名"] for row in rows] == ["玛丽", "赵世昌", "=SUM孙"]
    mary, zhao, sun = rows
    assert zhao["楼栋"] == "12号楼"
    assert (zhao["房号"], zhao["户主"], zhao["户主电话"]) == ("0502", "赵世昌", "139****2046")
    assert (sun["房号"], sun["户编号"]) == ("", ""), "once for a household"
    assert zhao["出生日期"] == "1956-03-04"
    assert zhao["身份证号"] == "*" * 18
    assert mary["身份证号"] == "*" * len(MARY)
    assert mary["联系电话"] == "0971-***3456、139****3333"
    assert sun["备注"] == "儿子 139****2222"


def test_a_flat_register_repeats_the_household(ledger: Ledger, tmp_path: Path) -> None:
    tell(ledger)
    rows = exported(ledger, "register", tmp_path, Wish(flat=True))
    assert [(row["户编号"], row["房号"]) for row in rows] == [("1", "101"), ("2", "0502"), ("2", "0502")]


def test_whole_numbers_need_a_purpose_and_are_written_down(ledger: Ledger, tmp_path: Path) -> None:
    tell(ledger)
    with pytest.raises(KnownError, match="写明用途"):
        export_table(ledger, "register", tmp_path / "x.xlsx", Wish(full=True, purpose=" "))
    assert audited(ledger) == []
    rows = exported(ledger, "register", tmp_path, FULL)
    assert [row["身份证号"] for row in rows] == [MARY, ID, ""]
    assert rows[2]["备注"] == "儿子 13911112222"
    (entry,) = audited(ledger)
    assert (entry["action"], entry["count"]) == ("export", 3)
    assert "街道核对底册" in str(entry["purpose"])


def test_a_masked_export_is_written_down_too(ledger: Ledger, tmp_path: Path) -> None:
    tell(ledger)
    exported(ledger, "visits", tmp_path)
    (entry,) = audited(ledger)
    assert (entry["action"], entry["count"]) == ("export", 2)
    assert "号码遮住" in str(entry["purpose"])


def test_only_the_desk_exports_whole_numbers_from_a_joined_ledger(ledger: Ledger, tmp_path: Path) -> None:
    tell(ledger)
    enrol(ledger, "worker")
    with pytest.raises(KnownError, match="书记和办公室"):
        export_table(ledger, "register", tmp_path / "x.xlsx", FULL)
    assert list(tmp_path.glob("*.xlsx")) == []
    assert exported(ledger, "register", tmp_path)[1]["身份证号"] == "*" * 18
    for role in ("office", "supervisor"):
        enrol(ledger, role)
        assert exported(ledger, "register", tmp_path, FULL)[1]["身份证号"] == ID


def test_visits_of_some_days_by_the_clock_of_china(ledger: Ledger, tmp_path: Path) -> None:
    tell(ledger)
    november = Wish(Scope(since="2026-11-01", until="2026-11-03"))
    (row,) = exported(ledger, "visits", tmp_path, november)
    assert (row["走访时间"], row["结果"], row["为什么来"]) == ("2026-11-03 10:05", "入户", "送联络卡")
    assert row["情况"] == "水管漏水，留了电话139****2222"
    october = Wish(Scope(until="2026-10-31"))
    assert [row["结果"] for row in exported(ledger, "visits", tmp_path, october)] == ["没人应"]


def test_matters_say_where_they_stand_and_how_they_ended(ledger: Ledger, tmp_path: Path) -> None:
    tell(ledger)
    (row,) = exported(ledger, "matters", tmp_path)
    assert (row["登记日期"], row["地址"]) == ("2026-11-03", "示例小区12号楼 3单元 0502")
    assert (row["办理状态"], row["办理结果"]) == ("办结", "当场办结：换了阀门")
    assert (row["网格"], row["问题类别"]) == ("三号网格", "公共设施维修")


def test_cards_keep_what_their_code_carries_to_themselves(ledger: Ledger, tmp_path: Path) -> None:
    tell(ledger)
    (row,) = exported(ledger, "cards", tmp_path, FULL)
    assert row["户主"] == "赵世昌"
    assert "secret-token" not in row.values()


def test_every_version_of_a_dispute_is_listed_and_masked(ledger: Ledger, tmp_path: Path) -> None:
    made = tell(ledger)
    said = {"phone": "13911110000"}
    apply_line(ledger, {"kind": "household", "record": made["h12"], "fields": said, "seen": []})
    first, second = exported(ledger, "conflicts", tmp_path, Wish(flat=True))
    assert (first["姓名"], first["栏目"], first["编号"]) == ("赵世昌", "户主电话", "1")
    assert {first["说法"], second["说法"]} == {"139****2046", "139****0000"}


@pytest.mark.parametrize(
    ("scope", "count"),
    [
        (Scope(building="12号楼"), 2),
        (Scope(building="示例小区2号楼"), 1),
        (Scope(grid="三号网格"), 2),
    ],
)
def test_a_part_of_the_community(ledger: Ledger, tmp_path: Path, scope: Scope, count: int) -> None:
    tell(ledger)
    assert len(exported(ledger, "register", tmp_path, Wish(scope))) == count


@pytest.mark.parametrize(
    ("scope", "words"),
    [
        (Scope(building="99号楼"), "有：示例小区2号楼、示例小区12号楼"),
        (Scope(grid="九号网格"), "有：三号网格"),
        (Scope(building="12", grid="三号网格"), "只能写一个"),
        (Scope(since="2026-13-01"), "没有“2026-13-01”这一天"),
        (Scope(since="2026-11-02", until="2026-11-01"), "在结束的后面"),
    ],
)
def test_a_part_that_is_not_there(ledger: Ledger, tmp_path: Path, scope: Scope, words: str) -> None:
    tell(ledger)
    with pytest.raises(KnownError) as caught:
        export_table(ledger, "visits", tmp_path / "x.xlsx", Wish(scope))
    assert words in caught.value.zh
    assert not (tmp_path / "x.xlsx").exists()


def test_a_register_has_no_days(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="没有起止日期"):
        export_table(ledger, "register", tmp_path / "x.xlsx", Wish(Scope(since="2026-11-01")))


@pytest.mark.parametrize("sort", SORTS)
def test_an_empty_ledger_gives_an_empty_table(ledger: Ledger, tmp_path: Path, sort: str) -> None:
    assert exported(ledger, sort, tmp_path) == []


def test_a_file_that_is_there_stays_and_nothing_is_noted(ledger: Ledger, tmp_path: Path) -> None:
    there = tmp_path / "x.xlsx"
    there.write_bytes(b"mine")
    with pytest.raises(KnownError, match="已经有"):
        export_table(ledger, "register", there, Wish())
    assert there.read_bytes() == b"mine"
    assert audited(ledger) == []


def test_a_stopped_export_leaves_no_file_and_no_note(ledger: Ledger, tmp_path: Path) -> None:
    tell(ledger)
    with pytest.raises(Stopped):
        export_table(ledger, "register", tmp_path / "x.xlsx", Wish(), stopped=lambda: True)
    assert list(tmp_path.glob("x*")) == []
    assert audited(ledger) == []


def test_a_confidential_matter_is_counted_and_no_more(ledger: Ledger, tmp_path: Path) -> None:
    made = tell(ledger)
    fields = {"household": made["h12"], "title": "家里的事", "confidential": True, "initiator": "赵世昌"}
    apply_line(ledger, {"kind": "matter", "fields": fields})
    row = exported(ledger, "matters", tmp_path)[0]
    assert {row["诉求事项"], row["地址"], row["反映人"], row["办理结果"]} == {"（保密）"}
    assert (row["序号"], row["办理状态"]) == ("1", "受理")
    assert exported(ledger, "matters", tmp_path, FULL)[0]["诉求事项"] == "家里的事"


def test_a_masked_dump_has_no_whole_number(ledger: Ledger) -> None:
    made = tell(ledger)
    apply_line(
        ledger, {"kind": "resident", "record": made["zhao"], "fields": {"id_number": MARY}, "seen": []}
    )
    shown = str(list(dump(ledger, masked=True)))
    assert [number for number in (ID, MARY, "13900002046", "13911112222", "6123456") if number in shown] == []
    assert ID[-4:] not in shown, "a birthday stands beside it"
    assert "水管漏水，留了电话139****2222" in shown
    assert [ids for ids in made.values() if ids not in shown] == []


def test_households_without_people_are_counted(ledger: Ledger, tmp_path: Path) -> None:
    made = tell(ledger)
    apply_line(ledger, {"kind": "household", "fields": {"dwelling": made["d2"]}})
    to = tmp_path / "册.xlsx"
    export_table(ledger, "register", to, Wish())
    said = CalamineWorkbook.from_path(to).get_sheet_by_index(0).to_python()[1][0]
    assert "3 人，2 户" in str(said)
    assert "另有 1 户没有登记人" in str(said)
