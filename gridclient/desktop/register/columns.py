"""Which column is what: every column with its values, what it is read as, and what follows from it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card
from gridclient.desktop.kit.choices import Segmented
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.rowlist import RowList
from gridclient.desktop.kit.rows import Column, Group, Mark, Row, Words
from gridclient.desktop.kit.tick import Tick
from gridclient.desktop.register import words
from gridclient.desktop.register.preview import LARGE, FileName
from gridclient.desktop.register.view import ColumnLine, ColumnsView, Meaning, SheetColumns
from gridclient.desktop.theme import Look, Role, Size, Tone

COLUMNS = (Column("", 34), Column("", 150), Column("", shed=1), Column("", 150))
CHOICES = (Column("", 22), Column(""), Column("", 24))
MOST_SHEETS = 5


class ColumnsPage(QWidget):
    """Data in by ``show_columns`` and ``show_effect``; what a person says comes out at once.

    ``column_said(sheet, letter, key)``; ``place_said(sheet, compound, building)``; ``sort_said(sort)``;
    ``read_asked(remember)`` once nothing is open any more.
    """

    column_said = Signal(str, str, str)
    place_said = Signal(str, str, str)
    sort_said = Signal(str)
    read_asked = Signal(bool)
    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._view = ColumnsView("", "", (), ())
        self._title = PlainLabel(look, words.TITLE, role=Role.TITLE, bold=True)
        self.file = FileName(look)
        self.cancel = Button(look, words.CANCEL, key="Esc")
        self.read = Button(look, words.READ_SO, kind=Kind.PRIMARY, key="Enter", height=Size.BUTTON)
        self.sentence = PlainLabel(look, role=Role.BODY, bold=True, wrap=True)
        self.sorts = Segmented(look, list(words.SORTS.values()))
        self.sorts.setAccessibleName(words.SORT_NAME)
        self.sheets = Segmented(look, [""] * MOST_SHEETS)
        self.sheets.setAccessibleName(words.SHEET_NAME)
        self.list = RowList(look, COLUMNS, name=words.COLUMNS)
        self.about = PlainLabel(look, role=Role.BODY, bold=True)
        self.samples = PlainLabel(look, role=Role.SECOND, colour="text2", wrap=True)
        self.choices = RowList(look, CHOICES, name=words.MEANINGS)
        self.compound = Input(look, words.COMPOUND)
        self.building = Input(look, words.BUILDING)
        self.remember = Tick(look, words.REMEMBER, height=30)
        self.remember.setChecked(True)
        self._effect = PlainLabel(look, role=Role.SECOND, bold=True, wrap=True)
        self._rows = PlainLabel(look, role=Role.SECOND, colour="text2", wrap=True)
        self._build()
        self._join()
        self._follow()

    # Data in

    def show_columns(self, view: ColumnsView) -> None:
        """Show how a file is read now; the column that was current stays so."""
        fresh = (view.file, [sheet.name for sheet in view.sheets]) != (
            self._view.file,
            [sheet.name for sheet in self._view.sheets],
        )
        self._view = view
        self.file.show_file(view.file)
        keys = [key for key, _ in view.sorts]
        self.sorts.choose(keys.index(view.sort) if view.sort in keys else 0)
        if fresh:
            self.sheets.choose(0)
        for place in range(MOST_SHEETS):
            self.sheets.show_segment(place, place < len(view.sheets))
            if place < len(view.sheets):
                self.sheets.set_words(place, view.sheets[place].name[:12])
        self.sheets.setVisible(len(view.sheets) > 1)
        self._show_sheet()
        if fresh:
            self._to_open()

    def show_effect(self, sentence: str, lines: tuple[str, ...]) -> None:
        """What the first rows become, read this way."""
        self._effect.setText(sentence)
        self._rows.setText("\n".join(lines))

    def enter(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def digits(self) -> tuple[str, ...]:
        """The digits that say what the current column is."""
        column = self._column()
        return tuple(str(place) for place in range(1, len(column.likely) + 1)) if column else ()

    def several(self) -> bool:
        """Whether there is another sheet to go to."""
        return len(self._view.sheets) > 1

    def go_on(self) -> None:
        """To what is still open, or, where nothing is, read the file."""
        if self._view.open:
            self._to_open()
        else:
            self.read_asked.emit(self.remember.isChecked())

    # Inside

    def _sheet(self) -> SheetColumns | None:
        place = self.sheets.current
        return self._view.sheets[place] if place < len(self._view.sheets) else None

    def _column(self) -> ColumnLine | None:
        sheet, current = self._sheet(), self.list.current_id()
        if sheet is None or current is None:
            return None
        return next((each for each in sheet.columns if each.letter.encode() == current), None)

    def _show_sheet(self) -> None:
        sheet = self._sheet()
        self.list.show_rows([_row(each) for each in sheet.columns] if sheet else [])
        for key, field in (("compound", self.compound), ("building", self.building)):
            field.setVisible(sheet is not None and key in sheet.lacks)
            said = getattr(sheet, key) if sheet is not None else ""
            if field.words.strip() != said.strip():
                field.set_words(said)
        self.sentence.setText(self._sentence())
        self.read.setEnabled(not self._view.open)
        self._show_column()

    def _sentence(self) -> str:
        if self._view.open:
            return words.open_questions(len(self._view.open), self._view.open[0])
        return words.RECALLED if self._view.recalled else words.ALL_SAID

    def _show_column(self) -> None:
        column = self._column()
        if column is None:
            self.about.setText("")
            self.samples.setText("")
            self.choices.show_rows([])
            return
        self.about.setText(words.column(column.letter, column.header))
        self.samples.setText(words.examples(column.samples))
        self.choices.show_rows(_meanings(column, self._view.meanings))
        current = column.meaning or next(iter(column.likely), None)
        if current is not None:
            self.choices.choose(current.key.encode())

    def _to_open(self) -> None:
        """Make the first column that is not explained current, or go where words are missing."""
        for place, sheet in enumerate(self._view.sheets):
            for column in sheet.columns:
                if column.meaning is None:
                    if self.sheets.current != place:
                        self.sheets.choose(place)
                        self._show_sheet()
                    self.list.choose(column.letter.encode())
                    if self.compound.line.hasFocus() or self.building.line.hasFocus():
                        self.enter()  # a digit says what the column is, it is no part of a name
                    return
            missing = [(self.compound, sheet.compound), (self.building, sheet.building)]
            keys = ("compound", "building")
            for key, (field, said) in zip(keys, missing, strict=True):
                if key in sheet.lacks and not said.strip() and self.isVisible():
                    if self.sheets.current != place:
                        self.sheets.choose(place)
                        self._show_sheet()
                    field.setFocus(Qt.FocusReason.OtherFocusReason)
                    return

    def _say(self, key: bytes) -> None:
        sheet, column = self._sheet(), self._column()
        if sheet is not None and column is not None:
            self.column_said.emit(sheet.name, column.letter, key.decode())

    def _digit(self, _id: bytes, digit: int) -> None:
        column = self._column()
        if column is not None and 1 <= digit <= len(column.likely):
            self._say(column.likely[digit - 1].key.encode())

    def _chosen(self, key: bytes) -> None:
        self._say(key)
        self.enter()

    def _place(self) -> None:
        sheet = self._sheet()
        if sheet is not None:
            said = self.compound.words.strip(), self.building.words.strip()
            if said != (sheet.compound, sheet.building):
                self.place_said.emit(sheet.name, *said)

    def _build(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self._title)
        self._head.addWidget(self.file, 1)
        self._head.addWidget(self.cancel)
        self._head.addWidget(self.read)
        self._line = QHBoxLayout()
        self._line.addWidget(self.sentence, 1)
        self._line.addWidget(self.sorts)
        left = Card(self.look, padding=2)
        left.body.addWidget(self.list, 1)
        self._right = Card(self.look, padding=12)
        self._right.body.addWidget(self.about)
        self._right.body.addWidget(self.samples)
        self._right.body.addWidget(self.choices, 1)
        for widget in (self.compound, self.building, self.remember):
            self._right.body.addWidget(widget)
        self._middle = QHBoxLayout()
        self._middle.addWidget(left, 1)
        self._middle.addWidget(self._right)
        self._foot = Card(self.look, padding=10, ground="sunk")
        self._foot.body.addWidget(self._effect)
        self._foot.body.addWidget(self._rows)
        self._column_box = QVBoxLayout(self)
        self._column_box.setContentsMargins(0, 0, 0, 0)
        self._column_box.addLayout(self._head)
        self._column_box.addLayout(self._line)
        self._column_box.addWidget(self.sheets, 0, Qt.AlignmentFlag.AlignLeft)
        self._column_box.addLayout(self._middle, 1)
        self._column_box.addWidget(self._foot)

    def _join(self) -> None:
        self.cancel.clicked.connect(self.cancelled)
        self.read.clicked.connect(self.go_on)
        self.list.current_changed.connect(lambda _id: self._show_column())
        self.list.digit_pressed.connect(self._digit)
        self.list.opened.connect(lambda _id: self.go_on())
        self.list.space_pressed.connect(lambda _id: self.choices.setFocus(Qt.FocusReason.OtherFocusReason))
        self.choices.opened.connect(self._chosen)
        self.choices.space_pressed.connect(self._chosen)
        self.choices.clicked.connect(lambda index: self._clicked(index.row()))
        self.sheets.chosen.connect(lambda _place: self._show_sheet())
        self.sorts.chosen.connect(lambda place: self.sort_said.emit(self._view.sorts[place][0]))
        for field in (self.compound, self.building):
            field.changed.connect(lambda _said: self._place())
            field.entered.connect(self.go_on)
        self.look.changed.connect(self._follow)

    def _clicked(self, place: int) -> None:
        row = self.choices.rows.item(place)
        if isinstance(row, Row):
            self._chosen(row.id)

    def _follow(self) -> None:
        px = self.look.theme.px
        self._head.setSpacing(px(12))
        self._line.setSpacing(px(12))
        self._column_box.setSpacing(px(9))
        self._middle.setSpacing(px(14))
        self._right.setFixedWidth(px(330))
        large = self.look.theme.factor >= LARGE
        self._rows.setVisible(not large)
        self.about.setVisible(not large)
        self.choices.setMinimumHeight(px(50))
        self._foot.setMaximumHeight(px(70) if large else 16_777_215)
        self._right.body.setSpacing(px(6))
        self._foot.body.setSpacing(px(2))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Right and self.list.hasFocus():
            self.choices.setFocus(Qt.FocusReason.OtherFocusReason)
        elif event.key() == Qt.Key.Key_Left and self.choices.hasFocus():
            self.enter()
        elif event.key() in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp) and self.several():
            step = 1 if event.key() == Qt.Key.Key_PageDown else -1
            self.sheets.choose((self.sheets.current + step) % min(len(self._view.sheets), MOST_SHEETS))
            self._show_sheet()
        else:
            super().keyPressEvent(event)


def _row(column: ColumnLine) -> Row:
    if column.meaning is None:
        said = Mark(words.SAY, Tone.WARN, "alert-triangle")
    elif column.meaning.key == words.NOT_TAKEN:
        said = Mark(words.NOT_THIS)
    else:
        said = Mark(column.meaning.words, Tone.OK)
    samples = words.SEPARATOR.join(column.samples)
    cells = (
        Words(column.letter, role=Role.SMALL, colour="text3"),
        Words(column.header, bold=True, free=True),
        Words(samples, role=Role.SECOND, colour="text2", free=True),
        said,
    )
    spoken = words.spoken_column(column.letter, column.header, said.text, samples)
    return Row(column.letter.encode(), cells, spoken, dim=said.text == words.NOT_THIS)


def _meanings(column: ColumnLine, every: tuple[Meaning, ...]) -> list[Row | Group]:
    """The likely ones with their digits, then all others under their heads."""
    rows: list[Row | Group] = []
    likely = {meaning.key for meaning in column.likely}
    if column.likely:
        rows.append(Group(words.LIKELY))
    rows += [_meaning(each, str(place), column) for place, each in enumerate(column.likely, 1)]
    head = ""
    for each in every:
        if each.key in likely:
            continue
        if each.group != head:
            head = each.group
            rows.append(Group(head))
        rows.append(_meaning(each, "", column))
    return rows


def _meaning(meaning: Meaning, digit: str, column: ColumnLine) -> Row:
    chosen = column.meaning is not None and column.meaning.key == meaning.key
    cells = (
        Words(digit, role=Role.SMALL, colour="text3"),
        Words(meaning.words, role=Role.SECOND, bold=chosen, free=True),
        Words("✓" if chosen else "", role=Role.SECOND, colour="acc", bold=True),
    )
    return Row(meaning.key.encode(), cells, words.spoken_meaning(meaning.words, chosen))
