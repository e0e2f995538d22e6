"""The tour of the real window comes through, and leaves what it promises."""

import json
import subprocess
import sys
from pathlib import Path

import pypdfium2

ROOT = Path(__file__).parents[2]


def test_the_tour_comes_through(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "gridclient.tour", str(tmp_path)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    steps = json.loads((tmp_path / "tour.json").read_text("utf-8"))
    assert len(steps) >= 12
    assert all(step["ok"] for step in steps)
    assert len(list(tmp_path.glob("*.png"))) >= 27
    document = pypdfium2.PdfDocument(next(tmp_path.glob("*.pdf")))
    assert len(document) == 12
    document.close()
    assert not done.stderr.replace("This plugin does not support propagateSizeHints()", "").strip()
