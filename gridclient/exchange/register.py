"""A register of residents out of a workbook: households with their people, and everything doubtful."""

from collections.abc import Iterable
from dataclasses import dataclass

from gridclient.exchange import headers, words
from gridclient.exchange.findings import Findings
from gridclient.exchange.households import Gathering, Household, Repeated
from gridclient.exchange.layouts import Layouts, recall
from gridclient.exchange.mapping import Mapping, MappingNeeded, SheetMapping, questions, taken
from gridclient.exchange.rows import ReadRow, SheetReader
from gridclient.exchange.targets import normal_header, synonyms
from gridclient.exchange.workbook import Sheet, Workbook

NO_LAYOUTS: Layouts = {}


@dataclass(frozen=True)
class Register:
    """What a file says.

    Attributes:
        sha256: of the file, in hex: part of the identity of everything born of it.
        households: in the order in which they begin.
        vacant: rows of doors nobody lives behind.
        findings: what was left blank, written though odd, or not imported.
        mapping: how the columns were understood.
        rows: (sheet, row) of all that can be imported.
        repeated: people whom a row names a second time; they are read once.
    """

    sha256: str
    households: tuple[Household, ...]
    vacant: tuple[ReadRow, ...]
    findings: Findings
    mapping: Mapping
    rows: tuple[tuple[str, int], ...]
    repeated: tuple[Repeated, ...] = ()


def read_register(book: Workbook, mapping: Mapping | None = None, layouts: Layouts = NO_LAYOUTS) -> Register:
    """The register in a workbook. `mapping`: what a person said of its columns; None to go by the headers and
    by what was said of the same headers before.

    Raises:
        MappingNeeded: a person has to say what some columns mean.
        KnownError: the mapping does not fit this file.
    """
    findings = Findings(ignored=list(book.left_alone))
    chosen = mapping or detected(book, findings, layouts)
    asked = questions(chosen)
    if asked or not chosen.sheets:
        raise MappingNeeded(chosen, asked)
    by_name = {sheet.name: sheet for sheet in book.sheets}
    gathering = Gathering(findings)
    rows: list[tuple[str, int]] = []
    for said in chosen.sheets:
        sheet = by_name.get(said.sheet)
        if sheet is None:
            raise words.known_error("mapping_other_file", said.sheet)
        headers.judge_fit(sheet, said)
        findings.unused.extend(_unused(said))
        read = list(SheetReader(sheet, said, findings).rows())
        rows += [(row.sheet, row.row) for row in read]
        gathering.add(read)
    households, vacant = gathering.households(), gathering.vacant()
    repeated = tuple(gathering.repeated)
    return Register(book.sha256, tuple(households), tuple(vacant), findings, chosen, tuple(rows), repeated)


def detected(book: Workbook, findings: Findings, layouts: Layouts = NO_LAYOUTS) -> Mapping:
    """Every sheet that has a header; where none has, the first one, to be explained by a person."""
    found: list[SheetMapping] = []
    recalled: list[str] = []
    for sheet in filled(book):
        if sheet.hidden:
            findings.ignored.append((sheet.name, words.SHEET_HIDDEN))
            continue
        known = headers.detect(sheet)
        if known is None:
            guessed = headers.guess(sheet)
            known = guessed if recall(guessed, layouts) else None
            recalled += [sheet.name] if known else []
        elif recall(known, layouts):
            recalled.append(sheet.name)
        if known is None:
            findings.ignored.append((sheet.name, words.SHEET_WITHOUT_HEADER))
            continue
        if sheet.name in recalled:
            headers.place(sheet, known)
        found.append(known)
    if not found:
        return Mapping([headers.guess(sheet) for sheet in filled(book)[:1]])
    return Mapping(found, recalled=recalled)


def filled(book: Workbook) -> list[Sheet]:
    """The sheets that hold anything."""
    return [sheet for sheet in book.sheets if _has_content(sheet)]


def _has_content(sheet: Sheet) -> bool:
    return any(cell != "" for row in sheet.rows for cell in row)


def _unused(said: SheetMapping) -> Iterable[tuple[str, str]]:
    for column in said.columns:
        if not taken(column) and synonyms().get(normal_header(column.header)) is None:
            yield said.sheet, column.header
