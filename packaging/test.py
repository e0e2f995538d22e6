"""Check everything: `python3 packaging/test.py [--campaign] [anything pytest understands]`."""

from __future__ import annotations

import subprocess
import sys

from environment import QT, READER, ROOT, SCREEN, TRACER, TYPIST, prepare, python, variables
from words import Voice

SCRIPTS = sorted(str(path) for path in (ROOT / "packaging").glob("*.py"))
CHECKS = {
    "format": ["ruff", "format", "--check", "."],
    "lint": ["ruff", "check", "."],
    "types": ["mypy", "gridclient", "sync_server", "tests"],
    # The folder shares its name with a library, so its files are checked as the lone scripts they are.
    "types of the scripts": ["mypy", "--no-explicit-package-bases", *SCRIPTS],
}


def main(arguments: list[str]) -> int:
    """Lint, types, then every test. The arguments go to pytest, whose lines are the last ones printed."""
    prepare([*QT, *SCREEN, *READER, *TRACER, *TYPIST], Voice("en"))
    environment = variables(QT_QPA_PLATFORM="offscreen")
    failed = []
    for name, command in CHECKS.items():
        print(f"== {name}", flush=True)
        if subprocess.run([str(python()), "-m", *command], cwd=ROOT, env=environment).returncode:
            failed.append(name)
    if failed:
        print(f"Failed: {', '.join(failed)}. No test was run.", file=sys.stderr)
        return 1
    print("== tests", flush=True)
    pytest = [str(python()), "-m", "pytest", "-n", "2", "--dist", "worksteal", *arguments]
    return subprocess.run(pytest, cwd=ROOT, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
