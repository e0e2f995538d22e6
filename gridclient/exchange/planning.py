"""What an import will write, gathered row by row; what every sort of file has in common."""

from collections.abc import Iterable
from typing import NamedTuple

from gridclient.core.domain.care_codes import CARE_TAG
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft
from gridclient.core.merge.record import seen_by
from gridclient.core.merge.shape import shape_of
from gridclient.exchange import words
from gridclient.exchange.findings import Doubt, Findings
from gridclient.exchange.known import Known, KnownRecord
from gridclient.exchange.report import HELD, ROW_STATES, Report
from gridclient.exchange.settling import Difference, creation, review_draft, settle, suggestion
from gridclient.exchange.tags import Offer
from gridclient.exchange.twins import Twin


class Batch(NamedTuple):
    """What one row writes; to be saved in one transaction, in order."""

    sheet: str
    row: int
    drafts: tuple[Draft, ...]


Spot = tuple[str, int]  # sheet and row


class Differing(NamedTuple):
    """What the file says otherwise of one record the ledger holds."""

    kind: str
    record: Id
    values: tuple[Difference, ...]


class ImportPlan(NamedTuple):
    """What an import would do.

    Attributes:
        batches: in order; rows that write nothing have none.
        states: of every row that can be imported: new, changed, skipped, or held for a person to decide.
        differences: by row, value for value.
        twins: people who may be in the file or the ledger twice.
        offers: care tags the file speaks of; those not `taken` wait for a person's word.
    """

    batches: tuple[Batch, ...]
    report: Report
    states: dict[Spot, str] = {}  # noqa: RUF012
    differences: dict[Spot, list[Differing]] = {}  # noqa: RUF012
    twins: tuple[Twin, ...] = ()
    offers: tuple[Offer, ...] = ()

    def drafts(self) -> Iterable[Draft]:
        return (draft for batch in self.batches for draft in batch.drafts)


class Planning:
    """Takes what the rows of a file say and asks the ledger; writes nothing."""

    def __init__(self, findings: Findings, rows: Iterable[Spot], known: Known) -> None:
        self.known = known
        self.report = Report.of(findings)
        self.twins: list[Twin] = []
        self.offers: list[Offer] = []
        self.claimed: set[Id] = set()
        self.peopled: set[Spot] = set()
        self.row: Spot = ("", 0)
        self.states = dict.fromkeys(rows, ROW_STATES[0])
        self.batches: list[Batch] = []
        self.drafts: list[Draft] = []
        self.differences: dict[Spot, list[Differing]] = {}
        self._found: dict[Id, KnownRecord | None] = {}

    def finish(self) -> ImportPlan:
        self.end()
        for twin in self.twins:
            spot = (twin.sheet, twin.row)
            if twin.held and spot in self.states and spot not in self.peopled:
                self.states[spot] = HELD
        for state in self.states.values():
            self.report.rows.add("error" if state == HELD else state)
        self.report.rows.error += len({(fault.sheet, fault.row) for fault in self.report.faults})
        self.report.tags = [
            {**offer._asdict(), "tag": CARE_TAG.label(offer.tag), "named": offer.named}
            for offer in self.offers
        ]
        self.report.twins = [twin._asdict() for twin in self.twins]
        return ImportPlan(
            tuple(self.batches),
            self.report,
            self.states,
            self.differences,
            tuple(self.twins),
            tuple(self.offers),
        )

    def begin(self, sheet: str, row: int) -> None:
        if (sheet, row) != self.row:
            self.end()
            self.row = (sheet, row)

    def end(self) -> None:
        if self.drafts:
            self.batches.append(Batch(*self.row, tuple(self.drafts)))
            self.drafts = []

    # Drafts

    def record(self, kind: str, record: Id) -> KnownRecord | None:
        """What the ledger holds; it is asked once."""
        if record not in self._found:
            self._found[record] = self.known.record(kind, record)
        return self._found[record]

    def put(self, kind: str, record: Id, place: Id, wanted: dict[str, object], again: bool) -> bool:
        """Whether the record is a new one."""
        known = self.record(kind, record)
        if known is None:
            self.drafts.append(Draft(kind, record, place, creation(kind, wanted), new=True))
            self.count(kind, "new")
            return True
        settled = settle(kind, wanted, known, again)
        if settled.retired:
            self.notice("", words.RECORD_RETIRED)
        if settled.differences:
            self.differences.setdefault(self.row, []).append(
                Differing(kind, record, tuple(settled.differences))
            )
        if settled.fields:
            seen = _seen(kind, known, settled.fields)
            self.drafts.append(Draft(kind, record, known.place, settled.fields, seen=seen))
        asked = [self.suggest(kind, record, known, *one) for one in settled.suggested]
        self.count(kind, "changed" if settled.fields or any(asked) else "skipped")
        return False

    def suggest(self, kind: str, record: Id, known: KnownRecord, field: str, value: str) -> bool:
        """Whether the question is a new one."""
        origin = f"{self.row[0]} 第 {self.row[1]} 行"
        identity, fields = suggestion(kind, record, known.place, field, value, origin)
        if identity in self.claimed or self.record("review_item", identity) is not None:
            return False
        self.claimed.add(identity)
        self.drafts.append(review_draft(identity, fields))
        self.report.suggestions += 1
        return True

    def count(self, kind: str, state: str) -> None:
        self.report.count(kind, state)
        if kind == "resident" or state != "new":
            self.states[self.row] = max(self.states[self.row], state, key=ROW_STATES.index)
        elif self.states[self.row] == ROW_STATES[0]:
            self.states[self.row] = state

    def notice(self, raw: str, reason: str) -> None:
        self.report.notices = [*self.report.notices, Doubt(*self.row, "", raw, reason)]


def _seen(kind: str, known: KnownRecord, fields: Iterable[str]) -> tuple[Id, ...] | None:
    """What stood there when it was compared: whoever writes meanwhile is not passed over."""
    if known.record is None:
        return None
    shape = shape_of(kind)
    return seen_by(known.record, {shape.group_of(key) for key in fields})
