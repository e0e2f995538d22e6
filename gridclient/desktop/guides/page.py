"""办事指南: what can be looked up for a resident, before anybody walks for nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from gridclient.desktop.guides import words
from gridclient.desktop.office import ReadingPage
from gridclient.desktop.theme import Look


class GuidesPage(ReadingPage):
    """The list of guides; typing narrows it, by characters or by how they sound."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(
            look,
            title=words.TITLE,
            new=words.NEW,
            name=words.LIST,
            find=words.FIND,
            icon="file-text",
            hints=words.HINTS,
            writing=words.WRITING,
            parent=parent,
        )
