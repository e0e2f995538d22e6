"""How safe the records are, from the tables."""

from typing import NamedTuple

import msgspec
from sqlalchemy import Connection

from gridclient.app.present import moments
from gridclient.core.domain import codes
from gridclient.core.domain.declaration import DESK_ROLES
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.geography import door
from gridclient.core.merge.change import Change
from gridclient.desktop.shell.topbar import SyncStand
from gridclient.desktop.sync_state import SyncView, Trouble, Waiting
from gridclient.desktop.theme import Tone
from gridclient.ledger import identity as kept
from gridclient.ledger import only_here
from gridclient.ledger.households import row
from gridclient.ledger.identity import Identity, Position
from gridclient.ledger.ledger import Unsent
from gridclient.operations.safety import Safety, safety

MOST = 60
_ICONS = {
    "visit": "door-enter",
    "matter": "message-report",
    "matter_step": "message-report",
    "household": "home",
    "resident": "user",
    "card_issue": "id",
}
_STATES = {"held": "暂存：", "declined": "书记没有收：", "quarantined": "送不出："}
_TONES = {"held": Tone.WARN, "declined": Tone.BAD, "quarantined": Tone.BAD}
SILENT_DAYS = 3
FORGIVEN_SKEW = 5 * 60 * 1000
_DAY = 24 * 3600 * 1000
_change = msgspec.msgpack.Decoder(Change)


class Stuck(NamedTuple):
    """One own change that is not done, or (`own` False) a version by somebody else only this laptop has."""

    change: Change
    state: str
    words: str
    own: bool = True


def waiting_changes(connection: Connection) -> list[Stuck]:
    """What is not done, the newest first; what is stuck before what merely waits."""
    found = connection.exec_driver_sql(
        "SELECT body, state, words FROM change"
        " WHERE state IN ('pending', 'held', 'declined', 'quarantined')"
        " ORDER BY state = 'pending', number DESC LIMIT ?",
        (MOST,),
    )
    own = [Stuck(_change.decode(body), state, words or "") for body, state, words in found]
    others = [
        Stuck(
            Change(one.copy, b"", 0, one.author, one.at, one.kind, one.record, one.place, {}),
            one.state,
            one.words,
            own=False,
        )
        for one in only_here.listed(connection)[: MOST - len(own)]
    ]
    return [*others, *own]


def stand(counted: Safety, enrolled: bool, running: bool) -> SyncStand:
    """The pill."""
    return SyncStand(counted.unsent, counted.quarantined, enrolled, running)


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
    elif trouble is Trouble.NONE and kept.get(connection, kept.CLONE, int) is not None:
        trouble = Trouble.CLONED
    counted = safety(connection, unsent)
    agreed = ""
    if position.agreed:
        agreed = f"{moments.day(position.agreed, now)}；{position.agreed_places} 处逐处对过数"
    return SyncView(
        owner=f"{identity.name}的电脑" if identity.name else "这台电脑",
        lost=counted.lost,
        unsent=counted.unsent,
        unsent_detail=_unsent_words(counted, now),
        held=counted.held + counted.declined,
        held_detail=_held_words(counted),
        quarantined=counted.quarantined,
        quarantined_detail="社区收不下" if counted.quarantined else "",
        waiting=tuple(_waiting(connection, one, now) for one in waiting_changes(connection)),
        waiting_summary=f"一共 {counted.all} 条",
        agreed=bool(position.agreed),
        agreed_detail=agreed,
        trouble=trouble,
        tried=f"{moments.day(position.contacted, now)} 联系过" if position.contacted else "",
        sticks=bool(identity.enrolled and identity.seal_key),
        desk=identity.role in DESK_ROLES,
        warning=_warning(identity, position, now),
    )


def _span(millis: int) -> str:
    minutes = millis // 60_000
    if minutes < 120:
        return f"{minutes} 分钟"
    return f"{minutes // 60} 小时" if minutes < 48 * 60 else f"{minutes // (24 * 60)} 天"


def _unsent_words(counted: Safety, now: int) -> str:
    if counted.on_stick and counted.unsent:
        return f"{counted.on_stick} 条在 U 盘上"
    return f"最早 {moments.day(counted.oldest, now)}" if counted.oldest else ""


def _held_words(counted: Safety) -> str:
    """Whose turn it is: the supervisor's, or the writer's where the answer was no."""
    if not counted.declined:
        return "等书记点头" if counted.held else ""
    return f"{counted.held} 条等书记，{counted.declined} 条没收" if counted.held else "书记没有收"


def _warning(identity: Identity, position: Position, now: int) -> str:
    """What has gone on for too long: days without a word from the community, a clock that is wrong."""
    days = (now - position.contacted) // _DAY
    if identity.enrolled and abs(position.skew) > FORGIVEN_SKEW:
        which = "快" if position.skew > 0 else "慢"
        return (
            f"这台电脑的时间比社区{which}了 {_span(abs(position.skew))}，记录的时间会不准。到系统设置里改准。"
        )
    if not identity.enrolled or not position.contacted or days < SILENT_DAYS:
        return ""
    return f"已经 {days} 天没有和社区联系。连上网同步一次，或者存到 U 盘带过去。"


def _waiting(connection: Connection, stuck: Stuck, now: int) -> Waiting:
    change = stuck.change
    tone = _TONES.get(stuck.state, Tone.NEUTRAL)
    reason = _STATES.get(stuck.state, "") + stuck.words
    if not stuck.own:
        reason = f"别人写的，社区丢了：{stuck.words or '等着交上去'}"
        tone = tone if stuck.state in _TONES else Tone.WARN
    return Waiting(
        change.id,
        _ICONS.get(change.kind, "file-text"),
        _title(connection, change),
        moments.day(change.at, now),
        reason,
        tone,
        again=stuck.own and stuck.state in ("declined", "quarantined"),
        dismissed=stuck.state in ("declined", "quarantined"),
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
