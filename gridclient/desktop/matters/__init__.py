"""What people asked for, and how far it has come."""

from gridclient.desktop.matters.page import MattersPage
from gridclient.desktop.matters.sheets import NewMatterSheet, StepSheet, StepView
from gridclient.desktop.matters.view import Filter, MatterDetail, MatterRow, MattersView, StepLine

__all__ = [
    "Filter",
    "MatterDetail",
    "MatterRow",
    "MattersPage",
    "MattersView",
    "NewMatterSheet",
    "StepLine",
    "StepSheet",
    "StepView",
]
