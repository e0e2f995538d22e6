"""Every file as an office hands it over is read as a person reads it, or says what is unclear."""

from collections.abc import Mapping
from typing import Any

import pytest

from gridclient.exchange.import_plan import plan
from gridclient.exchange.known import EmptyLedger
from gridclient.exchange.mapping import MappingNeeded
from gridclient.exchange.register import read_register
from gridclient.exchange.workbook import read_workbook
from tests.exchange.memory_ledger import MemoryLedger
from tests.exchange.office_cells import CELLS
from tests.exchange.office_files import OfficeFile
from tests.exchange.office_formats import FORMATS
from tests.exchange.office_layouts import LAYOUTS

FILES = (*LAYOUTS, *CELLS, *FORMATS)


def homes(ledger: MemoryLedger) -> dict[str, list[list[str]]]:
    """Behind every door that has people, its households."""
    buildings, doors = ledger.all("building"), ledger.all("dwelling")
    people: dict[Any, list[str]] = {}
    for resident in ledger.all("resident").values():
        people.setdefault(resident["household"], []).append(str(resident["name"]))
    behind: dict[str, list[list[str]]] = {}
    for key, home in ledger.all("household").items():
        door = doors[home["dwelling"]]  # type: ignore[index]
        number = buildings[door["building"]]["number"]  # type: ignore[index]
        named = f"{number}-{door['unit'] or ''}-{door['room']}"
        behind.setdefault(named, []).append(people[key])
    return behind


def differing(found: Mapping[str, object], expected: Mapping[str, object]) -> dict[str, object]:
    return {key: found.get(key) for key, value in expected.items() if found.get(key) != value}


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_it_is_read_as_a_person_reads_it(file: OfficeFile) -> None:
    book = read_workbook(file.data())
    if file.asked:
        with pytest.raises(MappingNeeded) as caught:
            read_register(book)
        assert file.asked in "；".join(caught.value.questions)
        return
    made = plan(read_register(book), EmptyLedger())
    ledger = MemoryLedger()
    ledger.save(made.drafts())
    report = made.report
    assert homes(ledger) == file.homes, (report.faults, report.doubts)
    drafted = {draft.fields["name"]: draft.fields for draft in made.drafts() if draft.kind == "resident"}
    for name, expected in file.people.items():
        assert differing(drafted[name], expected) == {}, name
    assert [fault.row for fault in report.faults] == [row for row, _ in file.faults], report.faults
    for fault, (_, reason) in zip(report.faults, file.faults, strict=True):
        assert reason in fault.reason
    assert sorted((doubt.row, doubt.column) for doubt in report.doubts) == sorted(file.doubts), report.doubts
    said = [notice.reason for notice in report.notices]
    for part in file.notices:
        assert any(part in reason for reason in said), said
    assert len(report.ignored) == len(file.ignored), report.ignored
    for (_, reason), part in zip(report.ignored, file.ignored, strict=True):
        assert part in reason
