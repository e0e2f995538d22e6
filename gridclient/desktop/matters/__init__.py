"""What people asked for, how far it has come, and who was called to help."""

from gridclient.desktop.matters.file import MatterScreen
from gridclient.desktop.matters.page import MattersPage
from gridclient.desktop.matters.same import SameSheet
from gridclient.desktop.matters.sheets import NewMatterSheet, StepSheet
from gridclient.desktop.matters.view import (
    CallLine,
    Filter,
    MatterDetail,
    MatterFile,
    MatterRow,
    MattersView,
    SameLine,
    StepLine,
    StepView,
    Unit,
    WhistleView,
)
from gridclient.desktop.matters.whistle import AnswerSheet, WhistleSheet

__all__ = [
    "AnswerSheet",
    "CallLine",
    "Filter",
    "MatterDetail",
    "MatterFile",
    "MatterRow",
    "MatterScreen",
    "MattersPage",
    "MattersView",
    "NewMatterSheet",
    "SameLine",
    "SameSheet",
    "StepLine",
    "StepSheet",
    "StepView",
    "Unit",
    "WhistleSheet",
    "WhistleView",
]
