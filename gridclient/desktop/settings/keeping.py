"""Backups, locking by itself, and destroying the ledger of this computer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.choices import Segmented
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.tick import Tick
from gridclient.desktop.settings import words
from gridclient.desktop.settings.parts import Form, section
from gridclient.desktop.theme import Look, Role, Tone

SHOWN = 5


@dataclass(frozen=True, slots=True)
class KeepingView:
    """Backups as lines ready to show, the newest first; after how many idle minutes the ledger locks."""

    backups: Sequence[str]
    lock_minutes: int


class RestoreForm(Form):
    """The passphrase of a backup that was chosen."""

    def __init__(self, look: Look) -> None:
        self.passphrase = Input(look, words.RESTORE_PASSPHRASE, secret=True)
        super().__init__(look, (self.passphrase,), words.RESTORE)

    def fault(self) -> tuple[int, str] | None:
        return None if self.passphrase.words else (0, words.NO_PASSPHRASE)


class WipeForm(Form):
    """Nothing happens by a slip of the hand: the words have to be written."""

    def __init__(self, look: Look) -> None:
        self.phrase = Input(look, words.WIPE_LABEL, hint=words.WIPE_PHRASE)
        super().__init__(look, (self.phrase,), words.WIPE)

    def fault(self) -> tuple[int, str] | None:
        said = self.phrase.words.strip()
        return None if said in (words.WIPE_PHRASE, words.WIPE_ALL_PHRASE) else (0, words.WIPE_WRONG)


class Keeping(QObject):
    """The cards of the settings about keeping a ledger. Answers come through ``say`` and ``show_…``."""

    backup_now_asked = Signal()
    backup_to_asked = Signal()
    file_asked = Signal()
    restore_asked = Signal(str, bool)
    lock_chosen = Signal(int)
    wipe_asked = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.lines = PlainLabel(look, words.NO_BACKUPS, role=Role.SECOND, colour="text2", wrap=True)
        self.now = Button(look, words.BACKUP_NOW)
        self.to = Button(look, words.BACKUP_TO)
        self.back = Button(look, words.RESTORE_FROM)
        self.notice = Notice(look, tone=Tone.OK, icon="circle-check")
        self.chosen = PlainLabel(look, role=Role.SECOND, bold=True, wrap=True)
        self.keep = Tick(look, words.KEEP_UNSENT)
        self.keep.setChecked(True)
        self.restore = RestoreForm(look)
        self.lock = Segmented(look, [words.minutes(each) for each in words.LOCK_MINUTES])
        self.wipe = WipeForm(look)
        buttons = QWidget()
        row = QHBoxLayout(buttons)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.now, self.to, self.back):
            row.addWidget(button)
        row.addStretch()
        why = PlainLabel(look, words.BACKUP_WHY, role=Role.SMALL, colour="text2", wrap=True)
        self.backups = section(
            look, words.BACKUPS, self.lines, why, self.notice, buttons, self.chosen, self.keep, self.restore
        )
        lock_why = PlainLabel(look, words.LOCK_WHY, role=Role.SMALL, colour="text2", wrap=True)
        self.locking = section(look, words.LOCK, self.lock, lock_why)
        wipe_why = PlainLabel(look, words.WIPE_WHY, role=Role.SMALL, colour="text2", wrap=True)
        self.wiping = section(look, words.WIPE_TITLE, wipe_why, self.wipe)
        for place, segment in enumerate(self.lock.segments):
            segment.setAccessibleName(f"{words.LOCK} {words.minutes(words.LOCK_MINUTES[place])}")
        self._join()
        self.forget()

    def add_to(self, left: QVBoxLayout, right: QVBoxLayout) -> None:
        left.addWidget(self.backups)
        right.addWidget(self.locking)
        right.addWidget(self.wiping)

    def show_keeping(self, view: KeepingView) -> None:
        """What backups there are, and when the ledger locks."""
        more = len(view.backups) - SHOWN
        tail = [words.more(more)] if more > 0 else []
        self.lines.setText("\n".join([*view.backups[:SHOWN], *tail]) or words.NO_BACKUPS)
        if view.lock_minutes in words.LOCK_MINUTES:
            self.lock.choose(words.LOCK_MINUTES.index(view.lock_minutes))

    def show_file(self, said: str) -> None:
        """A backup was picked: ask for its passphrase; what was said of another no longer stands."""
        self.notice.say("")
        self.chosen.setText(said)
        self.chosen.show()
        self.keep.show()
        self.restore.show()
        self.restore.passphrase.setFocus()

    def show_busy(self, busy: bool) -> None:
        for button in (self.now, self.to, self.back, self.restore.button):
            button.setEnabled(not busy)
        self.now.set_words(words.BACKING_UP if busy else words.BACKUP_NOW)

    def say(self, sentence: str, *, ok: bool = True) -> None:
        self.show_busy(False)
        self.notice.say(sentence, Tone.OK if ok else Tone.BAD, "circle-check" if ok else "alert-triangle")

    def forget(self) -> None:
        """Nothing that was begun is left."""
        for form in (self.restore, self.wipe):
            form.clear()
            form.notice.say("")
        self.notice.say("")
        self.chosen.hide()
        self.keep.hide()
        self.restore.hide()

    def _join(self) -> None:
        self.now.clicked.connect(self.backup_now_asked)
        self.to.clicked.connect(self.backup_to_asked)
        self.back.clicked.connect(self.file_asked)
        self.restore.sent.connect(
            lambda: self.restore_asked.emit(self.restore.passphrase.words, self.keep.isChecked())
        )
        self.lock.chosen.connect(lambda place: self.lock_chosen.emit(words.LOCK_MINUTES[place]))
        self.wipe.sent.connect(
            lambda: self.wipe_asked.emit(self.wipe.phrase.words.strip() == words.WIPE_ALL_PHRASE)
        )
