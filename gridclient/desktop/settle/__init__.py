"""Deciding between versions, always reversible."""

from gridclient.desktop.settle.desk import DeskPage
from gridclient.desktop.settle.sheet import SettleSheet
from gridclient.desktop.settle.view import DeskItem, DeskView, Pile, ReviewView, SettleView, Version

__all__ = ["DeskItem", "DeskPage", "DeskView", "Pile", "ReviewView", "SettleSheet", "SettleView", "Version"]
