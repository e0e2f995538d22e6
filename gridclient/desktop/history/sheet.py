"""The fields of a record at the left, what happened to the chosen one at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.desktop.history import words
from gridclient.desktop.history.view import FieldLine, HistoryView, Telling
from gridclient.desktop.kit.card import EmptyState
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.rowlist import RowList
from gridclient.desktop.kit.rows import Column, Row, Words
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.kit.timeline import Event, Timeline
from gridclient.desktop.theme import Look, Role, Tone

WIDTH = 860
LEFT = 320
FULL = 66
_ALL = b"*"


class HistorySheet(Sheet):
    """Reads only; Esc closes it."""

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.TITLE, close=words.CLOSE, width=WIDTH)
        self._view = HistoryView("", "", (), ())
        self._note = Notice(look, tone=Tone.NEUTRAL, icon="info-circle")
        self.fields = RowList(look, (Column(words.FIELDS),), name=words.FIELDS, two_lines=True)
        self.told = Timeline(look, name=words.TOLD)
        self._none = EmptyState(look, words.NONE, icon="history")
        self._full = PlainLabel(look, role=Role.SECOND, wrap=True)
        self._rules = PlainLabel(look, words.RULES, role=Role.SMALL, colour="text3")
        self._right = QVBoxLayout()
        for widget, stretch in ((self.told, 1), (self._none, 1), (self._full, 0)):
            self._right.addWidget(widget, stretch)
        self._pair = QHBoxLayout()
        self._pair.addWidget(self.fields)
        self._pair.addLayout(self._right, 1)
        self.body.addWidget(self._note)
        self.body.addLayout(self._pair, 1)
        self.foot.addWidget(self._rules)
        self.foot.addStretch()
        self.fields.current_changed.connect(self._choose)
        self.told.selectionModel().currentChanged.connect(self._read)
        self.escaped.connect(self.close_over)

    def show_history(self, view: HistoryView, group: str = "") -> None:
        """Open over the host, at all fields or at one of them."""
        self._view = view
        self.set_title(view.title, view.subtitle)
        self._note.say(view.note)
        every = Row(_ALL, (Words(words.ALL, bold=True),), words.ALL, (_small(words.changes(len(view.told))),))
        self.fields.show_rows([every, *(_row(field) for field in view.fields)])
        known = {field.group for field in view.fields}
        self.open(self.fields)
        self.fields.choose(group.encode() if group in known else _ALL)
        self._choose(group.encode() if group in known else _ALL)

    def shown(self) -> Sequence[Telling]:
        """The tellings in sight."""
        current = self.fields.current_id() or _ALL
        if current == _ALL:
            return self._view.told
        return [one for one in self._view.told if current.decode() in one.groups]

    def place(self) -> None:
        super().place()
        px = self.look.theme.px
        self.fields.setFixedWidth(px(LEFT))
        self._pair.setSpacing(px(16))
        self._full.setMinimumHeight(px(FULL))

    def _choose(self, _id: bytes) -> None:
        told = self.shown()
        self.told.events.set_events([_event(one, place) for place, one in enumerate(told)])
        self.told.setVisible(bool(told))
        self._none.setVisible(not told)
        self._full.setText("")
        if told:
            self.told.setCurrentIndex(self.told.events.index(0))

    def _read(self, current: QModelIndex, _before: QModelIndex) -> None:
        told = self.shown()
        self._full.setText(told[current.row()].what if 0 <= current.row() < len(told) else "")


def _row(field: FieldLine) -> Row:
    spoken = "，".join(part for part in (field.label, field.value, field.last) if part)
    first = Words(f"{field.label}　{field.value}", free=True)
    return Row(field.group.encode(), (first,), spoken, (_small(field.last),))


def _small(said: str) -> Words:
    return Words(said, role=Role.SMALL, colour="text2", free=True)


def _event(one: Telling, place: int) -> Event:
    tone = Tone.BAD if one.bad else Tone.WARN
    return Event(place.to_bytes(4, "big"), one.icon, one.what, one.who, one.when, chip=one.chip, tone=tone)
