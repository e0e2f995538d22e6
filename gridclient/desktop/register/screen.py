"""The import screen: choose a sheet, see what it would change, write it, take it back."""

from __future__ import annotations

from pathlib import PurePath

from PySide6.QtCore import QKeyCombination, Qt, QUrl, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget

from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.register import words
from gridclient.desktop.register.columns import ColumnsPage
from gridclient.desktop.register.pages import Busy, Done, Start
from gridclient.desktop.register.preview import Preview
from gridclient.desktop.register.view import ColumnsView, ImportView
from gridclient.desktop.theme import Look, Size

SUFFIXES = frozenset({".xlsx", ".xls", ".ods", ".csv"})
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
UNDO_KEY = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Z)
ALL_KEY = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_A)
ESC_KEY = QKeyCombination(Qt.Key.Key_Escape)


class RegisterScreen(Screen):
    """Data in through ``show_…``; ``file_chosen`` carries the path of a sheet.

    After ``cancelled`` the screen is back at its start by itself; after ``confirmed`` it waits for
    ``show_progress`` and ``show_done`` or ``show_error``.
    """

    file_chosen = Signal(str)
    confirmed = Signal()
    cancelled = Signal()
    stop_asked = Signal()
    undo_asked = Signal()
    building_asked = Signal()
    columns_asked = Signal()
    return_asked = Signal(str)
    also_said = Signal(list, bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._view: ImportView | None = None
        self.start = Start(look)
        self.busy = Busy(look)
        self.columns = ColumnsPage(look)
        self.preview = Preview(look)
        self.done = Done(look)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAcceptDrops(True)
        self.setAccessibleName(words.TITLE)
        self._pages = QStackedWidget()
        for page in (self.start, self.busy, self.columns, self.preview, self.done):
            self._pages.addWidget(page)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._pages)
        self._join()
        self._follow()

    # Data in

    def show_start(self) -> None:
        """Begin again: no sheet is chosen."""
        self._view = None
        self.start.notice.say("")
        self._turn(self.start)

    def show_busy(self, said: str) -> None:
        """Something is under way whose length is not known."""
        self.busy.show_words(said)
        self._turn(self.busy)

    def show_progress(self, done: int, total: int) -> None:
        """How far the reading or writing is; it can be stopped."""
        self.busy.show_progress(words.WRITING if self._view else words.READING, done, total)
        self._turn(self.busy)

    def show_import(self, view: ImportView) -> None:
        """What the sheet would change. Nothing is written yet."""
        self._view = view
        self.preview.show_import(view)
        self._turn(self.preview)

    def show_columns(self, view: ColumnsView) -> None:
        """Which column is what, for a person to say or to change."""
        self.columns.show_columns(view)
        self._turn(self.columns)

    def show_done(self, sentence: str, *, undoable: bool = True, returned: int = 0) -> None:
        """It is written, or taken back: a sentence with the numbers; ``returned`` rows can be handed back."""
        self._view = None
        self.done.show_done(sentence, undoable=undoable, returned=returned)
        self._turn(self.done)

    def show_error(self, sentence: str) -> None:
        """What went wrong, what is safe, what to do. A sheet already read stays in sight."""
        page: Preview | Start = self.preview if self._view else self.start
        page.notice.say(sentence)
        self._turn(page)

    # Screen

    def hints(self) -> tuple[Hint, ...]:
        page = self._pages.currentWidget()
        if page is self.preview:
            write = (words.WRITE_HINT,) if self.preview.writes() else ()
            line = self.preview.table.current()
            also: tuple[Hint, ...] = ()
            if line is not None and (line.held or line.also):
                also = (words.TAG_HINT if line.tag else words.ALSO_HINT, words.ALL_HINT)
            back = () if self.preview.back.isHidden() else (words.RETURN_HINT,)
            return (*write, *also, words.COLUMNS_HINT, *back, *words.lines_hints(self.preview.digits()))
        if page is self.columns:
            return words.columns_hints(self.columns.digits(), several=self.columns.several())
        if page is self.busy:
            return words.BUSY_HINTS if self.busy.can_stop() else ()
        if page is self.done:
            return words.DONE_HINTS if self.done.can_undo() else words.AGAIN_HINTS
        return words.START_HINTS

    def all_keys(self) -> tuple[HintGroup, ...]:
        return words.KEYS

    def enter(self) -> None:
        page = self._pages.currentWidget()
        target: QWidget = self
        if page is self.preview:
            target = self.preview.table
        elif page is self.columns:
            self.columns.enter()
            return
        elif page is self.done:
            target = self.done.first()
        elif page is self.start:
            target = self.start.choose
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def claims(self, key: QKeyCombination) -> bool:
        page = self._pages.currentWidget()
        if key == ESC_KEY:
            return page in (self.preview, self.columns) or (page is self.busy and self.busy.can_stop())
        return key == UNDO_KEY and page is self.done and self.done.can_undo()

    # Inside

    def choose_file(self) -> None:
        """Let the person point at a sheet."""
        dialog = QFileDialog(self, words.CHOOSE_TITLE, "", words.FILTER)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._take)
        dialog.open()

    def choose_return(self) -> None:
        """Let the person say where the rows to be corrected go."""
        dialog = QFileDialog(self, words.SAVE_TITLE, words.SAVE_NAME, words.SAVE_FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("xlsx")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.return_asked)
        dialog.open()

    def _take(self, path: str) -> None:
        if PurePath(path).suffix.lower() not in SUFFIXES:
            self.show_start()
            self.show_error(words.WRONG_KIND)
            return
        self._view = None
        self.start.notice.say("")
        self.file_chosen.emit(path)

    def _cancel(self) -> None:
        self.show_start()
        self.cancelled.emit()

    def _turn(self, page: QWidget) -> None:
        moved = self._pages.currentWidget() is not page
        self._pages.setCurrentWidget(page)
        if moved and self.isVisible():
            self.enter()
        self.hints_changed.emit()

    def _join(self) -> None:
        self.start.choose.clicked.connect(self.choose_file)
        self.busy.progress.stop_asked.connect(self.stop_asked)
        self.preview.confirmed.connect(self.confirmed)
        self.preview.cancelled.connect(self._cancel)
        self.preview.columns_asked.connect(self.columns_asked)
        self.preview.return_asked.connect(self.choose_return)
        self.preview.also_said.connect(self.also_said)
        self.preview.table.current_changed.connect(lambda _line: self.hints_changed.emit())
        self.columns.cancelled.connect(self._cancel)
        self.columns.list.current_changed.connect(lambda _id: self.hints_changed.emit())
        self.done.back.clicked.connect(self.choose_return)
        self.done.undo.clicked.connect(self.undo_asked)
        self.done.see.clicked.connect(self.building_asked)
        self.done.again.clicked.connect(self.show_start)
        self.look.changed.connect(self._follow)

    def _follow(self) -> None:
        px = self.look.theme.px
        self._column.setContentsMargins(px(Size.PAGE_LEFT), px(12), px(Size.PAGE_RIGHT), px(8))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page, key = self._pages.currentWidget(), event.key()
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if self.claims(event.keyCombination()):
            self._claimed(key)
        elif page is self.preview and not event.isAutoRepeat() and key in ENTER and self.preview.writes():
            if modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
                self.confirmed.emit()
        elif page is self.start and key in ENTER and not modifiers:
            self.choose_file()
        elif event.keyCombination() == ALL_KEY and page is self.preview:
            self.preview.say_all()
        elif not modifiers and page is self.preview and self._preview_key(key, event.text()):
            return
        else:
            super().keyPressEvent(event)

    def _preview_key(self, key: int, written: str) -> bool:
        if key == Qt.Key.Key_F2:
            self.columns_asked.emit()
        elif key == Qt.Key.Key_F3 and not self.preview.back.isHidden():
            self.choose_return()
        elif key == Qt.Key.Key_Space:
            self.preview.say_also()
        else:
            return self.preview.press_digit(written)
        return True

    def _claimed(self, key: int) -> None:
        page = self._pages.currentWidget()
        if page in (self.preview, self.columns):
            self._cancel()
        elif page is self.busy:
            self.stop_asked.emit()
        else:
            self.undo_asked.emit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self._pages.currentWidget() in (self.start, self.done) and _sheet_of(event.mimeData().urls()):
            self.show_start()
            self.start.light(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.start.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        self.start.light(False)
        path = _sheet_of(event.mimeData().urls())
        if path:
            event.acceptProposedAction()
            self._take(path)


def _sheet_of(urls: list[QUrl]) -> str:
    """The one local file that is dragged; its kind is judged when it is dropped."""
    return urls[0].toLocalFile() if len(urls) == 1 and urls[0].isLocalFile() else ""
