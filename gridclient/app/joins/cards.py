"""Contact cards: which households, how they look, saved as PDF and noted in the ledger."""

import threading
from pathlib import Path

from PySide6.QtGui import QImage

from gridclient.app.desk import Desk, names, words_of
from gridclient.app.present.building import building_name
from gridclient.cards.card import Card
from gridclient.cards.fonts import Fonts
from gridclient.cards.preview import faces
from gridclient.cards.render import Report
from gridclient.core.domain.geography import door
from gridclient.core.domain.ids import Id, text
from gridclient.desktop.cards import CardsScreen, DeckView
from gridclient.desktop.kit.picker import Item
from gridclient.ledger.buildings import BuildingLine, buildings
from gridclient.ledger.writing import Touched
from gridclient.operations.print_cards import Deck, Scope, held_back, lay_out, print_cards

NAME = "cards"
EVERYTHING = b""
PER_SHEET = 10
# What a card says beside the door; it is laid out anew before somebody looks at the screen.
ON_A_CARD = ("worker", "assignment", "grid", "community", "partner", "card_template", "settings", "photo")


class CardsJoin:
    """`deck` is what is laid out, `report` what the last printing gave."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stop = threading.Event()
        self._fonts: Fonts | None = None
        self._layout = "a4-10up"
        self._scope: Id | None = None
        self._scopes: list[Item] = []
        self.deck: Deck | None = None
        self.report: Report | None = None
        self.screen = CardsScreen(desk.look, printing=False)
        desk.window.add_screen(NAME, self.screen)
        desk.add(self)
        self.screen.scope_chosen.connect(self.choose)
        self.screen.layout_chosen.connect(self._lay)
        self.screen.preview_asked.connect(self._preview)
        self.screen.save_asked.connect(self._save)
        self.screen.stop_asked.connect(self._stop.set)

    def stop(self) -> None:
        """Ask what is running to stop at its next step."""
        self._stop.set()

    def refresh(self, touched: Touched) -> None:
        if names(touched, ("building", "compound", "household")):
            self._list()
        elif names(touched, ON_A_CARD):
            self._desk.show(self.screen, self._choose_again)

    def _choose_again(self) -> None:
        self.choose(EVERYTHING if self._scope is None else self._scope)

    def _list(self) -> None:
        def work() -> list[BuildingLine]:
            with self._desk.ledger.reading() as connection:
                return buildings(connection)

        def done(lines: list[BuildingLine]) -> None:
            items = [Item(EVERYTHING, "全社区", "全社区")]
            items += [Item(line.id, building_name(line.number), line.compound) for line in lines]
            self._scopes = items
            if self._scope is None or self._scope not in {item.id for item in items}:
                # One building is there at once; a whole community costs memory nobody has asked for yet.
                self._scope = lines[0].id if lines else EVERYTHING
            self._desk.show(self.screen, self._choose_again)

        self._desk.read(work, done)

    def choose(self, scope: Id) -> None:
        """Lay the cards of a building (b"": of everybody) out."""
        self._scope = scope
        self.deck = None
        self.screen.show_scopes(self._scopes, scope)

        def work() -> tuple[Deck, Fonts]:
            where = Scope(building=text(scope)) if scope else Scope()
            return lay_out(self._desk.ledger, where), self._fonts or Fonts.load()

        def done(found: tuple[Deck, Fonts]) -> None:
            if self._scope != scope:
                return  # somebody has chosen another since, and two readers may overtake each other
            self.deck, self._fonts = found
            self._show()

        self._desk.runner.read(work, done, self._failed)

    def _lay(self, layout: str) -> None:
        self._layout = layout
        self._show()

    def _show(self) -> None:
        deck = self.deck
        if deck is None:
            return
        count = len(deck.cards)
        pages = 2 * count if self._layout == "single" else 2 * -(-count // PER_SHEET)
        warnings = []
        if any(not card.name for card in deck.cards):
            warnings.append("还没有网格员和工作电话，卡上留空，用笔填。")
        elif not any(card.photo for card in deck.cards):
            warnings.append("没有照片，印剪影。")
        held = [f"{deck.disputed} 户有两种说法，先不印。"] if deck.disputed else []
        self.screen.show_deck(DeckView(count, pages, tuple(warnings), tuple(held)))

    def _preview(self, at: int) -> None:
        deck, fonts = self.deck, self._fonts
        if deck is None or fonts is None or not deck.cards:
            return
        card: Card = deck.cards[at % len(deck.cards)]
        where = deck.rows[at % len(deck.rows)]

        def done(found: tuple[bytes, bytes, int, int]) -> None:
            front, back, width, height = found
            images = [
                QImage(data, width, height, width * 4, QImage.Format.Format_RGB32).copy()
                for data in (front, back)
            ]
            words = f"{where.compound_title} {door(where.number, where.unit, where.room)}"
            self.screen.show_preview(images[0], images[1], words)

        self._desk.runner.read(lambda: faces(card, fonts), done, self._failed)

    def _save(self, path: str) -> None:
        deck, fonts = self.deck, self._fonts
        if deck is None or fonts is None:
            return
        self._stop.clear()
        self.report = None

        def progress(done: int, total: int) -> None:
            self._desk.runner.home(lambda: self.screen.show_progress(done, total))

        def work() -> Report:
            return print_cards(
                self._desk.ledger, deck, self._layout, Path(path), fonts, progress, self._stop.is_set
            )

        def done(report: Report) -> None:
            self.report = report
            left = held_back(report)
            more = f"，{len(left)} 张先不印：{left[0].sentence()}" if left else ""
            self.screen.show_done(f"{len(report.printed)} 张，{report.pages} 页，存在 {path}{more}")
            self._desk.changed(Touched({"card_issue", "card_batch"}))

        self._desk.runner.write(work, done, self._failed)

    def _failed(self, error: Exception) -> None:
        from gridclient.cards.render import Stopped

        if isinstance(error, Stopped):
            self.screen.show_error("停下了，什么也没存。")
        else:
            self.screen.show_error(words_of(error))
