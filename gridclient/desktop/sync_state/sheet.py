"""同步: what would be lost if this computer broke now, and the one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card, Picture, Progress
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.rowlist import RowList
from gridclient.desktop.kit.rows import Column, Mark, Row, Words
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.sync_state import words
from gridclient.desktop.sync_state.hero import Hero, Tile
from gridclient.desktop.sync_state.view import SyncView, Trouble, Waiting
from gridclient.desktop.theme import Look, Role, Size, Tone

LOW = 800
FEWEST_ROWS = 3  # of the list, however little room there is
# With these the network cannot help, so the stick is the road that works.
STICK_ONLY = frozenset(
    {Trouble.OFFLINE, Trouble.SERVER_DOWN, Trouble.REVOKED, Trouble.NOT_TRUSTED, Trouble.ALONE}
)
NOBODY_THERE = frozenset({Trouble.OFFLINE, Trouble.SERVER_DOWN})


class SyncSheet(Sheet):
    """Data in through ``show_sync``; F9 ``sync_asked``, F10 ``stick_asked``; Enter on a line opens it.

    What is stuck can be sent again, taken along, or let be. ``ask_where``, ``ask_what`` and ``ask_take`` ask
    for a file.
    """

    sync_asked = Signal()
    stick_asked = Signal()
    unpack_asked = Signal()
    take_asked = Signal()
    pack_chosen = Signal(str)
    brought_chosen = Signal(str)
    take_chosen = Signal(str)
    again_asked = Signal(bytes)
    known_asked = Signal(bytes)
    stop_asked = Signal()
    join_asked = Signal()
    item_opened = Signal(bytes)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.TITLE, close=words.CLOSE, width=660)
        self._view = SyncView()
        self._busy = False
        self._hero = Hero(look)
        self._tiles = (
            Tile(look, words.UNSENT),
            Tile(look, words.HELD),
            Tile(look, words.QUARANTINED, alarming=True),
        )
        self._trouble = Notice(look, tone=Tone.WARN, icon="cloud-off")
        self._warning = Notice(look, tone=Tone.WARN, icon="clock")
        self._finished = Notice(look, tone=Tone.OK, icon="circle-check")
        self._progress = Progress(look, stop=words.STOP)
        self._progress.hide()
        self._waiting_head = PlainLabel(look, words.WAITING, bold=True)
        self._waiting_summary = PlainLabel(look, role=Role.SMALL, colour="text2")
        self.list = RowList(look, (Column("", 0), Column("", 230, right=True)), name=words.WAITING)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self._again = Button(look, words.SEND_AGAIN, kind=Kind.LINK, height=30)
        self._known = Button(look, words.KNOWN, kind=Kind.LINK, height=30)
        self._take = Button(look, words.TAKE_ALONG, kind=Kind.LINK, height=30)
        self._agreed = Card(look, padding=14, ground="sunk")
        self._agreed.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._agreed_icon = Picture(look, "circle-check", size=22, colour="ok")
        self._agreed_title = PlainLabel(look, bold=True)
        self._agreed_detail = PlainLabel(look, role=Role.SMALL, colour="text2", wrap=True)
        self._off = PlainLabel(look, words.NOW_OFF, role=Role.SMALL, colour="warn", bold=True)
        self._tried = PlainLabel(look, role=Role.SMALL, colour="text2")
        self._unpack = Button(look, words.FROM_STICK, kind=Kind.LINK)
        self._join = Button(look, words.JOIN, kind=Kind.LINK)
        self.sync_button = Button(look, words.SYNC, key="F9", height=44)
        self.stick_button = Button(look, words.STICK, icon="device-usb", key="F10", height=44)
        self._build()
        self._connect()

    def show_sync(self, view: SyncView) -> None:
        """Show how things stand."""
        before, self._view = self._road(), view
        self.subtitle.setText(view.owner)
        self._hero.show_lost(view.lost, _how_to_save(view))
        self._tiles[0].show_count(view.unsent, view.unsent_detail)
        self._tiles[1].show_count(view.held, view.held_detail)
        self._tiles[2].show_count(view.quarantined, view.quarantined_detail)
        self.list.show_rows([_row(each) for each in view.waiting])
        self._fit_list()
        for widget in (self._waiting_head, self._waiting_summary, self.list):
            widget.setVisible(bool(view.waiting))
        self._waiting_head.setText(_waiting_words(view))
        self._waiting_summary.setText(view.waiting_summary)
        self._show_trouble()
        self._warning.say("" if view.trouble is Trouble.ALONE else view.warning)
        self._show_choices()
        self._show_agreement(view)
        self._show_roads(view)
        if before.hasFocus() and before is not self._road():  # it was opened before it was known
            self._road().setFocus(Qt.FocusReason.OtherFocusReason)

    def show_progress(
        self, what: str, done: int, total: int, left: str = "", share: float | None = None
    ) -> None:
        """A sync or a packing is under way. ``share``: of the whole, where this is one stage of it."""
        pressed = any(one.hasFocus() for one in (self.sync_button, self.stick_button, self._unpack))
        self._busy = True
        self._progress.show_progress(what, done, total, left, share)
        self._progress.show()
        if pressed:  # that button is about to lose the keyboard; what began by itself takes it from nobody
            self._progress.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._finished.say("")
        self._show_trouble()
        self._show_roads(self._view)

    def show_finished(self, sentence: str, *, ok: bool = True) -> None:
        """It is over: one sentence with numbers."""
        self._busy = False
        stopping = self._progress.stop.hasFocus()
        self._progress.hide()
        tone, icon = (Tone.OK, "circle-check") if ok else (Tone.WARN, "alert-triangle")
        self._finished.say(sentence, tone, icon)
        self._show_trouble()
        self._show_roads(self._view)
        if stopping:
            self._road().setFocus(Qt.FocusReason.OtherFocusReason)

    def open(self, focus: QWidget | None = None) -> None:
        self._finished.say("")
        self._show_trouble()
        super().open(focus or self._road())

    def place(self) -> None:
        super().place()
        px = self.look.theme.px
        self._inner.setSpacing(px(12))
        self._hero.set_low(self.height() < px(LOW))
        self._tile_row.setSpacing(px(12))
        self._fit_list()

    def _road(self) -> Button:
        if self._view.trouble is Trouble.CLONED:
            return self._join
        if not self._view.sticks:
            return self._join if self._view.trouble is Trouble.ALONE else self.sync_button
        no_line = (Trouble.REVOKED, Trouble.ALONE)
        stick = self._view.trouble in STICK_ONLY and (self._view.unsent > 0 or self._view.trouble in no_line)
        return self.stick_button if stick else self.sync_button

    def _show_trouble(self) -> None:
        """Why the network does not work; that nobody answers is said once, by what has just been tried."""
        view = self._view
        said = {**words.TROUBLES, **({} if view.sticks else words.WITHOUT_STICKS)}
        told = view.trouble in NOBODY_THERE and bool(self._finished.words)
        self._trouble.say("" if told else said.get(view.trouble, ""))

    def _fit_list(self) -> None:
        """As high as its lines, if there is room; what stands below it stays in sight."""
        rows, line = len(self._view.waiting), self.look.theme.px(Size.ROW)
        self.list.setMinimumHeight(min(rows, FEWEST_ROWS) * line)
        self.list.setMaximumHeight(rows * line + self.look.theme.px(8))

    def _show_choices(self) -> None:
        """What can be done about the line the keyboard is on."""
        chosen = self.list.current_id()
        one = next((each for each in self._view.waiting if each.id == chosen), None)
        self._again.setVisible(one is not None and one.again)
        self._known.setVisible(one is not None and one.dismissed)
        self._take.setVisible(bool(self._view.held or self._view.quarantined))

    def ask_where(self) -> None:
        """Which file on the stick to write: ``pack_chosen``."""
        self._ask_file(words.PACK_TITLE, words.PACK_NAME, self.pack_chosen)

    def ask_take(self) -> None:
        """Where to put a copy of what was not taken: ``take_chosen``."""
        self._ask_file(words.TAKE_TITLE, words.TAKE_NAME, self.take_chosen)

    def _ask_file(self, title: str, name: str, then: SignalInstance) -> None:
        dialog = QFileDialog(self, title, "")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(then)
        dialog.open()

    def ask_what(self) -> None:
        """Which file from the stick to read: ``brought_chosen``."""
        title = words.OPEN_TITLE if self._view.desk else words.UNPACK_TITLE
        dialog = QFileDialog(self, title, "", words.FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.brought_chosen)
        dialog.open()

    def _show_agreement(self, view: SyncView) -> None:
        self._agreed_icon.show_icon(
            "circle-check" if view.agreed else "circle-dashed", "ok" if view.agreed else "text3"
        )
        self._agreed_title.setText(words.AGREED if view.agreed else words.NEVER_AGREED)
        self._agreed_detail.setText(view.agreed_detail)
        self._agreed_detail.setVisible(bool(view.agreed_detail))
        self._off.setVisible(view.trouble in NOBODY_THERE)
        self._tried.setText(view.tried)
        self._agreed.setVisible(view.trouble is not Trouble.ALONE)

    def _show_roads(self, view: SyncView) -> None:
        """The filled button is the road that works now."""
        failed = view.trouble not in (Trouble.NONE, Trouble.ALONE)
        self.sync_button.set_words(words.AGAIN if failed else words.SYNC)
        filled = self._road()
        self._join.kind = Kind.PRIMARY if view.trouble is Trouble.CLONED else Kind.LINK
        for button in (self.sync_button, self.stick_button):
            button.kind = Kind.PRIMARY if button is filled else Kind.SECONDARY
            button.setEnabled(not self._busy)
            button.updateGeometry()
        self.sync_button.setVisible(view.trouble not in (Trouble.ALONE, Trouble.REVOKED))
        self._unpack.setVisible(view.sticks and not self._busy and view.trouble is not Trouble.ALONE)
        self.stick_button.setVisible(view.sticks)
        self._join.set_words(words.ANEW if view.trouble is Trouble.CLONED else words.JOIN)
        self._join.setVisible(view.trouble in (Trouble.ALONE, Trouble.CLONED))

    def _build(self) -> None:
        self._tile_row = QHBoxLayout()
        for tile in self._tiles:
            self._tile_row.addWidget(tile)
        head = QHBoxLayout()
        head.addWidget(self._waiting_head)
        head.addStretch()
        head.addWidget(self._waiting_summary)
        words_ = QVBoxLayout()
        words_.addWidget(self._agreed_title)
        words_.addWidget(self._agreed_detail)
        right = QVBoxLayout()
        right.addWidget(self._off, 0, Qt.AlignmentFlag.AlignRight)
        right.addWidget(self._tried, 0, Qt.AlignmentFlag.AlignRight)
        line = QHBoxLayout()
        line.addWidget(self._agreed_icon)
        line.addLayout(words_, 1)
        line.addLayout(right)
        self._agreed.body.addLayout(line)
        inner = QWidget()
        self._inner = QVBoxLayout(inner)
        self._inner.setContentsMargins(0, 0, 0, 0)
        for widget in (self._hero, self._progress, self._finished, self._trouble, self._warning):
            self._inner.addWidget(widget)
        self._inner.addLayout(self._tile_row)
        self._inner.addLayout(head)
        self._inner.addWidget(self.list, 1)
        choices = QHBoxLayout()
        for choice in (self._again, self._known, self._take):
            choices.addWidget(choice)
        choices.addStretch()
        self._inner.addLayout(choices)
        self._inner.addStretch()
        self._inner.addWidget(self._agreed)
        self.body.addWidget(Scroll(inner))
        for button in (self._unpack, self._join):
            self.foot.addWidget(button)
        self.foot.addStretch()
        self.foot.addWidget(self.sync_button)
        self.foot.addWidget(self.stick_button)

    def _connect(self) -> None:
        self.sync_button.clicked.connect(self.sync_asked)
        self.stick_button.clicked.connect(self.stick_asked)
        self._unpack.clicked.connect(self.unpack_asked)
        self._again.clicked.connect(lambda: self.again_asked.emit(self.list.current_id() or b""))
        self._known.clicked.connect(lambda: self.known_asked.emit(self.list.current_id() or b""))
        self._take.clicked.connect(self.take_asked)
        self.list.current_changed.connect(lambda _: self._show_choices())
        self._join.clicked.connect(self.join_asked)
        self._progress.stop_asked.connect(self.stop_asked)
        self.list.opened.connect(self.item_opened)
        self.escaped.connect(self.close_over)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        button = {Qt.Key.Key_F9: self.sync_button, Qt.Key.Key_F10: self.stick_button}.get(Qt.Key(event.key()))
        if button is None:
            super().keyPressEvent(event)
        elif button.isVisible():
            button.click()


def _how_to_save(view: SyncView) -> str:
    if not view.lost:
        return words.ALL_THERE
    if not view.sticks:
        return words.SAVE_BY_JOINING if view.trouble is Trouble.ALONE else words.SAVE_BY_NET
    if not view.unsent:  # what a stick does not carry
        return words.SAVE_BY_NET
    if view.trouble in (Trouble.REVOKED, Trouble.LEFT, Trouble.CLONED):
        return words.SAVE_BY_SUPERVISOR
    return words.SAVE_BY_STICK if view.trouble in STICK_ONLY else words.SAVE_BY


def _waiting_words(view: SyncView) -> str:
    if not view.held and not view.quarantined:
        return words.WAITING
    return words.UNSENT_OR_STUCK if view.unsent else words.STUCK


def _row(each: Waiting) -> Row:
    tail = Mark(each.reason, each.tone) if each.reason else Words(each.when, role=Role.SMALL, colour="text2")
    spoken = "，".join(part for part in (each.title, each.when, each.reason) if part)
    return Row(each.id, (Words(each.title, role=Role.SECOND, icon=each.icon, free=True), tail), spoken)
