"""Importing a register: read, shown before anything is written, then saved row by row as one batch."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft
from gridclient.exchange.import_plan import Batch, ImportPlan, plan
from gridclient.exchange.mapping import Mapping
from gridclient.exchange.register import Register, read_register
from gridclient.exchange.workbook import Workbook, open_workbook
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched
from gridclient.operations.known_records import KnownRecords

TOGETHER = 400  # drafts in one transaction: quick, and a kill costs little


@dataclass(frozen=True)
class Preview:
    """A file read and compared with the ledger; nothing is written yet."""

    book: Workbook
    register: Register
    plan: ImportPlan

    @property
    def batch(self) -> Id:
        """One file is one batch, on every laptop."""
        return ids.named("import batch", self.register.sha256)


@dataclass(frozen=True)
class Imported:
    """What an import wrote. `stopped`: the person stopped it; importing again goes on from there."""

    touched: Touched
    batch: Id
    stopped: bool


def preview(ledger: Ledger, path: Path, mapping: Mapping | None = None) -> Preview:
    """Read a file and say what importing it would do.

    Raises:
        MappingNeeded: a person has to say what some columns mean.
        KnownError: the file cannot be read, is too large, is no table.
    """
    book = open_workbook(path)
    register = read_register(book, mapping)
    with ledger.reading() as connection:
        return Preview(book, register, plan(register, KnownRecords(connection)))


def carry_out(
    ledger: Ledger,
    shown: Preview,
    progress: Callable[[int, int], None] = lambda done, total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Imported:
    """Write what a preview showed, some rows at a time.

    Raises:
        KnownError: the disk is full …; what was written stays, and importing again goes on from there.
    """
    touched = Touched()
    total = len(shown.plan.batches)
    done = 0
    for some in _handfuls(shown.plan.batches):
        if stopped():
            return Imported(touched, shown.batch, True)
        drafts = [draft for batch in some for draft in batch.drafts]
        made = ledger.write(drafts, batch=shown.batch)
        touched.kinds |= made.kinds
        touched.records |= made.records
        touched.changes += made.changes
        done += len(some)
        progress(done, total)
    return Imported(touched, shown.batch, False)


def import_register(ledger: Ledger, path: Path, mapping: Mapping | None = None) -> tuple[Preview, Imported]:
    """Preview and carry out in one go: for scripts, where giving the command is the confirmation."""
    shown = preview(ledger, path, mapping)
    return shown, carry_out(ledger, shown)


def _handfuls(batches: Sequence[Batch]) -> Iterator[list[Batch]]:
    some: list[Batch] = []
    drafts: list[Draft] = []
    for batch in batches:
        some.append(batch)
        drafts += batch.drafts
        if len(drafts) >= TOGETHER:
            yield some
            some, drafts = [], []
    if some:
        yield some
