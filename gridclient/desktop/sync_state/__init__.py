"""How safe the records are, and the roads to the community."""

from gridclient.desktop.sync_state.sheet import SyncSheet
from gridclient.desktop.sync_state.view import SyncView, Trouble, Waiting

__all__ = ["SyncSheet", "SyncView", "Trouble", "Waiting"]
