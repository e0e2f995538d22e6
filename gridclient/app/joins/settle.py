"""Disagreements: the sheet over a record, and the desk where all of them wait."""

from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.app.desk import Desk
from gridclient.app.present import moments
from gridclient.app.present.household import said_of
from gridclient.app.present.suggestions import ACCEPT, Waiting, waiting, waiting_late
from gridclient.core.domain import geography
from gridclient.core.domain.declaration import RETIRED_GROUP, Role
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.merge.record import Head, Record
from gridclient.desktop.settle import DeskItem, DeskPage, DeskView, Pile, SettleSheet, SettleView, Version
from gridclient.ledger import records
from gridclient.ledger.households import Row, row, worker_names
from gridclient.ledger.writing import Touched
from gridclient.operations.late_edits import take_late_edits
from gridclient.operations.settle import disputed, settle_many, settle_taking, settle_writing
from gridclient.operations.take_suggestion import take_suggestions

NAME = "desk"


class Dispute(NamedTuple):
    """A group of a record on which people disagree, as the views want it."""

    household: Id | None
    view: SettleView


class Found(NamedTuple):
    """All that waits at the desk. `late`: suggestions that were said of somebody who had moved."""

    disputes: dict[bytes, Dispute]
    suggestions: dict[bytes, Waiting]
    late: frozenset[bytes] = frozenset()


class SettleJoin:
    """`count` is how many things wait for a decision; the menu is told."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.sheet = SettleSheet(desk.look, desk.window)
        self.page = DeskPage(desk.look, offered=(Pile.CONFLICT, Pile.SUGGESTION))
        self._disputes: dict[bytes, Dispute] = {}
        self._suggestions: dict[bytes, Waiting] = {}
        self._late: frozenset[bytes] = frozenset()
        self.count = 0
        desk.window.add_screen(NAME, self.page)
        desk.add(self)
        self.sheet.decided.connect(self._decide)
        self.page.decided.connect(self._decide)
        self.page.decided_many.connect(self._decide_many)
        self.page.item_chosen.connect(self._choose)
        self.page.reviews_decided.connect(self._take)

    def refresh(self, touched: Touched) -> None:
        self.load()

    def load(self) -> None:
        """Read everything that waits."""

        def work() -> Found:
            ledger = self._desk.ledger
            now, role = ledger.clock(), ledger.identity().role
            found = list(disputed(ledger))
            with ledger.reading() as connection:
                decides = role != Role.WORKER.value
                late = waiting_late(connection, now, decides)
                elsewhere = {key[:16] for key in late}
                disputes = {
                    record.id + group.encode(): _dispute(connection, record, group, now, role)
                    for record, group in found
                    if group != RETIRED_GROUP or record.id not in elsewhere
                }
                suggestions: dict[bytes, Waiting] = {**waiting(connection, now, decides), **late}
                return Found(disputes, suggestions, frozenset(late))

        self._desk.read(work, self._loaded)

    def _loaded(self, found: Found) -> None:
        disputes = self._disputes = found.disputes
        self._suggestions, self._late = found.suggestions, found.late
        self.count = len(disputes) + len(found.suggestions)
        self._desk.counts_changed()
        items = tuple(
            DeskItem(
                key,
                Pile.CONFLICT,
                one.view.title.split("的")[0],
                one.view.title.split("的")[-1],
                one.view.where,
                " / ".join(dict.fromkeys(version.who for version in one.view.versions)),
            )
            for key, one in disputes.items()
        )
        items += tuple(one.item for one in found.suggestions.values())
        summary = f"{len(items)} 件等着定" if items else ""
        counts = {Pile.CONFLICT: len(disputes), Pile.SUGGESTION: len(found.suggestions)}
        view = DeskView(items, summary, counts)
        self._desk.show(self.page, lambda: self.page.show_desk(view))

    def _take(self, keys: list[bytes], code: str) -> None:
        """Take what a file says, or leave what stands there."""
        ledger, accept = self._desk.ledger, code == ACCEPT
        many = f"{len(keys)} 件" if len(keys) > 1 else ""
        late = [key for key in keys if key in self._late]
        imported = [key for key in keys if key not in self._late]
        said = "照它写了。" if late else "用了表里的。"
        if not accept:
            said = "留着现在的。"

        def work() -> Touched:
            if late:
                touched = take_late_edits(ledger, late, accept)
                return touched if not imported else _both(touched, take_suggestions(ledger, imported, accept))
            return take_suggestions(ledger, imported, accept)

        self._desk.save(work, f"{many}都{said}" if many else said)

    def _choose(self, key: bytes) -> None:
        suggestion = self._suggestions.get(key)
        if suggestion is not None:
            self.page.show_review(suggestion.view)
            return
        one = self._disputes.get(key)
        if one is not None:
            self.page.show_settle(one.view)

    def household_of(self, record: Id) -> Id | None:
        """The household a disagreement or a suggestion belongs to."""
        suggestion = self._suggestions.get(record)
        if suggestion is not None:
            return suggestion.household
        return next((one.household for one in self._disputes.values() if one.view.record == record), None)

    def open(self, record: Id, kind: str, group: str) -> None:
        """Show the versions of one value over the record."""

        def work() -> Dispute | None:
            ledger = self._desk.ledger
            with ledger.reading() as connection:
                held = records.load(connection, kind, record)
                if held is None:
                    return None
                return _dispute(connection, held, group, ledger.clock(), ledger.identity().role)

        def done(found: Dispute | None) -> None:
            if found is not None:
                self.sheet.settle(found.view)

        self._desk.read(work, done)

    def _decide_many(self, keys: list[bytes], who: str) -> None:
        """In each take what one author said; where he said nothing, leave it."""
        ledger = self._desk.ledger
        chosen = []
        for key in keys:
            one = self._disputes.get(key)
            version = next((each for each in one.view.versions if each.who == who), None) if one else None
            if one is not None and version is not None:
                chosen.append((one.view, version.change))

        def work() -> Touched:
            return settle_many(
                ledger, [(view.kind, view.record, view.group, change) for view, change in chosen]
            )

        self._desk.save(work, f"{len(chosen)} 件都按{who}说的定了。")

    def _decide(self, record: Id, kind: str, group: str, change: object, value: object) -> None:
        ledger = self._desk.ledger

        def work() -> Touched:
            held = ledger.record(kind, record)
            assert held is not None
            if isinstance(change, bytes):
                return settle_taking(ledger, held, group, change)
            return settle_writing(ledger, held, group, value)

        self._desk.save(work, "定了。另一种说法留在改动里。", lambda _: self.sheet.close_over())


def _both(one: Touched, other: Touched) -> Touched:
    return Touched(one.kinds | other.kinds, one.records | other.records, [*one.changes, *other.changes])


def _dispute(connection: Connection, record: Record, group: str, now: int, role: str) -> Dispute:
    kind = KINDS[record.kind]
    shown = row(connection, record.kind, record.id)
    names = worker_names(connection)
    field = kind.fields.get(group)
    label = "去留" if group == RETIRED_GROUP else (field.zh if field else group)
    household, where = _where(connection, record, shown)
    title = f"{_who(record, shown, where)}的{label}"
    versions = tuple(_version(record, group, head, names, now) for head in _heads(record, group))
    options: tuple[tuple[object, str], ...] = ()
    if field is not None and field.codes is not None:
        options = tuple((code, words) for code, words in field.codes.labels.items())
    return Dispute(
        household,
        SettleView(
            record.id,
            record.kind,
            group,
            title,
            where,
            versions,
            options=options,
            may_decide=role != Role.WORKER.value,
        ),
    )


def _heads(record: Record, group: str) -> list[Head]:
    heads = list(record.heads.get(group, ()))
    if group == RETIRED_GROUP:
        doubted = {other for _, other in record.doubts}
        seen = {head.change for head in heads}
        for name, others in record.heads.items():
            if name != RETIRED_GROUP:
                heads += [one for one in others if one.change in doubted and one.change not in seen]
    return sorted({head.change: head for head in heads}.values(), key=lambda head: head.change)


def _version(record: Record, group: str, head: Head, names: dict[Id, str], now: int) -> Version:
    kind = KINDS[record.kind]
    fields = kind.groups.get(group, ())
    of_group = head in record.heads.get(group, ())
    if not of_group:
        value = "还在，有人又写了新的"
    elif fields:
        value = "，".join(
            said_of(field, one, born_shown=False)
            for field, one in zip(fields, head.value, strict=True)
            if one is not None
        )
    else:
        value = str(head.value[0])
    return Version(
        change=head.change,
        value=value or "空",
        who=names.get(head.author, "") or "别的电脑",
        when=moments.moment(head.at, now),
        stored=head.value[0] if of_group else None,
        outcome=f"记为“{value or '空'}”",
    )


def _who(record: Record, shown: Row | None, where: str) -> str:
    if shown is not None and record.kind == "resident":
        return shown.text("name")
    return where or KINDS[record.kind].zh


def _where(connection: Connection, record: Record, shown: Row | None) -> tuple[Id | None, str]:
    """The household a record belongs to, and its door in words."""
    household: Id | None = None
    if record.kind == "household":
        household = record.id
    elif shown is not None:
        value = shown.fields.get("household")
        household = value if isinstance(value, bytes) else None
    house = row(connection, "household", household)
    dwelling = row(connection, "dwelling", _ref(house, "dwelling"))
    if record.kind == "dwelling":
        dwelling = shown
    building = row(connection, "building", dwelling.place if dwelling else None)
    if dwelling is None or building is None:
        return household, shown.text("title") if shown else ""
    return household, geography.door(building.text("number"), dwelling.text("unit"), dwelling.text("room"))


def _ref(shown: Row | None, key: str) -> Id | None:
    value = shown.fields.get(key) if shown else None
    return value if isinstance(value, bytes) else None
