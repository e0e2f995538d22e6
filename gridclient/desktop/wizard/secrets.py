"""The steps about secrets: the passphrase with its strength in words, the recovery sheet that is copied."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.card import Picture
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.painted import Painted
from gridclient.desktop.kit.tick import Tick
from gridclient.desktop.theme import Look, Role, Size
from gridclient.desktop.wizard import words
from gridclient.desktop.wizard.code_field import GROUP, grouped
from gridclient.desktop.wizard.strength import Strength, judge
from gridclient.desktop.wizard.view import Way

_LOOKS = {
    Strength.SHORT: ("circle-dashed", "text2"),
    Strength.WEAK: ("alert-triangle", "warn"),
    Strength.FAIR: ("circle-half-2", "text2"),
    Strength.STRONG: ("circle-check", "ok"),
}


class PassphraseStep(QWidget):
    """Twice the same, at least ten characters; or once the old one of a backup."""

    entered = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._way = Way.ALONE
        self.first = Input(look, words.PASSPHRASE, hint=words.PASSPHRASE_HINT, secret=True)
        self.again = Input(look, words.AGAIN, secret=True)
        self._sign = Picture(look, "circle-dashed", size=18)
        self._says = PlainLabel(look, role=Role.SECOND, colour="text2")
        self.show_tick = Tick(look, words.SHOW)
        self._forgot = PlainLabel(look, role=Role.SMALL, colour="text2", wrap=True)
        strength = QHBoxLayout()
        strength.addWidget(self._sign)
        strength.addWidget(self._says)
        strength.addStretch()
        strength.addWidget(self.show_tick)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.first)
        self._column.addLayout(strength)
        self._column.addWidget(self.again)
        self._column.addWidget(self._forgot)
        self._column.addStretch()
        self.first.changed.connect(lambda _said: self._show_strength())
        self.first.entered.connect(self._first_entered)
        self.again.entered.connect(self.entered)
        self.again.went_back.connect(self.first.setFocus)
        self.show_tick.toggled.connect(self._reveal)
        self.setFocusProxy(self.first)
        look.changed.connect(self._follow)
        self._follow()

    def ask(self, way: Way) -> None:
        """Ask for a new passphrase, or for the old one."""
        self._way = way
        old = way is Way.OLD
        for widget in (self.again, self._sign, self._says):
            widget.setVisible(not old)
        self._forgot.setText(words.FORGOT_ALONE if way is Way.ALONE else words.FORGOT_JOINED)
        self._show_strength()

    def is_whole(self) -> bool:
        """Whether it can be used; where not, the field says why."""
        said = self.first.words
        if not said:
            self.first.show_error(words.EMPTY)
            return False
        if self._way is Way.OLD:
            return True
        grade, sentence = judge(said)
        if grade in (Strength.SHORT, Strength.WEAK):
            self.first.show_error(sentence)
            self.first.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        if self.again.words != said:
            self.again.show_error(words.DIFFERENT)
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        return True

    def show_error(self, sentence: str) -> None:
        """The passphrase was refused, or did not open the backup."""
        self.first.show_error(sentence)
        self.first.line.selectAll()
        self.first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _first_entered(self) -> None:
        if self._way is Way.OLD:
            self.entered.emit()
        else:
            self.again.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_strength(self) -> None:
        grade, sentence = judge(self.first.words)
        icon, colour = _LOOKS[grade]
        self._sign.show_icon(icon, colour)
        self._says.setText(sentence)
        self._says.set_colour(colour)

    def _reveal(self, shown: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        for field in (self.first, self.again):
            field.line.setEchoMode(mode)

    def _follow(self) -> None:
        self._column.setSpacing(self._look.theme.px(14))


class SheetStep(QWidget):
    """The code in two rows; whoever typed its last group has it on paper."""

    entered = Signal()
    print_asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._code = ""
        self._sheet = _Code(look)
        self.last = Input(look, words.SHEET_CHECK)
        self.print_button = Button(look, words.SHEET_PRINT, icon="printer", key="Ctrl+P")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._sheet)
        line = QHBoxLayout()
        line.addWidget(self.last, 1)
        line.addWidget(self.print_button, 0, Qt.AlignmentFlag.AlignBottom)
        self._column.addLayout(line)
        self._column.addStretch()
        self.last.entered.connect(self.entered)
        self.print_button.clicked.connect(self.print_sheet)
        self.setFocusProxy(self.last)
        look.changed.connect(self._follow)
        self._follow()

    def show_code(self, code: str) -> None:
        self._code = grouped(code)
        self._sheet.show_code(self._code)
        self.last.set_words("")

    def print_sheet(self) -> None:
        self.print_asked.emit(self._code)

    def is_whole(self) -> bool:
        """Whether the last group was copied right."""
        right = grouped(self.last.words) == self._code[-GROUP:]
        self.last.show_error("" if right else words.SHEET_WRONG)
        return right

    def _follow(self) -> None:
        self._column.setSpacing(self._look.theme.px(14))


class _Code(Painted):
    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._groups: list[str] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_code(self, code: str) -> None:
        self._groups = code.split("-")
        self.setAccessibleName(" ".join(self._groups))
        self.update()

    def draw(self, ink: Ink) -> None:
        px = ink.theme.px
        ink.box(QRectF(self.rect()), fill="surface", line="line2", radius=Size.RADIUS_CARD)
        column = (self.width() - px(48)) / 4
        for place, group in enumerate(self._groups):
            x = px(24) + column * (place % 4)
            ink.text(x, px(40) + px(46) * (place // 4), group, role=Role.TITLE, bold=True)

    def sizeHint(self) -> QSize:
        return QSize(self.look.theme.px(480), self.look.theme.px(126))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
