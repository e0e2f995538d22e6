"""The sheet to register a household: which door, who is its head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from gridclient.core.domain import codes
from gridclient.core.domain.doubts import of_resident
from gridclient.core.domain.geography import Dwelling
from gridclient.core.domain.people import Household, Resident
from gridclient.core.domain.values import Invalid, normal_text
from gridclient.desktop.household import edit_words as words
from gridclient.desktop.household.fields import ChoiceField, Form, FormField, LineField, Stored
from gridclient.desktop.household.reading import (
    read_date,
    read_id_number,
    read_phones,
    read_text,
)
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.theme import Look, Role, Tone

PLACE = (Dwelling.building.key, Dwelling.unit.key, Dwelling.floor.key, Dwelling.room.key)
HOUSEHOLD = (Household.moved_in.key, Household.sort.key, Household.tenure.key)


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The door if it is known; else the buildings to choose from, each with the names people use for it.

    Doubts about the head are told as of ``today``.
    """

    dwelling: bytes = b""
    door: str = ""
    buildings: tuple[tuple[bytes, tuple[str, ...]], ...] = ()
    today: date | None = None


class RegisterSheet(Sheet):
    """Says ``registered(dwelling, place, household, head)``: three dicts of stored fields, ``place`` empty
    where the dwelling is known."""

    registered = Signal(bytes, dict, dict, dict)
    left = Signal()

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.REGISTER, close=words.CLOSE, width=700)
        self._view = RegisterView()
        self.form: Form | None = None
        self._scroll: Scroll | None = None
        self._error = Notice(look, tone=Tone.BAD, icon="alert-triangle")
        self._rules = PlainLabel(look, words.RULES, role=Role.SMALL, colour="text3")
        self._leave_button = Button(look, words.LEAVE_NEW, key="Esc")
        self.save_button = Button(look, words.SAVE, kind=Kind.PRIMARY, key="Ctrl+S")
        self.body.addWidget(self._error)
        self.foot.addWidget(self._rules)
        self.foot.addStretch()
        self.foot.addWidget(self._leave_button)
        self.foot.addWidget(self.save_button)
        self._leave_button.clicked.connect(self.escape)
        self.save_button.clicked.connect(self.save)

    def register(self, view: RegisterView) -> None:
        """Open over the host, empty."""
        self._view = view
        if self._scroll is not None:
            self._scroll.hide()
            self._scroll.deleteLater()
        rows = _head_rows(self.look)
        if not view.dwelling:
            rows = [*_place_rows(self.look, view.buildings), *rows]
        form = self.form = Form(self.look, rows)
        self._scroll = Scroll(form)
        self.body.addWidget(self._scroll, 1)
        form.finished.connect(lambda: self.save_button.setFocus(Qt.FocusReason.TabFocusReason))
        form.changed.connect(lambda: self._error.say(""))
        self._error.say("")
        self.set_title(words.REGISTER, view.door)
        self.open(form.first())

    def show_error(self, sentence: str) -> None:
        """It could not be saved; nothing typed is lost."""
        self._error.say(sentence)

    def save(self) -> None:
        """Read the form and say it."""
        read = self.form.read() if self.form is not None else None
        if read is None:
            return
        doubts = of_resident(read, self._view.today) if self._view.today else []
        if self.form is not None and not self.form.stands_by(doubts):
            self._error.say(words.doubtful(len(doubts)), Tone.WARN, "alert-triangle")
            return
        some = {key: value for key, value in read.items() if value not in (None, [])}
        place = {key: some.pop(key) for key in PLACE if key in some}
        household = {key: some.pop(key) for key in HOUSEHOLD if key in some}
        self.registered.emit(self._view.dwelling, place, household, some)

    def escape(self) -> None:
        self.close_over()
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
            return
        super().keyPressEvent(event)


def _place_rows(look: Look, buildings: Sequence[tuple[bytes, tuple[str, ...]]]) -> list[list[FormField]]:
    kind = Dwelling
    return [
        [
            LineField(
                look,
                kind.building.key,
                words.BUILDING,
                partial(_read_building, buildings),
                hint=words.BUILDING_HINT,
            )
        ],
        [
            LineField(look, kind.unit.key, words.UNIT, partial(read_text, kind.unit)),
            LineField(look, kind.floor.key, words.FLOOR, _read_floor),
            LineField(look, kind.room.key, words.ROOM, partial(read_text, kind.room)),
        ],
    ]


def _head_rows(look: Look) -> list[list[FormField]]:
    sexes = [(code, codes.SEX.label(code)) for code in ("1", "2")]
    return [
        [
            LineField(look, Resident.name.key, words.HEAD, partial(read_text, Resident.name)),
            LineField(
                look,
                Resident.phones.key,
                Resident.phones.zh,
                partial(read_phones, Resident.phones),
                hint=words.PHONES_HINT,
            ),
        ],
        [
            LineField(look, Resident.id_number.key, Resident.id_number.zh, read_id_number),
            LineField(look, Resident.birth.key, Resident.birth.zh, read_date, hint=words.DATE_HINT),
        ],
        [
            ChoiceField(look, Resident.sex.key, Resident.sex.zh, sexes),
            LineField(look, Household.moved_in.key, Household.moved_in.zh, read_date),
        ],
        [ChoiceField(look, Household.sort.key, Household.sort.zh, _options(codes.HOUSEHOLD_CLASS))],
        [ChoiceField(look, Household.tenure.key, Household.tenure.zh, _options(codes.TENURE))],
    ]


def _options(list_: codes.CodeList) -> list[tuple[Stored, str]]:
    return list(list_.labels.items())


def _read_building(buildings: Sequence[tuple[bytes, tuple[str, ...]]], typed: str) -> bytes:
    word = normal_text(typed).removesuffix("栋").removesuffix("楼").removesuffix("号")
    spoken = {word, f"{word}号楼", normal_text(typed)}
    found = [id for id, names in buildings if any(name in spoken for name in names)]
    if not word or not found:
        raise Invalid(words.NO_BUILDING)
    if len(found) > 1:
        raise Invalid(words.SEVERAL_BUILDINGS)
    return found[0]


def _read_floor(typed: str) -> int | None:
    word = normal_text(typed).removesuffix("层").removesuffix("楼")
    if not word:
        return None
    try:
        return int(word)
    except ValueError as error:
        raise Invalid(words.FLOOR_NUMBER) from error
