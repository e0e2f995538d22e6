"""The export screen: three questions, one button, and where the file is."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QKeyCombination, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QFileDialog,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from gridclient.desktop.exports import words
from gridclient.desktop.exports.parts import NumbersCard, WhatCard, WhereCard
from gridclient.desktop.exports.view import ExportOrder, ExportsView
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Progress
from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.picker import Item
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.theme import Look, Role, Size, Tone

FILE = b"file:"
"""Before the path of a form of the person's own, in the id of its entry."""
NARROW = 880
"""With less room than this, in pixels of the 100 % drawing, the questions stand in one column."""
CTRL = Qt.KeyboardModifier.ControlModifier
SAVE_KEY = QKeyCombination(CTRL, Qt.Key.Key_S)
ESC_KEY = QKeyCombination(Qt.Key.Key_Escape)


class ExportsScreen(Screen):
    """Give it ``show_choices``; after ``export_asked`` it waits for ``show_progress`` and ``show_done`` or
    ``show_error``. ``export_asked`` carries an ExportOrder, ``blank_asked`` the path of the empty register.
    """

    export_asked = Signal(object)
    blank_asked = Signal(str)
    folder_asked = Signal()
    stop_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._undated: frozenset[bytes] = frozenset()
        self._busy = False
        self.what = WhatCard(look)
        self.where = WhereCard(look)
        self.numbers = NumbersCard(look)
        self.export = Button(look, words.EXPORT, kind=Kind.PRIMARY, key="Ctrl+S", height=Size.BUTTON)
        self.blank = Button(look, words.BLANK)
        self.notice = Notice(look, tone=Tone.OK, icon="circle-check")
        self.folder = Button(look, words.FOLDER)
        self.progress = Progress(look, stop=words.STOP)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.TITLE)
        self._build()
        self._join()
        self._follow()

    # Data in

    def show_choices(self, view: ExportsView) -> None:
        """What there is; what was chosen stays chosen."""
        self._undated = view.undated
        self.what.show_tables(view.tables)
        self.where.show_choices(view)
        self.numbers.show_right(view.whole)
        self._follow_table()

    def show_progress(self, done: int, total: int) -> None:
        """How many rows are written."""
        self.notice.say("")
        self.progress.show_progress(words.WORKING if done < total else words.SAVING, done, total)
        self._show_busy(True)

    def show_done(self, sentence: str) -> None:
        """The file is there, in a sentence."""
        self._show_busy(False)
        self.folder.show()
        self.notice.say(sentence, Tone.OK, "circle-check")
        self.folder.setFocus()

    def show_error(self, sentence: str) -> None:
        """What went wrong, what is safe, what to do."""
        self._show_busy(False)
        self.folder.hide()
        self.notice.say(sentence, Tone.BAD, "alert-triangle")

    # Screen

    def hints(self) -> tuple[Hint, ...]:
        return words.BUSY_HINTS if self._busy else words.HINTS

    def all_keys(self) -> tuple[HintGroup, ...]:
        return words.KEYS

    def enter(self) -> None:
        self.what.table.setFocus()

    def claims(self, key: QKeyCombination) -> bool:
        return self._busy and key == ESC_KEY

    # Inside

    def ask_where(self) -> None:
        """Let the person say where the table goes, if all that is needed is said."""
        if self._busy:
            return
        if self.where.fault() or self.numbers.fault():
            # Where the field lies is known once its sentence is laid out.
            QTimer.singleShot(0, self._scroll, self._show_focus)
            return
        area = self.where.area.text() if self.where.area.current else ""
        table = self.what.table.text()
        self._save_dialog(words.SAVE_TITLE, words.file_name(PurePath(table).stem, area), self._order)

    def _order(self, path: str) -> None:
        since, until = self.where.days()
        order = ExportOrder(
            table=self.what.table.current or b"",
            area=self.where.area.current or b"",
            since=since,
            until=until,
            whole=self.numbers.whole(),
            purpose=self.numbers.purpose.words.strip() if self.numbers.whole() else "",
            flat=self.what.flat.isChecked(),
            path=path,
        )
        self.show_progress(0, 0)
        self.export_asked.emit(order)

    def choose_table(self, table: bytes) -> None:
        """Make this table the chosen one; the rest is as it was."""
        if not self._busy:
            self.what.table.choose(table)
            self._follow_table()

    def ask_blank(self) -> None:
        """Let the person say where the empty register goes."""
        if self._busy:
            return
        self._save_dialog(words.BLANK_TITLE, words.BLANK_FILE, self.blank_asked.emit)

    def _save_dialog(self, title: str, name: str, then: object) -> None:
        dialog = QFileDialog(self, title, "", words.FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.selectFile(name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(then)
        dialog.open()

    def _ask_form(self) -> None:
        dialog = QFileDialog(self, words.FORM_TITLE, "", words.FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take_form)
        dialog.open()

    def take_form(self, path: str) -> None:
        """Offer a form of the person's own beside the others."""
        self.what.add_form(Item(FILE + path.encode(), PurePath(path).name, words.OWN_FORM))

    def _show_focus(self) -> None:
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self._scroll.ensureWidgetVisible(focus)

    def _follow_table(self) -> None:
        self.where.show_dated(self.what.table.current not in self._undated)

    def _show_busy(self, busy: bool) -> None:
        if busy != self._busy:
            self._busy = busy
            for each in (self.what, self.where, self.numbers, self.export, self.blank):
                each.setEnabled(not busy)
            self.progress.setVisible(busy)
            self.hints_changed.emit()
            if busy:
                self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        look = self.look
        self.notice.add(self.folder)
        self.folder.hide()
        self.progress.hide()
        self._bar = QHBoxLayout()
        self._bar.addWidget(PlainLabel(look, words.TITLE, role=Role.TITLE, bold=True))
        self._bar.addStretch()
        self._bar.addWidget(self.blank)
        self._bar.addWidget(self.export)
        inner = QWidget()
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight, inner)
        self._stacks = (QVBoxLayout(), QVBoxLayout())
        for stack, cards in zip(self._stacks, ((self.what, self.numbers), (self.where,)), strict=True):
            for card in cards:
                card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
                stack.addWidget(card)
            stack.addStretch()
            self._sides.addLayout(stack, 1)
        self._page = QVBoxLayout(self)
        self._page.addLayout(self._bar)
        self._page.addWidget(self.notice)
        self._page.addWidget(self.progress)
        self._scroll = Scroll(inner)
        self._page.addWidget(self._scroll, 1)

    def _join(self) -> None:
        self.export.clicked.connect(self.ask_where)
        self.blank.clicked.connect(self.ask_blank)
        self.folder.clicked.connect(self.folder_asked)
        self.progress.stop_asked.connect(self.stop_asked)
        self.what.form_asked.connect(self._ask_form)
        self.what.changed.connect(self._follow_table)
        self.look.changed.connect(self._follow)

    def _follow(self) -> None:
        px = self.look.theme.px
        self._page.setContentsMargins(px(Size.PAGE_LEFT), px(12), px(Size.PAGE_RIGHT), px(8))
        self._page.setSpacing(px(10))
        self._bar.setSpacing(px(12))
        self._sides.setContentsMargins(0, 0, px(4), 0)
        for layout in (self._sides, *self._stacks):
            layout.setSpacing(px(Size.GAP))
        narrow = self.width() / self.look.theme.factor < NARROW
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(down if narrow else right)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.keyCombination()
        if key == SAVE_KEY:
            self.ask_where()
        elif key == ESC_KEY and self._busy:
            self.stop_asked.emit()
        else:
            super().keyPressEvent(event)
