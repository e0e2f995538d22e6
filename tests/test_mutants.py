"""Every planted fault can still be planted, and is found."""

from pathlib import Path

import pytest

from tests.mutants.faults import MUTANTS
from tests.mutants.planting import Copy, Edit, Mutant, fault_of


def test_every_fault_can_be_planted_and_names_its_tests() -> None:
    assert [fault for mutant in MUTANTS if (fault := fault_of(mutant)) is not None] == []
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 15


def test_what_cannot_be_planted_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\nx = 1\n")
    (tmp_path / "t.py").write_text("def test_a() -> None: ...\n")
    twice = Mutant("twice", (Edit("a.py", "x = 1\n", "x = 2\n"),), ("t.py::test_a",))
    gone = Mutant("gone", (Edit("b.py", "x", "y"),), ("t.py::test_a",))
    untested = Mutant("untested", (Edit("t.py", "...", "1"),), ("t.py::test_b",))
    assert all(fault_of(one, tmp_path) for one in (twice, gone, untested))


@pytest.mark.campaign
@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name.replace(" ", "_"))
def test_it_is_found(tmp_path: Path, mutant: Mutant) -> None:
    verdict = Copy(tmp_path).judge(mutant)
    assert verdict.caught, verdict.how
