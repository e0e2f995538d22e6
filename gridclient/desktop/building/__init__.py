"""楼栋图: a building as a matrix of doors."""

from gridclient.desktop.building.screen import BuildingScreen
from gridclient.desktop.building.view import (
    BuildingView,
    Clock,
    CompoundView,
    Door,
    DoorChip,
    Layer,
    State,
    Unit,
)

__all__ = [
    "BuildingScreen",
    "BuildingView",
    "Clock",
    "CompoundView",
    "Door",
    "DoorChip",
    "Layer",
    "State",
    "Unit",
]
