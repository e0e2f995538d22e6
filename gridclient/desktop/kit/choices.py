"""Several choices together: one or many may be chosen, digits choose too."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from gridclient.desktop.kit.button import Choice
from gridclient.desktop.kit.ink import CENTRE, Ink
from gridclient.desktop.kit.painted import PaintedButton
from gridclient.desktop.theme import Look, Role, Size


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the value it stands for, its word and the digit that chooses it."""

    value: int
    words: str
    digit: str = ""


class Choices(QWidget):
    """A grid of Choice boxes.

    ``many`` lets several be chosen; ``press`` makes them plain buttons that say ``picked`` and stay unlit.
    """

    picked = Signal(int)
    changed = Signal()

    def __init__(
        self,
        look: Look,
        options: Sequence[Option],
        *,
        columns: int = 9,
        above: bool = False,
        many: bool = False,
        press: bool = False,
        height: int = Size.TOOL,
        gap: int = 8,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self._gap = gap
        self._many = many
        self._press = press
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._boxes: dict[int, Choice] = {}
        for place, option in enumerate(options):
            box = Choice(
                look, option.words, digit=option.digit, above=above, height=height, checkable=not press
            )
            box.clicked.connect(lambda _checked, value=option.value: self._clicked(value))
            self._boxes[option.value] = box
            self._grid.addWidget(box, place // columns, place % columns)
        look.changed.connect(self._follow)
        self._follow()

    def chosen(self) -> tuple[int, ...]:
        """The chosen values, in the order shown."""
        return tuple(value for value, box in self._boxes.items() if box.isChecked())

    def choose(self, *values: int) -> None:
        """Light exactly these; says nothing."""
        for value, box in self._boxes.items():
            box.setChecked(value in values)

    def box(self, value: int) -> Choice:
        return self._boxes[value]

    def set_columns(self, columns: int) -> None:
        """Lay the boxes out in so many columns."""
        for place, box in enumerate(self._boxes.values()):
            self._grid.addWidget(box, place // columns, place % columns)

    def set_above(self, above: bool) -> None:
        """Put the digits above the words, or before them where height is scarce."""
        for box in self._boxes.values():
            box.set_above(above)

    def press_digit(self, digit: str) -> bool:
        """Do what a click on the choice with this digit does; False where no choice has it."""
        for value, box in self._boxes.items():
            if box.digit == digit and box.isEnabled() and not box.isHidden():
                if not self._press:
                    box.setChecked(not box.isChecked() if self._many else True)
                self._clicked(value)
                return True
        return False

    def _clicked(self, value: int) -> None:
        if not self._many and not self._press:
            self.choose(value)
        self.picked.emit(value)
        self.changed.emit()

    def _follow(self) -> None:
        self._grid.setSpacing(self._look.theme.px(self._gap))


class Segmented(QWidget):
    """Exactly one of 2–5 views; the chosen segment is a white tile."""

    chosen = Signal(int)

    def __init__(self, look: Look, words: Sequence[str], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._grid = QGridLayout(self)
        self._segments = [_Segment(look, each, self) for each in words]
        self._current = 0
        for place, segment in enumerate(self._segments):
            self._grid.addWidget(segment, 0, place)
            segment.clicked.connect(lambda _checked, place=place: self._clicked(place))
        self._segments[0].setChecked(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._follow)
        self._follow()

    @property
    def current(self) -> int:
        return self._current

    def choose(self, place: int) -> None:
        """Show this segment as chosen; says nothing."""
        self._current = place
        for each, segment in enumerate(self._segments):
            segment.setChecked(each == place)

    def set_words(self, place: int, words: str) -> None:
        """Rename a segment (counts change)."""
        self._segments[place].setText(words)
        self._segments[place].setAccessibleName(words)
        self._segments[place].updateGeometry()

    @property
    def segments(self) -> tuple[PaintedButton, ...]:
        return tuple(self._segments)

    def show_segment(self, place: int, shown: bool) -> None:
        """Take a segment away, or put it back."""
        self._segments[place].setVisible(shown)

    def _clicked(self, place: int) -> None:
        self.choose(place)
        self.chosen.emit(place)

    def _follow(self) -> None:
        edge = self._look.theme.px(3)
        self._grid.setContentsMargins(edge, edge, edge, edge)
        self._grid.setSpacing(0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        Ink(painter, self._look).box(QRectF(self.rect()), fill="hover", line="line", radius=10)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        place = self._current + step
        if 0 <= place < len(self._segments):
            self._segments[place].setFocus(Qt.FocusReason.TabFocusReason)
            self._clicked(place)


class _Segment(PaintedButton):
    def __init__(self, look: Look, words: str, parent: QWidget) -> None:
        super().__init__(look, words, parent)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.MinimumExpanding, QSizePolicy.Policy.Fixed)

    def draw(self, ink: Ink) -> None:
        rect = self.area()
        if self.isChecked():
            ink.box(rect, fill="surface", line="line2", radius=7)
        ink.text(
            rect.center().x(),
            rect.center().y(),
            self.text(),
            role=Role.SECOND,
            colour="text" if self.isChecked() or self.hovered else "text2",
            bold=self.isChecked(),
            align=CENTRE,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()  # a button would move the focus; the switch moves the choice
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        theme = self.look.theme
        width = theme.advance(self.text(), Role.SECOND, bold=True) + 2 * theme.px(14)
        return QSize(round(width) + 1, theme.px(Size.TOOL) - 2 * theme.px(3))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
