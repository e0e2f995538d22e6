"""What a sheet would change: the sentence, the counts as filters, the lines, the one button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card
from gridclient.desktop.kit.choices import Choices, Option
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.kit.rowlist import ColumnHeads
from gridclient.desktop.register import words
from gridclient.desktop.register.lines import COLUMNS, LineTable
from gridclient.desktop.register.view import SIGNS, WRITING, ImportLine, ImportView
from gridclient.desktop.theme import Look, Role, Size, Tone

TIGHT = 1.25
LARGE = 1.5
ALL_IN_ONE = len(SIGNS) + 1


class Preview(QWidget):
    """Nothing is written before ``confirmed``."""

    confirmed = Signal()
    cancelled = Signal()
    columns_asked = Signal()
    return_asked = Signal()
    also_said = Signal(list, bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._lines: tuple[ImportLine, ...] = ()
        self._title = PlainLabel(look, words.TITLE, role=Role.TITLE, bold=True)
        self.file = FileName(look)
        self.cancel = Button(look, words.CANCEL, key="Esc")
        self.confirm = Button(look, words.CONFIRM, kind=Kind.PRIMARY, key="Enter", height=Size.BUTTON)
        self.columns = Button(look, words.CHANGE_COLUMNS, key="F2")
        self.back = Button(look, words.RETURN_ROWS, key="F3")
        self.also = Button(look, words.ALSO, key="空格")
        self.summary = PlainLabel(look, role=Role.BODY, bold=True, wrap=True)
        self.notice = Notice(look, tone=Tone.BAD, icon="alert-triangle")
        self.filters = Choices(look, _options())
        self.filters.choose(0)
        self.heads = ColumnHeads(look, COLUMNS)
        self.table = LineTable(look)
        self._about = PlainLabel(look, role=Role.SECOND, bold=True, wrap=True)
        self._full = PlainLabel(look, role=Role.SECOND, colour="text2", wrap=True)
        self._full.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._build()
        self._join()
        self._follow()

    def show_import(self, view: ImportView) -> None:
        """Show what a table would change; shown anew, the same lines stay chosen."""
        chosen, current = self._place(), self.table.current()
        again = self.file.name == view.file and chosen and current is not None
        self._lines = view.lines
        self.file.show_file(view.file)
        self.summary.setText(view.told + view.summary)
        self.notice.say("")
        self.confirm.setVisible(any(view.counts.get(sign, 0) for sign in WRITING))
        self.filters.box(0).setText(words.counted(words.ALL, len(view.lines)))
        for place, sign in enumerate(SIGNS, 1):
            box, count = self.filters.box(place), view.counts.get(sign, 0)
            box.setText(words.counted(words.SIGNS[sign], count))
            box.setAccessibleName(words.counted(words.SPOKEN[sign], count))
            box.setVisible(count > 0)
            box.updateGeometry()
        self.filters.box(0).setAccessibleName(self.filters.box(0).text())
        self.back.setVisible(view.returned > 0)
        stays = again and current is not None and not self.filters.box(chosen).isHidden()
        self.choose(chosen if stays else 0)
        if stays and current is not None:
            self.table.choose(current)

    def _place(self) -> int:
        """Which filter is on."""
        found = self.filters.chosen()
        return found[0] if found else 0

    def choose(self, place: int) -> None:
        """Show all lines (0) or those of one sign."""
        self.filters.choose(place)
        sign = SIGNS[place - 1] if place else ""
        self.table.show_lines([line for line in self._lines if not sign or line.sign == sign])

    def press_digit(self, digit: str) -> bool:
        return self.filters.press_digit(digit)

    def digits(self) -> tuple[str, ...]:
        """The digits that choose a kind now."""
        places = range(len(SIGNS) + 1)
        return tuple(str(place + 1) for place in places if not self.filters.box(place).isHidden())

    def writes(self) -> bool:
        """Whether there is anything to write."""
        return not self.confirm.isHidden()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self.file, 1)
        head.addWidget(self.back)
        head.addWidget(self.columns)
        head.addWidget(self.cancel)
        head.addWidget(self.confirm)
        self._head = head
        filters = QHBoxLayout()
        filters.addWidget(self.filters)
        filters.addStretch()
        self._card = Card(self.look, padding=2)
        self._card.body.addWidget(self.heads)
        self._card.body.addWidget(self.table, 1)
        self._detail = Card(self.look, padding=12, ground="sunk")
        about = QHBoxLayout()
        about.addWidget(self._about, 1)
        about.addWidget(self.also)
        self._detail.body.addLayout(about)
        self._detail.body.addWidget(self._full)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        self._column.addWidget(self.summary)
        self._column.addWidget(self.notice)
        self._column.addLayout(filters)
        self._column.addWidget(self._card, 1)
        self._column.addWidget(self._detail)

    def _join(self) -> None:
        self.confirm.clicked.connect(self.confirmed)
        self.cancel.clicked.connect(self.cancelled)
        self.columns.clicked.connect(self.columns_asked)
        self.back.clicked.connect(self.return_asked)
        self.also.clicked.connect(self.say_also)
        self.filters.picked.connect(self.choose)
        self.table.current_changed.connect(self._show_line)
        # A scroll bar makes the table narrower; its heads stay over its columns.
        self.table.width_changed.connect(self.heads.setFixedWidth)
        self.look.changed.connect(self._follow)

    def _show_line(self, line: ImportLine | None) -> None:
        self.also.setVisible(line is not None and (line.held or line.also))
        if line is None:
            self._about.setText(words.NOTHING)
            self._full.setText("")
            return
        several = len({each.sheet for each in self._lines if each.sheet}) > 1
        sheet = line.sheet if several else ""
        who = "　".join(each for each in (words.row(line.row, sheet), line.door, line.name) if each)
        self._about.setText(who)
        if line.also or line.held:
            yes, no = (words.TAKE_TAG, words.LEAVE_TAG) if line.tag else (words.ALSO, words.NOT_ALSO)
            self.also.set_words(no if line.also else yes, key="空格")
        said = "\n".join(line.more) if line.more else "　".join(filter(None, (line.what, line.reason)))
        self._full.setText(said)

    def say_also(self) -> None:
        """Say that what the current line is about is to be written after all, or take it back."""
        line = self.table.current()
        if line is not None and (line.held or line.also):
            self.also_said.emit([line], not line.also)

    def say_all(self) -> None:
        """The same of all lines shown, but for what is decided one by one; a second time takes it back."""
        lines = [line for line in self.table.lines.shown if (line.held or line.also) and not line.alone]
        if self._place() and lines:
            self.also_said.emit(lines, any(line.held for line in lines))

    def _follow(self) -> None:
        px = self.look.theme.px
        self._head.setSpacing(px(12))
        self.filters.set_columns(ALL_IN_ONE if self.look.theme.factor < TIGHT else 5)
        self._column.setSpacing(px(9))
        self._card.body.setSpacing(0)
        self._detail.body.setSpacing(px(2))
        # Room for three lines, so that the table stays where it is from line to line.
        lines = 3 if self.look.theme.factor < TIGHT else 1
        self._about.setVisible(self.look.theme.factor < LARGE)
        self.heads.setVisible(self.look.theme.factor < LARGE)
        self.table.setMinimumHeight(px(40))
        self._full.setMinimumHeight(round(lines * self.look.theme.metrics(Role.SECOND).lineSpacing()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down and not self.table.hasFocus():
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)


def _options() -> Sequence[Option]:
    texts = (words.ALL, *words.SIGNS.values())
    return [Option(place, text, str(place + 1)) for place, text in enumerate(texts)]


class FileName(Painted):
    """A file name, cut in the middle where it is too long, whole in its tool tip."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.name = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def show_file(self, name: str) -> None:
        self.name = name
        self.setAccessibleName(name)
        self.update()

    def draw(self, ink: Ink) -> None:
        metrics = ink.theme.metrics(Role.SECOND)
        shown = metrics.elidedText(self.name, Qt.TextElideMode.ElideMiddle, self.width())
        ink.text(0, self.height() / 2, shown, role=Role.SECOND, colour="text2")

    def sizeHint(self) -> QSize:
        return QSize(self.look.theme.px(120), self.look.theme.px(28))
