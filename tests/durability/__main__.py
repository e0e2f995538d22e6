"""`python -m tests.durability [IMAGES [SEED]]`: power cuts over every job; status 1 if anything is lost."""

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.table import Line, show
from tests.durability.images import prove
from tests.durability.keeping_jobs import prepare_old
from tests.durability.recording import record
from tests.durability.stage import prepare, write_register
from tests.durability.states import story_of

JOBS = ("first_run", "day", "import", "rewrap", "backup", "restore", "upgrade", "erase", "wipe")


def main(images: int, seed: int) -> int:
    """Prove all, print a table. Needs strace."""
    lines, faults = [], []
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None
    for job in JOBS:
        with tempfile.TemporaryDirectory(dir=memory) as folder:
            place = Path(folder).resolve()
            root, story, table = place / "disk", place / "story", place / "register.csv"
            root.mkdir()
            write_register(table)
            if job == "upgrade":
                prepare_old(root / "ledger")
            elif job != "first_run":
                prepare(root / "ledger")
            command = ["-m", "tests.durability.work", str(root / "ledger"), str(story), job, str(table)]
            recording = record(root, story, [sys.executable, *command])
            proof = prove(recording, story_of(story), place / "image", seed, images)
        faults += proof.faults
        speed = proof.images / proof.seconds
        ours = f"{proof.images} images, {speed:.0f}/s, {proof.lost} lost, {len(proof.faults)} faults"
        lines.append(Line(f"{job}, {len(recording.acts)} acts", ours, "100/s, 0 lost"))
    show(f"power cuts, seed {seed}", lines)
    for fault in faults:
        print(f"{fault.sort}: {fault.words} ({fault.where})")
    return 1 if faults else 0


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:3]]
    sys.exit(main(*(numbers + [225, 20261124][len(numbers) :])))
