"""The cards of the household page that have a head and a state of their own."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from gridclient.desktop.household import words
from gridclient.desktop.household.parts import OwedList
from gridclient.desktop.household.people import PeopleList
from gridclient.desktop.household.view import Happening, HouseholdView, Sort, Standing
from gridclient.desktop.kit.button import Button, Kind
from gridclient.desktop.kit.card import Card, EmptyState, Picture
from gridclient.desktop.kit.choices import Segmented
from gridclient.desktop.kit.label import PlainLabel
from gridclient.desktop.kit.rowlist import ColumnHeads
from gridclient.desktop.kit.timeline import Timeline
from gridclient.desktop.theme import Look, Role, Size

MOST_PEOPLE = 6
FOLD_AT = 1.5
ROOMY_TO = 1.25
FILTER_SORTS = (None, Sort.VISIT, Sort.MATTER, Sort.CARD, Sort.CHANGE)


class PeopleCard(Card):
    """Who lives here and when that was last verified."""

    add_asked = Signal()
    care_asked = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, words.PEOPLE, padding=0, parent=parent)
        self._count = PlainLabel(look, role=Role.SECOND, colour="text2")
        self._shield = Picture(look, "shield-check", size=18)
        self.people = PeopleList(look)
        self._heads = ColumnHeads(look, self.people.columns)
        self._nobody = EmptyState(look, words.VACANT, icon="home-off", action=words.REGISTER)
        self._add = Button(look, words.ADD_PERSON, kind=Kind.LINK, height=28)
        self._care = Button(look, words.CARE, kind=Kind.LINK, height=28)
        self.head.insertWidget(1, self._count)
        self.head.insertWidget(2, self._add)
        self.head.insertWidget(3, self._care)
        self.head.insertWidget(5, self._shield)
        for widget in (self._heads, self.people, self._nobody):
            self.body.addWidget(widget)
        self._add.clicked.connect(self.add_asked)
        self._care.clicked.connect(self.care_asked)
        self._nobody.acted.connect(self.add_asked)
        look.changed.connect(self.fit)
        self.fit()

    def show_people(self, view: HouseholdView) -> None:
        """Show the people of this view, or what to do where there are none."""
        vacant, some = view.standing is Standing.VACANT, bool(view.people)
        self.people.show_people(view.people)
        self._count.setText(view.people_summary)
        self.summary.setText(view.verified)
        self.summary.set_colour("warn" if view.stale else "text2")
        self._shield.show_icon("shield-check", "warn" if view.stale else "text2")
        self._shield.setVisible(bool(view.verified))
        for widget in (self._heads, self.people):
            widget.setVisible(some)
        self._nobody.setVisible(not some)
        self._nobody.say(
            words.VACANT if vacant else words.NO_PEOPLE, action=words.REGISTER if vacant else words.ADD_PERSON
        )
        self.fit()

    def fit(self) -> None:
        """As high as up to six people need; more scroll inside."""
        px = self.look.theme.px
        edge = px(Size.CARD_PADDING)
        self.head.setContentsMargins(edge, px(11), edge, 0)
        self.head.setSpacing(px(10))
        self.body.setSpacing(0)
        self.body.setContentsMargins(0, 0, 0, px(4))
        self.people.fit_names()
        self._heads.set_columns(self.people.columns)
        roomy = self.look.theme.factor < ROOMY_TO and bool(self.people.rows.rowCount())
        self._add.setVisible(roomy)
        self._care.setVisible(roomy)
        self._count.setVisible(roomy)
        self.people.setFixedHeight(self.people.wanted_height(MOST_PEOPLE) + 2)


class OwedCard(Card):
    """What is not done yet at this door."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, words.OWED, padding=0, parent=parent)
        self._count = PlainLabel(look, role=Role.SECOND, colour="text2")
        self.owed = OwedList(look)
        self._none = PlainLabel(look, words.NO_OWED, role=Role.SECOND, colour="text3")
        self.head.insertWidget(1, self._count)
        self.body.addWidget(self.owed, 1)
        self.body.addWidget(self._none)
        self.body.addStretch()
        look.changed.connect(self.fit)
        self.fit()

    def show_owed(self, view: HouseholdView) -> None:
        self.owed.show_owed(view.owed)
        self.owed.setVisible(bool(view.owed))
        self._none.setVisible(not view.owed)
        self._count.setText(words.items(len(view.owed)) if view.owed else "")
        self.fit()

    def fit(self) -> None:
        px = self.look.theme.px
        edge = px(Size.CARD_PADDING)
        self.head.setContentsMargins(edge, px(11), edge, 0)
        self.head.setSpacing(px(10))
        self.body.setSpacing(0)
        self.body.setContentsMargins(0, 0, 0, px(4))
        self._none.setContentsMargins(edge, 0, edge, px(8))
        self.owed.setMinimumHeight(min(self.owed.rows.rowCount(), 3) * px(Size.ROW) + 2)


class TimelineCard(Card):
    """What happened here, newest first, all of it or one sort."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, padding=12, parent=parent)
        self._happenings: tuple[Happening, ...] = ()
        self.filter = Segmented(look, words.FILTERS)
        self.filter.setAccessibleName(words.FILTER_NAME)
        self.filter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.timeline = Timeline(look, name=words.TIMELINE)
        self._never = EmptyState(look, words.NO_VISIT, icon="door-enter")
        self.body.addWidget(self.filter)
        self.body.addWidget(self.timeline, 1)
        self.body.addWidget(self._never, 1)
        self.filter.chosen.connect(lambda _place: self._show())

    def show_happenings(self, happenings: tuple[Happening, ...], *, anew: bool) -> None:
        """Show these; ``anew`` goes back to all sorts."""
        self._happenings = happenings
        if anew:
            self.filter.choose(0)
        self._show()

    def choose(self, place: int) -> None:
        """Only one sort, by its place among the filters."""
        self.filter.choose(place)
        self._show()

    def _show(self) -> None:
        sort = FILTER_SORTS[self.filter.current]
        events = [each.event for each in self._happenings if sort in (None, each.sort)]
        self.timeline.events.set_events(events)
        self.timeline.setVisible(bool(events))
        self._never.setVisible(not events)
        self._never.say(words.NO_SUCH if self._happenings else words.NO_VISIT)
