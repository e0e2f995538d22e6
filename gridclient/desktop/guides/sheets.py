"""The two sheets: looking a guide up over whatever is being written, and writing one."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridclient.core.domain import codes
from gridclient.core.domain.projects import Guide
from gridclient.desktop.guides import words
from gridclient.desktop.household.fields import ChoiceField, LineField, Stored
from gridclient.desktop.household.reading import read_phone, read_text
from gridclient.desktop.kit.button import Button
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.office import AreaField, Browser, FormSheet, Listing
from gridclient.desktop.theme import Look

# What guides are usually about; another category of an old guide stays among the choices.
USUAL = ("B5", "B6", "B7", "B8", "B9", "C6", "B3", "D", "Z")


class GuideLookup(Sheet):
    """Over a visit or a matter: nothing under it is lost, Esc goes back to it."""

    typed = Signal(str)
    copied = Signal()

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.LOOKUP, close=words.CLOSE, width=1000)
        self.browser = Browser(look, name=words.LIST, find=words.FIND, icon="file-text")
        self._back = Button(look, words.BACK, key="Esc")
        self.body.addWidget(self.browser, 1)
        self.foot.addStretch()
        self.foot.addWidget(self._back)
        self._back.clicked.connect(self.close_over)
        self.escaped.connect(self.close_over)
        self.browser.typed.connect(self.typed)
        self.browser.copied.connect(self.copied)

    def look_up(self, listing: Listing, about: str = "") -> None:
        """Open with the keyboard in the line; ``about`` says what the order follows."""
        self.set_title(words.LOOKUP, words.about(about) if about else "")
        self.browser.forget()
        self.browser.show_listing(listing)
        if listing.lines:
            self.browser.choose(listing.lines[0].id)
        self.open(self.browser.typing.line)

    def show_listing(self, listing: Listing) -> None:
        self.browser.show_listing(listing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.browser.take_key(event):
            super().keyPressEvent(event)


class GuideSheet(FormSheet):
    """A guide is written in the words residents use."""

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.NEW)

    def write(self, record: bytes, values: Mapping[str, Stored]) -> None:
        """Open for this guide, or empty for a new one."""
        self.set_title(words.CHANGE if record else words.NEW)
        usual = list(USUAL)
        category = values.get(Guide.category.key)
        if isinstance(category, str) and category not in usual:
            usual.append(category)
        options: list[tuple[Stored, str]] = [(code, codes.MATTER_CATEGORY.label(code)) for code in usual]
        look = self.look
        self.ask(
            record,
            [
                [
                    LineField(
                        look,
                        Guide.title.key,
                        words.WHAT,
                        partial(read_text, Guide.title),
                        hint=words.WHAT_HINT,
                    )
                ],
                [ChoiceField(look, Guide.category.key, words.CATEGORY, options, columns=3)],
                [AreaField(look, Guide.body.key, words.HOW, partial(read_text, Guide.body), lines=5)],
                [AreaField(look, Guide.papers.key, words.PAPERS, partial(read_text, Guide.papers), lines=2)],
                [
                    LineField(look, Guide.office.key, words.OFFICE, partial(read_text, Guide.office)),
                    LineField(look, Guide.phone.key, words.PHONE, partial(read_phone, Guide.phone)),
                ],
            ],
            values,
        )
