"""Of programs that start at the very same moment exactly one may write; the others are told so."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.durability.knocking import Knocker, all_at_once

TOGETHER = 4
SMALL, LARGE = 5, 50
Lay = Callable[[str], Path]
Size = Callable[[int, int], int]


@pytest.fixture
def knockers() -> Iterator[list[Knocker]]:
    made = [Knocker() for _ in range(TOGETHER)]
    yield made
    for one in made:
        one.end()


def the_one_inside(codes: list[str]) -> int:
    """Which of them was let in, by itself."""
    inside = [at for at, code in enumerate(codes) if not code]
    assert len(inside) == 1, codes
    return inside[0]


def test_one_is_let_in_and_after_it_is_killed_the_next(
    laid: Lay, knockers: list[Knocker], size: Size
) -> None:
    folder = laid("day") / "ledger"
    for _ in range(size(SMALL, LARGE)):
        answers = all_at_once(knockers, "open", folder)
        first = the_one_inside([answer.code for answer in answers])
        turned_away = [answer for answer in answers if answer.code]
        assert {answer.code for answer in turned_away} == {"in_use"}
        assert all("先关掉它" in answer.words for answer in turned_away)
        knockers.pop(first).kill()
        again = all_at_once(knockers, "open", folder)
        knockers[the_one_inside([answer.code for answer in again])].tell("leave")
        for knocker, answer in zip(knockers, again, strict=True):
            assert answer.code in ("", "in_use")
            if not answer.code:
                assert knocker.answer().code == ""
        knockers.append(Knocker())


def test_one_makes_the_ledger_and_no_other_makes_it_anew(
    place: Path, knockers: list[Knocker], size: Size
) -> None:
    folder = place / "ledger"
    for _ in range(size(SMALL, LARGE)):
        answers = all_at_once(knockers, "make", folder)
        first = the_one_inside([answer.code for answer in answers])
        assert {answer.code for answer in answers} <= {"", "in_use", "ledger_exists"}
        knockers[first].tell("leave")
        assert knockers[first].answer().code == ""
        assert the_one_inside([one.code for one in all_at_once(knockers[:1], "open", folder)]) == 0
        knockers[0].tell("leave")
        knockers[0].answer()
        shutil.rmtree(folder)
