"""What an import would do, as its preview shows it."""

from gridclient.core.domain.ids import Id
from gridclient.desktop.register import ImportLine, ImportView
from gridclient.exchange.register import Register
from gridclient.operations.import_register import Preview

MOST = 5000


def import_view(file: str, shown: Preview) -> ImportView:
    """The preview: rows that write something, doubtful cells, rows that cannot be imported."""
    report = shown.plan.report
    lines = _doubtful(shown) + _written(shown)
    people = report.kinds.get("resident")
    new, changed = (people.new, people.changed) if people else (0, 0)
    skipped = report.rows.skipped
    unsure = len(report.doubts) + len(report.notices)
    summary = f"要新增 {new} 人，改 {changed} 人，跳过 {skipped} 行，{unsure} 格看不准。还没写进台账。"
    counts = {sign: sum(line.sign == sign for line in lines) for sign in "+~?-!"}
    counts["-"] = skipped
    return ImportView(file, summary, counts, tuple(lines[:MOST]))


def _doubtful(shown: Preview) -> list[ImportLine]:
    report = shown.plan.report
    whose = {
        (row.sheet, row.row): (
            "-".join(part for part in (one.door.number, one.door.unit, one.door.room) if part),
            person.name,
        )
        for one in (shown.register.households if isinstance(shown.register, Register) else ())
        for row, person in one.people
    }
    lines = [ImportLine("!", fault.row, "", "", "", fault.reason) for fault in report.faults]
    for doubt in (*report.doubts, *report.notices):
        door, name = whose.get((doubt.sheet, doubt.row), ("", ""))
        lines.append(ImportLine("?", doubt.row, door, name, f"{doubt.column}：{doubt.raw}", doubt.reason))
    return lines


def _written(shown: Preview) -> list[ImportLine]:
    doors: dict[Id, str] = {}
    blocks: dict[Id, str] = {}
    lines = []
    for batch in shown.plan.batches:
        for draft in batch.drafts:
            if draft.kind == "building" and draft.new:
                blocks[draft.record] = str(draft.fields.get("number", ""))
            elif draft.kind == "dwelling" and draft.new:
                parts = [blocks.get(draft.place, ""), draft.fields.get("unit"), draft.fields.get("room")]
                doors[draft.record] = "-".join(str(part) for part in parts if part)
            elif draft.kind == "household" and draft.new:
                doors[draft.record] = doors.get(_id(draft.fields.get("dwelling")), "")
            elif draft.kind == "resident":
                where = doors.get(_id(draft.fields.get("household")), "")
                name = str(draft.fields.get("name") or "")
                sign = "+" if draft.new else "~"
                what = "新的一人" if draft.new else "补上空着的"
                lines.append(ImportLine(sign, batch.row, where, name, what, ""))
    return lines


def _id(value: object) -> Id:
    return value if isinstance(value, bytes) else b""
