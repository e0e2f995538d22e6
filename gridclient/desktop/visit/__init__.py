"""Writing down a visit, in under twenty seconds."""

from gridclient.desktop.visit.correction import CorrectionSheet
from gridclient.desktop.visit.sheet import VisitSheet
from gridclient.desktop.visit.view import CheckAnswer, NewMatter, NextOption, VisitForm, VisitView

__all__ = [
    "CheckAnswer",
    "CorrectionSheet",
    "NewMatter",
    "NextOption",
    "VisitForm",
    "VisitSheet",
    "VisitView",
]
