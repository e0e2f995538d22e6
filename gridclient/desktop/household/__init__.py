"""Everything known about one door."""

from gridclient.desktop.household.care import CareLine, CareSheet, CareView
from gridclient.desktop.household.edit import EditSheet, EditView
from gridclient.desktop.household.page import HouseholdPage
from gridclient.desktop.household.register import RegisterSheet, RegisterView
from gridclient.desktop.household.view import (
    CheckLine,
    FactLine,
    Happening,
    HouseholdView,
    Owed,
    Person,
    Sort,
    Standing,
)

__all__ = [
    "CareLine",
    "CareSheet",
    "CareView",
    "CheckLine",
    "EditSheet",
    "EditView",
    "FactLine",
    "Happening",
    "HouseholdPage",
    "HouseholdView",
    "Owed",
    "Person",
    "RegisterSheet",
    "RegisterView",
    "Sort",
    "Standing",
]
