"""Erasing a household for good, asked for from its page."""

from collections.abc import Callable

from gridclient.app.desk import Desk, words_of
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.desktop.household.erasing import ErasingSheet, ErasingView
from gridclient.operations.erase import Erased, erase, would_go

HOUSEHOLD = "household"


class ErasingJoin:
    """`gone`: where the window goes when its household is no more."""

    def __init__(self, desk: Desk, gone: Callable[[], None]) -> None:
        self._desk = desk
        self._gone = gone
        self.sheet = ErasingSheet(desk.look, desk.window)
        self.sheet.erase_decided.connect(self._erase)

    def open(self, opens: Id, door: str, name: str) -> None:
        """Open the sheet; `name` is what has to be written to mean it."""

        def work() -> str:
            counts = would_go(self._desk.ledger, opens)
            below = [(kind, count) for kind, count in counts.items() if kind != HOUSEHOLD]
            return "，".join(f"{KINDS[kind].zh} {count} 条" for kind, count in below) or "资料"

        self._desk.read(
            work, lambda said: self.sheet.show_household(ErasingView(opens, door, name or door, said))
        )

    def _erase(self, opens: Id, reason: str) -> None:
        ledger = self._desk.ledger

        def done(erased: Erased) -> None:
            self.sheet.close_over()
            self._gone()
            self._desk.changed(erased.touched)
            count = sum(erased.counts.values())
            left = f"，还有 {erased.unread} 份备份打不开，里面可能还有" if erased.unread else ""
            self._desk.window.say(f"清除了 {count} 条{left}。", undoable=False)

        self._desk.runner.write(
            lambda: erase(ledger, opens, reason, with_contents=True),
            done,
            lambda error: self.sheet.show_error(words_of(error)),
        )
