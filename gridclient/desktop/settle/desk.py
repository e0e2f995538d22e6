"""合并台: one list of all that waits for a decision, and beside it the thing itself."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gridclient.desktop.kit.card import Card, EmptyState
from gridclient.desktop.kit.choices import Segmented
from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.rowlist import RowList
from gridclient.desktop.kit.rows import Column, Row, Words
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.settle import words
from gridclient.desktop.settle.bulk import BulkBar
from gridclient.desktop.settle.panel import SettlePanel
from gridclient.desktop.settle.review import ReviewPanel
from gridclient.desktop.settle.view import DeskItem, DeskView, Pile, ReviewView, SettleView
from gridclient.desktop.theme import Look, Role, Size

PILES = tuple(Pile)
FIRST_PILES = PILES[:4]  # as many as fit beside each other over the list at every text size
COLUMNS = (Column("", 0),)
TICKED = frozenset({Pile.CONFLICT, Pile.SUGGESTION})
SHIFT = Qt.KeyboardModifier.ShiftModifier


class DeskPage(Screen):
    """``item_chosen`` asks for what the row is about; the answer comes by ``show_settle``/``show_review``.

    ``offered`` are the piles there are, four at most; a single one needs no switch.
    ``reviews_decided(keys, code)``: what was done about one other thing, or about all that are ticked.
    ``decided_many(keys, who)``: in each of these what ``who`` said is taken; one he said nothing about stays.
    """

    item_chosen = Signal(bytes)
    decided = Signal(bytes, str, str, object, object)
    decided_many = Signal(list, str)
    review_decided = Signal(bytes, str)
    reviews_decided = Signal(list, str)
    household_asked = Signal(bytes)

    def __init__(
        self, look: Look, parent: QWidget | None = None, *, offered: tuple[Pile, ...] = FIRST_PILES
    ) -> None:
        super().__init__(look, parent)
        self._offered = offered
        self._view = DeskView()
        self._told: bytes | None = None
        self._title = PlainLabel(look, words.TITLE, role=Role.TITLE, bold=True)
        self._summary = PlainLabel(look, role=Role.SECOND, colour="text2")
        self.piles = Segmented(look, [words.PILES[PILES.index(pile)] for pile in offered])
        self.piles.setAccessibleName(words.PILE_NAME)
        if len(offered) == 1:
            self.piles.hide()
        self.list = RowList(look, COLUMNS, name=words.LIST, two_lines=True)
        self._list_card = Card(look, padding=1)
        self._panel_card = Card(look, padding=18)
        self._stack = QStackedWidget()
        self.panel = SettlePanel(look)
        self.review = ReviewPanel(look)
        self._ticked: set[bytes] = set()
        self.bulk = BulkBar(look)
        self._nothing = EmptyState(look, words.EMPTY, icon="circle-check")
        self._build()
        self.piles.chosen.connect(lambda _place: self._show_list())
        self.list.current_changed.connect(self._tell)
        self.list.digit_pressed.connect(self._digit)
        self.list.opened.connect(lambda _id: self._decide())
        self.list.space_pressed.connect(self._tick)
        self.panel.chosen.connect(self._show_bulk)
        self.bulk.button.clicked.connect(self._decide_many)
        self.panel.decided.connect(self.decided)
        self.panel.household_asked.connect(self.household_asked)
        self.review.decided.connect(self._reviewed)
        look.changed.connect(self._follow)
        self._follow()

    def show_desk(self, view: DeskView) -> None:
        """Show what waits; the row that was current stays so, or the next one takes its place."""
        self._view = view
        self._summary.setText(view.summary)
        for place, pile in enumerate(self._offered):
            name = words.PILES[PILES.index(pile)]
            self.piles.set_words(place, words.pile(name, view.counts.get(pile, 0)))
        if not self._of_pile() and view.items:
            self.piles.choose(self._offered.index(view.items[0].pile))
        self._show_list()

    def show_settle(self, view: SettleView) -> None:
        self.panel.show_settle(view)
        self._stack.setCurrentWidget(self.panel)
        self.hints_changed.emit()

    def show_review(self, view: ReviewView) -> None:
        self.review.show_review(view)
        self._stack.setCurrentWidget(self.review)
        self.hints_changed.emit()

    def enter(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def hints(self) -> tuple[Hint, ...]:
        front = self._stack.currentWidget()
        if front is self._nothing:
            return words.EMPTY_HINTS
        if front is self.review:
            several = len(self._of_pile()) > 1 and self._tickable()
            ticks = (words.TICK_HINT, words.ALL_HINT) if several else ()
            return (*words.review_hints(self.review.offered), *ticks, *words.REVIEW_HINTS)
        several = len(self._of_pile()) > 1
        many = (words.MANY_HINT,) if len(self._ticked) > 1 and self.panel.chosen_author else ()
        tick = (words.TICK_HINT,) if several else ()
        move = (words.NEXT_HINT,) if several else ()
        return (*self.panel.hints(), *many, *tick, *move, words.SEE_HINT, *words.EMPTY_HINTS)

    def all_keys(self) -> tuple[HintGroup, ...]:
        return words.all_keys(len(self._offered))

    def _of_pile(self) -> list[DeskItem]:
        pile = self._offered[self.piles.current]
        return [each for each in self._view.items if each.pile is pile]

    def _show_list(self) -> None:
        items = self._of_pile()
        if not items:
            self._stack.setCurrentWidget(self._nothing)
        self._nothing.say(words.PILE_EMPTY if self._view.items else words.EMPTY)
        self._ticked &= {each.key for each in self._view.items}
        self._told = None
        self._show_rows(items)
        current = self.list.current_id()
        if current is not None and current != self._told:
            self.item_chosen.emit(current)  # the same thing may have changed

    def _show_rows(self, items: list[DeskItem]) -> None:
        ticks = self._tickable()
        self.list.show_rows([_row(each, each.key in self._ticked if ticks else None) for each in items])
        self._show_bulk()

    def _tickable(self) -> bool:
        return self._offered[self.piles.current] in TICKED

    def _show_bulk(self) -> None:
        ticked = len([each for each in self._of_pile() if each.key in self._ticked])
        if self._offered[self.piles.current] is Pile.CONFLICT:
            self.bulk.show_ticked(ticked, self.panel.chosen_author)
        else:
            self.bulk.show_reviews(ticked, words.many_reviews(self.review.offered))
        self.hints_changed.emit()

    def _tick(self, key: bytes) -> None:
        if self._tickable():
            self._ticked ^= {key}
            self._show_rows(self._of_pile())

    def _reviewed(self, key: bytes, code: str) -> None:
        """One thing is decided, or all that are ticked."""
        ticked = [each.key for each in self._of_pile() if each.key in self._ticked]
        self._ticked -= set(ticked)
        self.review_decided.emit(key, code)
        self.reviews_decided.emit(ticked if len(ticked) > 1 else [key], code)

    def _decide_many(self) -> None:
        who = self.panel.chosen_author
        if len(self._ticked) > 1 and who and self._stack.currentWidget() is self.panel:
            keys = [each.key for each in self._of_pile() if each.key in self._ticked]
            self._ticked = set()
            self._show_rows(self._of_pile())
            self.decided_many.emit(keys, who)

    def _tell(self, key: bytes) -> None:
        self._told = key
        self.item_chosen.emit(key)

    def _digit(self, _id: bytes, digit: int) -> None:
        front = self._stack.currentWidget()
        if front is self.panel:
            self.panel.choose(digit)
        elif front is self.review:
            self.review.press(digit)

    def _decide(self) -> None:
        if self._stack.currentWidget() is self.panel:
            self.panel.decide()

    def _build(self) -> None:
        for widget in (self._nothing, self.panel, self.review):
            self._stack.addWidget(widget)
        self._list_card.body.addWidget(self.list)
        self._panel_card.body.addWidget(self._stack)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._summary)
        head.addStretch()
        self._left = QVBoxLayout()
        self._left.addLayout(head)
        self._left.addWidget(self.piles)
        self._left.addWidget(self._list_card, 1)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._left, 340)
        self._right = QVBoxLayout()
        self._right.addWidget(self._panel_card, 1)
        self._right.addWidget(self.bulk)
        self._row.addLayout(self._right, 806)

    def _follow(self) -> None:
        px = self.look.theme.px
        self._row.setContentsMargins(px(Size.PAGE_LEFT), px(14), px(Size.PAGE_RIGHT), px(8))
        self._row.setSpacing(px(16))
        self._left.setSpacing(px(10))
        self._right.setSpacing(px(10))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        place = event.key() - Qt.Key.Key_1
        if ctrl and 0 <= place < len(self._offered):
            self.piles.choose(place)
            self._show_list()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() == SHIFT:
            self._decide_many()
        elif ctrl and event.key() == Qt.Key.Key_A and self._stack.currentWidget() is self.review:
            items = self._of_pile()
            every = {each.key for each in items}
            self._ticked = self._ticked - every if every <= self._ticked else self._ticked | every
            self._show_rows(items)
        elif event.key() == Qt.Key.Key_F7 and self._stack.currentWidget() is self.review:
            self.household_asked.emit(self._told or b"")
        elif event.key() == Qt.Key.Key_F7:
            self.panel.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


def _row(item: DeskItem, ticked: bool | None) -> Row:
    return Row(
        item.key,
        (Words(f"{item.who}　{item.what}", bold=True, free=True),),
        "，".join(each for each in (item.who, item.what, item.door, item.authors) if each),
        (Words(f"{item.door}　{item.authors}", role=Role.SMALL, colour="text2", free=True),),
        ticked=ticked,
    )
