"""What an import would do, as its preview shows it; made away from the window, for it is long."""

from collections import Counter
from collections.abc import Iterator

from gridclient.app.present import moments
from gridclient.app.present.household import said_of
from gridclient.core.domain.care_codes import CARE_TAG
from gridclient.core.domain.declaration import Field, Type
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.geography import door
from gridclient.core.merge.change import Draft
from gridclient.desktop.register import ImportLine, ImportView
from gridclient.desktop.register.view import SIGNS
from gridclient.exchange import twins, words
from gridclient.exchange.planning import Differing, Spot
from gridclient.exchange.register import Register
from gridclient.exchange.settling import Difference
from gridclient.exchange.tags import Pick
from gridclient.exchange.twins import Twin
from gridclient.operations.import_register import Preview

_TOLD_AS_TWINS = frozenset({words.SAME_PERSON_TWICE, words.SAME_ID_TWICE, words.SAME_FEEDBACK})
_PEOPLE = frozenset({"resident", "hotline_ticket", "feedback"})
_QUIET = frozenset({"household", "head", "dwelling", "building", "compound", "id_type"})
COUNTED = {"resident": "人", "hotline_ticket": "件工单", "feedback": "条反馈"}
_TWINS = {
    twins.ELSEWHERE: "台账里别处有同一个身份证号，可能是同一个人",
    twins.SAME_ID: "表里另一行是同一个身份证号，照写了，请核对",
    twins.SAME_DOOR: "和前面一行是同一个人，只登记一次",
    twins.NEAR_NAME: "同一门、同一电话，名字只差一个字，照写了，请核对",
    "same_feedback": "同一个电话、同样的话已经有一条，照写了，请核对",
}

Whose = dict[Spot, tuple[str, str]]


def import_view(
    file: str,
    shown: Preview,
    also: frozenset[Spot] = frozenset(),
    picks: frozenset[Pick] = frozenset(),
) -> ImportView:
    """The preview: what every row would write, what is doubtful, what is there twice, what cannot be read."""
    whose = _whose(shown)
    lines = [
        *_faults(shown),
        *_twins(shown, also),
        *_doubts(shown, whose),
        *_offers(shown, picks),
        *_suggested(shown, whose),
        *_written(shown, whose),
        *_skipped(shown, whose),
    ]
    counts = Counter(line.sign for line in lines)
    return ImportView(
        file,
        summary(shown),
        {sign: counts[sign] for sign in SIGNS},
        tuple(lines),
        told=f"照上次说明的各列来读（{'、'.join(shown.mapping.recalled)}）。"
        if shown.mapping.recalled
        else "",
        returned=returned(shown),
    )


def returned(shown: Preview) -> int:
    """How many rows can be handed back to be corrected."""
    report = shown.plan.report
    spots = {(one.sheet, one.row) for one in report.faults}
    spots |= {(one.sheet, one.row) for one in report.doubts}
    return len(spots | {(one.sheet, one.row) for one in shown.plan.twins if one.held})


def summary(shown: Preview) -> str:
    """The sentence with the numbers."""
    report = shown.plan.report
    parts = []
    for kind, unit in COUNTED.items():
        counts = report.kinds.get(kind)
        if counts:
            parts.append(f"要新增 {counts.new} {unit}，改 {counts.changed} {unit}，")
    parts.append(f"跳过 {report.rows.skipped} 行，{len(report.doubts) + len(report.notices)} 格看不准。")
    held = sum(twin.held for twin in shown.plan.twins)
    if held:
        parts.append(f"{held} 人可能已在别处，先不写。")
    offered = sum(not offer.taken for offer in shown.plan.offers)
    if offered:
        parts.append(f"提到 {offered} 处关照，等你定。")
    if report.suggestions:
        parts.append(f"{report.suggestions} 处和人写的不一样，记成建议。")
    return "".join([*parts, "还没写进台账。"])


def _whose(shown: Preview) -> Whose:
    """Door and name of every row."""
    if isinstance(shown.register, Register):
        return {
            (row.sheet, row.row): (door(one.door.number, one.door.unit, one.door.room), person.name)
            for one in shown.register.households
            for row, person in reversed(one.people)
        }
    found: Whose = {}
    for entry in shown.register.entries:
        about = str(entry.values.get("number") or entry.values.get("address") or "")
        found[entry.sheet, entry.row] = about, str(entry.values.get("name") or "")
    return found


def _faults(shown: Preview) -> Iterator[ImportLine]:
    for fault in shown.plan.report.faults:
        yield ImportLine("!", fault.row, "", "", "", fault.reason, sheet=fault.sheet)


def _twins(shown: Preview, also: frozenset[Spot]) -> Iterator[ImportLine]:
    left_out = {(twin.sheet, twin.row) for twin in shown.plan.twins if twin.held}
    for twin in shown.plan.twins:
        if not twin.held and (twin.sheet, twin.row) in left_out:
            continue  # it is not written after all
        told = (twin.sheet, twin.row) in also
        there = f"这张表第 {twin.other_row} 行" if twin.other_row else "台账里"
        more = (
            f"这一行：{twin.name}，{twin.where}",
            f"{there}：{twin.other_name}，{twin.other_where}",
            "当作另一个人，照写。" if told else _TWINS[twin.sort] + ("，先不写。" if twin.held else "。"),
        )
        where = twin.where.partition(" ")[2] or twin.where
        what = f"{there}：{twin.other_name}　{_short(twin)}"
        yield ImportLine(
            "=",
            twin.row,
            where,
            twin.name,
            what,
            "照写，另登记一个人" if told else _TWINS[twin.sort],
            more,
            twin.sheet,
            twin.held,
            told and twin.sort == twins.ELSEWHERE,
        )


def _short(twin: Twin) -> str:
    """The other door, without the compound where it is the same one."""
    mine, other = twin.where.split(" ")[0], twin.other_where
    return other.removeprefix(f"{mine} ")


def _doubts(shown: Preview, whose: Whose) -> Iterator[ImportLine]:
    report = shown.plan.report
    for doubt in (*report.doubts, *report.notices):
        if doubt.reason in _TOLD_AS_TWINS:
            continue
        where, name = whose.get((doubt.sheet, doubt.row), ("", ""))
        what = f"{doubt.column}：{doubt.raw}" if doubt.column else doubt.raw
        yield ImportLine("?", doubt.row, where, name, what, doubt.reason, sheet=doubt.sheet)


def _offers(shown: Preview, picks: frozenset[Pick]) -> Iterator[ImportLine]:
    for offer in shown.plan.offers:
        label = CARE_TAG.label(offer.tag)
        source = "备注里写的" if offer.from_remark else "类别这一列写的"
        reason = "登记" if offer.taken else "先不登记"
        if offer.named:
            reason = f"只能专人看，{'存在案头' if offer.taken else '先不登记'}"
        more = (f"{source}：{label}", f"{reason}。")
        yield ImportLine(
            "#",
            offer.row,
            offer.where.partition(" ")[2] or offer.where,
            offer.name,
            f"{label}（{source}）",
            reason,
            more,
            offer.sheet,
            held=not offer.taken,
            also=offer.pick in picks and offer.taken,
            tag=offer.tag,
            alone=offer.named,
        )


def _suggested(shown: Preview, whose: Whose) -> Iterator[ImportLine]:
    for (sheet, row), differing in shown.plan.differences.items():
        asked = [(one, value) for one in differing for value in one.values if value.asked]
        if asked:
            more = tuple(
                f"{_label(one.kind, value.field)}：人写的是 {_said(one.kind, value.field, value.old)}，"
                f"表里是 {_said(one.kind, value.field, value.new)}。留着人写的，记成建议。"
                for one, value in asked
            )
            what = "；".join(_changed(one.kind, value) for one, value in asked)
            where, name = whose.get((sheet, row), ("", ""))
            yield ImportLine("*", row, where, name, what, "人写过，不覆盖，记成建议", more, sheet)


def _written(shown: Preview, whose: Whose) -> Iterator[ImportLine]:
    made: dict[Spot, list[Draft]] = {}
    for batch in shown.plan.batches:
        new = [draft for draft in batch.drafts if draft.new and draft.kind in _PEOPLE]
        if new:
            made.setdefault((batch.sheet, batch.row), []).extend(new)
    for (sheet, row), drafts in made.items():
        where, name = whose.get((sheet, row), ("", ""))
        for draft in drafts:
            told = tuple(_fields(draft))
            called = str(draft.fields.get("name") or name)
            yield ImportLine("+", row, where, called, "　".join(told[:4]), "", ("　".join(told),), sheet)
    for (sheet, row), differing in shown.plan.differences.items():
        line = _difference(sheet, row, differing, whose)
        if line is not None:
            yield line


def _difference(sheet: str, row: int, differing: list[Differing], whose: Whose) -> ImportLine | None:
    told = [
        (one.kind, value)
        for one in differing
        for value in one.values
        if not value.asked and value.field not in _QUIET
    ]
    if not told:
        return None
    where, name = whose.get((sheet, row), ("", ""))
    each = [_changed(kind, value) for kind, value in told]
    return ImportLine("~", row, where, name, "；".join(each), "", tuple(each), sheet)


def _skipped(shown: Preview, whose: Whose) -> Iterator[ImportLine]:
    for (sheet, row), state in shown.plan.states.items():
        if state == "skipped":
            where, name = whose.get((sheet, row), ("", ""))
            yield ImportLine("-", row, where, name, "", "和台账里的一样", sheet=sheet)


def _changed(kind: str, value: Difference) -> str:
    old, new = _said(kind, value.field, value.old), _said(kind, value.field, value.new)
    label = _label(kind, value.field)
    if isinstance(value.new, list | tuple):
        return f"{label} 加上 {new}"
    return f"{label} {old} → {new}"


def _fields(draft: Draft) -> Iterator[str]:
    for key, value in draft.fields.items():
        if key in _QUIET or key == "name" or value in (None, ""):
            continue
        shown = value[0] if _field(draft.kind, key).is_set and isinstance(value, list) else value
        yield f"{_label(draft.kind, key)} {_said(draft.kind, key, shown)}"


def _label(kind: str, key: str) -> str:
    label = _field(kind, key).zh
    return label if kind in _PEOPLE else f"{KINDS[kind].zh}的{label}"


def _said(kind: str, key: str, value: object) -> str:
    field = _field(kind, key)
    if isinstance(value, list | tuple):
        return "、".join(said_of(field, one) for one in value) or "空"
    if field.type is Type.FLAG and isinstance(value, bool):
        return "是" if value else "否"
    if field.type is Type.INSTANT and isinstance(value, int):
        return f"{moments.local(value):%Y-%m-%d %H:%M}"
    return said_of(field, value)


def _field(kind: str, key: str) -> Field:
    return KINDS[kind].fields[key]
