"""What was done last on this laptop, to be taken back or made again."""

from gridclient.desktop.acts.sheet import ActsSheet
from gridclient.desktop.acts.view import ActLine

__all__ = ["ActLine", "ActsSheet"]
