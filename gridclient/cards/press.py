"""One PDF of cards being written: shared resources, forms for what repeats, pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from gridclient.cards.artist import Artist, LaidOut
from gridclient.cards.embedding import Embedding
from gridclient.cards.fonts import Fonts
from gridclient.cards.pdf import PdfFile, date_string, text_string
from gridclient.cards.pen import POINTS, number
from gridclient.cards.photos import Album
from gridclient.cards.qr import CodeMaker
from gridclient.cards.sheet import HEIGHT
from gridclient.cards.sketch import Part, Sketch
from gridclient.cards.template import Face, Template
from gridclient.cards.typeset import Typesetter

_QUICK = 5  # zlib level: a tenth larger than 6 and twice as fast on QR runs
_WORTH_A_FORM = 3  # uses of a part from which a form is smaller than repeating it


class Press:
    """Writes pages of laid out cards. What a design, a worker or a building repeats is a form drawn once."""

    def __init__(self, pdf: PdfFile, template: Template, fonts: Fonts) -> None:
        self._pdf = pdf
        self._template = template
        self._fonts = fonts
        self._embedding = Embedding()
        self._typesetter = Typesetter(fonts, self._embedding)
        self._photos = Album(pdf)
        self.artist = Artist(template, fonts, self._typesetter, self._photos)
        self._font_dictionary = pdf.reserve()
        self._resources = pdf.reserve()
        self._tree = pdf.reserve()
        self._pages: list[int] = []
        self._forms: dict[str, int] = {}
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
        """The operators of a card's front, in card coordinates."""
        return self._side(self._template.front, card.front)

    def back(self, card: LaidOut) -> str:
        """The operators of a card's back, in card coordinates."""
        if card.code:
            return f"{self._side(self._template.back, card.back)}\n{self._code(card.code)}"
        return self._side(self._template.plain_back, card.back)

    def form(self, content: str, box: tuple[float, float, float, float]) -> str:
        """Make content a form; returns the operator that draws it. The box is in millimetres, y up."""
        name = f"F{len(self._forms) + 1}"
        edges = " ".join(number(edge * POINTS) for edge in box)
        entries = f"/Type/XObject/Subtype/Form/BBox[{edges}]/Resources {self._resources} 0 R"
        self._forms[name] = self._pdf.stream(entries, content.encode("ascii"))
        return f"/{name} Do"

    def sketch(self, height: float = HEIGHT) -> Sketch:
        """A sketch on a page of that height, for what is not on a card."""
        return Sketch(self._fonts, self._typesetter, height)

    def page(self, content: str, boxes: str) -> None:
        """Add a page."""
        stream = self._pdf.stream("", content.encode("ascii"), level=_QUICK)
        shared = f"/Parent {self._tree} 0 R/Resources {self._resources} 0 R"
        self._pages.append(self._pdf.add(f"<</Type/Page{shared}{boxes}/Contents {stream} 0 R>>"))

    def finish(self, title: str, created: datetime, preferences: str) -> None:
        """Write what the pages share and close the file. Its metadata name the piece and the time, nobody."""
        pdf = self._pdf
        kids = " ".join(f"{page} 0 R" for page in self._pages)
        pdf.add(f"<</Type/Pages/Count {len(self._pages)}/Kids[{kids}]>>", self._tree)
        pdf.add(f"<<{self._embedding.write(pdf)}>>", self._font_dictionary)
        objects = "".join(f"/{name} {at} 0 R" for name, at in self._forms.items()) + self._photos.resources()
        pdf.add(f"<</Font {self._font_dictionary} 0 R/XObject<<{objects}>>>>", self._resources)
        root = pdf.add(
            f"<</Type/Catalog/Pages {self._tree} 0 R/Lang(zh-CN)/ViewerPreferences<</PrintScaling/None"
            f"/DisplayDocTitle true{preferences}>>>>"
        )
        info = pdf.add(
            f"<</Title{text_string(title)}/Producer(Minqing Ledger)/CreationDate{date_string(created)}"
            f"/ModDate{date_string(created)}>>"
        )
        pdf.finish(root, info)

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
        return self.form(content, (-bleed, -bleed, width + bleed, height + bleed))
