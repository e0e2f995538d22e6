"""The sheet to register a household: which door, who lives there now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridclient.core.domain import codes
from gridclient.core.domain.geography import Dwelling
from gridclient.core.domain.people import Household
from gridclient.core.domain.values import Invalid, normal_text
from gridclient.desktop.household import edit_words as words
from gridclient.desktop.household.fields import ChoiceField, Form, FormField, LineField, Stored
from gridclient.desktop.household.newcomers import Newcomers
from gridclient.desktop.household.reading import read_date, read_text
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.theme import Look, Role, Tone

ROOMY_TO = 1.5


@dataclass(frozen=True, slots=True)
class RegisterView:
    """The door if it is known; else the buildings to choose from, each with the names people use for it.

    Doubts are told as of ``today``.
    """

    dwelling: bytes = b""
    door: str = ""
    buildings: tuple[tuple[bytes, tuple[str, ...]], ...] = ()
    today: date | None = None


class RegisterSheet(Sheet):
    """Says ``registered(dwelling, place, household, people)``: two dicts of stored fields, ``place`` empty
    where the dwelling is known, and one of each person, the head first."""

    registered = Signal(bytes, dict, dict, list)
    left = Signal()

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.REGISTER, close=words.CLOSE, width=820)
        self._view = RegisterView()
        self.where: Form | None = None
        self.people: Newcomers | None = None
        self.about: Form | None = None
        self._scroll: Scroll | None = None
        self._asked_to_leave = False
        self._error = Notice(look, tone=Tone.BAD, icon="alert-triangle")
        self._rules = PlainLabel(look, words.PEOPLE_RULES, role=Role.SMALL, colour="text3")
        self._leave_button = Button(look, words.LEAVE_NEW, key="Esc")
        self.save_button = Button(look, words.SAVE, kind=Kind.PRIMARY, key="Ctrl+S")
        self.body.addWidget(self._error)
        self.foot.addWidget(self._rules)
        self.foot.addStretch()
        self.foot.addWidget(self._leave_button)
        self.foot.addWidget(self.save_button)
        self._leave_button.clicked.connect(self.escape)
        self.save_button.clicked.connect(self.save)
        look.changed.connect(self._follow)
        self._follow()

    def register(self, view: RegisterView) -> None:
        """Open over the host, empty."""
        self._view = view
        self._asked_to_leave = False
        if self._scroll is not None:
            self._scroll.hide()
            self._scroll.deleteLater()
        self._build(view)
        self._error.say("")
        self.set_title(words.REGISTER, view.door)
        where, people = self.where, self.people
        assert people is not None
        self.open(where.first() if where is not None else people.first())

    def show_error(self, sentence: str) -> None:
        """It could not be saved; nothing typed is lost."""
        self._error.say(sentence, Tone.BAD, "alert-triangle")

    def ask(self, sentence: str) -> None:
        """Something to look at before it is saved all the same by a second Ctrl+S."""
        self._error.say(sentence, Tone.WARN, "alert-triangle")

    def save(self) -> None:
        """Read the form and say it."""
        if self.people is None or self.about is None:
            return
        place = self.where.read() if self.where is not None else {}
        people = self.people.read() if place is not None else None
        about = self.about.read() if people is not None else None
        if place is None or people is None or about is None:
            return
        doubts = self.people.stands_by(people)
        if doubts:
            self._error.say(words.doubtful(doubts), Tone.WARN, "alert-triangle")
            return
        household = {key: value for key, value in about.items() if value not in (None, "")}
        known = {key: value for key, value in place.items() if value is not None}
        self.registered.emit(self._view.dwelling, known, household, people)

    def escape(self) -> None:
        written = self.people is not None and self.people.written
        if written and not self._asked_to_leave:
            self._asked_to_leave = True
            self._error.say(words.UNSAVED_NEW, Tone.WARN, "alert-triangle")
            return
        self.close_over()
        self.left.emit()

    def _build(self, view: RegisterView) -> None:
        look = self.look
        people = self.people = Newcomers(look, view.today)
        about = self.about = Form(look, _household_rows(look))
        where = self.where = None if view.dwelling else Form(look, _place_rows(look, view.buildings))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, look.theme.px(8), 0)
        column.setSpacing(look.theme.px(10))
        if where is not None:
            column.addWidget(where)
            where.finished.connect(lambda: people.first().setFocus(Qt.FocusReason.TabFocusReason))
        column.addWidget(PlainLabel(look, words.MOVED_IN_PEOPLE, bold=True))
        column.addWidget(PlainLabel(look, words.QUICK_HINT, role=Role.SMALL, colour="text3", wrap=True))
        column.addWidget(people)
        column.addSpacing(look.theme.px(6))
        column.addWidget(about)
        column.addStretch()
        people.finished.connect(lambda: about.first().setFocus(Qt.FocusReason.TabFocusReason))
        about.finished.connect(lambda: self.save_button.setFocus(Qt.FocusReason.TabFocusReason))
        for part in (where, people, about):
            if part is not None:
                part.changed.connect(self._touched)
        self._scroll = Scroll(content)
        self.body.addWidget(self._scroll, 1)

    def _touched(self) -> None:
        self._asked_to_leave = False
        self._error.say("")

    def _follow(self) -> None:
        self._rules.setVisible(self.look.theme.factor < ROOMY_TO)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        elif event.key() == Qt.Key.Key_Insert and self.people is not None:
            self.people.next_person()
        else:
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


def _household_rows(look: Look) -> list[list[FormField]]:
    return [
        [
            LineField(look, Household.moved_in.key, Household.moved_in.zh, read_date, hint=words.DATE_HINT),
            LineField(
                look,
                Household.moved_from.key,
                Household.moved_from.zh,
                partial(read_text, Household.moved_from),
            ),
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
