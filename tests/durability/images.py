"""Power cuts: images of what a disk may hold after one, each opened as a person would, and judged."""

import random
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from gridclient.core.domain.errors import KnownError
from gridclient.ledger.keys import WrongPassphraseError
from gridclient.ledger.ledger import KEYS, Ledger
from tests.durability.disk import Survival, Told
from tests.durability.recording import Recording
from tests.durability.states import State, cheap_keys, content_of, print_of
from tests.ledgers import Clock


class Fault(NamedTuple):
    """What is wrong with an image, and how to have it again."""

    sort: str
    words: str
    where: str


@dataclass
class Proof:
    """What came of some images."""

    images: int = 0
    seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)
    survivals: Counter[str] = field(default_factory=Counter)

    @property
    def lost(self) -> int:
        """Images in which something that was said to be saved is missing."""
        return sum(fault.sort == "lost" for fault in self.faults)


class Image(NamedTuple):
    """Files after a cut, and the saves one of which they must show: the last one told of, or the next."""

    where: str
    how: Survival
    files: dict[str, bytes]
    told: int


def images(recording: Recording, seed: int, count: int) -> Iterator[Image]:
    """Seeded images of a recording, in the order of their cuts."""
    chance = random.Random(seed)
    acts = recording.acts
    cuts = sorted(chance.randint(0, len(acts)) for _ in range(count))
    disk = recording.disk()
    done = told = 0
    for number, cut in enumerate(cuts):
        for act in acts[done:cut]:
            disk.apply(act)
            told += isinstance(act, Told)
        done = cut
        how = chance.choice(list(Survival))
        where = f"seed {seed}, image {number} of {count}: cut after {cut} of {len(acts)} acts, {how.value}"
        yield Image(where, how, disk.image(chance, how), told)


def prove(recording: Recording, states: Sequence[State], place: Path, seed: int, count: int) -> Proof:
    """Open images in `place` (a folder that is emptied, best in memory) as ledgers named "ledger"."""
    proof = Proof()
    started = perf_counter()
    with cheap_keys():
        for image in images(recording, seed, count):
            _lay(place, image.files)
            known = max(image.told - 1, 0)
            wrong = judge(place, states, known)
            proof.images += 1
            proof.survivals[image.how.value] += 1
            if wrong is not None:
                proof.faults.append(Fault(*wrong, image.where))
    shutil.rmtree(place, ignore_errors=True)
    proof.seconds = perf_counter() - started
    return proof


def _lay(place: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(place, ignore_errors=True)
    for path, data in files.items():
        target = place / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def judge(root: Path, states: Sequence[State], known: int) -> tuple[str, str] | None:
    """What is wrong with the ledger that lies below a root, as (sort, words).

    It must show `states[known]`, which was said to be saved, or the next, which may have been under way.
    """
    legal = states[known : known + 2]
    folder = root / "ledger"
    keys = print_of(folder / KEYS) if (folder / KEYS).exists() else ""
    if legal[0].wiped:
        return _wiped(root, states[known - 1])
    errors: list[str] = []
    for state in sorted(legal, key=lambda state: state.keys != keys):
        if not state.content:
            continue
        try:
            ledger = Ledger.open(folder, state.passphrase, Clock(), random.Random(1).randbytes)
        except WrongPassphraseError as wrong:
            errors.append(wrong.code)
        except KnownError as known_error:
            errors.append(known_error.code)
        else:
            try:
                return _look(ledger, root, states, known)
            finally:
                ledger.close()
    if legal[-1].wiped and set(errors) == {"no_ledger"}:
        return _destroyed(root, legal[0].keys)
    if not legal[0].content:
        return _make(folder, errors)
    if set(errors) == {"no_ledger"}:
        return "lost", "there is no ledger"
    older = _opens_with(folder, states[:known])
    return ("lost", "an older passphrase opens it") if older else ("unopenable", ", ".join(errors))


def _look(ledger: Ledger, root: Path, states: Sequence[State], known: int) -> tuple[str, str] | None:
    damage = ledger.check()
    if damage:
        return "damaged", damage[0]
    content = content_of(ledger)
    found = [at for at, state in enumerate(states) if state.content == content]
    if not found:
        return "half", "it holds what was never saved as a whole"
    if not {known, known + 1} & set(found):
        return "lost" if max(found) < known else "half", f"it shows save {found}, told was {known}"
    for path, held in states[known].files.items():
        if not (root / path).exists() or print_of(root / path) != held:
            return "lost", f"{path} is gone"
    return None


def _wiped(root: Path, before: State) -> tuple[str, str] | None:
    """Destroyed is destroyed: nothing opens it, and nothing could."""
    try:
        Ledger.open(root / "ledger", before.passphrase, Clock(), random.Random(1).randbytes).close()
    except KnownError as error:
        return _destroyed(root, before.keys) if error.code == "no_ledger" else ("unopenable", error.code)
    return "alive", "it opens"


def _destroyed(root: Path, keys: str) -> tuple[str, str] | None:
    """Whether no file holds the keys any more, nor any backup."""
    for path in root.rglob("*"):
        if path.is_file() and keys in (print_of(path), *_packed(path)):
            return "alive", f"{path.name} holds the keys"
    return None


def _packed(path: Path) -> list[str]:
    if not zipfile.is_zipfile(path):
        return []
    with zipfile.ZipFile(path) as archive:
        return [sha256(archive.read(name)).hexdigest() for name in archive.namelist() if name == KEYS]


def _make(folder: Path, errors: list[str]) -> tuple[str, str] | None:
    """There need not be a ledger yet; then it can be made, whatever lies about."""
    if set(errors) - {"no_ledger"}:
        return "unopenable", ", ".join(errors)
    try:
        Ledger.create(folder, "再建一次也行的新口令", Clock(), random.Random(2).randbytes)[0].close()
    except KnownError as error:
        return "unopenable", f"and cannot be made: {error.code}"
    return None


def _opens_with(folder: Path, states: Sequence[State]) -> bool:
    for passphrase in {state.passphrase for state in states if state.content}:
        try:
            Ledger.open(folder, passphrase, Clock(), random.Random(1).randbytes).close()
        except KnownError:
            continue
        return True
    return False
