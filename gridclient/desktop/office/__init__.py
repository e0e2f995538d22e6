"""What the lists of the office share: a list to type into, the chosen thing in words beside it, forms."""

from gridclient.desktop.office.area import AreaField
from gridclient.desktop.office.browser import Browser
from gridclient.desktop.office.form_sheet import FormSheet
from gridclient.desktop.office.page import ReadingPage
from gridclient.desktop.office.view import Line, Listing, Part, Reading

__all__ = ["AreaField", "Browser", "FormSheet", "Line", "Listing", "Part", "Reading", "ReadingPage"]
