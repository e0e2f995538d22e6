"""Importing a register: read, shown before anything is written, then saved whole or not at all."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft
from gridclient.exchange.import_plan import Batch, ImportPlan, Spot, plan
from gridclient.exchange.incoming import Incoming, plan_incoming, read_incoming, sort_of
from gridclient.exchange.mapping import REGISTER, Mapping, MappingNeeded
from gridclient.exchange.register import Register, read_register
from gridclient.exchange.tags import Pick
from gridclient.exchange.workbook import Workbook, open_workbook
from gridclient.ledger.identity import identity
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched, Writer
from gridclient.operations.back_up import HALF_HOUR, back_up_if_due
from gridclient.operations.known_records import KnownRecords
from gridclient.operations.remembered_layouts import remembered

TOGETHER = 400  # drafts between two looks at whether somebody wants to stop
GLIMPSED = 60  # rows below the header


@dataclass(frozen=True)
class Preview:
    """A file read and compared with the ledger; nothing is written yet."""

    book: Workbook
    register: Register | Incoming
    plan: ImportPlan

    @property
    def mapping(self) -> Mapping:
        """How the columns were understood."""
        return self.register.mapping


@dataclass(frozen=True)
class Imported:
    """What an import wrote, as one batch. `stopped`: the person stopped it; nothing was written."""

    touched: Touched
    batch: Id
    stopped: bool


class _Stopped(Exception):
    """The person stopped it; the transaction is rolled back."""


def preview(
    ledger: Ledger,
    path: Path,
    mapping: Mapping | None = None,
    also: Collection[Spot] = (),
    sort: str = "",
    picks: Collection[Pick] = (),
    from_remarks: bool = False,
) -> Preview:
    """Read a file and say what importing it would do.

    `also`: rows of people who are nobody known elsewhere. `sort`: what sort of file it is; "" to go by the
    mapping, by what was said of the same headers before, and by the headers. `picks`: care tags to be
    written beyond those of a column; `from_remarks`: those that remarks speak of as well.

    Raises:
        MappingNeeded: a person has to say what some columns mean.
        KnownError: the file cannot be read, is too large, is no table.
    """
    return compare(ledger, open_workbook(path), mapping, also, sort, picks, from_remarks)


def compare(
    ledger: Ledger,
    book: Workbook,
    mapping: Mapping | None = None,
    also: Collection[Spot] = (),
    sort: str = "",
    picks: Collection[Pick] = (),
    from_remarks: bool = False,
) -> Preview:
    """The same for a file that is open already."""
    with ledger.reading() as connection:
        layouts = remembered(connection)
        known = KnownRecords(connection)
        sort = sort or (mapping.sort if mapping else sort_of(book, layouts))
        if sort == REGISTER:
            register = read_register(book, mapping, layouts)
            return Preview(book, register, plan(register, known, also, picks, from_remarks))
        incoming = read_incoming(book, sort, mapping, layouts)
        return Preview(book, incoming, plan_incoming(incoming, known))


def glimpse(ledger: Ledger, book: Workbook, mapping: Mapping) -> Preview:
    """The same for the first rows of every sheet: quick enough to follow a person who explains columns.

    Raises:
        MappingNeeded: something is still open.
    """
    headers = {said.sheet: said.header for said in mapping.sheets}
    first = [
        replace(sheet, rows=sheet.rows[: headers.get(sheet.name, 0) + GLIMPSED]) for sheet in book.sheets
    ]
    return compare(ledger, replace(book, sheets=tuple(first)), mapping)


def asked(ledger: Ledger, book: Workbook, sort: str) -> Mapping:
    """How a file would be read as this sort, with whatever is still open."""
    with ledger.reading() as connection:
        layouts = remembered(connection)
    try:
        if sort == REGISTER:
            return read_register(book, None, layouts).mapping
        return read_incoming(book, sort, None, layouts).mapping
    except MappingNeeded as needed:
        return needed.mapping


def carry_out(
    ledger: Ledger,
    shown: Preview,
    progress: Callable[[int, int], None] = lambda done, total: None,
    stopped: Callable[[], bool] = lambda: False,
) -> Imported:
    """Write what a preview showed, in one transaction; before it a backup, if the last is not of now.

    Raises:
        KnownError: the disk is full …; nothing was written.
    """
    back_up_if_due(ledger, HALF_HOUR)
    batch = ledger.new_id()
    total = len(shown.plan.batches)
    done = 0
    try:
        with ledger.writing() as connection:
            writer = Writer(connection, identity(connection), ledger.clock, ledger.randomness)
            for some in _handfuls(shown.plan.batches):
                if stopped():
                    raise _Stopped
                writer.write_all([draft for one in some for draft in one.drafts], batch)
                done += len(some)
                progress(done, total)
            if stopped():
                raise _Stopped
    except _Stopped:
        return Imported(Touched(), batch, True)
    return Imported(writer.touched, batch, False)


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
