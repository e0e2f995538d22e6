"""The fixed places. Every other place is a building, and its id is the building's."""

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Place
from gridclient.core.domain.ids import Id

COMMONS: Id = ids.named("place", "commons")
DESK: Id = ids.named("place", "desk")


def sort_of(place: Id) -> Place:
    """Which of the three sorts a place is."""
    if place == COMMONS:
        return Place.COMMONS
    return Place.DESK if place == DESK else Place.BUILDING
