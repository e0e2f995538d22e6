"""Times agreed with households: the week, the month, and what came of them."""

from gridclient.desktop.appointments.screen import AppointmentsScreen
from gridclient.desktop.appointments.sheet import AgreeSheet
from gridclient.desktop.appointments.view import AgreeView, AppointmentRow, DayHead, MonthView, WeekView

__all__ = [
    "AgreeSheet",
    "AgreeView",
    "AppointmentRow",
    "AppointmentsScreen",
    "DayHead",
    "MonthView",
    "WeekView",
]
