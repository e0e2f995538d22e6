"""Flat files, a row a record: tickets of the 12345 hotline and 民生快巴 feedback."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gridclient.core.domain import ids, phones
from gridclient.core.domain.declaration import Field, Type
from gridclient.core.domain.ids import Id
from gridclient.core.domain.incoming import Feedback, HotlineTicket, ticket_id
from gridclient.core.domain.places import DESK
from gridclient.core.domain.values import Invalid, check, normal_phone, normal_text
from gridclient.exchange import instants, words
from gridclient.exchange.cells import Cell, is_blank, letters, text
from gridclient.exchange.findings import Doubt, Findings, RowFault
from gridclient.exchange.headers import column_index, judge_fit, names_of, samples
from gridclient.exchange.known import Known
from gridclient.exchange.layouts import Layouts, recall, remembered_sort
from gridclient.exchange.mapping import (
    FEEDBACK,
    HOTLINE,
    NEEDED,
    REGISTER,
    ColumnMapping,
    Mapping,
    MappingNeeded,
    SheetMapping,
    questions,
    taken,
)
from gridclient.exchange.planning import ImportPlan, Planning
from gridclient.exchange.register import filled
from gridclient.exchange.targets import (
    IGNORE,
    INCOMING,
    choice,
    incoming_synonyms,
    incoming_targets,
    normal_header,
    synonyms,
)
from gridclient.exchange.twins import Twin
from gridclient.exchange.words import known_error
from gridclient.exchange.workbook import Sheet, Workbook

SAME_FEEDBACK = "same_feedback"
_LOOKED_AT = 15
_ENOUGH = 3
_YES = frozenset({"是", "√", "✓", "有", "1", "y", "yes", "重复"})
_NO = frozenset({"否", "×", "无", "0", "n", "no", "不重复", "/", "-", "—"})
_NOT_FILLED = frozenset({"/", "-", "—", "无"})
# A day alone is a deadline until its end.
_UNTIL_THE_END = frozenset({HotlineTicket.due.key})


@dataclass(frozen=True)
class Entry:
    """One row: the values of its record by field."""

    sheet: str
    row: int
    values: dict[str, object]


@dataclass(frozen=True)
class Incoming:
    """What a flat file says; attributes as those of a register."""

    sha256: str
    sort: str
    entries: tuple[Entry, ...]
    findings: Findings
    mapping: Mapping


def sort_of(book: Workbook, layouts: Layouts) -> str:
    """What sort of file this is: what a person said of the same headers, else what most headers speak for."""
    votes: Counter[str] = Counter()
    for sheet in filled(book):
        for sort in (HOTLINE, FEEDBACK):
            found = _found(sheet, sort)
            if found is None:
                continue
            said = remembered_sort(found, layouts)
            if said:
                return said
            hits = sum(column.field != IGNORE for column in found.columns)
            others = sum(normal_header(column.header) in synonyms() for column in found.columns)
            if found.has(NEEDED[sort][0]) and hits >= _ENOUGH and hits > others:
                votes[sort] += hits
    return max(votes, key=lambda sort: votes[sort]) if votes else REGISTER


def read_incoming(
    book: Workbook, sort: str, mapping: Mapping | None = None, layouts: Layouts | None = None
) -> Incoming:
    """The records in a flat file.

    Raises:
        MappingNeeded: a person has to say what some columns mean.
        KnownError: the mapping does not fit this file.
    """
    findings = Findings()
    chosen = mapping or detected(book, sort, findings, layouts or {})
    asked = questions(chosen)
    if asked or not chosen.sheets:
        raise MappingNeeded(chosen, asked)
    by_name = {sheet.name: sheet for sheet in book.sheets}
    entries: list[Entry] = []
    for said in chosen.sheets:
        sheet = by_name.get(said.sheet)
        if sheet is None:
            raise known_error("mapping_other_file", said.sheet)
        judge_fit(sheet, said)
        findings.unused += [(said.sheet, one.header) for one in said.columns if not taken(one)]
        entries += _entries(sheet, said, sort, findings)
    return Incoming(book.sha256, sort, tuple(entries), findings, chosen)


def detected(book: Workbook, sort: str, findings: Findings, layouts: Layouts) -> Mapping:
    """Every sheet whose headers speak of this sort; where none does, the first, for a person to explain."""
    found, recalled = [], []
    for sheet in filled(book):
        if sheet.hidden:
            findings.ignored.append((sheet.name, words.SHEET_HIDDEN))
            continue
        said = _found(sheet, sort)
        if said is not None and recall(said, layouts, sort):
            recalled.append(sheet.name)
        if said is None or not said.has(NEEDED[sort][0]):
            findings.ignored.append((sheet.name, words.SHEET_WITHOUT_HEADER))
            continue
        found.append(said)
    if not found:
        guessed = [(sheet, _found(sheet, sort)) for sheet in filled(book)[:1]]
        found = [explained(sheet, said, sort) for sheet, said in guessed if said is not None]
    return Mapping(found, sort, recalled)


def explained(sheet: Sheet, said: SheetMapping, sort: str) -> SheetMapping:
    """A mapping with everything a person needs to fill it in."""
    said.ask = said.open_questions(sort)
    for column in said.columns:
        column.samples = samples(sheet, said, column.column)
        column.choices = [choice(key) for key in incoming_targets(sort)]
    return said


def _found(sheet: Sheet, sort: str) -> SheetMapping | None:
    """The row of the first ones that speaks most of this sort; the first of several cells where none does."""
    known = incoming_synonyms(sort)
    best, most = -1, 0
    for index, row in enumerate(sheet.rows[:_LOOKED_AT]):
        hits = sum(normal_header(text(cell)) in known for cell in row)
        wide = sum(not is_blank(cell) for cell in row) > 1
        if hits > most or (best < 0 and wide):
            best, most = index, max(hits, most)
    if best < 0:
        return None
    columns, seen = [], set[str]()
    for index, cell in enumerate(sheet.rows[best]):
        name = text(cell)
        if name:
            field = known.get(normal_header(name), IGNORE)
            # The first of several columns of one meaning counts; a person can say otherwise.
            columns.append(ColumnMapping(letters(index), name, IGNORE if field in seen else field))
            seen.add(field)
    return SheetMapping(sheet.name, best + 1, columns)


def _entries(sheet: Sheet, said: SheetMapping, sort: str, findings: Findings) -> list[Entry]:
    kind = INCOMING[sort]
    columns = [
        (column_index(one.column), one.header, kind.fields[(one.field or "").partition(".")[2]])
        for one in said.columns
        if taken(one)
    ]
    needed = NEEDED[sort][0].partition(".")[2]
    names = names_of(sheet, said)
    entries = []
    for number, row in enumerate(sheet.rows[said.header :], said.header + 1):
        cells = [(header, field, row[at] if at < len(row) else "") for at, header, field in columns]
        if all(is_blank(cell) for _, _, cell in cells) or [text(cell) for cell in row] == names:
            continue
        values: dict[str, object] = {}
        for header, field, cell in cells:
            try:
                value = _value(field, cell)
                check(field, value)
            except Invalid as invalid:
                findings.doubts.append(Doubt(sheet.name, number, header, text(cell), str(invalid)))
                continue
            if value not in (None, "") and field.key not in values:
                values[field.key] = value
        if needed not in values:
            reason = words.NO_NUMBER if sort == HOTLINE else words.NO_BODY
            findings.faults.append(RowFault(sheet.name, number, reason))
        else:
            entries.append(Entry(sheet.name, number, values))
    return entries


def _value(field: Field, cell: Cell) -> object:
    written = text(cell)
    if not written or (written in _NOT_FILLED and field.type is not Type.TEXT):
        return None
    if field.type is Type.INSTANT:
        return instants.read(cell, field.key in _UNTIL_THE_END)
    if field.type is Type.FLAG:
        word = written.casefold()
        if word not in _YES and word not in _NO:
            raise Invalid(words.NOT_IN_LIST)
        return word in _YES
    if field.type is Type.CODE:
        code = field.codes.code(written) if field.codes else None
        if code is None:
            raise Invalid(words.NOT_IN_LIST)
        return code
    if field.type is Type.PHONE:
        found = phones.read(written)
        if not found.numbers:
            raise Invalid(words.PHONE_NOT_CLEAR)
        return found.numbers[0]
    if field is HotlineTicket.number:
        return "".join(normal_text(written).split()).upper()
    return written


def plan_incoming(incoming: Incoming, known: Known) -> ImportPlan:
    """What to write for a flat file. Reads only `known`, changes nothing."""
    rows = [(one.sheet, one.row) for one in incoming.entries]
    planning = Planning(incoming.findings, rows, known)
    if incoming.sort == HOTLINE:
        _plan_tickets(incoming.entries, planning)
    else:
        _plan_feedback(incoming, planning)
    return planning.finish()


def _plan_tickets(entries: Sequence[Entry], planning: Planning) -> None:
    """A ticket is its number: what a later export says of it is an ordinary change. Within one file the last
    row about a ticket counts, and what only earlier ones say is kept."""
    merged: dict[Id, tuple[Entry, dict[str, object]]] = {}
    for entry in entries:
        identity = ticket_id(str(entry.values[HotlineTicket.number.key]))
        first, values = merged.setdefault(identity, (entry, {}))
        values.update(entry.values)
        if first is not entry:
            planning.begin(entry.sheet, entry.row)
            planning.notice(str(entry.values[HotlineTicket.number.key]), words.SAME_TICKET_TWICE)
    for identity, (entry, values) in merged.items():
        planning.begin(entry.sheet, entry.row)
        planning.put(HotlineTicket.kind, identity, DESK, values, False)


def _plan_feedback(incoming: Incoming, planning: Planning) -> None:
    """The same words from one telephone at one moment are one record, at different moments a warning."""
    seen: dict[tuple[str, str], list[tuple[object, int]]] = {}
    for entry in incoming.entries:
        values = entry.values
        planning.begin(entry.sheet, entry.row)
        own = ids.named("import", incoming.sha256, entry.sheet, str(entry.row), "feedback")
        said, at = _likeness(values), values.get(Feedback.at.key)
        twice = seen.setdefault(said, [])
        there = planning.known.feedback_like(*said)
        again = planning.record(Feedback.kind, own) is not None
        same = next((one for one, moment in there if at is not None and moment == at), None)
        if any(at is not None and moment == at for moment, _ in twice):
            planning.notice(str(values.get(Feedback.body.key)), words.SAME_PERSON_TWICE)
            planning.count(Feedback.kind, "skipped")
            continue
        if said[0] and not again and same is None and (twice or there):
            other = twice[0][1] if twice else 0
            planning.twins.append(_twin(entry, other))
            planning.notice(str(values.get(Feedback.body.key))[:60], words.SAME_FEEDBACK)
        twice.append((at, entry.row))
        planning.put(Feedback.kind, own if again else same or own, DESK, values, again)


def _twin(entry: Entry, other: int) -> Twin:
    name = str(entry.values.get(Feedback.name.key) or "")
    phone = str(entry.values.get(Feedback.phone.key) or "")
    sheet = entry.sheet if other else ""
    return Twin(SAME_FEEDBACK, entry.sheet, entry.row, name, phone, sheet, other, name, phone)


def _likeness(values: dict[str, object]) -> tuple[str, str]:
    phone, body = values.get(Feedback.phone.key), values.get(Feedback.body.key)
    return normal_phone(str(phone)) if phone else "", normal_text(str(body or ""))
