"""`python -m gridclient.tour DIR`: exit status 0 only if every step was seen to work."""

import asyncio
import sys
import tempfile
import traceback
from pathlib import Path

import qasync
from PySide6.QtWidgets import QApplication

from gridclient.desktop.theme import Look
from gridclient.operations.runner import ThreadRunner
from gridclient.tour.hands import Hands
from gridclient.tour.server import LocalServer
from gridclient.tour.story import Story


def main(directory: Path) -> int:
    """Drive the real window through the main job; pictures, PDFs and tour.json go into `directory`."""
    directory.mkdir(parents=True, exist_ok=True)
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    hands = Hands(directory)
    with (
        tempfile.TemporaryDirectory(prefix="minqing-tour-") as scratch,
        LocalServer(Path(scratch) / "server") as server,
    ):
        story = Story(app, Look(app), hands, server, Path(scratch))
        try:
            loop.run_until_complete(story.tell(lambda: ThreadRunner(lambda: loop)))
        except Exception:
            traceback.print_exc()
            for number, laptop in enumerate(story.laptops):
                laptop.roof.grab().save(str(directory / f"failed-{number}.png"))
        finally:
            for laptop in story.laptops:
                laptop.close()
    hands.write()
    failed = [step for step in hands.steps if not step["ok"]]
    for step in hands.steps:
        print(f"{'ok ' if step['ok'] else 'NOT'} {step['seconds']:6.2f} s  {step['name']}")
    return 1 if failed or not hands.steps else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else "tour")))
