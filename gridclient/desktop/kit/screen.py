"""What the main window needs to know of a screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QKeyCombination, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.theme import Look


class Screen(QWidget):
    """Base of all screens: says which keys work now and where the focus goes when it is shown."""

    hints_changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look

    def hints(self) -> tuple[Hint, ...]:
        """The 4–7 keys that work at this moment."""
        return ()

    def all_keys(self) -> tuple[HintGroup, ...]:
        """Every key of the screen, for F1."""
        return ()

    def enter(self) -> None:
        """Called each time the screen comes to the front: put the focus where work begins."""
        self.setFocus()

    def claims(self, key: QKeyCombination) -> bool:
        """Whether a key of the window means something else here and now; it then comes as a key press."""
        return False

    def event(self, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and self.claims(event.keyCombination())
        ):
            event.accept()
            return True
        return super().event(event)
