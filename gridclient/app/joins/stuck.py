"""What the network road cannot do: sticks, and work the community has not taken."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from gridclient.app.desk import Desk, words_of
from gridclient.core.domain.ids import Id
from gridclient.desktop.sync_state import SyncSheet
from gridclient.ledger.writing import Touched

T = TypeVar("T")


class StuckWork:
    """Answers the sheet's other buttons."""

    def __init__(self, desk: Desk, sheet: SyncSheet) -> None:
        self._desk = desk
        self._sheet = sheet
        sheet.stick_asked.connect(sheet.ask_where)
        sheet.unpack_asked.connect(sheet.ask_what)
        sheet.take_asked.connect(sheet.ask_take)
        sheet.pack_chosen.connect(self.pack)
        sheet.brought_chosen.connect(self.unpack)
        sheet.again_asked.connect(self.send_again)
        sheet.known_asked.connect(self.dismiss)
        sheet.take_chosen.connect(self.take_along)

    def pack(self, path: str) -> None:
        """Everything pending into a file on a stick."""

        def work() -> int:
            from gridclient.operations.pack_changes import pack_changes

            # The dialog has asked already whether a file of this name may go.
            return pack_changes(self._desk.ledger, Path(path), overwrite=True).changes

        def done(count: int) -> None:
            self._said(
                f"{count} 条存好了。交到社区、拿回执来读了，才算送到。" if count else "没有要带的，都送到了。"
            )

        self._write(work, done)

    def unpack(self, path: str) -> None:
        """Answers to an own pack, or at the desk what a colleague brought."""

        def work() -> tuple[str, Touched]:
            from gridclient.operations.carry_packs import open_brought
            from gridclient.operations.unpack_file import is_own, read, take_answers

            ledger, data = self._desk.ledger, read(Path(path))
            if is_own(ledger.identity(), data):
                taken = take_answers(ledger, data)
                new = sum(taken.new.values())
                return f"回执里 {taken.answers} 条，{new} 条有了结果。", taken.touched
            brought = open_brought(ledger, data)
            words = f"{brought.name}带来的 {brought.changes} 条，先看得到；下次同步送给社区，才算收到。"
            return words, brought.touched

        def done(found: tuple[str, Touched]) -> None:
            words, touched = found
            self._desk.changed(touched)
            self._said(words)

        self._write(work, done)

    def send_again(self, change: Id) -> None:
        """Put something that was not taken back into the outbox."""

        def work() -> Touched:
            from gridclient.operations.held_work import resend

            return resend(self._desk.ledger, [change])[2]

        self._write(work, lambda touched: self._changed(touched, "排上了，下次同步再送。"))

    def dismiss(self, change: Id) -> None:
        """A person knows that it was not taken."""

        def work() -> Touched:
            from gridclient.operations.held_work import dismiss

            return dismiss(self._desk.ledger, [change])[1]

        self._write(work, lambda touched: self._changed(touched, "不再显示了，原话还留在这台电脑里。"))

    def take_along(self, path: str) -> None:
        """What was not taken, into a file a person can show."""

        def work() -> int:
            from gridclient.operations.held_work import take_along

            Path(path).unlink(missing_ok=True)  # the dialog has asked already
            return take_along(self._desk.ledger, Path(path))

        self._write(work, lambda count: self._said(f"{count} 条另存好了。这个文件没有加密，用完删掉。"))

    def _write(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        self._desk.runner.write(
            work, done, lambda error: self._sheet.show_finished(words_of(error), ok=False)
        )

    def _changed(self, touched: Touched, words: str) -> None:
        self._desk.changed(touched)
        self._said(words)

    def _said(self, words: str) -> None:
        self._desk.everything_changed()
        self._sheet.show_finished(words)
