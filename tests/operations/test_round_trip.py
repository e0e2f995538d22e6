"""A whole register that leaves comes back into an empty ledger as the same people."""

import random
from pathlib import Path
from typing import Any

import pytest

from gridclient.ledger.ledger import Ledger
from gridclient.operations.apply import apply_line
from gridclient.operations.demonstrate import demonstrate
from gridclient.operations.dump import dump
from gridclient.operations.export_tables import Wish, export_table
from gridclient.operations.import_register import import_register
from tests.ledgers import PASSPHRASE, Clock
from tests.operations.community_of_two import tell

KEPT = (
    *("name", "sex", "birth", "id_number", "id_type", "phones", "relation_to_head", "residence", "life"),
    *("hukou_address", "work_place", "remark", "ethnicity", "education", "arrived", "contact_name"),
)


def people(ledger: Ledger) -> list[tuple[tuple[object, ...], str, object, object]]:
    """Everybody with their door and household, whatever ids they have."""
    shown: dict[str, Any] = {str(record["record"]): record for record in dump(ledger)}

    def fields(record: object) -> dict[str, Any]:
        return shown[str(record)]["fields"]  # type: ignore[no-any-return]

    made = []
    for record in shown.values():
        if record["kind"] == "resident":
            person = record["fields"]
            home = fields(person["household"])
            dwelling = fields(home["dwelling"])
            building = fields(dwelling["building"])
            compound = fields(building["compound"])["title"]
            door = (
                compound,
                building["number"],
                *(dwelling.get(key) for key in ("unit", "floor")),
                dwelling["room"],
            )
            head = fields(home["head"])["name"] if "head" in home else ""
            said = tuple(
                tuple(sorted(value)) if isinstance(value := person.get(key), list) else value for key in KEPT
            )
            about = (home.get("phone"), home.get("moved_in"), home.get("sort"), dwelling.get("use"))
            made.append((door, head, about, said))
    return sorted(made, key=repr)


@pytest.fixture
def empty(tmp_path: Path, clock: Clock) -> Ledger:
    ledger, _ = Ledger.create(tmp_path / "empty", PASSPHRASE, clock, random.Random(8).randbytes)
    return ledger


@pytest.mark.parametrize("flat", [False, True])
def test_the_demonstration_comes_back_whole(tmp_path: Path, clock: Clock, empty: Ledger, flat: bool) -> None:
    chance = random.Random(3).randbytes
    demonstrate(tmp_path / "demo", PASSPHRASE, 0.02, 1, clock, chance)
    ledger = Ledger.open(tmp_path / "demo", PASSPHRASE, clock, chance)
    to = tmp_path / "册.xlsx"
    export_table(ledger, "register", to, Wish(full=True, purpose="换电脑", flat=flat))
    shown, _ = import_register(empty, to)
    before = people(ledger)
    assert len(before) > 100
    assert people(empty) == before
    assert shown.register.findings.faults == []
    ledger.close()
    empty.close()


def test_odd_people_come_back_too(tmp_path: Path, ledger: Ledger, empty: Ledger) -> None:
    made = tell(ledger)
    # What begins with = no import takes for a name, and nobody is called so.
    apply_line(ledger, {"kind": "resident", "record": made["sun"], "fields": {"name": "孙月琴"}})
    to = tmp_path / "册.xlsx"
    export_table(ledger, "register", to, Wish(full=True, purpose="换电脑"))
    import_register(empty, to)
    # A room is read without its noughts.
    assert [(door[:4], head) for door, head, *_ in people(empty)] == [
        (door[:4], head) for door, head, *_ in people(ledger)
    ]
    names = {str(record["fields"]["name"]) for record in dump(empty, "resident")}  # type: ignore[index]
    assert names == {"赵世昌", "孙月琴", "玛丽"}
    empty.close()
