"""The sheet for who leaves a door: for elsewhere, another door of ours, or a household of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from gridclient.core.domain.people import Household
from gridclient.core.domain.values import Invalid
from gridclient.desktop.household import moving_words as words
from gridclient.desktop.household.fields import ChoiceField, Form, FormField, LineField, Stored
from gridclient.desktop.household.reading import read_date, read_text
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.field import Input
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.rowlist import RowList
from gridclient.desktop.kit.rows import Column, Row, Words
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.kit.sheet import Sheet
from gridclient.desktop.theme import Look, Role, Size, Tone

OUT, DOOR, HERE = "out", "door", "here"
EMPTY, NEXT, UNKNOWN = "vacant", "next", "unknown"
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who may go: how many tags are about them alone."""

    id: bytes
    name: str
    head: bool = False
    tags: int = 0


@dataclass(frozen=True, slots=True)
class DoorChoice:
    """A door of ours to go to, or a household behind it to live with. ``near``: in the same building."""

    id: bytes
    door: str
    about: str
    household: bytes = b""
    near: bool = False


@dataclass(frozen=True, slots=True)
class MovingView:
    """A household and what hangs on it; ``where`` and ``chosen`` (all if empty) are what is chosen first."""

    household: bytes
    door: str
    people: tuple[Leaver, ...]
    tags: int = 0
    matters: int = 0
    appointments: int = 0
    visits: int = 0
    today: str = ""
    where: str = OUT
    chosen: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Going:
    """What was decided. ``door`` stands where they go on living with us."""

    people: tuple[bytes, ...]
    whole: bool
    where: str
    far: str
    door: DoorChoice | None
    day: str
    left: str
    new_head: bytes | None
    stays_head: bytes | None


class DoorField(FormField):
    """A door sought by what people type into the search; ↑ ↓ choose among what was found."""

    sought = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__("door")
        self._doors: tuple[DoorChoice, ...] = ()
        self.input = Input(look, words.WHICH, hint=words.WHICH_HINT)
        self.list = RowList(look, (Column("", 240), Column("", 0)), name=words.WHICH)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.hide()
        self._look = look
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.input)
        column.addWidget(self.list)
        self.setFocusProxy(self.input)
        self.input.changed.connect(self.sought)
        self.input.entered.connect(self.entered)
        self.input.went_back.connect(self.went_back)
        self.list.current_changed.connect(lambda _id: self.changed.emit())

    def show_doors(self, typed: str, doors: Sequence[DoorChoice]) -> None:
        """What was found for these words; an answer to others is dropped."""
        if typed != self.input.words:
            return
        self._doors = tuple(doors)
        self.list.show_rows([_door_row(place, each) for place, each in enumerate(doors)])
        self.list.setFixedHeight(min(len(doors), SHOWN) * self._look.theme.px(Size.ROW) + 2)
        self.list.setVisible(bool(doors))
        self.input.show_error("" if doors or not typed.strip() else words.NO_DOOR)
        self.changed.emit()

    def read(self) -> Stored:
        current = self.list.current_id()
        place = int.from_bytes(current or b"", "big")
        if current is None or self.list.isHidden() or place >= len(self._doors):
            raise Invalid(words.PICK_DOOR)
        return self._doors[place]

    def fill(self, value: Stored) -> None:
        self.input.set_words(str(value or ""))

    def show_error(self, words: str, *, doubt: bool = False) -> None:
        self.input.show_error(words, doubt=doubt)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not self.list.isHidden():
            self.list.keyPressEvent(event)
        else:
            super().keyPressEvent(event)


class MovingSheet(Sheet):
    """Says ``decided(Going)`` and, while a door is sought, ``door_sought(typed)``."""

    decided = Signal(object)
    door_sought = Signal(str)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(look, host, words.TITLE, close=words.CLOSE, width=760)
        self._view = MovingView(b"", "", ())
        self.form: Form | None = None
        self._scroll: Scroll | None = None
        self._error = Notice(look, tone=Tone.BAD, icon="alert-triangle")
        self.preview = Notice(look, tone=Tone.NEUTRAL, icon="info-circle")
        self.save_button = Button(look, words.SAVE, kind=Kind.PRIMARY, key="Ctrl+S")
        self._leave = Button(look, words.LEAVE, key="Esc")
        self.body.addWidget(self._error)
        self._rules = PlainLabel(look, words.RULES, role=Role.SMALL, colour="text3")
        self.foot.addWidget(self._rules)
        self.foot.addStretch()
        self.foot.addWidget(self._leave)
        self.foot.addWidget(self.save_button)
        self._leave.clicked.connect(self.escape)
        self.save_button.clicked.connect(self.save)

    def show_household(self, view: MovingView) -> None:
        """Open for a household."""
        self._view = view
        if self._scroll is not None:
            self._scroll.hide()
            self._scroll.deleteLater()
        self.preview = Notice(self.look, tone=Tone.NEUTRAL, icon="info-circle")
        form = self.form = Form(self.look, self._rows(view))
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, self.look.theme.px(8), 0)
        column.addWidget(form)
        column.addWidget(self.preview)
        column.addStretch()
        self._scroll = Scroll(content)
        self.body.addWidget(self._scroll, 1)
        form.fields["who"].fill(list(view.chosen or [one.id for one in view.people]))
        form.fields["where"].fill(view.where)
        form.fields["day"].fill(view.today)
        form.fields["left"].fill(UNKNOWN)
        form.changed.connect(self._follow_choice)
        form.finished.connect(lambda: self.save_button.setFocus(Qt.FocusReason.TabFocusReason))
        door = form.fields["door"]
        assert isinstance(door, DoorField)
        door.sought.connect(self.door_sought)
        self._error.say("")
        self.set_title(words.TITLE, view.door)
        self._follow_choice()
        self.open(form.first() if len(view.people) > 1 else form.fields["where"])

    def show_doors(self, typed: str, doors: Sequence[DoorChoice]) -> None:
        """The doors found for what is typed."""
        door = self.form.fields["door"] if self.form is not None else None
        if isinstance(door, DoorField):
            # A whole household stays one of its own behind the new door; joining is an act for itself.
            whole = len(self._people()) == len(self._view.people)
            door.show_doors(typed, [one for one in doors if not (whole and one.household)])

    def show_error(self, sentence: str) -> None:
        """It could not be saved; nothing typed is lost."""
        self._error.say(sentence)

    def going(self) -> Going:
        """What is decided as the form stands. Raises Invalid with what is missing."""
        form, view = self.form, self._view
        assert form is not None
        people = self._people()
        where = form.fields["where"].read()
        if not people:
            raise Invalid(words.NOBODY)
        whole = len(people) == len(view.people)
        if where == HERE and whole:
            raise Invalid(words.ALL_HERE)
        if where not in (OUT, DOOR, HERE):
            raise Invalid(words.NO_WHERE)
        door = form.fields["door"].read() if where == DOOR else None
        return Going(
            people,
            whole,
            str(where),
            str(form.fields["far"].read() or "") if where == OUT else "",
            door if isinstance(door, DoorChoice) else None,
            str(form.fields["day"].read() or view.today),
            str(form.fields["left"].read() or UNKNOWN),
            self._one("new_head", people) or people[0],
            self._one("stays_head", [one.id for one in view.people if one.id not in people]),
        )

    def save(self) -> None:
        """Say what was decided, or what is missing."""
        try:
            going = self.going()
        except Invalid as error:
            self._error.say(str(error))
            return
        self.decided.emit(going)

    def escape(self) -> None:
        self.close_over()

    def _people(self) -> tuple[bytes, ...]:
        chosen = self.form.fields["who"].read() if self.form is not None else []
        return tuple(chosen) if isinstance(chosen, list) else ()

    def _one(self, key: str, among: Sequence[bytes]) -> bytes | None:
        chosen = self.form.fields[key].read() if self.form is not None else None
        return chosen if isinstance(chosen, bytes) and chosen in among else None

    def _rows(self, view: MovingView) -> list[list[FormField]]:
        look = self.look
        names: list[tuple[Stored, str]] = [(one.id, one.name) for one in view.people]
        where: list[tuple[Stored, str]] = [(OUT, words.OUT), (DOOR, words.DOOR)]
        if len(view.people) > 1:
            where.append((HERE, words.HERE))
        left: list[tuple[Stored, str]] = [
            (EMPTY, words.EMPTY),
            (NEXT, words.NEXT),
            (UNKNOWN, words.UNKNOWN),
        ]
        return [
            [ChoiceField(look, "who", words.WHO, names, many=True)],
            [ChoiceField(look, "where", words.WHERE, where)],
            [DoorField(look)],
            [
                LineField(
                    look, "far", words.FAR, partial(read_text, Household.moved_from), hint=words.FAR_HINT
                ),
                LineField(look, "day", words.DAY, read_date),
            ],
            [ChoiceField(look, "new_head", words.NEW_HEAD, names)],
            [ChoiceField(look, "stays_head", words.STAYS_HEAD, names)],
            [ChoiceField(look, "left", words.LEFT, left)],
        ]

    def _follow_choice(self) -> None:
        """Only what matters for who goes where is asked, and what comes of it is said."""
        form, view = self.form, self._view
        if form is None:
            return
        self._error.say("")
        people, where = self._people(), form.fields["where"].read()
        whole = len(people) == len(view.people)
        heads = {one.id for one in view.people if one.head}
        staying = [one.id for one in view.people if one.id not in people]
        shown = {
            "who": len(view.people) > 1,
            "door": where == DOOR,
            "far": where == OUT,
            "left": whole and where != HERE,
            "new_head": not whole and where in (DOOR, HERE) and len(people) > 1,
            "stays_head": bool(heads & set(people)) and len(staying) > 0,
        }
        for key, visible in shown.items():
            form.fields[key].setVisible(visible)
        for key, among in (("new_head", people), ("stays_head", staying)):
            field = form.fields[key]
            if isinstance(field, ChoiceField):
                for place, one in enumerate(view.people):
                    field.choices.box(place).setVisible(one.id in among)
                if self._one(key, among) is None:
                    field.fill(among[0] if among else None)
        self._say_preview(people, whole=whole, where=str(where or ""))

    def _say_preview(self, people: Sequence[bytes], *, whole: bool, where: str) -> None:
        view = self._view
        door = None
        if where == DOOR:
            try:
                door = self.going().door
            except Invalid:
                door = None
        tags = sum(one.tags for one in view.people if one.id in people) + (view.tags if whole else 0)
        lines = words.preview(
            people=len(people),
            tags=tags,
            matters=view.matters,
            appointments=view.appointments,
            visits=view.visits,
            out=where == OUT,
            whole=whole,
            near=door is not None and door.near,
        )
        said = "；".join(lines)
        self.preview.say(f"{words.PREVIEW}：{said}。{words.UNDO}" if people and where else "")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if ctrl and event.key() in (Qt.Key.Key_S, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.save()
        else:
            super().keyPressEvent(event)


def _door_row(place: int, door: DoorChoice) -> Row:
    cells = (Words(door.door, bold=True), Words(door.about, role=Role.SECOND, colour="text2", free=True))
    return Row(place.to_bytes(2, "big"), cells, f"{door.door}，{door.about}")
