"""One page for one door: who lives there, how old the knowledge is, what is still owed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gridclient.desktop.household import words
from gridclient.desktop.household.menus import of_household, of_person
from gridclient.desktop.household.moving import HERE, OUT
from gridclient.desktop.household.parts import CheckLines, ChipRow, FactGrid
from gridclient.desktop.household.sections import FOLD_AT, OwedCard, PeopleCard, TimelineCard
from gridclient.desktop.household.view import HouseholdView, Standing
from gridclient.desktop.kit.button import Button, IconButton, Kind
from gridclient.desktop.kit.card import Card, EmptyState
from gridclient.desktop.kit.context import Deed, pop_up
from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.kit.scroll import Scroll
from gridclient.desktop.theme import Look, Role, Size, Tone

LOW = 660


class HouseholdPage(Screen):
    """Data in through ``show_household``; what a person does goes out as signals.

    Until the first household is shown the page says that there is none, and offers the import.
    ``visit_asked`` carries the dwelling where no household is registered.
    """

    visit_asked = Signal(bytes)
    verified = Signal(bytes)
    conflict_asked = Signal(bytes, str, str)
    edit_asked = Signal(str, bytes)
    person_asked = Signal(bytes)
    register_asked = Signal(bytes)
    care_asked = Signal(bytes)
    neighbour_asked = Signal(int)
    moving_asked = Signal(bytes, str, object)
    joining_asked = Signal(bytes, str)
    erase_asked = Signal(bytes)
    person_verified = Signal(bytes)
    household_asked = Signal(bytes)
    matter_opened = Signal(bytes)
    happening_opened = Signal(bytes)
    history_asked = Signal(str, bytes)
    back_asked = Signal()
    import_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._view: HouseholdView | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(words.NAME)
        self._pages = QStackedWidget()
        self._content = QWidget()
        self.nothing = EmptyState(look, words.NO_REGISTER, icon="home", action=words.IMPORT)
        self._back = IconButton(look, "chevron-left", words.BACK, edge=30)
        self._door = PlainLabel(look, role=Role.TITLE, bold=True)
        self._head = PlainLabel(look, role=Role.HEAD, colour="text2")
        self._chips = ChipRow(look)
        self._verify = Button(look, words.VERIFY, key="F4")
        self._visit = Button(look, words.VISIT, kind=Kind.PRIMARY, key="Enter", height=Size.BUTTON)
        self._register = Button(look, words.REGISTER, key="Insert")
        self._more = IconButton(look, "dots", words.MORE)
        self._notice = Notice(look, tone=Tone.NEUTRAL, icon="info-circle")
        self._successor = Button(look, words.SUCCESSOR, kind=Kind.LINK, height=30)
        self._family_buttons: list[Button] = []
        self._people_card = PeopleCard(look)
        self._facts_card = Card(look, words.HOUSE, padding=14)
        self._edit = Button(look, words.EDIT, kind=Kind.LINK, height=26)
        self.facts = FactGrid(look)
        self._checks_card = Card(look, words.CHECKS, padding=14)
        self._checks = CheckLines(look)
        self._owed_card = OwedCard(look)
        self._time_card = TimelineCard(look)
        self.people = self._people_card.people
        self.owed = self._owed_card.owed
        self.timeline = self._time_card.timeline
        self.filter = self._time_card.filter
        self._build()
        self._join()
        self._follow()

    # Data in

    def show_household(self, view: HouseholdView) -> None:
        """Show this door. The same door again keeps what was chosen on it."""
        before, self._view = self._view, view
        self._pages.setCurrentWidget(self._content)
        other = before is None or (before.dwelling, before.household) != (view.dwelling, view.household)
        self._show_head(view)
        self._people_card.show_people(view)
        self.facts.show_facts(view.facts)
        self._checks.show_checks(view.checks)
        self._checks_card.summary.setText(view.checks_summary)
        self._checks_card.setVisible(view.standing is not Standing.VACANT)
        self._edit.setVisible(view.standing is not Standing.VACANT)
        self._owed_card.show_owed(view)
        self._time_card.show_happenings(view.timeline, anew=other)
        if other:
            self.people.setCurrentIndex(QModelIndex())
            self._scroll.verticalScrollBar().setValue(0)
        self.hints_changed.emit()

    def enter(self) -> None:
        target = self if self._view is not None else self.nothing.action
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def hints(self) -> tuple[Hint, ...]:
        if self._view is None:
            return words.NO_REGISTER_HINTS
        if self._view.standing is Standing.VACANT:
            return words.VACANT_HINTS
        if self._conflict() is not None:
            return (*words.HINTS[:2], words.TWO_HINT, *words.HINTS[2:])
        return words.HINTS

    def all_keys(self) -> tuple[HintGroup, ...]:
        return words.ALL_KEYS if self._view is not None else ()

    # Parts

    def _build(self) -> None:
        self._title = QHBoxLayout()
        left: tuple[QWidget, ...] = (self._back, self._door, self._head)
        for widget in left:
            self._title.addWidget(widget)
        self._title.addWidget(self._chips, 1)
        for button in (self._more, self._register, self._verify, self._visit):
            self._title.addWidget(button)
        self._notice.add(self._successor)
        self._families = QHBoxLayout()
        self._families.addStretch()
        self._facts_card.head.addWidget(self._edit)
        self._facts_card.body.addWidget(self.facts, 1)
        self._checks_card.body.addWidget(self._checks)
        self._checks_card.body.addStretch()
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.addWidget(self._facts_card, 1)
        self._pair.addWidget(self._checks_card, 1)
        column = QWidget()
        self._left = QVBoxLayout(column)
        self._left.addWidget(self._people_card)
        self._left.addLayout(self._pair)
        self._left.addWidget(self._owed_card, 1)
        self._scroll = Scroll(column)
        self._columns = QHBoxLayout()
        self._columns.addWidget(self._scroll, 716)
        self._columns.addWidget(self._time_card, 434)
        self._page = QVBoxLayout(self._content)
        self._page.addLayout(self._title)
        self._page.addWidget(self._notice)
        self._page.addLayout(self._families)
        self._page.addLayout(self._columns, 1)
        for page in (self.nothing, self._content):
            self._pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _join(self) -> None:
        self._back.clicked.connect(self.back_asked)
        self.nothing.acted.connect(self.import_asked)
        self._verify.clicked.connect(self._do_verify)
        self._visit.clicked.connect(self._do_visit)
        self._register.clicked.connect(self._do_insert)
        self._more.clicked.connect(self._open_menu)
        self._people_card.add_asked.connect(self._do_insert)
        self._people_card.care_asked.connect(self._do_care)
        self._edit.clicked.connect(self._do_edit_household)
        self._successor.clicked.connect(self._do_successor)
        self.people.two_pressed.connect(lambda id, group: self.conflict_asked.emit(id, "resident", group))
        self.people.opened.connect(lambda id: self.edit_asked.emit("resident", id))
        self.facts.two_pressed.connect(self.conflict_asked)
        self.owed.opened.connect(self._do_owed)
        self.timeline.opened.connect(self.happening_opened)
        self.look.changed.connect(self._follow)

    def _show_head(self, view: HouseholdView) -> None:
        vacant, moved = view.standing is Standing.VACANT, view.standing is Standing.MOVED
        self._door.setText(view.door)
        self._door.set_colour("text3" if moved else "text")
        self._head.setText(view.head)
        self._chips.show_chips(view.chips)
        self._register.setVisible(vacant)
        self._verify.setVisible(not vacant and not moved)
        self._notice.say(view.notice)
        self._successor.setVisible(bool(view.successor))
        self._show_families(view)

    def _show_families(self, view: HouseholdView) -> None:
        for button in self._family_buttons:
            button.hide()
            button.deleteLater()
        self._family_buttons = []
        for place, (id, name) in enumerate(view.families if len(view.families) > 1 else ()):
            kind = Kind.SECONDARY if id == view.household else Kind.LINK
            button = Button(self.look, name, kind=kind, height=32)
            button.clicked.connect(lambda _checked=False, id=id: self.household_asked.emit(id))
            self._families.insertWidget(place, button)
            self._family_buttons.append(button)

    def _follow(self) -> None:
        px, folded = self.look.theme.px, self.look.theme.factor >= FOLD_AT
        self._page.setContentsMargins(px(Size.PAGE_LEFT), px(12), px(Size.PAGE_RIGHT), px(8))
        self._page.setSpacing(px(10))
        self._title.setSpacing(px(12))
        self._families.setSpacing(px(8))
        for layout in (self._left, self._pair, self._columns):
            layout.setSpacing(px(Size.GAP))
        self._left.setContentsMargins(0, 0, 0, 0)
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._pair.setDirection(down if folded else right)
        self._chips.setVisible(not folded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # What is owed comes before facts wherever both cannot be in sight.
        low = self.height() < self.look.theme.px(LOW)
        self._left.removeWidget(self._owed_card)
        self._left.insertWidget(1 if low else 2, self._owed_card, 0 if low else 1)

    # What a person does

    def _conflict(self) -> tuple[bytes, str, str] | None:
        """The disagreement F6 opens: about the current person, then anybody, then the house."""
        current = self.people.current_id()
        found = self.people.versions_of(current) or self.people.versions_of(None)
        if found is not None:
            return found[0], "resident", found[1]
        for fact in self._view.facts if self._view is not None else ():
            if fact.conflict:
                return fact.record, fact.kind, fact.group
        return None

    def _do_visit(self) -> None:
        if self._view is not None:
            self.visit_asked.emit(self._view.household or self._view.dwelling)

    def _do_verify(self) -> None:
        if self._view is not None and self._view.standing is Standing.LIVED:
            self.verified.emit(self._view.household)

    def _do_insert(self) -> None:
        if self._view is None:
            return
        if self._view.standing is Standing.VACANT:
            self.register_asked.emit(self._view.dwelling)
        else:
            self.person_asked.emit(self._view.household)

    def _do_successor(self) -> None:
        if self._view is not None and self._view.successor:
            self.household_asked.emit(self._view.successor)

    def _do_edit_household(self) -> None:
        if self._view is not None and self._view.household:
            self.edit_asked.emit("household", self._view.household)

    def _do_edit(self) -> None:
        current = self.people.current_id()
        if current is not None:
            self.edit_asked.emit("resident", current)
        else:
            self._do_edit_household()

    def _do_owed(self, id: bytes) -> None:
        """A visit that is owed is begun; a matter is opened."""
        if self._view is not None and id == self._view.household:
            self._do_visit()
        else:
            self.matter_opened.emit(id)

    def _do_care(self) -> None:
        if self._view is not None and self._view.household:
            self.care_asked.emit(self._view.household)

    def _do_history(self) -> None:
        """Who changed what: of the current person, else of the household."""
        current = self.people.current_id()
        if current is not None:
            self.history_asked.emit("resident", current)
        elif self._view is not None and (self._view.household or self._view.dwelling):
            kind = "household" if self._view.household else "dwelling"
            self.history_asked.emit(kind, self._view.household or self._view.dwelling)

    def _do_conflict(self) -> None:
        found = self._conflict()
        if found is not None:
            self.conflict_asked.emit(*found)

    # Menus

    def menu(self) -> list[Deed | None]:
        """What can be done with this household."""
        view = self._view
        if view is None:
            return []
        names = dict(view.families)
        return of_household(
            view,
            self._acts(),
            self._do_move,
            lambda other: self.joining_asked.emit(other, names.get(other, "")),
            lambda: self.erase_asked.emit(view.household),
        )

    def person_menu(self, person: bytes) -> list[Deed | None]:
        """What can be done with one of the people."""
        return of_person(person, self._acts(), self._do_move, lambda: self.person_verified.emit(person))

    def _acts(self) -> dict[str, Callable[[], object]]:
        keys = self._plain_keys()
        named = {"Enter": Qt.Key.Key_Enter, "Insert": Qt.Key.Key_Insert, "F2": Qt.Key.Key_F2}
        named |= {"F3": Qt.Key.Key_F3, "F4": Qt.Key.Key_F4, "F7": Qt.Key.Key_F7}
        return {name: keys[key] for name, key in named.items()}

    def _do_move(self, where: str = OUT, people: tuple[bytes, ...] = ()) -> None:
        view = self._view
        if view is not None and view.standing is Standing.LIVED and view.people:
            self.moving_asked.emit(view.household, where, people)

    def _do_split(self) -> None:
        if self._view is not None and len(self._view.people) > 1:
            self._do_move(HERE, (self.people.current_id() or self._view.people[-1].id,))

    def _open_menu(self) -> None:
        below = self._more.mapToGlobal(self._more.rect().bottomLeft())
        pop_up(self, self.menu(), below)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        at = self.people.viewport().mapFromGlobal(event.globalPos())
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.people.indexAt(at) if by_mouse else self.people.currentIndex()
        inside = self.people.isVisible() and (not by_mouse or self.people.viewport().rect().contains(at))
        if inside and index.isValid():
            self.people.setCurrentIndex(index)
        person = self.people.current_id() if inside and index.isValid() else None
        deeds = self.menu() if person is None else self.person_menu(person)
        if deeds:
            pop_up(self, deeds, event.globalPos())
            event.accept()

    def _do_neighbour(self, step: int) -> None:
        if self._view is not None and (self._view.before if step < 0 else self._view.after):
            self.neighbour_asked.emit(step)

    def _into_people(self) -> None:
        if self.people.isVisible() and not self.people.hasFocus():
            self.people.setFocus(Qt.FocusReason.OtherFocusReason)

    def _turn(self, step: int) -> None:
        bar = self._scroll.verticalScrollBar()
        bar.setValue(bar.value() + step * bar.pageStep())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        act: Callable[[], object] | None = None
        if modifiers == Qt.KeyboardModifier.AltModifier:
            act = {
                Qt.Key.Key_Left: lambda: self._do_neighbour(-1),
                Qt.Key.Key_Right: lambda: self._do_neighbour(1),
            }.get(Qt.Key(key))
        elif modifiers == Qt.KeyboardModifier.ControlModifier and Qt.Key.Key_1 <= key <= Qt.Key.Key_5:
            self._time_card.choose(key - Qt.Key.Key_1)
            return
        elif not modifiers:
            act = self._plain_keys().get(Qt.Key(key))
        if act is None:
            super().keyPressEvent(event)
        else:
            act()

    def _plain_keys(self) -> dict[Qt.Key, Callable[[], object]]:
        return {
            Qt.Key.Key_Return: self._do_visit,
            Qt.Key.Key_Enter: self._do_visit,
            Qt.Key.Key_F2: self._do_edit,
            Qt.Key.Key_F4: self._do_verify,
            Qt.Key.Key_F6: self._do_conflict,
            Qt.Key.Key_F7: self._do_care,
            Qt.Key.Key_F5: self._do_move,
            Qt.Key.Key_F11: self._do_split,
            Qt.Key.Key_F3: self._do_history,
            Qt.Key.Key_Insert: self._do_insert,
            Qt.Key.Key_Down: self._into_people,
            Qt.Key.Key_PageDown: lambda: self._turn(1),
            Qt.Key.Key_PageUp: lambda: self._turn(-1),
        }
