"""The register that ships as a sample, from the file to the ledger."""

from collections import Counter
from collections.abc import Iterator

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from gridclient.core.merge.change import Draft
from gridclient.exchange.import_plan import ImportPlan, plan
from gridclient.exchange.known import EmptyLedger
from gridclient.exchange.register import Register, read_register
from gridclient.exchange.workbook import open_workbook
from gridclient.resources_path import resource
from tests.exchange.memory_ledger import MemoryLedger

SAMPLE = "samples/plain.xlsx"


@pytest.fixture(scope="module")
def rows() -> list[list[str]]:
    """The file as it lies there, read by nobody's rules."""
    return CalamineWorkbook.from_path(resource(SAMPLE)).get_sheet_by_index(0).to_python()[1:]  # type: ignore[return-value]


@pytest.fixture(scope="module")
def sample() -> Register:
    return read_register(open_workbook(resource(SAMPLE)))


@pytest.fixture(scope="module")
def made(sample: Register) -> ImportPlan:
    return plan(sample, EmptyLedger())


@pytest.fixture(scope="module")
def ledger(made: ImportPlan) -> MemoryLedger:
    filled = MemoryLedger()
    filled.save(made.drafts())
    return filled


def of(kind: str, drafts: Iterator[Draft]) -> list[Draft]:
    return [draft for draft in drafts if draft.kind == kind]


def test_everything_in_the_file_is_in_the_ledger(ledger: MemoryLedger, rows: list[list[str]]) -> None:
    assert len(ledger.all("compound")) == 1
    assert len(ledger.all("building")) == len({row[1] for row in rows}) == 15
    assert len(ledger.all("dwelling")) == len({tuple(row[:4]) for row in rows})
    assert len(ledger.all("household")) == sum(row[5] == "户主" for row in rows)
    assert len(ledger.all("resident")) == len(rows) == 2078


def test_every_person_is_behind_the_right_door(ledger: MemoryLedger, rows: list[list[str]]) -> None:
    homes, doors = ledger.all("household"), ledger.all("dwelling")
    buildings = ledger.all("building")
    found = Counter()  # type: ignore[var-annotated]
    for person in ledger.all("resident").values():
        door = doors[homes[person["household"]]["dwelling"]]  # type: ignore[index]
        number = buildings[door["building"]]["number"]  # type: ignore[index]
        phones = person.get("phones") or ("",)
        found[
            (
                f"{number}号楼",
                door["unit"],
                door["room"],
                person["name"],
                person["birth"],
                person["id_number"],
                phones,
            )
        ] += 1
    assert found == Counter((row[1], row[2], row[3], row[4], row[7], row[8], (row[9],)) for row in rows)


def test_every_household_has_the_head_the_file_names(ledger: MemoryLedger, rows: list[list[str]]) -> None:
    people = ledger.all("resident")
    heads = Counter(str(people[home["head"]]["id_number"]) for home in ledger.all("household").values())  # type: ignore[index]
    assert heads == Counter(row[8] for row in rows if row[5] == "户主")


def test_floors_and_units_are_counted_from_the_doors(ledger: MemoryLedger) -> None:
    assert {(one["units"], one["floors"]) for one in ledger.all("building").values()} == {(4, 6)}
    assert all(str(one["room"])[0] == str(one["floor"]) for one in ledger.all("dwelling").values())


def test_several_spouses_are_written_and_pointed_out(made: ImportPlan, rows: list[list[str]]) -> None:
    spouses = Counter(tuple(row[1:4]) for row in rows if row[5] == "配偶")
    expected = sum(count - 1 for count in spouses.values())
    assert len(made.report.notices) == expected > 0
    assert not made.report.doubts
    assert not made.report.faults
    assert sum(draft.fields.get("relation_to_head") == "10" for draft in made.drafts()) == spouses.total()


def test_counts_add_up_to_the_rows_of_the_file(made: ImportPlan, rows: list[list[str]]) -> None:
    assert made.report.rows.to_json() == {"new": len(rows), "changed": 0, "skipped": 0, "error": 0}


def test_the_same_file_gives_the_very_same_drafts(made: ImportPlan) -> None:
    again = plan(read_register(open_workbook(resource(SAMPLE))), EmptyLedger())
    assert msgspec.msgpack.encode(list(again.drafts())) == msgspec.msgpack.encode(list(made.drafts()))


def test_the_same_file_again_writes_nothing(sample: Register, ledger: MemoryLedger) -> None:
    again = plan(sample, ledger)
    assert again.batches == ()
    assert again.report.rows.to_json() == {"new": 0, "changed": 0, "skipped": 2078, "error": 0}


def test_an_import_cut_off_goes_on_where_it_stopped(sample: Register, made: ImportPlan) -> None:
    cut = MemoryLedger()
    for batch in made.batches[:1000]:
        cut.save(batch.drafts)
    rest = plan(sample, cut)
    cut.save(rest.drafts())
    assert len(rest.batches) == len(made.batches) - 1000
    assert {change.record for change in cut.changes} == {draft.record for draft in made.drafts()}
    assert all(change.id == change.record for change in cut.changes)


def test_every_batch_is_one_row_and_creates_what_it_needs(made: ImportPlan) -> None:
    known: set[object] = set()
    for batch in made.batches:
        created = [draft.record for draft in batch.drafts]
        for draft in batch.drafts:
            for key in ("compound", "building", "dwelling", "household", "head"):
                assert draft.fields.get(key) is None or draft.fields[key] in known.union(created)
        known.update(created)
