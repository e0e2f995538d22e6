"""The visit sheet: opened at a door, kept as a draft, saved in one go."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection

from gridclient.app.desk import Desk, words_of
from gridclient.app.present import moments
from gridclient.core.domain import codes, geography
from gridclient.core.domain.ids import Id
from gridclient.core.domain.visits import NOBODY, Visit
from gridclient.core.merge.compact import elements
from gridclient.core.merge.record import Record
from gridclient.desktop.visit import CorrectionSheet, NextOption, VisitForm, VisitSheet, VisitView
from gridclient.ledger import drafts, records
from gridclient.ledger.households import Household, Row, household, row
from gridclient.ledger.writing import Touched
from gridclient.operations.correct_visit import correct_visit, needs_reason
from gridclient.operations.record_visit import MatterNote, VisitNote, record_visit

CARD_VERSION = "第 1 版"
LAST_VISITS = 80
_CHECKS = {
    "people": Visit.people_check.key,
    "family": Visit.family_check.key,
    "dispute": Visit.dispute_check.key,
    "hazard": Visit.hazard_check.key,
}


class VisitJoin:
    """`order` gives the doors in walking order, `open_next` shows the next one after "save, next door";
    behind the last one `leave` is called."""

    def __init__(
        self,
        desk: Desk,
        order: Callable[[], list[Id]],
        open_next: Callable[[Id], None],
        leave: Callable[[], None],
    ) -> None:
        self._desk = desk
        self._order = order
        self._open_next = open_next
        self._leave = leave
        self._household: Id | None = None
        self._door = ""
        self._card = CARD_VERSION
        self.sheet = VisitSheet(desk.look, desk.window)
        self.correction = CorrectionSheet(desk.look, desk.window)
        self._corrected: tuple[Id, tuple[Id, ...]] | None = None
        desk.add(self)
        self.sheet.saved.connect(self._save)
        self.sheet.draft_changed.connect(self._keep)
        self.sheet.draft_dropped.connect(self._drop)
        self.correction.corrected.connect(self._save_correction)
        self.correction.left.connect(self._left)

    def refresh(self, touched: Touched) -> None:
        """A form being written is not refreshed: it only says that something changed."""
        if self.sheet.isVisible() and self._household in touched.records:
            self.sheet.show_changed("这一户的资料刚才别处改过。你写的还在，照常保存。")
        if self._corrected is not None and self._corrected[0] in touched.records:
            self.correction.show_changed("这次走访刚才别处改过。你改的还在，存下后两种说法都留着。")

    def open(self, opens: Id) -> None:
        """Write a visit to this household."""

        def work() -> tuple[VisitView, dict[str, object] | None, int] | None:
            ledger = self._desk.ledger
            with ledger.reading() as connection:
                found = household(connection, opens)
                kept = drafts.get(connection, _name(opens))
            if found is None:
                return None
            begun = msgspec.json.decode(kept[1]) if kept else None
            return self._view(found), begun, kept[0] if kept else 0

        def done(found: tuple[VisitView, dict[str, object] | None, int] | None) -> None:
            if found is None:
                return
            view, begun, at = found
            self._household, self._door = opens, view.door
            self.sheet.start(view)
            if begun is not None:
                when = moments.day(at, self._desk.ledger.clock())
                self.sheet.offer_draft(begun, f"上次没写完的走访还在（{when}）。")

        self._desk.read(work, done)

    def correct(self, visit: Id, otherwise: Callable[[Id], None]) -> None:
        """Correct a visit that was written down; `otherwise` is called where whoever works here may not."""
        ledger = self._desk.ledger

        def work() -> tuple[VisitView, dict[str, object], bool, tuple[Id, ...]] | None:
            with ledger.reading() as connection:
                written = row(connection, "visit", visit)
                held = records.load(connection, "visit", visit)
                found = household(connection, _id(written.fields.get("household"))) if written else None
            if written is None or held is None or found is None:
                return None
            asks_why = needs_reason(ledger.identity(), written)
            if asks_why is None:
                return None
            view = replace(self._view(found), notice="", card="")
            return view, as_written(written, moments.today(ledger.clock())), asks_why, heads_of(held)

        def done(found: tuple[VisitView, dict[str, object], bool, tuple[Id, ...]] | None) -> None:
            if found is None:
                otherwise(visit)
                return
            view, written, asks_why, seen = found
            self._corrected = visit, seen
            self.correction.correct(view, written, asks_why=asks_why)

        self._desk.read(work, done)

    def _save_correction(self, form: VisitForm, reason: str) -> None:
        if self._corrected is None:
            return
        visit, seen = self._corrected
        at = round(form.at.replace(tzinfo=moments.CHINA).timestamp() * 1000)
        note = replace(self._note(form), at=at, matters=(), card_version=None)

        def done(touched: Touched) -> None:
            self._left()
            self.correction.close_over()

        self._desk.save(
            lambda: correct_visit(self._desk.ledger, visit, note, reason, seen),
            "更正了。原来写的留在“谁改的”里。",
            done,
            lambda error: self.correction.show_error(words_of(error)),
        )

    def _left(self) -> None:
        self._corrected = None

    def _view(self, found: Household) -> VisitView:
        ledger = self._desk.ledger
        now = ledger.clock()
        started = moments.local(now).replace(tzinfo=None)
        today = moments.today(now)
        number = found.building.text("number") if found.building else ""
        unit, room = (
            (found.dwelling.text("unit"), found.dwelling.text("room")) if found.dwelling else ("", "")
        )
        head = found.people[0].text("name") if found.people else ""
        last = found.visits[0] if found.visits else None
        notice = ""
        if last is not None and moments.local(last.number("at")).date() == today:
            who = found.workers.get(last.author, "")
            outcome = codes.OUTCOME.label(last.text("outcome"))
            notice = f"{moments.day(last.number('at'), now)} {who}来过，{outcome}。".replace("  ", " ")
        own = ledger.identity().worker
        with ledger.reading() as connection:
            company = usual_company(connection, own, found.workers)

        def option(words: str, days: int) -> NextOption:
            day = today + timedelta(days=days)
            shown = f"{words} {day.month}月{day.day}日" if days == 7 else words
            return NextOption(shown, day.isoformat())

        return VisitView(
            household=found.household.id,
            door=geography.door(number, unit, room) + (f"，{head}" if head else ""),
            started=started,
            workers=tuple((key, found.workers[key]) for key in company if key != own and found.workers[key]),
            card="" if found.cards else f"给了联络卡（{self._card}）",
            next_time=(option("一周后", 7), option("一个月后", 30), option("半年后", 180)),
            try_again=(option("明天", 1), option("三天后", 3), option("一周后", 7)),
            notice=notice,
        )

    def _save(self, form: VisitForm, next_door: bool) -> None:
        opens = form.household
        note = self._note(form)

        def work() -> Touched:
            return record_visit(self._desk.ledger, note, drop=_name(opens))

        def done(touched: Touched) -> None:
            self._household = None
            self.sheet.close_over()
            if next_door:
                self._go_on(opens)

        said = f"记下了：{self._door.split('，')[0]} {codes.OUTCOME.label(form.outcome)}。"
        self._desk.save(work, said, done, lambda error: self.sheet.show_error(words_of(error)))

    def _go_on(self, opens: Id) -> None:
        """The door behind this one, or away from the last."""
        order = self._order()
        at = order.index(opens) + 1 if opens in order else len(order)
        if at < len(order):
            self._open_next(order[at])
        else:
            self._leave()

    def _note(self, form: VisitForm) -> VisitNote:
        written = form.at.replace(tzinfo=moments.CHINA)
        summary = form.summary
        if form.since:
            summary = "，".join(part for part in (f"从{form.since}起", summary) if part)
        return VisitNote(
            household=form.household,
            dwelling=None,
            outcome=form.outcome,
            at=int(written.timestamp() * 1000) if form.later else None,
            purposes=() if form.outcome in NOBODY else form.purposes,
            companions=form.companions,
            checks={_CHECKS[key]: (answer.state, answer.note) for key, answer in form.checks},
            summary=summary,
            next_due=form.next_due or "",
            matters=tuple(MatterNote(one.title, one.category, one.exit) for one in form.matters),
            card_version=self._card if form.card_given else None,
        )

    def _keep(self, draft: dict[str, Any]) -> None:
        """Autosave: encrypted in the ledger, never a change."""
        opens = self._household
        if opens is None:
            return
        body = msgspec.json.encode(draft)

        def work() -> None:
            with self._desk.ledger.writing() as connection:
                drafts.put(connection, _name(opens), self._desk.ledger.clock(), body)

        self._desk.runner.write(work, lambda _: None, self._desk.failed)

    def _drop(self) -> None:
        opens = self._household
        if opens is None:
            return

        def work() -> None:
            with self._desk.ledger.writing() as connection:
                drafts.drop(connection, _name(opens))

        self._desk.runner.write(work, lambda _: None, self._desk.failed)


def usual_company(connection: Connection, own: Id, workers: Iterable[Id]) -> list[Id]:
    """The staff, those who came along on one's last visits first."""
    along: Counter[object] = Counter()
    for (companions,) in connection.exec_driver_sql(
        "SELECT companions FROM k_visit WHERE author = ? AND companions IS NOT NULL ORDER BY pk DESC LIMIT ?",
        (own, LAST_VISITS),
    ):
        along.update(elements(companions))
    return sorted(workers, key=lambda worker: -along[worker])


def as_written(visit: Row, today: date) -> dict[str, object]:
    """A visit in the form of a draft of its sheet. A next time that is over is not asked again."""
    at = moments.local(visit.number("at")).replace(tzinfo=None)
    companions = visit.fields.get("companions")
    due = visit.text("next_due")
    return {
        "at": at.isoformat(),
        "companions": [one.hex() for one in companions] if isinstance(companions, list) else [],
        "outcome": visit.text("outcome"),
        "purposes": visit.fields.get("purposes") or [],
        "checks": {
            name: [visit.text(key), visit.text(key.replace("_check", "_note"))]
            for name, key in _CHECKS.items()
            if visit.text(key)
        },
        "summary": visit.text("summary"),
        "next": ["typed", due] if due >= today.isoformat() else [],
    }


def heads_of(held: Record) -> tuple[Id, ...]:
    """What stood on the screen of a record."""
    return tuple(head.change for heads in held.heads.values() for head in heads)


def _id(value: object) -> Id:
    return value if isinstance(value, bytes) else b""


def _name(opens: Id) -> str:
    return f"visit {opens.hex()}"
