"""`python -m tests.mutants [--only NAME …]`: plants each fault; status 1 if one is not found."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.table import Line, show
from tests.mutants.faults import MUTANTS
from tests.mutants.planting import Copy, fault_of


def main(wanted: list[str]) -> int:
    """Print a table."""
    chosen = [mutant for mutant in MUTANTS if not wanted or mutant.name in wanted]
    faults = [fault for mutant in chosen if (fault := fault_of(mutant)) is not None]
    if faults or not chosen:
        print("\n".join(faults) or "no mutant of this name")
        return 1
    lines = []
    survived = 0
    with tempfile.TemporaryDirectory() as made:
        copy = Copy(Path(made))
        broken = copy.unharmed(sorted({test for mutant in chosen for test in mutant.tests}))
        if broken is not None:
            print(f"fails without any fault: {broken}")
            return 1
        for mutant in chosen:
            verdict = copy.judge(mutant)
            survived += not verdict.caught
            said = f"caught by {verdict.how}" if verdict.caught else f"SURVIVED ({verdict.how})"
            lines.append(Line(mutant.name, said, f"{verdict.seconds:.0f} s"))
            print(f"{mutant.name}: {said}", flush=True)
    show(f"{len(chosen)} faults planted, {survived} survived", lines)
    return 1 if survived else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--only", nargs="*", default=[])
    sys.exit(main(parser.parse_args().only))
