"""The building screen: one look at a building, who is still waiting."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from gridclient.desktop.building import words
from gridclient.desktop.building.bar import BuildingBar
from gridclient.desktop.building.faces import legend
from gridclient.desktop.building.grid import building_grid
from gridclient.desktop.building.legend import Legend
from gridclient.desktop.building.matrix import Matrix
from gridclient.desktop.building.side import DoorPanel, DoorStrip
from gridclient.desktop.building.view import BuildingView, CompoundView, Door, Layer, State
from gridclient.desktop.kit.card import Card, EmptyState
from gridclient.desktop.kit.context import Deed, pop_up
from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.picker import Item
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.theme import Look, Size

NARROW = 1060
"""With less room than this, in pixels of the 100 % drawing, a strip takes the place of the side panel."""
NOBODY_THERE = frozenset({State.VACANT, State.CONSTRUCTION})


class BuildingScreen(Screen):
    """Give it ``show_buildings`` and then ``show_building`` or ``show_compound``; it answers with signals.

    ``outcome_recorded`` carries the household, or the dwelling where none is registered, and the digit.
    """

    household_opened = Signal(bytes)
    outcome_recorded = Signal(bytes, int)
    building_changed = Signal(bytes)
    import_asked = Signal()
    register_asked = Signal(bytes)
    history_asked = Signal(str, bytes)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._view: BuildingView | CompoundView | None = None
        self._layers: tuple[Layer, ...] = (Layer.VISITS,)
        self._goal: bytes | None = None
        self.bar = BuildingBar(look)
        self.matrix = Matrix(look)
        self.legend = Legend(look)
        self.empty = EmptyState(look, words.EMPTY, icon="building", action=words.REGISTER_FIRST)
        self.nothing = EmptyState(look, words.NO_REGISTER, icon="building", action=words.IMPORT)
        self.panel = DoorPanel(look)
        self.strip = DoorStrip(look)
        self._build()
        self._join()
        self._follow()

    # Data in

    def show_buildings(self, choices: Sequence[Item], current: bytes | None = None) -> None:
        """The buildings one may switch to; a compound may be among them, to see all of it.

        Without any the screen says how a register comes in, and offers nothing else.
        """
        self.bar.picker.show_items(choices, current)
        if not choices:
            self._view = None
            self._turn(self.nothing)

    def show_building(self, view: BuildingView) -> None:
        """Show one building, or the new state of the one shown."""
        homes = [door for door in view.doors if door.span == 1]
        floors = len({door.floor for door in homes})
        summary = words.summary(len(view.units), floors, len(homes)) if view.doors else ""
        self.bar.show_building(
            view.id, compound=view.compound, summary=summary, badge=(view.badge, view.badge_told)
        )
        self._show(view, view.doors)
        self.matrix.show_grid(building_grid(view), self._take_goal())
        self.hints_changed.emit()

    def show_compound(self, view: CompoundView) -> None:
        """Show all buildings of a compound as symbols."""
        doors = self._doors(view)
        homes = sum(door.span == 1 for door in doors)
        summary = words.compound_summary(len(view.buildings), homes)
        self.bar.show_building(view.id, compound="", summary=summary, badge=("", ""))
        self._show(view, doors)
        self.matrix.show_grid(self.matrix.overview_grid(view), self._take_goal())
        self.hints_changed.emit()

    def cover(self, covered: bool) -> None:
        """Hide names from whoever looks over the shoulder."""
        self.matrix.cover(covered)

    def choose_layer(self, layer: Layer) -> None:
        """Show another layer; positions never change."""
        if layer in self._layers:
            self.bar.layers.choose(layer.value)
            self.matrix.show_layer(layer)
            self._show_legend()

    # Screen

    def hints(self) -> tuple[Hint, ...]:
        page = self._pages.currentWidget()
        if page is self.nothing:
            return words.NO_REGISTER_HINTS
        if page is self.empty:
            return words.EMPTY_HINTS
        return words.hints(len(self._layers), overview=isinstance(self._view, CompoundView))

    def all_keys(self) -> tuple[HintGroup, ...]:
        if self._pages.currentWidget() is self.nothing:
            return ()
        return words.keys(self._layers)

    def enter(self) -> None:
        actions = {id(self.empty): self.empty.action, id(self.nothing): self.nothing.action}
        target = actions.get(id(self._pages.currentWidget()), self.matrix)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # Inside

    def _show(self, view: BuildingView | CompoundView, doors: Sequence[Door]) -> None:
        self._view = view
        self._layers = view.layers
        self.bar.show_layers(view.layers)
        if self.matrix.layer not in view.layers:
            self.choose_layer(view.layers[0])
        due = [door for door in doors if door.span == 1 and door.state not in NOBODY_THERE]
        self.bar.show_visited(sum(door.state is State.VISITED for door in due), len(due))
        self._turn(self._card if doors else self.empty)
        self._show_legend()

    def _turn(self, page: QWidget) -> None:
        """Bring a page to the front; the keyboard follows it."""
        before = self._pages.currentWidget()
        held = before is not None and before.isAncestorOf(self.focusWidget() or self)
        self._pages.setCurrentWidget(page)
        self._fold()
        if page is not before:
            if held and self.isVisible():
                self.enter()
            self.hints_changed.emit()

    def _show_legend(self) -> None:
        if self._view is not None:
            self.legend.show_entries(legend(self._doors(self._view), self.matrix.layer))

    @staticmethod
    def _doors(view: BuildingView | CompoundView) -> tuple[Door, ...]:
        if isinstance(view, BuildingView):
            return view.doors
        return tuple(door for building in view.buildings for door in building.doors)

    def _take_goal(self) -> bytes | None:
        goal, self._goal = self._goal, None
        return goal

    def _door_changed(self, door: Door | None) -> None:
        action = words.ZOOM if isinstance(self._view, CompoundView) else words.OPEN
        if door is not None and door.household is None and action == words.OPEN:
            action = words.REGISTER
        self.panel.show_door(door, action=action)
        self.strip.show_door(door, action=action)

    def _open(self, door: Door | None) -> None:
        if door is None:
            return
        if isinstance(self._view, CompoundView):
            self._goal = door.dwelling
            self.building_changed.emit(self.matrix.doors.grid.building_of[door.dwelling])
        elif door.household is None:
            self.register_asked.emit(door.dwelling)
        else:
            self.household_opened.emit(door.household)

    def _record(self, door: Door | None, outcome: int) -> bool:
        there = door is not None and door.state not in (State.UNREGISTERED, State.CONSTRUCTION)
        if there and door is not None:
            self.outcome_recorded.emit(door.household or door.dwelling, outcome)
        return there

    def _record_and_go_on(self, door: Door, outcome: int) -> None:
        """A stairwell where nobody answered is a key a door."""
        if self._record(door, outcome):
            self.matrix.go_on()

    def door_menu(self, door: Door) -> list[Deed | None]:
        """What can be done with a door."""
        if isinstance(self._view, CompoundView):
            return [Deed(words.ZOOM, lambda: self._open(door), "Enter")]
        deeds: list[Deed | None] = []
        if door.household is not None:
            deeds.append(Deed(words.OPEN, lambda: self._open(door), "Enter"))
        deeds.append(Deed(words.REGISTER, lambda: self._register(door), "Insert"))
        if door.state not in (State.UNREGISTERED, State.CONSTRUCTION):
            deeds.append(None)
            for one in words.OUTCOMES:
                deeds.append(Deed(one.words, partial(self._record, door, one.value), one.digit))
        kind, record = ("household", door.household) if door.household else ("dwelling", door.dwelling)
        deeds += [None, Deed(words.HISTORY, lambda: self.history_asked.emit(kind, record))]
        return deeds

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        viewport = self.matrix.viewport()
        at = viewport.mapFromGlobal(event.globalPos())
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            if not (self.matrix.isVisible() and viewport.rect().contains(at)):
                return
            self.matrix.setCurrentIndex(self.matrix.indexAt(at))
        door = self.matrix.current_door()
        if door is not None:
            pop_up(self, self.door_menu(door), event.globalPos())
            event.accept()

    def _register(self, door: Door | None) -> None:
        self.register_asked.emit(door.dwelling if door is not None else b"")

    def _nth_layer(self, place: int) -> None:
        if place < len(self._layers):
            self.choose_layer(self._layers[place])

    def _layer_chosen(self, place: int) -> None:
        self.choose_layer(Layer(place))
        self.enter()

    def _build(self) -> None:
        self._card = Card(self.look, padding=0)
        self._card.body.addWidget(self.matrix, 1)
        self._card.body.addWidget(self.legend)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._card)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.nothing)
        self._left = QVBoxLayout()
        self._left.addWidget(self.bar)
        self._left.addWidget(self._pages, 1)
        self._left.addWidget(self.strip)
        self._page = QHBoxLayout(self)
        self._page.addLayout(self._left, 1)
        self._page.addWidget(self.panel)

    def _join(self) -> None:
        self.matrix.door_changed.connect(self._door_changed)
        self.matrix.opened.connect(self._open)
        self.matrix.outcome_pressed.connect(self._record_and_go_on)
        self.panel.opened.connect(lambda: self._open(self.matrix.current_door()))
        self.strip.opened.connect(lambda: self._open(self.matrix.current_door()))
        for side in (self.panel, self.strip):
            side.outcome_pressed.connect(lambda digit: self._record(self.matrix.current_door(), digit))
        self.bar.building_picked.connect(self.building_changed)
        self.bar.layer_chosen.connect(self._layer_chosen)
        self.empty.acted.connect(lambda: self.register_asked.emit(b""))
        self.nothing.acted.connect(self.import_asked)
        self.look.changed.connect(self._follow)
        for place in range(len(Layer)):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{place + 1}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda place=place: self._nth_layer(place))

    def _follow(self) -> None:
        theme = self.look.theme
        px = theme.px
        self._fold()
        self._page.setContentsMargins(px(Size.PAGE_LEFT), px(12), px(Size.PAGE_RIGHT), px(8))
        self._page.setSpacing(px(16))
        self._left.setSpacing(px(9))
        self._card.body.setContentsMargins(px(10), px(2), px(10), px(1))

    def _fold(self) -> None:
        folded = self.width() / self.look.theme.factor < NARROW
        there = self._pages.currentWidget() is self._card
        self.bar.setVisible(self._pages.currentWidget() is not self.nothing)
        self.bar.set_narrow(folded)
        self.panel.setVisible(there and not folded)
        self.strip.setVisible(there and folded)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._pages.currentWidget() is self.nothing:
            event.ignore()
            return
        step = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}.get(Qt.Key(event.key()))
        if step is not None:
            self.bar.step(step)
        elif event.key() == Qt.Key.Key_Insert:
            self._register(self.matrix.current_door())
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._follow()
        if isinstance(self._view, CompoundView) and event.size().width() != event.oldSize().width():
            self.show_compound(self._view)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
