"""Cards on the pages of a book: what a design, a worker or a building repeats is a form drawn once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from gridclient.cards.artist import Artist, LaidOut
from gridclient.cards.book import Book
from gridclient.cards.qr import CodeMaker
from gridclient.cards.sketch import Part
from gridclient.cards.template import Face, Template

_WORTH_A_FORM = 3  # uses of a part from which a form is smaller than repeating it


class Press:
    """Gives the operators of laid out cards, in card coordinates."""

    def __init__(self, book: Book, template: Template) -> None:
        self._book = book
        self._template = template
        self.artist = Artist(template, book.fonts, book.typesetter, book.photos)
        self._shared: dict[int, str] = {}
        self._uses: Counter[int] = Counter()
        self._code_uses: Counter[str] = Counter()
        self._codes: dict[str, str] = {}
        self._maker = CodeMaker(template.back.code, template.height) if template.back.code else None

    def count(self, cards: Iterable[LaidOut]) -> None:
        """Learn what repeats, before the first page."""
        for card in cards:
            self._uses.update(map(id, card.front))
            self._uses.update(map(id, card.back))
            if card.code:
                self._code_uses[card.code] += 1

    def front(self, card: LaidOut) -> str:
        """The operators of a card's front."""
        face = self._template.blank_front if card.by_hand else self._template.front
        return self._side(face, card.front)

    def back(self, card: LaidOut) -> str:
        """The operators of a card's back."""
        if card.code:
            return f"{self._side(self._template.back, card.back)}\n{self._code(card.code)}"
        return self._side(self._template.plain_back, card.back)

    def _side(self, face: Face, parts: tuple[Part, ...]) -> str:
        constant = self._shared.get(id(face))
        if constant is None:
            constant = self._shared[id(face)] = self._card_form(self.artist.constants(face))
        return "\n".join((constant, *(text for part in parts if (text := self._place(part)))))

    def _place(self, part: Part) -> str:
        if not part.content or self._uses[id(part)] < _WORTH_A_FORM:
            return part.content
        found = self._shared.get(id(part))
        if found is None:
            found = self._shared[id(part)] = self._card_form(part.content)
        return found

    def _code(self, address: str) -> str:
        if self._maker is None:
            return ""
        if self._code_uses[address] < _WORTH_A_FORM:
            return self._maker.content(address)
        found = self._codes.get(address)
        if found is None:
            found = self._codes[address] = self._card_form(self._maker.content(address))
        return found

    def _card_form(self, content: str) -> str:
        width, height, bleed = self._template.width, self._template.height, self._template.bleed
        return self._book.form(content, (-bleed, -bleed, width + bleed, height + bleed))
