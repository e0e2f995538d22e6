"""今日: which door now, and why; the next door is the first row."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card, EmptyState, Meter
from gridclient.desktop.kit.choices import Segmented
from gridclient.desktop.kit.hints import Hint, HintGroup
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.notice import Notice
from gridclient.desktop.kit.rowlist import ColumnHeads, RowList
from gridclient.desktop.kit.rows import ID_ROLE
from gridclient.desktop.kit.screen import Screen
from gridclient.desktop.theme import Look, Role, Size, Tone
from gridclient.desktop.today import words
from gridclient.desktop.today.lines import columns, rows
from gridclient.desktop.today.panel import NOBODY, DoorPanel, DoorStrip
from gridclient.desktop.today.view import DoorDetail, Order, Reminder, TodayView

NARROW = 1060
"""With less room than this, in pixels of the 100 % drawing, a strip takes the place of the side panel."""

ROOMY = 1180
"""With less, the head of the screen says only the day and how many doors."""


class TodayScreen(Screen):
    """Give it ``show_today``; it asks for the detail of the chosen door and says what is wanted with it."""

    door_asked = Signal(bytes)
    visit_asked = Signal(bytes)
    household_asked = Signal(bytes)
    outcome_recorded = Signal(bytes, int)
    skip_asked = Signal(bytes)
    order_chosen = Signal(object)
    print_asked = Signal(str)
    import_asked = Signal()
    buildings_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._view: TodayView | None = None
        self._reminders: tuple[Reminder, ...] = ()
        self._reminder = 0
        self._told: bytes | None = None
        self._detail: DoorDetail | None = None
        self._title = PlainLabel(look, words.TITLE, role=Role.TITLE, bold=True)
        self._day = PlainLabel(look, colour="text2")
        self._before, self._figure, self._behind = (
            PlainLabel(look, colour="text2"),
            PlainLabel(look, role=Role.VALUE, bold=True),
            PlainLabel(look, colour="text2"),
        )
        self._meter = Meter(look, width=70)
        self._week = PlainLabel(look, role=Role.SECOND, colour="text2")
        self.orders = Segmented(look, words.ORDERS)
        self.print_button = Button(look, words.PRINT, icon="printer", height=Size.TOOL)
        self.reminder = Notice(look)
        self._next_reminder = Button(look, "", kind=Kind.LINK, height=28)
        self._card = Card(look, padding=1)
        self._heads = ColumnHeads(look, columns())
        self.list = RowList(look, columns(), name=words.LIST)
        self.empty = EmptyState(look, words.ALL_DONE, icon="checklist", action=words.SEE_BUILDINGS)
        self.panel = DoorPanel(look)
        self.strip = DoorStrip(look)
        self._build()
        self._join()
        self._follow()

    # Data in

    def show_today(self, view: TodayView) -> None:
        """Show this list; the current door stays current, or the one that takes its place."""
        self._view = view
        self._day.setText(view.day)
        for label, said in zip(
            (self._before, self._figure, self._behind), words.done(view.done, view.due), strict=True
        ):
            label.setText(said)
        self._meter.show_share(view.done, view.done + view.due)
        self._week.setText(words.week(view.week))
        self.orders.choose(view.order.value)
        several = any(line.compound for line in view.lines)
        for widget in (self._heads, self.list):
            widget.set_columns(columns(several=several))
        working = self.list.hasFocus() or self.empty.action.hasFocus()
        self._told = None
        self.list.show_rows(rows(view, several=several))
        there = bool(view.lines)
        self._pages.setCurrentIndex(0 if there else 1)
        if not view.registered:
            self.empty.say(words.NO_REGISTER, action=words.IMPORT)
        else:
            self.empty.say(words.ALL_DONE, action=words.SEE_BUILDINGS)
        self.print_button.setEnabled(there)
        if not there:
            self.show_detail(None)
        elif (current := self.list.current_id()) is not None:
            self.show_detail(self._detail)  # in its new place, until it is read anew
            if current != self._told:
                self._tell(current)  # the same door may stand otherwise now
        self._fold()
        if working:
            self.enter()
        self.hints_changed.emit()

    def show_detail(self, detail: DoorDetail | None) -> None:
        """The chosen door in words; an answer about another door is dropped."""
        if detail is not None and detail.household != self.list.current_id():
            return
        self._detail = detail
        self.panel.show_detail(detail, self._stop_of(detail.household) if detail else 0)
        self.strip.show_detail(detail)

    def show_reminders(self, reminders: tuple[Reminder, ...]) -> None:
        """What keeps the ledger from being safe, one at a time; nothing hides the strip."""
        self._reminders, self._reminder = reminders, 0
        self._show_reminder()

    def ask_file(self) -> None:
        """Where the route goes; ``print_asked`` then carries the path."""
        if self._view is None or not self._view.lines:
            return
        dialog = QFileDialog(self, words.SAVE_AS, "", words.FILES)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(words.FILE)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.print_asked)
        dialog.open()

    def choose(self, household: bytes) -> None:
        """Make this door the current one."""
        self.list.choose(household)

    # Screen

    def hints(self) -> tuple[Hint, ...]:
        if self._view is None or self._view.lines:
            return words.HINTS
        return words.EMPTY_HINTS if self._view.registered else words.NO_REGISTER_HINTS

    def all_keys(self) -> tuple[HintGroup, ...]:
        return words.ALL_KEYS

    def enter(self) -> None:
        there = self._view is None or bool(self._view.lines)
        (self.list if there else self.empty.action).setFocus(Qt.FocusReason.OtherFocusReason)

    # Inside

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._title)
        for widget in (self._day, self._before, self._figure, self._behind, self._meter, self._week):
            head.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addStretch(1)
        head.addWidget(self.orders)
        head.addWidget(self.print_button)
        self._head = head
        self.reminder.add(self._next_reminder)
        self._over = QHBoxLayout()
        self._over.setContentsMargins(0, 0, 0, 0)
        self._over.addWidget(self._heads)
        self._card.body.addLayout(self._over)
        self._card.body.addWidget(self.list, 1)
        self._pages = QStackedWidget()
        self._pages.addWidget(self._card)
        self._pages.addWidget(self.empty)
        self._left = QVBoxLayout()
        self._left.addLayout(head)
        self._left.addWidget(self.reminder)
        self._left.addWidget(self._pages, 1)
        self._left.addWidget(self.strip)
        self._page = QHBoxLayout(self)
        self._page.addLayout(self._left, 1)
        self._page.addWidget(self.panel)

    def _join(self) -> None:
        self.list.current_changed.connect(self._tell)
        self.list.opened.connect(self.visit_asked)
        self.list.verticalScrollBar().rangeChanged.connect(self._align)
        self.list.digit_pressed.connect(self._record)
        self.list.space_pressed.connect(self.skip_asked)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._open_menu)
        for side in (self.panel, self.strip):
            side.visit_asked.connect(lambda: self._with_current(self.visit_asked.emit))
        self.panel.household_asked.connect(self._household)
        self.panel.nobody_pressed.connect(lambda: self._with_current(self._nobody))
        self.strip.outcome_pressed.connect(lambda _digit: self._with_current(self._nobody))
        self.orders.chosen.connect(self._order)
        self.print_button.clicked.connect(self.ask_file)
        self.empty.acted.connect(self._empty_acted)
        self._next_reminder.clicked.connect(self._turn_reminder)
        self.look.changed.connect(self._follow)

    def _align(self) -> None:
        """Heads stand over their columns, whether the list scrolls or not."""
        bar = self.list.verticalScrollBar()
        scrolls = bar.maximum() > bar.minimum()
        self._over.setContentsMargins(0, 0, bar.sizeHint().width() if scrolls else 0, 0)

    def _tell(self, household: bytes) -> None:
        self._told = household
        self.door_asked.emit(household)

    def _with_current(self, act: object) -> None:
        current = self.list.current_id()
        if current is not None and callable(act):
            act(current)

    def _nobody(self, household: bytes) -> None:
        self.outcome_recorded.emit(household, NOBODY)

    def _record(self, household: bytes, digit: int) -> None:
        if digit:
            self.outcome_recorded.emit(household, digit)

    def _household(self) -> None:
        self._with_current(self.household_asked.emit)

    def _order(self, place: int) -> None:
        self.order_chosen.emit(Order(place))
        self.enter()

    def _empty_acted(self) -> None:
        if self._view is not None and not self._view.registered:
            self.import_asked.emit()
        else:
            self.buildings_asked.emit()

    def _show_reminder(self) -> None:
        total = len(self._reminders)
        if not total:
            self.reminder.say("")
            return
        one = self._reminders[self._reminder]
        icon = "alert-triangle" if one.bad else "info-circle"
        self.reminder.say(one.words, Tone.BAD if one.bad else Tone.WARN, icon)
        self._next_reminder.setVisible(total > 1)
        self._next_reminder.set_words(words.next_reminder(self._reminder + 1, total))

    def _turn_reminder(self) -> None:
        self._reminder = (self._reminder + 1) % max(len(self._reminders), 1)
        self._show_reminder()

    def _stop_of(self, household: bytes) -> int:
        lines = self._view.lines if self._view is not None else ()
        return next((place for place, one in enumerate(lines, 1) if one.household == household), 0)

    def _open_menu(self, at: QPoint) -> None:
        household = self.list.indexAt(at).data(ID_ROLE)
        if isinstance(household, bytes):
            self.list.choose(household)
            self.menu(household).popup(self.list.viewport().mapToGlobal(at))

    def menu(self, household: bytes) -> QMenu:
        """What can be done with a door, for the mouse."""
        menu = QMenu(self)
        menu.addAction(words.VISIT).triggered.connect(lambda: self.visit_asked.emit(household))
        menu.addAction(words.HOUSEHOLD).triggered.connect(lambda: self.household_asked.emit(household))
        menu.addSeparator()
        for outcome in words.OUTCOMES:
            action = menu.addAction(f"{outcome.digit}　{outcome.words}")
            action.triggered.connect(
                lambda _checked=False, value=outcome.value: self.outcome_recorded.emit(household, value)
            )
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _follow(self) -> None:
        theme = self.look.theme
        px = theme.px
        self._page.setContentsMargins(px(Size.PAGE_LEFT), px(12), px(Size.PAGE_RIGHT), px(8))
        self._page.setSpacing(px(16))
        self._left.setSpacing(px(9))
        self._head.setSpacing(px(8))
        self._card.body.setSpacing(0)
        self._fold()

    def _fold(self) -> None:
        folded = self.width() / self.look.theme.factor < NARROW
        there = self._view is not None and bool(self._view.lines)
        self.panel.setVisible(not folded and there)
        self.strip.setVisible(folded and there)
        self._day.setVisible(not folded)
        for widget in (self._meter, self._week):
            widget.setVisible(self.width() / self.look.theme.factor >= ROOMY)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F5:
            self._order((self.orders.current + 1) % len(Order))
        elif event.key() == Qt.Key.Key_F7:
            self._household()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()
        self.list.scrollTo(self.list.currentIndex())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)
