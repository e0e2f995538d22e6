"""How to get one thing done: papers, place, telephone; read at a door, written at the office."""

from gridclient.desktop.guides.page import GuidesPage
from gridclient.desktop.guides.sheets import GuideLookup, GuideSheet

__all__ = ["GuideLookup", "GuideSheet", "GuidesPage"]
