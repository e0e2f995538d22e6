"""A damaged ledger is never shown as if it were whole: it is refused in words, or shows what it held."""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from gridclient.core.domain.errors import KnownError
from gridclient.ledger.ledger import FILE, Ledger
from gridclient.operations.check import check
from tests.durability.stage import PASSPHRASES, prepare
from tests.durability.states import cheap_keys, content_of
from tests.ledgers import Clock

SEED = 20261125
SMALL, LARGE = 100, 1000
PAGE = 4096
Damage = Callable[[bytearray, random.Random], None]


def opened(folder: Path) -> Ledger:
    return Ledger.open(folder, PASSPHRASES[0], Clock(), random.Random(9).randbytes)


def flip_a_bit(data: bytearray, chance: random.Random) -> None:
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def flip_many_bits(data: bytearray, chance: random.Random) -> None:
    for _ in range(chance.randrange(2, 200)):
        flip_a_bit(data, chance)


def cut_off(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data)) :]


def cut_off_at_a_page(data: bytearray, chance: random.Random) -> None:
    del data[chance.randrange(len(data) // PAGE) * PAGE :]


def append(data: bytearray, chance: random.Random) -> None:
    data += chance.randbytes(chance.randrange(1, 3 * PAGE))


def empty_a_page(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) // PAGE) * PAGE
    data[start : start + PAGE] = bytes(PAGE)


def swap_pages(data: bytearray, chance: random.Random) -> None:
    one, other = (at * PAGE for at in chance.sample(range(len(data) // PAGE), 2))
    data[one : one + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[one : one + PAGE]


def repeat_a_page(data: bytearray, chance: random.Random) -> None:
    one, other = (at * PAGE for at in chance.sample(range(len(data) // PAGE), 2))
    data[one : one + PAGE] = data[other : other + PAGE]


def scramble_a_sector(data: bytearray, chance: random.Random) -> None:
    start = chance.randrange(len(data) // 512) * 512
    data[start : start + 512] = chance.randbytes(512)


DAMAGES: tuple[Damage, ...] = (
    *(flip_a_bit, flip_many_bits, cut_off, cut_off_at_a_page, append),
    *(empty_a_page, swap_pages, repeat_a_page, scramble_a_sector),
)


@pytest.fixture(autouse=True)
def cheap() -> Iterator[None]:
    with cheap_keys():
        yield


@pytest.fixture
def whole(place: Path) -> tuple[Path, str]:
    """A closed ledger and what it holds."""
    folder = place / "whole"
    prepare(folder)
    ledger = opened(folder)
    content = content_of(ledger)
    ledger.close()
    assert [path.name for path in sorted(folder.iterdir())] == ["keys.json", "ledger.db", "lock"]
    return folder, content


def met(folder: Path, content: str) -> str:
    """How a ledger is met: "whole", or the code of what was said. Fails if it shows anything else."""
    known: KnownError | None = None
    try:
        ledger = opened(folder)
        try:
            shown = content_of(ledger)
            found = check(ledger).damage
        finally:
            ledger.close()
    except KnownError as error:
        known = error
    if known is not None:
        assert "备份" in known.zh, known.code
        return known.code
    assert shown == content, "shown as if it were whole"
    assert all("备份" in words for words in found[-1:]), found
    return "found" if found else "whole"


def test_no_damage_to_the_file_is_shown_as_truth(
    place: Path, whole: tuple[Path, str], size: Callable[[int, int], int]
) -> None:
    chance = random.Random(SEED)
    ends: Counter[tuple[str, str]] = Counter()
    folder, content = whole
    original = (folder / FILE).read_bytes()
    for number in range(size(SMALL, LARGE)):
        damage = DAMAGES[number % len(DAMAGES)]
        hurt = place / "hurt"
        shutil.rmtree(hurt, ignore_errors=True)
        shutil.copytree(folder, hurt)
        data = bytearray(original)
        damage(data, chance)
        (hurt / FILE).write_bytes(data)
        end = met(hurt, content)
        ends[damage.__name__, end] += 1
        assert end == "whole" or (hurt / FILE).read_bytes() == data, (SEED, number, "it was written to")
    told = {name for name, end in ends if end != "whole"}
    assert told >= {damage.__name__ for damage in DAMAGES} - {"append"}, ends


def beside(whole: tuple[Path, str], place: Path, name: str, data: bytes) -> str:
    """How a sound ledger is met with this file beside it."""
    hurt = place / "hurt"
    shutil.copytree(whole[0], hurt)
    (hurt / f"{FILE}{name}").write_bytes(data)
    return met(hurt, whole[1])


def wal_of(folder: Path) -> bytes:
    """What lies beside a ledger after a save, as a power cut would leave it."""
    ledger = opened(folder)
    with ledger.writing() as connection:
        connection.exec_driver_sql("INSERT INTO draft (name, at, body) VALUES ('half', 1, x'0102')")
    left = (folder / f"{FILE}-wal").read_bytes()
    ledger.close()
    assert left
    return left


@pytest.mark.parametrize("name", ["-wal", "-shm", "-journal"])
@pytest.mark.parametrize("sort", ["nothing", "noise", "itself"])
def test_what_lies_beside_the_file_changes_nothing(
    name: str, sort: str, place: Path, whole: tuple[Path, str]
) -> None:
    noise = random.Random(SEED).randbytes(3 * PAGE)
    data = {"nothing": b"", "noise": noise, "itself": (whole[0] / FILE).read_bytes()}[sort]
    assert beside(whole, place, name, data) == "whole"


def test_the_wal_of_another_ledger_is_not_taken_in(place: Path, whole: tuple[Path, str]) -> None:
    other = place / "other"
    Ledger.create(other, PASSPHRASES[0], Clock(), random.Random(77).randbytes)[0].close()
    assert beside(whole, place, "-wal", wal_of(other)) == "damaged"
    assert (place / "hurt" / FILE).read_bytes() == (whole[0] / FILE).read_bytes()


def test_its_own_wal_is_taken_in(place: Path, whole: tuple[Path, str]) -> None:
    cut = place / "cut"
    shutil.copytree(whole[0], cut)
    (cut / f"{FILE}-wal").write_bytes(wal_of(whole[0]))
    ledger = opened(cut)
    with ledger.reading() as connection:
        assert connection.exec_driver_sql("SELECT name FROM draft").scalars().all() == ["half"]
    ledger.close()
