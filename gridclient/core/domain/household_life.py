"""Household life: 新登记, 在住, 外出, 空挂, 迁出; what may be recorded of a household, and what that writes.

Nothing is deleted: who moves out is retired where they lived and, if it is known where to, goes on as a
successor there. Two laptops that record one move make the same successor.
"""

from collections.abc import Mapping
from enum import StrEnum

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.domain.values import Invalid


class Life(StrEnum):
    """Where a household stands."""

    NEW = "new"  # registered, nobody has met them yet
    LIVING = "living"
    AWAY = "away"
    EMPTY = "empty"  # 空挂: registered here, never lived here
    MOVED = "moved"
    MERGED = "merged"
    ENDED = "ended"  # a mistake or a making taken back


class Act(StrEnum):
    """What a person records of it."""

    VERIFY = "verify"
    LEAVE = "leave"
    RETURN = "return"
    EMPTY = "empty"
    MOVE_OUT = "move_out"
    SPLIT = "split"
    MERGE = "merge"
    COME_BACK = "come_back"


LABELS = {
    Life.NEW: "新登记",
    Life.LIVING: "在住",
    Life.AWAY: "外出",
    Life.EMPTY: "空挂",
    Life.MOVED: "迁出",
    Life.MERGED: "已合并",
    Life.ENDED: "已停用",
}
ALLOWED: dict[Life, frozenset[Act]] = {
    Life.NEW: frozenset({Act.VERIFY, Act.LEAVE, Act.EMPTY, Act.MOVE_OUT, Act.SPLIT, Act.MERGE}),
    Life.LIVING: frozenset({Act.VERIFY, Act.LEAVE, Act.EMPTY, Act.MOVE_OUT, Act.SPLIT, Act.MERGE}),
    Life.AWAY: frozenset({Act.VERIFY, Act.RETURN, Act.EMPTY, Act.MOVE_OUT, Act.MERGE}),
    Life.EMPTY: frozenset({Act.VERIFY, Act.RETURN, Act.MOVE_OUT, Act.MERGE}),
    Life.MOVED: frozenset({Act.COME_BACK}),
    Life.MERGED: frozenset({Act.COME_BACK}),
    Life.ENDED: frozenset({Act.COME_BACK}),
}
# Classes of somebody who lives there; 外出 and 空挂 are the two of somebody who does not.
LIVED_IN = ("resident", "floating")


def life(fields: Mapping[str, object], *, met: bool) -> Life:
    """Where a household stands, from its fields and whether anybody was ever met or verified there."""
    retired = fields.get("retired")
    if retired:
        return {"moved": Life.MOVED, "merged": Life.MERGED}.get(str(retired), Life.ENDED)
    if fields.get("sort") == "registered":
        return Life.EMPTY
    if fields.get("sort") == "away":
        return Life.AWAY
    return Life.LIVING if met or fields.get("verified") else Life.NEW


def written(
    standing: Life,
    act: Act,
    at: int,
    *,
    day: str | None = None,
    sort: str = LIVED_IN[0],
    successor: Id | None = None,
) -> dict[str, object]:
    """What an act writes to the household.

    `at`: Unix milliseconds; `day`: a date, whole or not (the day of moving out, the end of being away);
    `sort`: the class of who lives there again; `successor`: where they go on.

    Raises:
        Invalid: this cannot be recorded of a household that stands there.
    """
    if act not in ALLOWED[standing]:
        raise Invalid(f"{LABELS[standing]}的户不能这样记")
    if act in (Act.RETURN, Act.COME_BACK) and sort not in LIVED_IN:
        raise Invalid("回来住的户要写明是常住还是流动")
    if act is Act.VERIFY:
        return {"verified": at}
    if act is Act.LEAVE:
        return {"sort": "away", "away_until": day, "verified": at}
    if act is Act.RETURN:
        return {"sort": sort, "away_until": None, "verified": at}
    if act is Act.EMPTY:
        return {"sort": "registered", "away_until": None, "verified": at}
    if act is Act.MOVE_OUT:
        return {"retired": "moved", "successor": successor, "moved_out": day}
    if act is Act.MERGE:
        if successor is None:
            raise Invalid("合并要写明并到哪一户")
        return {"retired": "merged", "successor": successor}
    if act is Act.SPLIT:
        return {"verified": at}
    return {"retired": None, "successor": None, "moved_out": None, "sort": sort, "verified": at}


def successor_id(old: Id, place: Id) -> Id:
    """The id under which a record goes on in another place: the same on every laptop."""
    return ids.named("successor", ids.text(old), ids.text(place))
