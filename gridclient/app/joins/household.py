"""The page of a household, its edit and register sheets."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from gridclient.app.desk import Desk, names, words_of
from gridclient.app.joins.care import CareJoin
from gridclient.app.joins.erasing import ErasingJoin
from gridclient.app.joins.move_in import MoveInJoin
from gridclient.app.joins.moving import MovingJoin
from gridclient.app.present import moments
from gridclient.app.present.history import change_happenings
from gridclient.app.present.household import household_view
from gridclient.core.domain import masking
from gridclient.core.domain.desk import SETTINGS_ID
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.geography import door
from gridclient.core.domain.ids import Id
from gridclient.core.merge.record import Record, conflicts
from gridclient.desktop.household import (
    EditSheet,
    EditView,
    HouseholdPage,
    HouseholdView,
    Sort,
    Standing,
    words,
)
from gridclient.desktop.kit.sheet import Question
from gridclient.ledger import records
from gridclient.ledger.households import Household, Row, household, row, rows
from gridclient.ledger.writing import UNDONE, Touched
from gridclient.operations.edit_record import edit_record, verify_household, verify_person
from gridclient.operations.erase import may_erase
from gridclient.operations.history import Teller, Told
from gridclient.operations.reveal import reveal

NAME = "household"
# Shown on request alone, and then written down.
_MASKED = frozenset({"id_number", "phones", "phone"})
TAKEN_BACK = "这一户的登记撤回了。"
SHOWN = frozenset(
    {
        "household",
        "resident",
        "dwelling",
        "visit",
        "matter",
        "matter_step",
        "card_issue",
        "care_tag",
        "settings",
    }
)


class HouseholdJoin:
    """Shows one household; `order` gives the doors around it."""

    def __init__(self, desk: Desk, order: Callable[[], list[Id]], back: Callable[[], None]) -> None:
        self._desk = desk
        self._order = order
        self._back = back
        self.current: Id | None = None
        self.view: HouseholdView | None = None
        self.screen = HouseholdPage(desk.look)
        self.sheet = EditSheet(desk.look, desk.window)
        self.move_in = MoveInJoin(desk, self.open)
        self.register_sheet = self.move_in.sheet
        self.care = CareJoin(desk)
        self.erasing = ErasingJoin(desk, self._erased)
        self.moving = MovingJoin(desk, self.open, self.register)
        desk.window.add_screen(NAME, self.screen)
        desk.add(self)
        self.screen.back_asked.connect(back)
        self.screen.household_asked.connect(self.open)
        self.screen.neighbour_asked.connect(self._neighbour)
        self.screen.verified.connect(self._verify)
        self.screen.care_asked.connect(self._care)
        self.screen.moving_asked.connect(self.moving.open)
        self.screen.joining_asked.connect(self._ask_to_join)
        self.screen.erase_asked.connect(self._ask_to_erase)
        self.screen.person_verified.connect(self._verify_person)
        self.screen.edit_asked.connect(self._edit)
        self.screen.person_asked.connect(self._add_person)
        self.screen.register_asked.connect(self.register)
        self.sheet.edit_saved.connect(self._save)
        self.sheet.number_asked.connect(self._show_number)

    def refresh(self, touched: Touched) -> None:
        if self.current is None or not names(touched, SHOWN):
            return
        if self.sheet.isVisible() and self._editing is not None and self._editing in touched.records:
            self.sheet.show_changed("这条资料刚才别处改过。你写的还在，保存后两种说法都留着。")
        self._read(self.current)

    _editing: Id | None = None
    _editing_kind = "resident"
    _seen: tuple[Id, ...] | None = None

    def open(self, opens: Id) -> None:
        """Show a household, or the empty page of a dwelling, and bring it to the front."""
        self.current = opens
        self._read(opens, lambda: self._desk.window.show_screen(NAME))

    def _read(self, opens: Id, then: Callable[[], None] = lambda: None) -> None:
        def work() -> HouseholdView | None:
            return self._view(opens)

        def done(view: HouseholdView | None) -> None:
            if view is None or self.current != opens:
                return
            self.view = view
            self.screen.show_household(view)
            then()

        self._desk.read(work, done)

    def _view(self, opens: Id) -> HouseholdView | None:
        now = self._desk.ledger.clock()
        with self._desk.ledger.reading() as connection:
            found = household(connection, opens)
            if found is None:
                return _vacant(connection, opens)
            if found.household.text("retired") == UNDONE:
                return _vacant(connection, found.dwelling.id if found.dwelling else b"", TAKEN_BACK)
            gone = rows(connection, "resident", "household = ? AND retired IN ('moved', 'merged')", (opens,))
            if found.household.text("retired"):
                found = found._replace(people=[*found.people, *gone])
            disputes = _disputes(connection, found)
            settings = row(connection, "settings", SETTINGS_ID)
            families = []
            for one in rows(
                connection,
                "household",
                "dwelling = ? AND (retired IS NULL OR retired = '')",
                (found.household.fields.get("dwelling"),),
            ):
                head = row(connection, "resident", _id(one.fields.get("head")))
                families.append((one.id, f"{head.text('name')}家" if head else "合租"))
            changes = change_happenings(
                _changes(Teller(connection), found, gone),
                {one.id: one.text("name") for one in (*found.people, *gone)},
                now,
            )
        agreed = settings.fields if settings else {}
        view = household_view(
            found, disputes, now, families=tuple(families), settings=agreed, changes=changes
        )
        return replace(view, may_erase=may_erase(self._desk.ledger.identity()))

    def _care(self, opens: Id) -> None:
        self.care.open(opens, self.view.door if self.view else "")

    def kind_of(self, record: Id) -> str:
        """What kind of record a happening of the timeline speaks of."""
        happenings = self.view.timeline if self.view is not None else ()
        sort = next((one.sort for one in happenings if one.event.id == record), Sort.CHANGE)
        kinds = {Sort.VISIT: "visit", Sort.MATTER: "matter", Sort.CARD: "card_issue"}
        own = self.view is not None and record == self.view.household
        return kinds.get(sort, "household" if own else "resident")

    def _neighbour(self, step: int) -> None:
        order = self._order()
        if self.current in order:
            at = order.index(self.current) + step
            if 0 <= at < len(order):
                self.open(order[at])

    def _verify(self, opens: Id) -> None:
        people = len(self.view.people) if self.view else 0
        self._desk.save(lambda: verify_household(self._desk.ledger, opens), f"全户 {people} 人标为今天核实。")

    def _ask_to_erase(self, opens: Id) -> None:
        view = self.view
        if view is not None:
            self.erasing.open(opens, view.door, view.head.removesuffix("家"))

    def _erased(self) -> None:
        self.current, self.view = None, None
        self._back()

    def _verify_person(self, person: Id) -> None:
        self._desk.save(lambda: verify_person(self._desk.ledger, person), "这个人标为今天核实。")

    def _ask_to_join(self, other: Id, name: str) -> None:
        """Two households of a door become one, after one question."""
        view, desk = self.view, self._desk
        if view is None:
            return
        into = view.household
        question = Question(
            desk.look,
            desk.window,
            words.join_question(name, view.head),
            safe=words.JOIN_SAFE,
            act=words.JOIN,
            keep=words.NOT_JOIN,
            danger=False,
        )

        def answered(yes: bool) -> None:
            question.deleteLater()
            if yes:
                self.moving.join(other, into)

        question.answered.connect(answered)
        question.open()

    def _edit(self, kind: str, record: Id) -> None:
        def work() -> tuple[EditView, tuple[Id, ...]]:
            return self._edit_view(kind, record)

        def done(found: tuple[EditView, tuple[Id, ...]]) -> None:
            view, self._seen = found
            self._editing, self._editing_kind = record, kind
            self.sheet.edit(view)

        self._desk.read(work, done)

    def _edit_view(self, kind: str, record: Id) -> tuple[EditView, tuple[Id, ...]]:
        with self._desk.ledger.reading() as connection:
            shown = row(connection, kind, record)
            held = records.load(connection, kind, record)
            people = rows(connection, "resident", "household = ?", (record,)) if kind == "household" else []
        assert shown is not None
        assert held is not None
        values = {key: value for key, value in shown.fields.items() if key not in _MASKED}
        number = shown.text("id_number")
        several = shown.fields.get("phones")
        phones = several if isinstance(several, list) else [shown.text("phone")]
        seen = tuple(head.change for heads in held.heads.values() for head in heads)
        view = EditView(
            kind,
            record,
            self.view.door if self.view else "",
            values,
            masking.id_number(number, born_shown="birth" in values),
            "、".join(masking.phone(str(one)) for one in phones if one),
            tuple((one.id, one.text("name")) for one in people),
            today=self._today(),
        )
        return view, seen

    def _add_person(self, opens: Id) -> None:
        self._editing, self._seen = None, None
        where = self.view.door if self.view else ""
        self.sheet.edit(EditView("resident", b"", where, parent=opens, today=self._today()))

    def _today(self) -> date:
        return moments.today(self._desk.ledger.clock())

    def _show_number(self, record: Id) -> None:
        """Show whole numbers; that they were looked at is written down."""
        kind = self._editing_kind
        self._desk.runner.write(
            lambda: reveal(self._desk.ledger, kind, record),
            lambda found: self.sheet.show_numbers(found.id_number, found.phones),
            self._desk.failed,
        )

    def _save(self, kind: str, record: Id, fields: dict[str, object]) -> None:
        seen = self._seen

        def done(touched: Touched) -> None:
            self.sheet.close_over()

        self._desk.save(
            lambda: edit_record(self._desk.ledger, kind, record or None, fields, seen),
            f"改好了：{KINDS[kind].zh}资料。" if record else "加上了一个人。",
            done,
            lambda error: self.sheet.show_error(words_of(error)),
        )

    def register(self, dwelling: Id) -> None:
        """Open the sheet to register a household at a door; b"" asks for the door too."""
        self.move_in.open(dwelling)


def _vacant(connection: Connection, dwelling: Id, notice: str = "") -> HouseholdView | None:
    """The page of a door nobody is registered behind."""
    found = row(connection, "dwelling", dwelling)
    if found is None:
        return None
    building = row(connection, "building", found.place)
    number = building.text("number") if building else ""
    return HouseholdView(
        b"",
        dwelling,
        door(number, found.text("unit"), found.text("room")),
        standing=Standing.VACANT,
        notice=notice,
    )


def _changes(teller: Teller, found: Household, gone: Sequence[Row]) -> list[Told]:
    """What happened to the records of a household, those who left it among them."""
    people = list(dict.fromkeys(person.id for person in (*found.people, *gone)))
    return [*teller.changes("household", [found.household.id]), *teller.changes("resident", people)]


def _disputes(connection: Connection, found: Household) -> dict[Id, Record]:
    """The records of a household on which people disagree."""
    kept = {}
    for kind, one in [("household", found.household), *(("resident", person) for person in found.people)]:
        if one.disputed:
            record = records.load(connection, kind, one.id)
            if record is not None and conflicts(record):
                kept[one.id] = record
    return kept


def _id(value: object) -> Id | None:
    return value if isinstance(value, bytes) else None
