"""What was asked for at the door: a template or a few words, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from gridclient.core.domain import codes
from gridclient.core.domain.matters import Matter
from gridclient.desktop.kit.button import IconButton
from gridclient.desktop.kit.card import Picture
from gridclient.desktop.kit.choices import Choices, Option, Segmented
from gridclient.desktop.kit.field import Line
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.theme import Look, Role
from gridclient.desktop.visit import words
from gridclient.desktop.visit.choosing import quiet
from gridclient.desktop.visit.section import Section
from gridclient.desktop.visit.view import NewMatter

EXITS = tuple(codes.MATTER_EXIT.labels)
LIKELY = EXITS.index("escalate")


class MattersSection(Section):
    """A digit adds a row; its words are written at once, then a digit says what becomes of it."""

    grown = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, words.MATTERS, words.MATTERS_HINT, parent)
        self._templates = (*words.TEMPLATES, words.OTHER)
        self.choices = Choices(
            look,
            [Option(place, label, str(place + 1)) for place, (label, _) in enumerate(self._templates)],
            columns=len(self._templates),
            press=True,
            gap=6,
        )
        quiet(self.choices, len(self._templates))
        self.rows: list[MatterRow] = []
        line = QHBoxLayout()
        line.addWidget(self.choices)
        line.addStretch()
        self.body.addLayout(line)
        self.choices.picked.connect(self._pick)

    def matters(self) -> tuple[NewMatter, ...]:
        return tuple(row.matter() for row in self.rows)

    def fill(self, matters: Sequence[NewMatter]) -> None:
        for row in tuple(self.rows):
            self._remove(row, quietly=True)
        for matter in matters:
            self._add(matter)
        self.refresh()

    def check(self) -> bool:
        """Whether each says what it is about; the first that does not gets the keyboard."""
        for row in self.rows:
            if not row.matter().title:
                row.line.setPlaceholderText(words.MATTER_EMPTY)
                row.line.setFocus(Qt.FocusReason.OtherFocusReason)
                return False
        return True

    def is_done(self) -> bool:
        return bool(self.rows)

    def digit(self, place: int) -> bool:
        return self.choices.press_digit(str(place))

    def _pick(self, place: int) -> None:
        label, category = self._templates[place]
        title = "" if place == len(self._templates) - 1 else f"{label}："
        row = self._add(NewMatter(title, category, EXITS[LIKELY]))
        row.line.setFocus(Qt.FocusReason.OtherFocusReason)
        row.line.deselect()
        row.line.end(False)
        self.say_changed()

    def _add(self, matter: NewMatter) -> MatterRow:
        row = MatterRow(self.look, matter)
        self.rows.append(row)
        self.body.addWidget(row)
        row.show()  # a layout shows it only later, and what is hidden takes no keyboard
        self.watch(row.line)
        row.changed.connect(self.say_changed)
        row.removed.connect(lambda: self._remove(row))
        row.finished.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        row.focused.connect(self.lit)
        self.grown.emit()
        return row

    def _remove(self, row: MatterRow, *, quietly: bool = False) -> None:
        self.rows.remove(row)
        self.body.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.grown.emit()
        if not quietly:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            self.say_changed()


class MatterRow(QWidget):
    """Words, four exits, ×. Enter in the words leads to the exits, Enter there is done with it."""

    changed = Signal()
    removed = Signal()
    finished = Signal()
    focused = Signal()

    def __init__(self, look: Look, matter: NewMatter) -> None:
        super().__init__()
        self._look = look
        self._category = matter.category
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(words.EXIT_HINT)
        self.setAccessibleName(words.EXIT_HINT)
        self.line = Line()
        self.line.setText(matter.title)
        self.line.setMaxLength(Matter.title.length)
        self.line.setAccessibleName(words.MATTERS)
        self.exits = Segmented(look, [codes.MATTER_EXIT.label(code) for code in EXITS])
        self.exits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for segment in self.exits.segments:
            segment.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.exits.choose(EXITS.index(matter.exit) if matter.exit in EXITS else LIKELY)
        self._remove = IconButton(look, "x", words.REMOVE, edge=30)
        self._remove.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row = QHBoxLayout(self)
        self._row.addWidget(Picture(look, "message-report", size=18, colour="acc"))
        self._row.addWidget(self.line, 1)
        self._row.addWidget(self.exits)
        self._row.addWidget(self._remove)
        self.line.entered.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self.line.went_back.connect(self.finished)
        self.exits.chosen.connect(lambda _place: self.changed.emit())
        self._remove.clicked.connect(self.removed)
        look.changed.connect(self._follow)
        self._follow()

    def matter(self) -> NewMatter:
        title = self.line.text().strip().rstrip("：")
        return NewMatter(title, self._category, EXITS[self.exits.current])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        shift = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(key), 0)
        place = self.exits.current + step if step else key - Qt.Key.Key_1
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.finished.emit()
        elif shift and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        elif plain and key == Qt.Key.Key_Delete:
            self.removed.emit()
        elif plain and 0 <= place < len(EXITS):
            self.exits.choose(place)
            self.changed.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        focus = self.hasFocus()
        Ink(painter, self._look).box(
            QRectF(self.rect()), fill="sunk", line="acc" if focus else "line", width=2 if focus else 1
        )
        painter.end()

    def _follow(self) -> None:
        theme = self._look.theme
        self._row.setContentsMargins(theme.px(12), theme.px(3), theme.px(6), theme.px(3))
        self._row.setSpacing(theme.px(8))
        self.line.setFont(theme.font(Role.SECOND, bold=True))
