"""The list of results under the search box."""

from gridclient.desktop.search.hits import Hit, HitModel
from gridclient.desktop.search.popup import SearchPopup

__all__ = ["Hit", "HitModel", "SearchPopup"]
