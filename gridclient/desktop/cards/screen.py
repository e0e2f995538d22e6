"""The card screen: whose cards, how they look, and the way to paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QKeyCombination, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gridclient.desktop.cards import words
from gridclient.desktop.cards.deck import DeckBar, DeckPanel
from gridclient.desktop.cards.faces import Faces
from gridclient.desktop.cards.view import LAYOUTS, DeckView
from gridclient.desktop.kit.card import EmptyState
from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.picker import Item
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.theme import Look, Size, Tone

CTRL = Qt.KeyboardModifier.ControlModifier
PRINT_KEY = QKeyCombination(CTRL, Qt.Key.Key_P)
ESC_KEY = QKeyCombination(Qt.Key.Key_Escape)


class CardsScreen(Screen):
    """Give it ``show_scopes`` and ``show_deck``; it then asks for the sides of one card after another.

    ``preview_asked`` carries the place of the card in the deck, from 0; ``layout_chosen`` is one of LAYOUTS.
    ``printing``: whether there is a way to a printer besides the PDF.
    """

    scope_chosen = Signal(bytes)
    layout_chosen = Signal(str)
    preview_asked = Signal(int)
    save_asked = Signal(str)
    print_asked = Signal()
    stop_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None, *, printing: bool = True) -> None:
        super().__init__(look, parent)
        self._printing = printing
        self._deck = DeckView(0, 0)
        self._place = 0
        self._busy = False
        self.bar = DeckBar(look)
        self.panel = DeckPanel(look)
        self.faces = Faces(look)
        self.empty = EmptyState(look, words.EMPTY, icon="id")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.TITLE)
        self._build()
        self._join()
        if not printing:
            self.bar.save_only()
        self.show_deck(self._deck)
        self._follow()

    # Data in

    def show_scopes(self, scopes: Sequence[Item], current: bytes) -> None:
        """Whose cards may be printed: the whole community, then its buildings in groups."""
        self.panel.scope.show_items(scopes, current)

    def show_layout(self, layout: str) -> None:
        """Show this layout as chosen; says nothing."""
        self.panel.layouts.choose(LAYOUTS.index(layout))

    def show_deck(self, deck: DeckView) -> None:
        """The cards of the scope; asks for the sides of the first, or of the one in hand if still there."""
        same = deck.count == self._deck.count
        self._deck = deck
        self._place = self._place if same else 0
        self._end()
        self.bar.notice.say("")
        self.bar.show_deck(deck)
        self.panel.show_deck(deck)
        self.empty.say(words.ALL_HELD if deck.held else words.EMPTY)
        self._right.setCurrentWidget(self.faces if deck.count else self.empty)
        if deck.count:
            self._go(self._place)
        self.hints_changed.emit()

    def show_preview(self, front: QImage, back: QImage, said: str) -> None:
        """The sides of the card asked for last, and whose it is."""
        self.faces.show_faces(front, back, said)

    def show_progress(self, done: int, total: int) -> None:
        """How many cards are laid out."""
        self.bar.notice.say("")
        self.bar.progress.show_progress(words.LAYING_OUT, done, total)
        if not self._busy:
            self._show_busy(True)
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_done(self, sentence: str) -> None:
        """Saved, or handed to the printer, in a sentence."""
        self._end()
        self.bar.notice.say(sentence, Tone.OK, "circle-check")

    def show_error(self, sentence: str) -> None:
        """What went wrong, what is safe, what to do."""
        self._end()
        self.bar.notice.say(sentence, Tone.BAD, "alert-triangle")

    # Screen

    def hints(self) -> tuple[Hint, ...]:
        if self._busy:
            return words.BUSY_HINTS
        if not self._deck.count:
            return words.EMPTY_HINTS
        return words.HINTS if self._printing else words.HINTS[1:]

    def all_keys(self) -> tuple[HintGroup, ...]:
        return words.KEYS if self._printing else words.KEYS_WITHOUT_PRINTER

    def claims(self, key: QKeyCombination) -> bool:
        if self._busy:
            return key in (ESC_KEY, PRINT_KEY)
        return self._printing and key == PRINT_KEY and self._deck.count > 0

    # Inside

    def choose_file(self) -> None:
        """Let the person say where the PDF goes."""
        dialog = QFileDialog(self, words.SAVE_TITLE, "", words.FILTER)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(words.FILE_NAME)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save_asked)
        dialog.open()

    def _end(self) -> None:
        if self._busy:
            self._show_busy(False)

    def _show_busy(self, busy: bool) -> None:
        self._busy = busy
        self.bar.show_busy(busy)
        self.panel.show_busy(busy)
        self.hints_changed.emit()

    def _go(self, place: int) -> None:
        if 0 <= place < self._deck.count:
            self._place = place
            self.faces.show_place(place, self._deck.count)
            self.preview_asked.emit(place)

    def _choose_layout(self, place: int) -> None:
        if self.panel.layouts.current != place:
            self.panel.layouts.choose(place)
            self.layout_chosen.emit(LAYOUTS[place])

    def _build(self) -> None:
        self._right = QStackedWidget()
        self._right.addWidget(self.faces)
        self._right.addWidget(self.empty)
        self._columns = QHBoxLayout()
        self._columns.addWidget(self.panel)
        self._columns.addWidget(self._right, 1)
        self._page = QVBoxLayout(self)
        self._page.addWidget(self.bar)
        self._page.addLayout(self._columns, 1)

    def _join(self) -> None:
        self.panel.scope.picked.connect(self.scope_chosen)
        self.panel.layouts.chosen.connect(lambda place: self.layout_chosen.emit(LAYOUTS[place]))
        self.bar.save.clicked.connect(self.choose_file)
        self.bar.print.clicked.connect(self.print_asked)
        self.bar.progress.stop_asked.connect(self.stop_asked)
        self.faces.stepped.connect(lambda step: self._go(self._place + step))
        self.look.changed.connect(self._follow)

    def _follow(self) -> None:
        px = self.look.theme.px
        self._page.setContentsMargins(px(Size.PAGE_LEFT), px(12), px(Size.PAGE_RIGHT), px(8))
        self._page.setSpacing(px(10))
        self._columns.setSpacing(px(Size.GAP))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._keys().get(_plain(event.keyCombination()))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _keys(self) -> dict[QKeyCombination, Callable[[], object]]:
        """What each key does now."""
        if self._busy:
            # Printing again while the cards are being laid out would make them twice.
            return {ESC_KEY: self.stop_asked.emit, PRINT_KEY: lambda: None}
        key = Qt.Key
        found: dict[QKeyCombination, Callable[[], object]] = {
            QKeyCombination(key.Key_PageUp): lambda: self.panel.scope.step(-1),
            QKeyCombination(key.Key_PageDown): lambda: self.panel.scope.step(1),
            QKeyCombination(CTRL, key.Key_1): lambda: self._choose_layout(0),
            QKeyCombination(CTRL, key.Key_2): lambda: self._choose_layout(1),
        }
        if self._deck.count:
            found |= {
                PRINT_KEY: self.print_asked.emit if self._printing else lambda: None,
                QKeyCombination(CTRL, key.Key_S): self.choose_file,
                QKeyCombination(key.Key_Left): lambda: self._go(self._place - 1),
                QKeyCombination(key.Key_Right): lambda: self._go(self._place + 1),
                QKeyCombination(key.Key_Home): lambda: self._go(0),
                QKeyCombination(key.Key_End): lambda: self._go(self._deck.count - 1),
            }
        return found


def _plain(keys: QKeyCombination) -> QKeyCombination:
    """The same key wherever it lies: the number pad adds a modifier of its own."""
    return QKeyCombination(keys.keyboardModifiers() & ~Qt.KeyboardModifier.KeypadModifier, keys.key())
