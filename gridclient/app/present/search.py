"""What was found, as the list under the search box shows it."""

from gridclient.app.present import moments
from gridclient.core.domain import masking
from gridclient.core.domain.dictionary import KINDS
from gridclient.desktop.search import Hit
from gridclient.ledger.search import Found, Group, Tag, Why

_NAMES = {
    "person": "人",
    "door": "门",
    "place": "小区、楼栋、网格",
    "matter": "诉求",
    "visit": "走访",
    "care": "关照",
    "staff": "工作人员、单位",
    "paper": "指南、项目、行动",
    "desk": "反馈、12345",
}
_ICONS = {
    "resident": "user",
    "household": "home",
    "dwelling": "door",
    "compound": "building",
    "building": "building",
    "grid": "building",
    "matter": "message-report",
    "visit": "history",
    "worker": "users",
    "partner": "users",
    "team": "users",
    "appointment": "clock",
    "card_template": "id",
}
# Beside a group of one sort the sort need not be said.
_PLAIN = frozenset(
    {"resident", "household", "dwelling", "matter", "visit", "building", "compound", "care_tag"}
)
# Whose telephones are there to be called by everybody.
_OFFICE = frozenset({"worker", "partner", "guide", "compound", "grid"})
_BEFORE = 8
_SNIPPET = 40


def hits(groups: list[Group], now: int) -> list[Hit]:
    """The rows of the list: a head for every group, then its hits."""
    made = []
    for group in groups:
        count = f"{group.total}+" if group.more else str(group.total)
        made.append(Hit(b"", "", _NAMES[group.name], "", count if group.total > len(group.found) else ""))
        made += [_hit(found, now) for found in group.found]
    return made


def _hit(found: Found, now: int) -> Hit:
    entry, door = found.entry, found.door
    kind = entry.kind
    where = entry.place
    if not where and door is not None and door.record != entry.record:
        where = "　".join(part for part in (door.title, door.place.partition("　")[2]) if part)
    title = f"{entry.title}号楼" if kind == "building" and entry.title.isascii() else entry.title
    when = moments.day(entry.at, now) if entry.at and kind != "campaign" else ""
    if kind == "visit":
        title, where = f"{where}　{title}" if where else title, ""
    aside = entry.retired and f"已{entry.retired}"
    aside = aside or when or ("" if kind in _PLAIN else KINDS[kind].zh)
    why = _why(found.why, office=kind in _OFFICE)
    second = "　".join(part for part in (where, why) if part)
    return Hit(entry.record, _ICONS.get(kind, "checklist"), title, second, aside, faded=bool(entry.retired))


def _why(why: Why | None, *, office: bool) -> str:
    if why is None:
        return ""
    if why.tag == Tag.PHONE:
        return f"电话 {why.words if office else masking.phone(why.words)}"
    if why.tag == Tag.NUMBER:
        return "身份证号后几位"
    begins = max(0, why.begins - _BEFORE)
    said = masking.text(why.words)[begins : begins + _SNIPPET].replace(",", "，").replace("?", "？")
    before, after = "…" if begins else "", "…" if begins + _SNIPPET < len(why.words) else ""
    return f"{why.tag}：{before}{said}{after}"
