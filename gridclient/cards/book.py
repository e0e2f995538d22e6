"""One PDF being written: its pages and what they share."""

from __future__ import annotations

from datetime import datetime

from gridclient.cards.embedding import Embedding
from gridclient.cards.fonts import Fonts
from gridclient.cards.pdf import PdfFile, date_string, text_string
from gridclient.cards.pen import POINTS, number
from gridclient.cards.photos import Album
from gridclient.cards.sheet import HEIGHT
from gridclient.cards.sketch import Sketch
from gridclient.cards.typeset import Typesetter

_QUICK = 5  # zlib level: a tenth larger than 6 and twice as fast on QR runs


class Book:
    """Fonts, photos, forms and pages of one file."""

    def __init__(self, pdf: PdfFile, fonts: Fonts) -> None:
        self._pdf = pdf
        self.fonts = fonts
        self._embedding = Embedding()
        self.typesetter = Typesetter(fonts, self._embedding)
        self.photos = Album(pdf)
        self._font_dictionary = pdf.reserve()
        self._resources = pdf.reserve()
        self._tree = pdf.reserve()
        self._pages: list[int] = []
        self._forms: dict[str, int] = {}

    def form(self, content: str, box: tuple[float, float, float, float]) -> str:
        """Make content a form; returns the operator that draws it. The box is in millimetres, y up."""
        name = f"F{len(self._forms) + 1}"
        edges = " ".join(number(edge * POINTS) for edge in box)
        entries = f"/Type/XObject/Subtype/Form/BBox[{edges}]/Resources {self._resources} 0 R"
        self._forms[name] = self._pdf.stream(entries, content.encode("ascii"))
        return f"/{name} Do"

    def sketch(self, height: float = HEIGHT) -> Sketch:
        """A sketch on a page of that height, for what is not on a card."""
        return Sketch(self.fonts, self.typesetter, height)

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
        objects = "".join(f"/{name} {at} 0 R" for name, at in self._forms.items()) + self.photos.resources()
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
