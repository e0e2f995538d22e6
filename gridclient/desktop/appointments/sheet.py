"""Agreeing on a time: two digits, the day and its part; everything else may be left."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridclient.core.domain import agreed_times, work_codes
from gridclient.core.domain.outreach import Appointment
from gridclient.core.domain.values import Invalid
from gridclient.desktop.appointments import words
from gridclient.desktop.appointments.view import AgreeView
from gridclient.desktop.household.fields import ChoiceField, FormField, LineField, Stored
from gridclient.desktop.household.reading import read_date, read_text
from gridclient.desktop.matters.form_sheet import FormSheet
from gridclient.desktop.theme import Look

_CLOCK = re.compile(r"(\d{1,2})(?:[:点时.](\d{1,2})?分?)?(半)?")
_FULL = 10


class AgreeSheet(FormSheet):
    """``agreed(household, moves, slot, topic, asked_by)``; ``moves`` is the one that gets another time."""

    agreed = Signal(bytes, bytes, object, str, str)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.SHEET)
        self.save_button.set_words(words.SAVE)
        self._view: AgreeView | None = None

    def write(self, view: AgreeView) -> None:
        """Open for this household."""
        self._view = view
        self.set_title(words.SHEET_MOVE if view.moves else words.SHEET, view.where)
        bands: list[tuple[Stored, str]] = [
            (place, f"{band.words} {band.begins:%H:%M}") for place, band in enumerate(agreed_times.BANDS)
        ]
        day = _Quick(self.look, "day", words.DAY, list(view.days), columns=3)
        band = _Quick(self.look, "band", words.BAND, bands, columns=4)
        other = LineField(
            self.look, "other", words.OTHER_DAY, partial(_read_day, view.today), hint=words.OTHER_DAY_HINT
        )
        clock = LineField(self.look, "clock", words.CLOCK, read_clock, hint=words.CLOCK_HINT)
        rows: list[list[FormField]] = [[day], [band], [other, clock]]
        if not view.moves:
            topic = LineField(
                self.look,
                Appointment.topic.key,
                words.TOPIC,
                partial(read_text, Appointment.topic),
                hint=words.TOPIC_HINT,
            )
            topic.fill(view.topic)
            askers: list[tuple[Stored, str]] = list(work_codes.ASKED_BY.labels.items())
            asked = ChoiceField(self.look, Appointment.asked_by.key, words.ASKED_BY, askers, columns=2)
            asked.fill("worker")
            rows += [[topic], [asked]]
        self.ask(rows)

    def save(self) -> None:
        view = self._view
        read = self.form.read() if self.form is not None else None
        if view is None or read is None:
            return
        day = read["other"] or read["day"]
        band, clock = read["band"], read["clock"]
        if not isinstance(day, date):
            self.show_error(words.SAY_DAY)
        elif isinstance(clock, time):
            self._say(view, agreed_times.slot_at(day, clock), read)
        elif isinstance(band, int):
            self._say(view, agreed_times.slot(day, agreed_times.BANDS[band]), read)
        else:
            self.show_error(words.SAY_WHEN)

    def _say(self, view: AgreeView, slot: agreed_times.Slot, read: dict[str, Stored]) -> None:
        topic = str(read.get(Appointment.topic.key) or "")
        asked_by = str(read.get(Appointment.asked_by.key) or "worker")
        self.agreed.emit(view.household, view.moves, slot, topic, asked_by)


class _Quick(ChoiceField):
    """A digit chooses and goes on at once."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        super().keyPressEvent(event)
        if event.text().isdigit() and event.text() != "0" and self.read() is not None:
            self.entered.emit()


def read_clock(typed: str) -> time | None:
    """A time of the clock as people write it: 14:30, 14点半, 9点.

    Raises:
        Invalid: it is none.
    """
    written = unicodedata.normalize("NFKC", typed).strip()
    if not written:
        return None
    found = _CLOCK.fullmatch(written)
    hour, minute = (int(found[1]), 30 if found[3] else int(found[2] or 0)) if found else (99, 0)
    if hour > 23 or minute > 59:
        raise Invalid(words.SAY_CLOCK)
    return time(hour, minute)


def _read_day(today: date, typed: str) -> date | None:
    """A whole day that is not over yet."""
    written = read_date(typed)
    if written is None:
        return None
    if len(written) < _FULL:
        raise Invalid(words.SAY_DAY)
    day = date.fromisoformat(written)
    if day < today:
        raise Invalid(words.SAY_PAST)
    return day
