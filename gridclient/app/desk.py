"""What all joins share after unlocking: the ledger, the window, and what happens when something changed."""

import sys
from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from gridclient.core.domain.errors import KnownError
from gridclient.core.wire.messages import RefusedError, UnreachableError
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.shell.window import MainWindow
from gridclient.desktop.theme import Look
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched
from gridclient.operations.runner import Runner

T = TypeVar("T")


class Join(Protocol):
    """A screen joined to its operations."""

    def refresh(self, touched: Touched) -> None:
        """Something changed; show it if this screen shows it."""
        ...


class Desk:
    """The open ledger and its window. Lives in the window's thread."""

    def __init__(self, ledger: Ledger, runner: Runner, window: MainWindow, look: Look) -> None:
        self.ledger = ledger
        self.runner = runner
        self.window = window
        self.look = look
        self._joins: list[Join] = []
        self._later: dict[Screen, Callable[[], None]] = {}
        self.counts_changed: Callable[[], None] = lambda: None
        self.undo_last: Callable[[], None] = lambda: None
        window.undo_asked.connect(self.undo)
        window.came_to_front.connect(self._catch_up)

    def add(self, join: Join) -> None:
        self._joins.append(join)

    def show(self, screen: Screen, show: Callable[[], None]) -> None:
        """Show something on a screen: now if it is in front, else when it comes there.

        Only the newest counts: laying out pages that nobody sees would hold the window up.
        """
        self._later.pop(screen, None)
        if self.window.front() is screen:
            show()
        else:
            self._later[screen] = show

    def _catch_up(self, screen: Screen) -> None:
        show = self._later.pop(screen, None)
        if show is not None:
            show()

    def read(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Read away from the window, show here."""
        self.runner.read(work, done, self.failed)

    def save(
        self,
        work: Callable[[], Touched],
        said: str,
        done: Callable[[Touched], None] = lambda _: None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Write away from the window; say what was recorded, let it be taken back.

        `done` comes before the screens refresh, so that what a person waits for is read first.
        """

        def saved(touched: Touched) -> None:
            if said:
                self.window.say(said)
            done(touched)
            self.changed(touched)

        self.runner.write(work, saved, failed or self.failed)

    def changed(self, touched: Touched, but: Join | None = None) -> None:
        """Screens refresh from what changed, not from who did it; `but` one that has just been filled."""
        for join in self._joins:
            if join is not but:
                join.refresh(touched)

    def everything_changed(self) -> None:
        self.changed(Touched({"*"}))

    def undo(self) -> None:
        """Take the last act back."""
        self.undo_last()

    def failed(self, error: Exception) -> None:
        """Say what a person can act on; a bug is loud."""
        self.window.say(words_of(error), undoable=False)


def words_of(error: Exception) -> str:
    """One sentence for what went wrong. A bug also goes where bugs nobody caught go."""
    if isinstance(error, KnownError):
        return error.zh
    if isinstance(error, RefusedError):
        return str(error)
    if isinstance(error, UnreachableError):
        return "连不上社区的电脑。记录都在这台电脑里，可以接着走访。"
    sys.excepthook(type(error), error, error.__traceback__)
    return "程序出错了，刚才那一步没有做成。已记的都在，重开一次再试。"


def names(touched: Touched, kinds: Iterable[str]) -> bool:
    """Whether a change touched one of these kinds."""
    return "*" in touched.kinds or not touched.kinds.isdisjoint(kinds)
