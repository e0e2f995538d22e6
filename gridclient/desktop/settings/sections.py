"""The forms of the settings and the switches of size and colour."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from gridclient.desktop.kit.choices import Segmented
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.settings import words
from gridclient.desktop.settings.parts import Form
from gridclient.desktop.theme import FACTORS, Look, Role


class PhoneForm(Form):
    """The phone people may call, and when."""

    def __init__(self, look: Look) -> None:
        self.phone = Input(look, words.PHONE, hint=words.PHONE_HINT)
        self.hours = Input(look, words.HOURS, hint=words.HOURS_HINT)
        super().__init__(look, (self.phone, self.hours), words.SAVE_PHONE)

    def show_phone(self, phone: str, hours: str) -> None:
        """Show what is stored; what is being written stays."""
        for field, stored in ((self.phone, phone), (self.hours, hours)):
            if not field.line.isModified():
                field.set_words(stored)

    def fault(self) -> tuple[int, str] | None:
        return None if self.phone.words.strip() else (0, words.NO_PHONE)

    def settle(self) -> None:
        """What is written is now stored."""
        for field in self.fields:
            field.line.setModified(False)


class PassphraseForm(Form):
    """The old passphrase and twice the new one; a passphrase is taken letter by letter, spaces and all."""

    def __init__(self, look: Look) -> None:
        self.old = Input(look, words.OLD, secret=True)
        self.new = Input(look, words.NEW, hint=words.NEW_HINT, secret=True)
        self.again = Input(look, words.AGAIN, secret=True)
        super().__init__(look, (self.old, self.new, self.again), words.CHANGE)

    def fault(self) -> tuple[int, str] | None:
        old, new = self.old.words, self.new.words
        if not old:
            return 0, words.NO_OLD
        if len(new) < words.SHORTEST:
            return 1, words.SHORT
        if new == old:
            return 1, words.SAME
        return (2, words.DIFFERENT) if self.again.words != new else None


class JoinForm(Form):
    """Where the community is, and the code that lets this computer in."""

    def __init__(self, look: Look) -> None:
        self.address = Input(look, words.ADDRESS, hint=words.ADDRESS_HINT)
        self.code = Input(look, words.CODE)
        super().__init__(look, (self.address, self.code), words.JOIN_BUTTON)

    def fault(self) -> tuple[int, str] | None:
        address, code = self.words()
        if not address:
            return 0, words.NO_ADDRESS
        return None if code else (1, words.NO_CODE)


class LookSwitches(QWidget):
    """Size and colour; both act at once."""

    size_chosen = Signal(float)
    dark_chosen = Signal(bool)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.sizes = Segmented(look, words.SIZES)
        self.colours = Segmented(look, words.COLOURS)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(2, 1)
        self._grid.setRowStretch(2, 1)
        for row, (name, switch) in enumerate(
            ((words.SIZE_NAME, self.sizes), (words.COLOUR_NAME, self.colours))
        ):
            self._grid.addWidget(PlainLabel(look, name, role=Role.SECOND, colour="text2"), row, 0)
            self._grid.addWidget(switch, row, 1)
            for segment in switch.segments:
                segment.setAccessibleName(f"{name} {segment.text()}")
        self.sizes.chosen.connect(lambda place: self.size_chosen.emit(FACTORS[place]))
        self.colours.chosen.connect(lambda place: self.dark_chosen.emit(place == 1))
        look.changed.connect(self._follow)
        self._follow()

    def show_choice(self, factor: float, dark: bool) -> None:
        self.sizes.choose(min(range(len(FACTORS)), key=lambda place: abs(FACTORS[place] - factor)))
        self.colours.choose(int(dark))

    def _follow(self) -> None:
        theme = self._look.theme
        self._grid.setHorizontalSpacing(theme.px(18))
        self._grid.setVerticalSpacing(theme.px(10))
        # Ctrl + and − change the size from anywhere; the switch tells the truth about it.
        self.show_choice(theme.factor, theme.dark)
