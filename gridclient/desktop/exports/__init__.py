"""Taking tables out: what, of where and when, masked or whole for a purpose, as ours or as a form."""

from gridclient.desktop.exports.screen import ExportsScreen
from gridclient.desktop.exports.view import ExportOrder, ExportsView

__all__ = ["ExportOrder", "ExportsScreen", "ExportsView"]
