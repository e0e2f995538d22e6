"""Who changed what of one record, and when."""

from gridclient.desktop.history.sheet import HistorySheet
from gridclient.desktop.history.view import FieldLine, HistoryView, Telling

__all__ = ["FieldLine", "HistorySheet", "HistoryView", "Telling"]
