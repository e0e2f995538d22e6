"""Taking back: the last act by one key, any of the last ones from a list."""

from collections.abc import Callable

from gridclient.app.desk import Desk, words_of
from gridclient.app.present.history import act_line
from gridclient.desktop.acts import ActLine, ActsSheet
from gridclient.ledger.writing import Touched
from gridclient.operations.acts import Act, newest_change, recent, restore, take_back, why_left
from gridclient.operations.undo import Undone

Done = tuple[Act, Undone, list[str]]


class ActsJoin:
    """One key takes back only what was done since the ledger was opened; the list reaches further."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._since = newest_change(desk.ledger)
        self.sheet = ActsSheet(desk.look, desk.window)
        self._why: list[str] = []
        desk.add(self)
        desk.undo_last = self.undo_last
        desk.window.acts_asked.connect(self.open)
        self.sheet.undo_asked.connect(lambda number: self._turn(number, take_back, "撤回了"))
        self.sheet.again_asked.connect(lambda number: self._turn(number, restore, "恢复了"))

    def refresh(self, touched: Touched) -> None:
        if self.sheet.isVisible():
            self.open()

    def open(self, number: int | None = None) -> None:
        """The list of the last acts, one of them current."""

        def work() -> list[ActLine]:
            now = self._desk.ledger.clock()
            return [act_line(act, now) for act in recent(self._desk.ledger)]

        def done(lines: list[ActLine]) -> None:
            self.sheet.show_acts(lines, number)
            if self._why:
                self.sheet.said.say("；".join(self._why))
                self._why = []

        self._desk.read(work, done)

    def undo_last(self) -> None:
        """Take the last act back; a whole import is taken back from the list alone."""
        since, ledger = self._since, self._desk.ledger

        def work() -> Done | Act | None:
            acts = recent(ledger, after=since)
            act = next((one for one in acts if not one.undone and not one.fixed), None)
            if act is None or act.is_import:
                return act
            undone = take_back(ledger, act)
            return act, undone, why_left(ledger, undone.left)

        def done(found: Done | Act | None) -> None:
            if isinstance(found, Act):
                self.open(found.first)
            elif found is not None:
                act, undone, self._why = found
                self._desk.changed(undone.touched)
                more = "，看 Ctrl+Shift+Z" if undone.left else ""
                self._desk.window.say(f"{_said('撤回了', act, undone)}{more}。", undoable=False)

        self._desk.runner.write(work, done, self._desk.failed)

    def _turn(self, number: int, how: Callable[..., Undone], word: str) -> None:
        ledger = self._desk.ledger

        def work() -> Done | None:
            act = next((one for one in recent(ledger) if one.first == number), None)
            if act is None:
                return None
            undone = how(ledger, act)
            return act, undone, why_left(ledger, undone.left)

        def done(found: Done | None) -> None:
            if found is None:
                return
            act, undone, why = found
            self._desk.changed(undone.touched)
            self.sheet.said.say("。".join([_said(word, act, undone), *why]) + "。")

        self._desk.runner.write(work, done, lambda error: self.sheet.said.say(words_of(error)))


def _said(word: str, act: Act, undone: Undone) -> str:
    left = f"，{len(undone.left)} 处后来有人动过，留着没动" if undone.left else ""
    return f"{word}：{act.words}{left}"
