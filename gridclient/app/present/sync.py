"""How safe the records are, from the tables."""

from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.app.present import moments
from gridclient.core.domain import codes
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.geography import door
from gridclient.core.merge.change import Change
from gridclient.desktop.sync_state import SyncView, Trouble, Waiting
from gridclient.desktop.theme import Tone
from gridclient.ledger.households import row
from gridclient.ledger.identity import Identity, Position
from gridclient.ledger.ledger import Unsent

MOST = 60
_ICONS = {
    "visit": "door-enter",
    "matter": "message-report",
    "matter_step": "message-report",
    "household": "home",
    "resident": "user",
    "card_issue": "id",
}
_change = msgspec.msgpack.Decoder(Change)


class Stuck(NamedTuple):
    """One own change that is not done."""

    change: Change
    state: str
    words: str


def waiting_changes(connection: Connection) -> list[Stuck]:
    """What is not done, the newest first; what is stuck before what merely waits."""
    found = connection.exec_driver_sql(
        "SELECT body, state, words FROM change WHERE state <> 'done'"
        " ORDER BY state = 'pending', number DESC LIMIT ?",
        (MOST,),
    )
    return [Stuck(_change.decode(body), state, words or "") for body, state, words in found]


def sync_view(
    connection: Connection,
    identity: Identity,
    position: Position,
    unsent: Unsent,
    trouble: Trouble,
    now: int,
) -> SyncView:
    """The sync sheet."""
    if not identity.enrolled:
        trouble = Trouble.ALONE
    agreed = ""
    if position.agreed:
        agreed = f"{moments.day(position.agreed, now)}；{position.agreed_places} 处逐处对过数"
    return SyncView(
        owner=f"{identity.name}的电脑" if identity.name else "这台电脑",
        lost=unsent.lost_with_laptop,
        unsent=unsent.pending,
        unsent_detail=f"最早 {moments.day(unsent.oldest, now)}" if unsent.oldest else "",
        held=unsent.held,
        held_detail="等书记点头" if unsent.held else "",
        quarantined=unsent.quarantined,
        quarantined_detail="有一格看不懂" if unsent.quarantined else "",
        waiting=tuple(_waiting(connection, one, now) for one in waiting_changes(connection)),
        waiting_summary=f"一共 {unsent.pending + unsent.held + unsent.quarantined} 条",
        agreed=bool(position.agreed),
        agreed_detail=agreed,
        trouble=trouble,
        tried=f"{moments.day(position.contacted, now)} 联系过" if position.contacted else "",
        sticks=False,
    )


def _waiting(connection: Connection, stuck: Stuck, now: int) -> Waiting:
    change = stuck.change
    tone = {"held": Tone.WARN, "quarantined": Tone.BAD}.get(stuck.state, Tone.NEUTRAL)
    reason = {"held": "暂存：", "quarantined": "送不出："}.get(stuck.state, "") + stuck.words
    title = _title(connection, change)
    return Waiting(
        change.id, _ICONS.get(change.kind, "file-text"), title, moments.day(change.at, now), reason, tone
    )


def _title(connection: Connection, change: Change) -> str:
    """What a change says, in a few words."""
    kind = KINDS.get(change.kind)
    shown = row(connection, change.kind, change.record) if kind else None
    if kind is None or shown is None:
        return change.kind
    if change.kind == "visit":
        where = _door(connection, shown.fields.get("household"))
        return f"{where} {codes.OUTCOME.label(shown.text('outcome'))}".strip()
    name = shown.text("name") or shown.text("title") or shown.text("number") or shown.text("room")
    new = change.id == change.record
    if not name:
        opens = change.record if change.kind == "household" else shown.fields.get("household")
        name = _door(connection, opens)
    return f"{'新的' if new else '改'}{kind.zh}：{name}" if name else f"{'新的' if new else '改'}{kind.zh}"


def _door(connection: Connection, household: object) -> str:
    house = row(connection, "household", household) if isinstance(household, bytes) else None
    where: object = house.fields.get("dwelling") if house else None
    dwelling = row(connection, "dwelling", where) if isinstance(where, bytes) else None
    building = row(connection, "building", dwelling.place) if dwelling else None
    if dwelling is None or building is None:
        return ""
    return door(building.text("number"), dwelling.text("unit"), dwelling.text("room"))
