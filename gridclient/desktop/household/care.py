"""The sheet of who is looked after and why: what holds, one more, and what is over."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.core.domain.care import NAMED_PERSONS, CareTag, level
from gridclient.core.domain.care_codes import CARE_TAG
from gridclient.core.domain.values import Invalid
from gridclient.desktop.household import care_words as words
from gridclient.desktop.household.fields import ChoiceField, Form, FormField, LineField, Stored
from gridclient.desktop.household.reading import read_date, read_text
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.picker import Item, Picker
from gridclient.desktop.kit.rowlist import RowList
from gridclient.desktop.kit.rows import Column, Mark, Row, Words
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.theme import Look, Role, Size, Tone

SHOWN = 6


@dataclass(frozen=True, slots=True)
class CareLine:
    """One tag that holds: its word, whom it is about, the rest in one line, and who may know of it."""

    id: bytes
    words: str
    about: str
    told: str = ""
    level: int = 1


@dataclass(frozen=True, slots=True)
class CareView:
    """The tags of a household and the people they may be about."""

    household: bytes
    door: str
    lines: tuple[CareLine, ...] = ()
    people: tuple[tuple[bytes, str], ...] = ()


class CareSheet(Sheet):
    """Says ``tag_added(fields)``, ``tag_ended(id)`` and, for a mistake, ``tag_wrong(id)``."""

    tag_added = Signal(dict)
    tag_ended = Signal(bytes)
    tag_wrong = Signal(bytes)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.TITLE, close=words.CLOSE, width=640)
        self._view = CareView(b"", "")
        self.form: Form | None = None
        self._scroll: Scroll | None = None
        self.list = RowList(look, (Column("", 150), Column("", 110), Column("", 0)), name=words.TITLE)
        self._none = PlainLabel(look, words.NONE, role=Role.SECOND, colour="text2")
        self._error = Notice(look, tone=Tone.BAD, icon="alert-triangle")
        self._end = Button(look, words.END, key="Delete", height=32)
        self._wrong = Button(look, words.WRONG, kind=Kind.LINK, height=32)
        self.save_button = Button(look, words.SAVE, kind=Kind.PRIMARY, key="Ctrl+S")
        self._leave = Button(look, words.CLOSE, key="Esc")
        self._acts = QHBoxLayout()
        for button in (self._end, self._wrong):
            self._acts.addWidget(button)
        self._acts.addStretch()
        self._place = QVBoxLayout()
        self.body.setSpacing(look.theme.px(10))
        for widget in (self._none, self.list):
            self.body.addWidget(widget)
        self.body.addLayout(self._acts)
        self.body.addSpacing(look.theme.px(14))
        self.body.addWidget(PlainLabel(look, words.ADD, bold=True))
        self.body.addWidget(self._error)
        self.body.addLayout(self._place, 1)
        self.foot.addWidget(PlainLabel(look, words.RULES, role=Role.SMALL, colour="text3"))
        self.foot.addStretch()
        self.foot.addWidget(self._leave)
        self.foot.addWidget(self.save_button)
        self._leave.clicked.connect(self.escape)
        self.save_button.clicked.connect(self.save)
        self._end.clicked.connect(lambda: self._say(self.tag_ended))
        self._wrong.clicked.connect(lambda: self._say(self.tag_wrong))

    def show_care(self, view: CareView) -> None:
        """Open with these, or show them anew after something was recorded; the form starts empty."""
        self._view = view
        self.set_title(words.TITLE, view.door)
        self.list.show_rows([_row(line) for line in view.lines])
        some = bool(view.lines)
        self.list.setFixedHeight(min(len(view.lines), SHOWN) * self.look.theme.px(Size.ROW) + 2)
        self._none.setVisible(not some)
        for widget in (self.list, self._end, self._wrong):
            widget.setVisible(some)
        self._error.say("")
        self._new_form()
        form = self.form
        assert form is not None
        if self.isVisible():
            form.first().setFocus()
        else:
            self.open(form.first())

    def show_error(self, sentence: str) -> None:
        """It could not be recorded; nothing typed is lost."""
        self._error.say(sentence)

    def save(self) -> None:
        """Read the form and say it."""
        read = self.form.read() if self.form is not None else None
        if read is None:
            return
        fields: dict[str, Stored] = {key: value for key, value in read.items() if value not in (None, b"")}
        self.tag_added.emit({"household": self._view.household, **fields})

    def escape(self) -> None:
        self.close_over()

    def _new_form(self) -> None:
        if self._scroll is not None:
            self._place.removeWidget(self._scroll)
            self._scroll.hide()
            self._scroll.deleteLater()
        look, kind = self.look, CareTag
        whom = [(b"", words.ALL), *self._view.people]
        rows: list[list[FormField]] = [
            [ChoiceField(look, kind.resident.key, words.WHOM, whom, columns=4)],
            [TagField(look), LineField(look, kind.since.key, words.SINCE, read_date, hint=words.DATE_HINT)],
            [
                LineField(look, kind.detail.key, kind.detail.zh, partial(read_text, kind.detail)),
                LineField(look, kind.next_due.key, kind.next_due.zh, read_date),
            ],
        ]
        form = self.form = Form(look, rows)
        form.fields[kind.resident.key].fill(whom[1][0] if len(whom) == 2 else b"")
        form.finished.connect(lambda: self.save_button.setFocus(Qt.FocusReason.TabFocusReason))
        form.changed.connect(lambda: self._error.say(""))
        self._scroll = Scroll(form)
        self._place.addWidget(self._scroll)

    def _say(self, signal: SignalInstance) -> None:
        current = self.list.current_id()
        if current is not None:
            signal.emit(current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Delete and self.list.isVisible():
            self._say(self.tag_ended)
        else:
            super().keyPressEvent(event)


class TagField(FormField):
    """Which tag: a list that drops down, by who may know of it."""

    def __init__(self, look: Look) -> None:
        super().__init__(CareTag.tag.key)
        self.picker = Picker(look, name=words.WHICH)
        self.picker.show_items(
            [Item(code.encode(), label, words.LEVELS[level(code)]) for code, label in CARE_TAG.labels.items()]
        )
        self._error = PlainLabel(look, role=Role.SMALL, colour="bad")
        self._error.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(PlainLabel(look, words.WHICH, role=Role.SECOND, bold=True))
        column.addWidget(self.picker)
        column.addWidget(self._error)
        self.setFocusProxy(self.picker)
        self.picker.picked.connect(lambda _id: self._picked())

    def read(self) -> Stored:
        if self.picker.current is None:
            raise Invalid(words.NO_TAG)
        return self.picker.current.decode()

    def fill(self, value: Stored) -> None:
        self.picker.choose(value.encode() if isinstance(value, str) else None)

    def show_error(self, words: str, *, doubt: bool = False) -> None:
        self._error.setText(words)
        self._error.setVisible(bool(words))

    def _picked(self) -> None:
        self.show_error("")
        self.changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            back = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.went_back if back else self.entered).emit()
            return
        super().keyPressEvent(event)


def _row(line: CareLine) -> Row:
    tone = Tone.NEUTRAL if line.level < NAMED_PERSONS else Tone.WARN
    cells = (
        Mark(line.words, tone, "lock" if line.level > 1 else ""),
        Words(line.about, role=Role.SECOND),
        Words(line.told, role=Role.SMALL, colour="text2", free=True),
    )
    spoken = (line.words, line.about, line.told, words.LEVELS[line.level] if line.level > 1 else "")
    return Row(line.id, cells, "，".join(filter(None, spoken)))
