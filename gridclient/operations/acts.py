"""What was done last on this laptop, act by act: a visit, an edit, an import, a decision."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.core.domain import codes
from gridclient.core.domain.declaration import RETIRED_GROUP
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.ledger import acts as kept
from gridclient.ledger import records
from gridclient.ledger.acts import Span, Written
from gridclient.ledger.erasing import ERASED
from gridclient.ledger.ledger import Ledger
from gridclient.operations.history import Teller
from gridclient.operations.listing import moment
from gridclient.operations.settle import Spoken
from gridclient.operations.undo import Undone, make_again, undo_batch, undo_span

MOST = 40
_LOOKED_AT = 120
_PRINTED = "纸已经印出去了，撤不回来。印错了就再印一批。"
_ERASED = "清除了的补不回来。"
_AUDITED = {
    "reveal": ("看了隐去的号码", "看过号码要留底，撤不了。"),
    "export": ("导出了表", "导出要留底，撤不了。"),
}
_KEPT = "要留底，撤不了。"
_AUDIT = ("action", "count", "purpose")
_IMPORT_FROM = 8
_NAMED = 3


class Act(NamedTuple):
    """One act. `first`: the number of its first change, its name; `changes`: how many; `undone`: it was
    taken back; `fixed`: why it cannot be taken back, or ""."""

    first: int
    last: int
    batch: Id | None
    at: int
    sort: str
    words: str
    changes: int
    undone: bool
    fixed: str

    @property
    def is_import(self) -> bool:
        return self.sort == "import"


def recent(ledger: Ledger, most: int = MOST, after: int = 0) -> list[Act]:
    """The last acts, the newest first. `after`: only those that begin after this change."""
    with ledger.reading() as connection:
        teller = _Acts(connection)
        found: list[Act] = []
        for first, last, batch in teller.spans():
            if last <= after or len(found) >= most:
                break
            act = teller.act(first, last, batch)
            if act is not None:
                found.append(act)
    return found


def take_back(ledger: Ledger, act: Act) -> Undone:
    """Take an act back. Raises KnownError (disk full …); nothing is taken back then."""
    if act.batch is not None:
        return undo_batch(ledger, act.batch)
    return undo_span(ledger, act.first, act.last)


def restore(ledger: Ledger, act: Act) -> Undone:
    """Make an act that was taken back hold again. Raises KnownError; nothing is changed then."""
    return make_again(ledger, act.first)


def newest_change(ledger: Ledger) -> int:
    """The number of the newest own change; acts after it begin later."""
    with ledger.reading() as connection:
        return kept.newest(connection)


def why_left(ledger: Ledger, left: Sequence[tuple[str, Id]], most: int = 6) -> list[str]:
    """For what an undo left alone: what it is, who touched it since and when."""
    said = []
    with ledger.reading() as connection:
        teller = Teller(connection)
        for kind, record in list(dict.fromkeys(left))[:most]:
            story = teller.story(kind, record)
            if story is None:
                continue
            last = story.told[0] if story.told else None
            name = story.name or story.door or KINDS[kind].zh
            who = f"{last.who} {moment(last.at)} " if last else ""
            fields = "、".join(dict.fromkeys(line.label for line in last.lines)) if last else ""
            said.append(f"{KINDS[kind].zh} {name}：{who}又改过{fields}，留着没动")
    return said


class _Acts:
    """Reads acts within one reading of a ledger."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._spoken = Spoken(connection)
        self._taken = {one.first: one for one in kept.taken(connection)}
        self._answers = {span[0] for one in self._taken.values() for span in one.spans[1:]}
        self._batches = kept.batches(connection)

    def spans(self) -> Iterable[tuple[int, int, Id | None]]:
        """First and last change of every act, the newest first; what takes an act back is none of its own."""
        starts = kept.starts(self._connection)[-_LOOKED_AT:]
        ends = [*(start - 1 for start in starts[1:]), kept.newest(self._connection)]
        told: set[Id] = set()
        for first, last in reversed(list(zip(starts, ends, strict=True))):
            if first in self._answers:
                continue
            begun = kept.written(self._connection, Span(first, first))
            batch = begun[0].batch if begun else None
            if batch is None:
                yield first, last, None
            elif batch not in told:
                told.add(batch)
                span, _ = self._batches[batch]
                yield span.first, span.last, batch

    def act(self, first: int, last: int, batch: Id | None) -> Act | None:
        """What an act was; None where nothing is to be told of it."""
        taken = self._taken.get(first)
        undone = taken is not None and taken.undone
        if batch is not None:
            kinds = self._batches[batch][1]
            at = kept.written(self._connection, Span(last, last))[0].at
            if undone and taken is not None and last > taken.spans[-1][1]:
                undone = False  # the same table was imported again
            words = f"导入　{_counted(kinds)}"
            return Act(first, last, batch, at, "import", words, sum(kinds.values()), undone, "")
        written = kept.written(self._connection, Span(first, min(last, first + 400)))
        if not written:
            return None
        kinds = Counter(one.kind for one in written)
        retired = kept.fields_written(self._connection, first).get(RETIRED_GROUP)
        if retired == ERASED:
            words = f"清除　{_counted(kinds)}"
            return Act(first, last, None, written[-1].at, "erase", words, last - first + 1, False, _ERASED)
        sort, words = self._words(written, kinds)
        fixed = _PRINTED if "card_batch" in kinds else ""
        if set(kinds) == {"audit_entry"}:
            sort, words, fixed = "look", *self._audited(written[0])
        return Act(first, last, None, written[-1].at, sort, words, last - first + 1, undone, fixed)

    def _words(self, written: list[Written], kinds: Counter[str]) -> tuple[str, str]:
        first = written[0]
        new = first.id == first.record
        if "card_batch" in kinds:
            return "print", f"印联络卡 {kinds['card_issue']} 张"
        homes = [one for one in written if one.kind == "household" and one.id == one.record]
        moving = self._moving(written, bool(homes))
        if moving:
            return "move", moving
        if len(homes) == 1:
            return "register", f"登记住户　{self._door(homes[0])}"
        if len(written) > _IMPORT_FROM:
            return "many", f"一次写下　{_counted(kinds)}"
        if first.kind == "visit":
            return "visit", self._visit(first, kinds, new)
        if first.kind == "matter" and new:
            return "matter", f"记诉求　{self._name(first)}"
        if first.kind == "matter_step":
            return "matter", f"诉求有进展　{self._step(first)}"
        groups = {group for one in written for group in self._groups(one)}
        if groups == {"verified"}:
            return "verify", f"核实无变化　{self._door(first)}"
        if len(written) == 1 and not new:
            labels = "、".join(KINDS[first.kind].fields[group].zh for group in self._groups(first))
            named = "　".join(part for part in (self._name(first), self._door(first)) if part)
            return "edit", f"改{KINDS[first.kind].zh}　{named}（{labels}）"
        if new:
            named = "　".join(part for part in (self._name(first), self._door(first)) if part)
            return "new", f"记{KINDS[first.kind].zh}　{named}"
        names = "、".join(dict.fromkeys(filter(None, map(self._name, written[:_NAMED]))))
        return "edit", f"改了 {len(written)} 条　{names}"

    def _moving(self, written: list[Written], new: bool) -> str:
        """搬走, 搬家, 并户 or 分户 with the door; "" for anything else."""
        old = [one for one in written if one.id != one.record and one.kind in ("household", "resident")]
        if not old:
            return ""
        homes = [one for one in old if one.kind == "household"]
        gone = {self._retiring(one) for one in old}
        door = self._door((homes or old)[0])
        if "merged" in gone:
            return f"并户　{door}"
        if "moved" in gone:
            return f"{'搬家' if new else '搬走'}　{door}"
        if new and any(one.kind == "resident" for one in old):
            return f"分户　{door}"
        return ""

    def _retiring(self, one: Written) -> object:
        return kept.fields_written(self._connection, one.number).get(RETIRED_GROUP)

    def _audited(self, entry: Written) -> tuple[str, str]:
        """What was done that is answered for, and why it stays."""
        record = records.load(self._connection, "audit_entry", entry.record)
        heads = record.heads if record else {}
        action, count, purpose = (heads[key][0].value[0] if heads.get(key) else "" for key in _AUDIT)
        words, fixed = _AUDITED.get(str(action), (codes.AUDIT_ACTION.label(str(action)), _KEPT))
        more = f"{count} 行" if action == "export" and count else ""
        return "　".join(str(part) for part in (words, more, purpose) if part), fixed

    def _visit(self, visit: Written, kinds: Counter[str], new: bool) -> str:
        record = records.load(self._connection, "visit", visit.record)
        heads = record.heads.get("outcome") if record else None
        outcome = codes.OUTCOME.label(str(heads[0].value[0])) if heads else ""
        more = f"，记了 {kinds['matter']} 件诉求" if kinds["matter"] else ""
        verb = "走访" if new else "更正走访"
        return f"{verb}　{self._door(visit)}　{outcome}{more}"

    def _step(self, step: Written) -> str:
        record = records.load(self._connection, "matter_step", step.record)
        if record is None:
            return ""
        heads, of = record.heads.get("status"), record.heads.get("matter")
        status = codes.MATTER_STATUS.label(str(heads[0].value[0])) if heads else ""
        matter = records.load(self._connection, "matter", of[0].value[0]) if of else None  # type: ignore[arg-type]
        title = self._spoken.name(matter) if matter is not None else ""
        return "　".join(part for part in (title, status) if part)

    def _groups(self, one: Written) -> list[str]:
        fields = KINDS[one.kind].fields if one.kind in KINDS else {}
        keys = kept.fields_written(self._connection, one.number)
        return list(dict.fromkeys(fields[key].group for key in keys if key in fields))

    def _name(self, one: Written) -> str:
        record = records.load(self._connection, one.kind, one.record) if one.kind in KINDS else None
        return self._spoken.name(record) if record is not None else ""

    def _door(self, one: Written) -> str:
        record = records.load(self._connection, one.kind, one.record) if one.kind in KINDS else None
        return self._spoken.door(record) if record is not None else ""


def _counted(kinds: dict[str, int]) -> str:
    """居民 214，户 90"""
    largest = sorted(kinds.items(), key=lambda one: -one[1])[:_NAMED]
    return "，".join(f"{KINDS[kind].zh if kind in KINDS else kind} {count}" for kind, count in largest)
