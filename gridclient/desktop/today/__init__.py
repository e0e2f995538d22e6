"""今日: which door now, and why."""

from gridclient.desktop.today.screen import TodayScreen
from gridclient.desktop.today.view import DoorDetail, DoorGroup, DoorLine, Order, Reminder, TodayView

__all__ = ["DoorDetail", "DoorGroup", "DoorLine", "Order", "Reminder", "TodayScreen", "TodayView"]
