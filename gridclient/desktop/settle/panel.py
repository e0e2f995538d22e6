"""One disagreement: the versions, what follows from each, and the decision."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from gridclient.desktop.household.fields import ChoiceField
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Chip, Picture
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.hints import Hint
from gridclient.desktop.kit.ink import Ink
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.two import two_title
from gridclient.desktop.settle import words
from gridclient.desktop.settle.versions import VersionCard
from gridclient.desktop.settle.view import SettleView, Version
from gridclient.desktop.theme import Look, Role, Tone

COLUMNS = 3
NARROWEST = 210
TIGHT = 1.25


class SettlePanel(QWidget):
    """Digits choose and preview, ``decide`` says the decision: with the change taken, or with a value.

    ``decided(record, kind, group, change, value)``: exactly one of the last two is set; a value that was
    typed comes as it was typed.
    """

    decided = Signal(bytes, str, str, object, object)
    chosen = Signal()
    household_asked = Signal(bytes)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._view: SettleView | None = None
        self._cards: list[VersionCard] = []
        self._chosen: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.SHEET)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._title = PlainLabel(look, role=Role.VALUE, bold=True)
        self._chip = Chip(look, tone=Tone.TWO, icon="git-merge")
        self._where = PlainLabel(look, role=Role.SECOND, colour="text2")
        self._household = Button(look, words.SEE_HOUSEHOLD, key="F7")
        self._grid = QGridLayout()
        self._evidence = QVBoxLayout()
        self._preview = _Quiet(look)
        self._says = _Says(look, bold=True, wrap=True)
        self._keeps = PlainLabel(look, words.KEEPS, role=Role.SECOND, colour="text2")
        self._other = Button(look, words.OTHER)
        self.decide_button = Button(look, words.DECIDE, kind=Kind.PRIMARY, key="Enter", height=40)
        self.line = Input(look, words.OTHER_NAME)
        self._options: ChoiceField | None = None
        self._build()
        self._other.clicked.connect(lambda: self.choose(self._other_place()))
        self.decide_button.clicked.connect(self.decide)
        self._household.clicked.connect(self._ask_household)
        self.line.changed.connect(lambda _said: self._show_preview())
        self.line.entered.connect(self.decide)
        self.line.went_back.connect(self.setFocus)
        look.changed.connect(self._follow)
        self._follow()

    def show_settle(self, view: SettleView) -> None:
        """Show this disagreement; nothing is chosen. The same one again keeps what was."""
        if view == self._view:
            return
        self._view, self._chosen = view, None
        self._title.setText(view.title)
        self._chip.show_fact(two_title([each.value for each in view.versions]), Tone.TWO, "git-merge")
        self._where.setText(view.where)
        self._make_cards(view)
        self._make_evidence(view)
        self._make_options(view)
        self.line.set_words("")
        self._other.set_words(words.OTHER, key=str(self._other_place()))
        for button in (self._other, self.decide_button):
            button.setVisible(view.may_decide)
        self._show_preview()

    def choose(self, place: int) -> None:
        """Choose and preview: 0 what all saw before, 1… the versions, then another value."""
        view = self._view
        if view is None or not view.may_decide or not 0 <= place <= self._other_place():
            return
        if place == 0 and view.base is None:
            return
        self._chosen = place
        self._show_preview()
        self.chosen.emit()
        if place == self._other_place():
            (self._options or self.line).setFocus(Qt.FocusReason.OtherFocusReason)

    def hints(self) -> tuple[Hint, ...]:
        """The keys that choose and decide here; none for who may not decide."""
        view = self._view
        if view is None or not view.may_decide:
            return ()
        chosen = words.choose_hints(len(view.versions), base=view.base is not None)
        return (*chosen, words.DECIDE_HINT)

    @property
    def chosen_author(self) -> str:
        """Whose version is chosen; empty for what was before and for another value."""
        place = self._chosen
        version = self._version(place) if place else None
        return version.who if version is not None else ""

    def decide(self) -> None:
        """Say the decision, if there is one."""
        view, place = self._view, self._chosen
        if view is None or place is None:
            return
        if place == self._other_place():
            self._decide_other(view)
            return
        version = self._version(place)
        if version is not None:
            taken: tuple[object, object] = (None, version.stored) if place == 0 else (version.change, None)
            self.decided.emit(view.record, view.kind, view.group, *taken)

    def _decide_other(self, view: SettleView) -> None:
        value: object = self.line.words.strip()
        if self._options is not None:
            value = self._options.read()
        if value in ("", None):
            self._says.setText(words.WRITE_SOMETHING)
            return
        self.decided.emit(view.record, view.kind, view.group, None, value)

    def _other_place(self) -> int:
        return len(self._view.versions) + 1 if self._view is not None else 0

    def _version(self, place: int) -> Version | None:
        view = self._view
        if view is None:
            return None
        if place == 0:
            return view.base
        return view.versions[place - 1] if place <= len(view.versions) else None

    def _show_preview(self) -> None:
        view, place = self._view, self._chosen
        if view is None:
            return
        for each, card in enumerate(self._cards, 0 if view.base is not None else 1):
            card.setChecked(each == place)
            if each == place:
                self._scroll.ensureWidgetVisible(card)
        other = place == self._other_place()
        self.line.setVisible(other and self._options is None)
        if self._options is not None:
            self._options.setVisible(other)
        says = words.CHOOSE_FIRST if view.may_decide else words.ONLY_DESK
        version = self._version(place) if place is not None else None
        if version is not None:
            says = version.outcome or words.decided_as(version.value or words.ALL_EMPTY_VALUE)
        elif other:
            written = self._written()
            says = words.decided_as(written) if written else words.WRITE_SOMETHING
        self._says.setText(says)
        self._says.fit()
        self._keeps.setVisible(place is not None and self.look.theme.factor < TIGHT)
        self.decide_button.setEnabled(place is not None)

    def _make_cards(self, view: SettleView) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._cards = []
        named = [(version, words.NAMES[at], at + 1) for at, version in enumerate(view.versions)]
        if view.base is not None:
            named.insert(0, (view.base, words.BASE, 0))
        for version, name, digit in named:
            card = VersionCard(self.look, version, name, str(digit), base=digit == 0)
            card.clicked.connect(lambda _checked=False, digit=digit: self._card_pressed(digit))
            self._cards.append(card)
        self._lay_cards()

    def _lay_cards(self) -> None:
        """As many beside each other as there is room for."""
        columns = max(1, min(COLUMNS, len(self._cards), self.width() // self.look.theme.px(NARROWEST)))
        for place, card in enumerate(self._cards):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_cards()

    def _card_pressed(self, place: int) -> None:
        self.choose(place)
        self._show_preview()

    def _make_evidence(self, view: SettleView) -> None:
        while (item := self._evidence.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if view.evidence:
            self._evidence.addWidget(PlainLabel(self.look, words.EVIDENCE, role=Role.SECOND, bold=True))
        for icon, said in view.evidence:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(Picture(self.look, icon, size=18))
            row.addWidget(PlainLabel(self.look, said, role=Role.SECOND, colour="text2", wrap=True), 1)
            self._evidence.addWidget(line)

    def _make_options(self, view: SettleView) -> None:
        if self._options is not None:
            self._options.hide()
            self._options.deleteLater()
        self._options = None
        if view.options:
            self._options = ChoiceField(self.look, view.group, words.OTHER_NAME, view.options, columns=4)
            self._options.hide()
            self._options.changed.connect(self._show_preview)
            self._options.entered.connect(self.decide)
            self._options.went_back.connect(self.setFocus)
            self._inner.insertWidget(1, self._options)

    def _written(self) -> str:
        """Another value in words, as far as it is given."""
        view, options = self._view, self._options
        if view is None or options is None:
            return self.line.words.strip()
        value = options.read()
        return next((said for stored, said in view.options if stored == value), "")

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._chip)
        head.addStretch()
        head.addWidget(self._household)
        says = QHBoxLayout()
        says.addWidget(Picture(self.look, "eye", colour="acc"))
        says.addWidget(self._says, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._keeps)
        foot.addStretch()
        foot.addWidget(self._other)
        foot.addWidget(self.decide_button)
        self._inner = QVBoxLayout(self._preview)
        self._inner.addLayout(says)
        self._inner.addWidget(self.line)
        self._inner.addLayout(foot)
        middle = QWidget()
        self._middle = QVBoxLayout(middle)
        self._middle.setContentsMargins(0, 0, 0, 0)
        self._middle.addLayout(self._grid)
        self._middle.addLayout(self._evidence)
        self._middle.addStretch()
        self._column = QVBoxLayout(self)
        self._column.addLayout(head)
        self._column.addWidget(self._where)
        self._scroll = Scroll(middle)
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self._preview)

    def _ask_household(self) -> None:
        if self._view is not None:
            self.household_asked.emit(self._view.record)

    def _follow(self) -> None:
        px = self.look.theme.px
        self._column.setSpacing(px(10))
        self._column.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(px(14))
        self._middle.setSpacing(px(14))
        self._evidence.setSpacing(px(4))
        self._inner.setContentsMargins(px(16), px(12), px(16), px(12))
        self._inner.setSpacing(px(10))
        self._show_preview()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
            self.choose(key - Qt.Key.Key_0)
        elif plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.decide()
        elif key == Qt.Key.Key_F7:
            self._ask_household()
        else:
            super().keyPressEvent(event)


class _Says(PlainLabel):
    """A wrapped label that is as high as its words: stacked pages do not ask it."""

    def fit(self) -> None:
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


class _Quiet(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        Ink(painter, self._look).box(QRectF(self.rect()), fill="sunk", line="line", radius=10)
        painter.end()
