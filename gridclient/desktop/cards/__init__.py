"""The contact cards: whose, how many, how they look, and the way to paper."""

from gridclient.desktop.cards.screen import CardsScreen
from gridclient.desktop.cards.view import LAYOUTS, SHEETS, SINGLE, DeckView

__all__ = ["LAYOUTS", "SHEETS", "SINGLE", "CardsScreen", "DeckView"]
