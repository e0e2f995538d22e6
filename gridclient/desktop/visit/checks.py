"""The 四清: a digit changes what is said of one of them, a line takes the words."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from gridclient.core.domain import codes
from gridclient.desktop.kit.field import Line
from gridclient.desktop.kit.ink import CENTRE, Ink
from gridclient.desktop.kit.painted import Painted, PaintedButton
from gridclient.desktop.theme import Look, Role, Tone
from gridclient.desktop.visit import words
from gridclient.desktop.visit.section import Section
from gridclient.desktop.visit.view import CheckAnswer

CLEAR, CHANGED, UNASKED = "clear", "changed", "unasked"
_TONES = {CLEAR: (Tone.OK, "check"), CHANGED: (Tone.WARN, "pencil"), UNASKED: (Tone.NEUTRAL, "")}
_NEXT = {UNASKED: CLEAR, CLEAR: CHANGED, CHANGED: UNASKED}
LINE = 31


class ChecksSection(Section):
    """Four lines; what nobody touched was not asked."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, words.CHECKS, words.CHECKS_HINT_UNLIT, parent)
        self._states = {key: UNASKED for key, _ in words.CHECK_NAMES}
        self._buttons: dict[tuple[str, str], _State] = {}
        self._numbers: list[_Number] = []
        self.notes: dict[str, Line] = {}
        self._grid = QGridLayout()
        for place, (key, name) in enumerate(words.CHECK_NAMES):
            self._add(place, key, name)
        self._grid.setColumnStretch(5, 1)
        self.body.addLayout(self._grid)
        look.changed.connect(self._follow)
        self._follow()

    def answers(self) -> tuple[tuple[str, CheckAnswer], ...]:
        """What was asked, or has words beside it."""
        return tuple(
            (key, CheckAnswer(state, self.notes[key].text().strip()))
            for key, state in self._states.items()
            if state != UNASKED or self.notes[key].text().strip()
        )

    def fill(self, answers: tuple[tuple[str, CheckAnswer], ...]) -> None:
        given = dict(answers)
        for key in self._states:
            answer = given.get(key, CheckAnswer(UNASKED))
            self._states[key] = answer.state if answer.state in _NEXT else UNASKED
            self.notes[key].setText(answer.note)
        self._show()

    def is_done(self) -> bool:
        return any(state != UNASKED for state in self._states.values())

    def digit(self, place: int) -> bool:
        if place == 0:
            self._rest_is_clear()
            return True
        if place > len(words.CHECK_NAMES):
            return False
        key = words.CHECK_NAMES[place - 1][0]
        self.choose(key, _NEXT[self._states[key]])
        return True

    def choose(self, key: str, state: str) -> None:
        """Say this of one of the four; a change wants words, so its line gets the keyboard."""
        self._states[key] = state
        self._show()
        self.say_changed()
        if state == CHANGED:
            self.notes[key].setFocus(Qt.FocusReason.OtherFocusReason)

    def _rest_is_clear(self) -> None:
        """What nobody has answered yet is clear: most doors are, and then one key says so."""
        for key, state in self._states.items():
            if state == UNASKED:
                self._states[key] = CLEAR
        self._show()
        self.say_changed()

    def set_lit(self, lit: bool) -> None:
        super().set_lit(lit)
        self.head.set_words(words.CHECKS, words.CHECKS_HINT if lit else words.CHECKS_HINT_UNLIT)
        for number in self._numbers:
            number.set_lit(lit)

    def _add(self, place: int, key: str, name: str) -> None:
        look = self.look
        number = _Number(look, str(place + 1), name)
        self._numbers.append(number)
        self._grid.addWidget(number, place, 0)
        for column, (state, label) in enumerate(codes.CHECK.labels.items()):
            button = _State(look, label, state)
            button.setAccessibleName(f"{name} {label}")
            button.clicked.connect(lambda _checked=False, key=key, state=state: self._clicked(key, state))
            self._buttons[key, state] = button
            self._grid.addWidget(button, place, 1 + column)
        note = self.notes[key] = Line()
        note.setAccessibleName(f"{name} {words.NOTE}")
        note.setPlaceholderText(words.NOTE)
        note.setMaxLength(200)
        note.entered.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        note.went_back.connect(lambda: self.setFocus(Qt.FocusReason.OtherFocusReason))
        self.watch(note)
        self._grid.addWidget(_Underlined(look, note), place, 5)

    def _clicked(self, key: str, state: str) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.choose(key, state)

    def _show(self) -> None:
        for (key, state), button in self._buttons.items():
            button.setChecked(self._states[key] == state)

    def _follow(self) -> None:
        theme = self.look.theme
        self._grid.setHorizontalSpacing(theme.px(6))
        self._grid.setVerticalSpacing(theme.px(4))
        for note in self.notes.values():
            note.setFont(theme.font(Role.SECOND))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            next(iter(self.notes.values())).setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)


class _Number(Painted):
    """The digit in its cap, filled while the part is lit, and the name of the line."""

    def __init__(self, look: Look, digit: str, name: str) -> None:
        super().__init__(look)
        self._digit, self._name, self._lit = digit, name, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_lit(self, lit: bool) -> None:
        self._lit = lit
        self.update()

    def draw(self, ink: Ink) -> None:
        middle = self.height() / 2
        if self._lit:
            ink.cap(0, middle, self._digit, ink="onacc", ground="acc", line="acc")
        else:
            ink.cap(0, middle, self._digit)
        ink.text(ink.theme.px(32), middle, self._name, role=Role.SECOND, bold=True)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = theme.px(32 + 14) + theme.advance(self._name, Role.SECOND, bold=True)
        return QSize(round(width) + 1, theme.px(LINE))


class _State(PaintedButton):
    """清, 有变化 or 没问 of one line."""

    def __init__(self, look: Look, label: str, state: str) -> None:
        super().__init__(look, label)
        self._tone, self._icon = _TONES[state]
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def draw(self, ink: Ink) -> None:
        rect, chosen, tone = self.area(), self.isChecked(), self._tone
        if not chosen:
            ink.box(rect, fill="hover" if self.hovered else "surface", line="line2")
            ink.text(rect.center().x(), rect.center().y(), self.text(), role=Role.SECOND, align=CENTRE)
            return
        ink.box(rect, fill=tone.ground, line=tone.ink, width=2)
        width = ink.theme.advance(self.text(), Role.SECOND, bold=True)
        x = rect.center().x() - width / 2
        if self._icon:
            x -= ink.theme.px(10)
            x += ink.icon(x, rect.center().y(), self._icon, size=16, colour=tone.ink) + ink.theme.px(4)
        ink.text(x, rect.center().y(), self.text(), role=Role.SECOND, colour=tone.ink, bold=True)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = theme.advance(self.text(), Role.SECOND, bold=True) + theme.px(48)
        return QSize(round(width), theme.px(LINE))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class _Underlined(QWidget):
    """A bare line over a thin rule."""

    def __init__(self, look: Look, line: Line) -> None:
        super().__init__()
        self._look, self._line = look, line
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 0, 2)
        row.addWidget(line)
        line.focused.connect(lambda _focused: self.update())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        focus = self._line.hasFocus()
        thick = 2 if focus else 1
        rule = QRectF(8, self.height() - thick, self.width() - 8, thick)
        Ink(painter, self._look).fill(rule, "acc" if focus else "line2")
        painter.end()
