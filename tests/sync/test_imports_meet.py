"""One file on two laptops that sync: one of everything, also after it was taken back and made again."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from gridclient.operations.import_register import Imported, carry_out, preview
from gridclient.operations.undo import undo_batch
from tests.exchange.tables import HEADER, Rows, id_number, person, xlsx
from tests.sync.world import Desk, World

NUMBER = id_number()
FIRST: Rows = [
    HEADER,
    person("3-502", "魏彩虹", 身份证号=NUMBER, 联系电话="13900000001", 备注="听力弱"),
    person("3-502", "李萍", "女"),
]
LATER: Rows = [HEADER, person("3-502", "魏彩虹", 备注="听力好了"), person("3-503", "赵娜")]


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path, 1)
    yield made
    made.town.close()


@pytest.fixture
def two(world: World) -> Iterator[tuple[Desk, Desk]]:
    made = world.desk(world.settled.supervisor.worker), world.desk(world.settled.supervisor.worker)
    for desk in made:
        assert desk.sync().complete
    yield made
    for desk in made:
        desk.ledger.close()


def take(desk: Desk, folder: Path, rows: Rows) -> Imported:
    path = folder / f"{'first' if rows is FIRST else 'later'}.xlsx"
    if not path.exists():
        path.write_bytes(xlsx(rows))
    return carry_out(desk.ledger, preview(desk.ledger, path))


def met(*desks: Desk) -> dict[str, Any]:
    """What all show once everybody has synced: the same, undisputed."""
    for _ in range(2):
        for desk in desks:
            assert desk.sync().complete
    first, *others = [desk.shown() for desk in desks]
    for other in others:
        assert other == first
    assert all(one["conflicts"] == {} for one in first.values())
    return {str(one["fields"]["name"]): one["fields"] for one in first.values() if one["kind"] == "resident"}  # type: ignore[index]


def test_one_file_on_two_laptops_makes_everybody_once(two: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, other = two
    take(one, tmp_path, FIRST)
    take(other, tmp_path, FIRST)
    assert set(met(one, other)) == {"魏彩虹", "李萍"}
    assert take(other, tmp_path, FIRST).touched.changes == []


def test_a_batch_is_taken_back_after_it_was_sent_and_made_again(
    two: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = two
    first = take(one, tmp_path, FIRST)
    later = take(one, tmp_path, LATER)
    assert met(one, other)["魏彩虹"]["remark"] == "听力好了"
    assert undo_batch(one.ledger, later.batch).left == []
    people = met(one, other)
    assert set(people) == {"魏彩虹", "李萍"}
    assert people["魏彩虹"]["remark"] == "听力弱"
    take(one, tmp_path, LATER)
    assert set(met(one, other)) == {"魏彩虹", "李萍", "赵娜"}
    assert take(other, tmp_path, LATER).touched.changes == []
    assert undo_batch(one.ledger, first.batch).left != []


def test_what_another_laptop_said_since_stays_when_a_batch_is_taken_back(
    two: tuple[Desk, Desk], tmp_path: Path
) -> None:
    one, other = two
    first = take(one, tmp_path, FIRST)
    met(one, other)
    take(other, tmp_path, LATER)
    met(one, other)
    left = undo_batch(one.ledger, first.batch).left
    assert "resident" in {kind for kind, _ in left}
    people = met(one, other)
    assert people["魏彩虹"]["remark"] == "听力好了"
    assert "李萍" not in people


def test_both_take_it_back_and_one_makes_it_again(two: tuple[Desk, Desk], tmp_path: Path) -> None:
    one, other = two
    batches = [take(desk, tmp_path, FIRST).batch for desk in two]
    met(one, other)
    for desk, batch in zip(two, batches, strict=True):
        undo_batch(desk.ledger, batch)
    assert met(one, other) == {}
    take(one, tmp_path, FIRST)
    assert set(met(one, other)) == {"魏彩虹", "李萍"}
