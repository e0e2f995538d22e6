"""Over the page how many and the two ways out; at its left for whom, how laid out, what to know first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from gridclient.desktop.cards import words
from gridclient.desktop.cards.view import DeckView
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card, Progress
from gridclient.desktop.kit.choices import Segmented
from gridclient.desktop.kit.facts import Fact, Facts
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.picker import Picker
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.theme import Look, Role, Size, Tone

MOST = 40
"""More sentences than this nobody reads at once."""
WIDTH = 320


class DeckBar(QWidget):
    """The title line, under it what is under way or has come of it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._title = PlainLabel(look, words.TITLE, role=Role.TITLE, bold=True)
        self.sum = PlainLabel(look, colour="text2")
        self.save = Button(look, words.SAVE, key="Ctrl+S")
        self.print = Button(look, words.PRINT, kind=Kind.PRIMARY, key="Ctrl+P", height=Size.BUTTON)
        self.notice = Notice(look, tone=Tone.OK, icon="circle-check")
        self.progress = Progress(look, stop=words.STOP)
        self._may_print = True
        self._row = QHBoxLayout()
        self._row.addWidget(self._title)
        self._row.addWidget(self.sum)
        self._row.addStretch()
        self._row.addWidget(self.save)
        self._row.addWidget(self.print)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._row)
        self._column.addWidget(self.notice)
        self._column.addWidget(self.progress)
        self.progress.hide()
        look.changed.connect(self._space)
        self._space()

    def show_deck(self, deck: DeckView) -> None:
        self.sum.setText(words.sum_of(deck.count, deck.pages))
        for each in (self.sum, self.save):
            each.setVisible(deck.count > 0)
        self.print.setVisible(self._may_print and deck.count > 0)

    def save_only(self) -> None:
        """There is no way to a printer: saving is the one thing to do."""
        self._may_print = False
        self.print.hide()
        self.save.kind = Kind.PRIMARY
        self.save.updateGeometry()

    def show_busy(self, busy: bool) -> None:
        self.progress.setVisible(busy)
        self.save.setEnabled(not busy)
        self.print.setEnabled(not busy)

    def _space(self) -> None:
        px = self._look.theme.px
        self._row.setSpacing(px(12))
        self._column.setSpacing(px(8))


class DeckPanel(Card):
    """While cards are being laid out nothing can be chosen."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent=parent)
        self.scope = Picker(look, name=words.SCOPE, bold=True)
        self.layouts = Segmented(look, words.LAYOUTS)
        self._held_head = PlainLabel(look, role=Role.SECOND, bold=True)
        self._held = Facts(look)
        self._warned_head = PlainLabel(look, role=Role.SECOND, bold=True)
        self._warned = Facts(look)
        self._build()
        look.changed.connect(self._space)
        self._space()

    def show_deck(self, deck: DeckView) -> None:
        self._held_head.setText(words.held(len(deck.held)))
        self._held.show_facts(_facts(deck.held, "ban"))
        self._warned_head.setText(words.warned(len(deck.warnings)) if deck.warnings else words.NO_NEWS)
        self._warned.show_facts(_facts(deck.warnings, "alert-triangle"))
        self._held_head.setVisible(bool(deck.held))
        self._held.setVisible(bool(deck.held))
        self._warned_head.setVisible(bool(deck.warnings) or (deck.count > 0 and not deck.held))
        self._warned.setVisible(bool(deck.warnings))

    def show_busy(self, busy: bool) -> None:
        self.scope.setEnabled(not busy)
        self.layouts.setEnabled(not busy)

    def _build(self) -> None:
        news = QWidget()
        self._lines = QVBoxLayout(news)
        self._lines.setContentsMargins(0, 0, 0, 0)
        for widget in (self._held_head, self._held, self._warned_head, self._warned):
            self._lines.addWidget(widget)
        self._lines.addStretch()
        for text, tool in ((words.SCOPE, self.scope), (words.LAYOUT, self.layouts)):
            self.body.addWidget(PlainLabel(self.look, text, role=Role.SECOND, bold=True))
            self.body.addWidget(tool)
        self.body.addWidget(Scroll(news), 1)

    def _space(self) -> None:
        px = self.look.theme.px
        self._lines.setSpacing(px(4))
        self.setFixedWidth(px(WIDTH))


def _facts(sentences: Sequence[str], icon: str) -> list[Fact]:
    found = [Fact(icon, each, "warn") for each in sentences[:MOST]]
    if len(sentences) > MOST:
        found.append(Fact("", words.more(len(sentences) - MOST)))
    return found
