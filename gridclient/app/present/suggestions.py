"""What imports suggested, and what was said of somebody after they had moved, as the desk shows it."""

from typing import NamedTuple

from sqlalchemy import Connection

from gridclient.app.present import moments
from gridclient.app.present.household import said_of
from gridclient.core.domain.declaration import Field
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.ids import Id
from gridclient.core.domain.people import Household
from gridclient.desktop.settle import DeskItem, Pile, ReviewView
from gridclient.operations.late_edits import LateEdit, late_edits
from gridclient.operations.settle import Spoken
from gridclient.operations.take_suggestion import Suggestion, open_suggestions

ACCEPT, DECLINE = "accept", "decline"


class Waiting(NamedTuple):
    """One suggestion for the list and for the panel, and the household it belongs to."""

    household: Id | None
    item: DeskItem
    view: ReviewView


def waiting(connection: Connection, now: int, may_decide: bool) -> dict[Id, Waiting]:
    """Every open suggestion by its id."""
    spoken = Spoken(connection)
    return {one.item.id: _waiting(one, spoken, now, may_decide) for one in open_suggestions(connection)}


def _waiting(one: Suggestion, spoken: Spoken, now: int, may_decide: bool) -> Waiting:
    record = one.record
    who = spoken.name(record) if record is not None else "不在这台电脑里的一条"
    door = spoken.door(record) if record is not None else ""
    label = one.field.zh if one.field is not None else one.item.text("field")
    kind = KINDS[record.kind].zh if record is not None else ""
    there, said = (said_of(one.field, value, born_shown=False) for value in (one.now, one.value))
    origin = one.item.text("origin")
    author = spoken.author(one.item.author)
    lines = (
        ("pencil", f"现在写的：{there}"),
        ("table-import", f"表里写的：{said}"),
        ("clock", f"{moments.moment(one.item.at, now)}{f'，{author}' if author else ''} 导入，{origin}"),
    )
    actions = ((ACCEPT, "用表里的"), (DECLINE, "留着现在的")) if may_decide else ()
    title = f"{who or kind}的{label}"
    near = door.partition(" ")[2] or door
    item = DeskItem(one.item.id, Pile.SUGGESTION, who or kind, label, near, f"{there} → {said}")
    return Waiting(_household(one), item, ReviewView(one.item.id, title, door, lines, actions))


def waiting_late(connection: Connection, now: int, may_decide: bool) -> dict[bytes, Waiting]:
    """Everything said late of a record that goes on elsewhere, by its key."""
    spoken = Spoken(connection)
    return {one.key: _late(one, spoken, now, may_decide) for one in late_edits(connection)}


def _late(one: LateEdit, spoken: Spoken, now: int, may_decide: bool) -> Waiting:
    kind = KINDS[one.record.kind]
    who, door = spoken.name(one.successor) or kind.zh, spoken.door(one.successor)
    field = kind.fields.get(one.group)
    label = field.zh if field is not None else one.group
    there, said = (_told(kind.groups.get(one.group, ()), values) for values in (one.now, one.said))
    author = spoken.author(one.head.author) or "别的电脑"
    lines = (
        ("pencil", f"现在写的：{there}"),
        ("home", f"搬走后才到的：{said}"),
        (
            "clock",
            f"{moments.moment(one.head.at, now)}，{author}写在原来的{spoken.door(one.record) or '住处'}",
        ),
    )
    actions = ((ACCEPT, "写到现在的住处"), (DECLINE, "不写过来")) if may_decide else ()
    near = door.partition(" ")[2] or door
    item = DeskItem(one.key, Pile.SUGGESTION, who, label, near, f"{there} → {said}")
    household = one.successor.id if one.record.kind == Household.kind else None
    return Waiting(household, item, ReviewView(one.key, f"{who}的{label}", door, lines, actions))


def _told(fields: tuple[Field, ...], values: dict[str, object]) -> str:
    told = [said_of(field, values.get(field.key), born_shown=False) for field in fields]
    return "，".join(one for one in told if one) or "没有写"


def _household(one: Suggestion) -> Id | None:
    if one.record is None:
        return None
    if one.record.kind == Household.kind:
        return one.record.id
    heads = one.record.heads.get("household", ())
    value = heads[0].value[0] if heads else None
    return value if isinstance(value, bytes) else None
