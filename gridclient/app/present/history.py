"""The history of a record as its sheet and the page of a household show it."""

from collections.abc import Iterable

from gridclient.app.present import moments
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.people import Resident
from gridclient.desktop.acts import ActLine
from gridclient.desktop.history import FieldLine, HistoryView, Telling
from gridclient.desktop.household.view import Happening, Sort
from gridclient.desktop.kit.timeline import Event
from gridclient.operations.acts import Act
from gridclient.operations.history import OLDER, Line, Story, Told

_ICONS = {
    "登记": "user-plus",
    "导入": "table-import",
    "撤回": "arrow-back-up",
    "恢复": "refresh",
    "核实": "circle-check",
    "更正": "pencil",
    "停用": "ban",
    "搬走": "door-off",
    "并户": "users",
    "清除": "x",
}
_ACTS = {
    "visit": "door-enter",
    "edit": "pencil",
    "import": "table-import",
    "many": "table-import",
    "matter": "message-report",
    "register": "user-plus",
    "move": "arrows-exchange",
    "verify": "circle-check",
    "print": "printer",
    "look": "eye",
    "erase": "x",
}
_VERIFIED = "verified"
_AT_MOST = 40
_GONE = frozenset({"搬走", "并户"})
_TOGETHER = 5000  # milliseconds: one act


def history_view(story: Story, now: int) -> HistoryView:
    """Everything about one record."""
    told = [telling for one in story.told for telling in _tellings(one, now)]
    last: dict[str, str] = {}
    for one in story.told:
        for line in one.lines:
            last.setdefault(line.group, f"{one.who} {moments.day(one.at, now)} {one.what}")
    fields = [
        FieldLine(line.group, line.label, line.after, last.get(line.group, "")) for line in story.values
    ]
    note = f"{OLDER}：{'、'.join(story.older)}。" if story.older else ""
    title = f"{KINDS[story.kind].zh}　{story.name}" if story.name else KINDS[story.kind].zh
    return HistoryView(title, story.door, tuple(fields), tuple(told), note)


def change_happenings(told: Iterable[Told], names: dict[bytes, str], now: int) -> list[tuple[int, Happening]]:
    """The changes of a household and its people for the timeline of the page; what a verifying act marks on
    every person is one line."""
    made: list[tuple[int, Happening]] = []
    told = sorted(told, key=lambda each: -each.at)
    whole = [one.at for one in told if one.what in _GONE and one.kind != Resident.kind]
    for one in told[:_AT_MOST]:
        only_verified = {line.group for line in one.lines} == {_VERIFIED}
        if one.what in ("登记", "导入") or (only_verified and one.kind == Resident.kind):
            continue
        gone = one.what in _GONE
        if gone and one.kind == Resident.kind and any(abs(at - one.at) < _TOGETHER for at in whole):
            continue  # the line of the household says it for everybody
        who = names.get(one.record, "")
        what = "核实无变化" if only_verified else "；".join(map(_line, one.lines))
        what = f"{one.what}了" if gone else f"{_named(one)}{what}" or one.what
        event = Event(
            one.record,
            _ICONS.get(one.what, "pencil"),
            f"{who}　{what}" if who else what,
            _who(one),
            moments.moment(one.at, now),
            chip=one.state,
        )
        made.append((one.at, Happening(event, Sort.CHANGE)))
    return made


def act_line(act: Act, now: int) -> ActLine:
    """One act of the list."""
    return ActLine(
        act.first,
        _ACTS.get(act.sort, "pencil"),
        act.words,
        moments.moment(act.at, now),
        undone=act.undone,
        fixed=act.fixed,
    )


def _tellings(one: Told, now: int) -> list[Telling]:
    icon = _ICONS.get(one.what, "pencil")
    when, bad = moments.moment(one.at, now), one.state == "送不出"
    groups = tuple(line.group for line in one.lines)
    if one.what in ("登记", "导入") or not one.lines:
        said = "，".join(f"{line.label} {line.after}" for line in one.lines)
        what = f"{one.what}：{said}" if said else one.what
        return [Telling(one.change, groups, icon, what, _who(one), when, one.state, bad)]
    return [
        Telling(
            one.change, (line.group,), icon, f"{_named(one)}{_line(line)}", _who(one), when, one.state, bad
        )
        for line in one.lines
    ]


def _named(one: Told) -> str:
    return f"{one.what}　" if one.what in ("更正", "撤回", "恢复") else ""


def _line(line: Line) -> str:
    """电话：139****0001 → 138****0002; of a set what went and what came."""
    if line.after.startswith("加上 ") or line.before.startswith("去掉 ") or not line.after:
        return f"{line.label}：" + "，".join(part for part in (line.before, line.after) if part)
    if not line.before:
        return f"{line.label}：{line.after}"
    return f"{line.label}：{line.before} → {line.after}"


def _who(one: Told) -> str:
    reason = f"理由：{one.reason}" if one.reason else ""
    return "，".join(part for part in (one.who, one.where, reason) if part)
