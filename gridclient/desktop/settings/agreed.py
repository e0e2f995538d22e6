"""What the whole community has agreed on: how often somebody comes."""

from __future__ import annotations

from collections.abc import Mapping

from gridclient.desktop.kit.field import Input
from gridclient.desktop.settings import words
from gridclient.desktop.settings.parts import Form
from gridclient.desktop.theme import Look

MOST_DAYS = 999


class AgreedForm(Form):
    """Days, by name; an empty field takes the usual number, which stands in it as a hint."""

    def __init__(self, look: Look) -> None:
        self._inputs = {name: Input(look, label) for name, label in words.AGREED_DAYS.items()}
        super().__init__(look, tuple(self._inputs.values()), words.SAVE_AGREED, columns=2)

    def show_days(self, agreed: Mapping[str, int], usual: Mapping[str, int], *, writable: bool) -> None:
        """Show what is agreed and what is usual; what is being written stays."""
        for name, field in self._inputs.items():
            field.line.setPlaceholderText(words.usual_days(usual[name]))
            field.line.setReadOnly(not writable)
            if not field.line.isModified():
                field.set_words(str(agreed[name]) if name in agreed else "")
        self.button.setVisible(writable)

    def days(self) -> dict[str, int | None]:
        """What is written, by name; None where the usual number holds."""
        return {
            name: int(field.words) if field.words.strip() else None for name, field in self._inputs.items()
        }

    def fault(self) -> tuple[int, str] | None:
        for place, written in enumerate(self.words()):
            if written and not (written.isdecimal() and 1 <= int(written) <= MOST_DAYS):
                return place, words.NO_DAYS
        return None

    def settle(self) -> None:
        """What is written is now stored."""
        for field in self.fields:
            field.line.setModified(False)
