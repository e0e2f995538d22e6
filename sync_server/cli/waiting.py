"""held, quarantined, check: what waits, what was put aside, and whether the store is whole."""

import base64
import json
from collections import Counter
from pathlib import Path

import click

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.values import format_instant
from gridclient.core.wire.messages import Answer, Decision, Waiting
from sync_server.cli.frame import Session, command
from sync_server.service import audit, checking, deciding
from sync_server.service.clocks import moment
from sync_server.service.commons import Commons
from sync_server.service.folder import write_private
from sync_server.service.rights import Standing
from sync_server.service.service import Service
from sync_server.service.speaking import SERVER
from sync_server.service.words import WHY_HELD
from sync_server.store.rows import Quarantined

_ALL = 1 << 31
_CONSOLE = Standing(SERVER, SERVER, Role.SUPERVISOR, (), frozenset())


def add_to(group: click.Group) -> None:
    command(group, "held")(held)
    command(group, "quarantined")(quarantined)
    command(group, "check")(check)


@click.argument("changes", nargs=-1)
@click.option("--accept", is_flag=True, help="收下写明的几条")
@click.option("--decline", is_flag=True, help="不收写明的几条")
@click.option("--note", default="", help="告诉写的人为什么")
@click.option(
    "--all-of", "reason", default=None, help="这个原因留下的全部，比如“写的人已离岗”，或者 recovered"
)
def held(
    session: Session, changes: tuple[str, ...], accept: bool, decline: bool, note: str, reason: str | None
) -> None:
    """等书记定的：列出来，或者定下来。"""
    if (accept and decline) or (accept or decline) != bool(changes or reason):
        raise KnownError(
            "what_to_decide",
            "写明哪几条（编号，或 --all-of 原因），再写 --accept 或 --decline 中的一个。",
            "Name changes or --all-of REASON, with one of --accept and --decline.",
        )
    with session.service() as service:
        with service.store.read() as snapshot:
            commons = service.commons(snapshot.records)
            found = deciding.waiting(snapshot.records, _ALL)
        if not accept and not decline:
            _list(session, commons, found)
            return
        chosen = _chosen(found, changes, reason)
        decisions = [Decision(one.change.id, one.hash, accept, note) for one in chosen]
        answers = _decide(service, decisions)
    counts = Counter("declined" if one.reason == "declined" else one.status for one in answers)
    taken = sum(counts[status] for status in ("accepted", "accepted_conflict", "duplicate"))
    session.say(
        {
            "accepted": taken,
            "conflicts": counts["accepted_conflict"],
            "declined": counts["declined"],
            "quarantined": counts["quarantined"],
            "answers": [_answered(one) for one in answers],
        },
        f"收下 {taken} 条，不收 {counts['declined']} 条。"
        + (f"{counts['quarantined']} 条收不下，放在一边。" if counts["quarantined"] else ""),
    )


def _decide(service: Service, decisions: list[Decision]) -> list[Answer]:
    with service.writing() as transaction:
        return deciding.decide(transaction, _CONSOLE, decisions, service.clock(), service.randomness)


def _answered(one: Answer) -> dict[str, object]:
    return {
        "change": ids.text(one.change),
        "status": one.status,
        "seq": one.seq,
        "reason": one.reason,
        "words": one.words,
    }


def _list(session: Session, commons: Commons, found: list[Waiting]) -> None:
    """What waits, without what it says: that is for the supervisor's window."""
    names = _names(found)
    facts: list[dict[str, object]] = [
        {
            "change": name,
            "author": commons.name(one.change.author),
            "author_id": ids.text(one.change.author),
            "kind": one.change.kind,
            "kind_zh": KINDS[one.change.kind].zh if one.change.kind in KINDS else one.change.kind,
            "record": ids.text(one.change.record),
            "device": ids.text(one.device),
            "reason": one.reason,
            "words": one.words,
            "received": format_instant(one.received),
        }
        for name, one in names.items()
    ]
    lines = [
        "  ".join(
            (
                name,
                moment(one.received),
                _author(one, commons),
                str(fact["kind_zh"]),
                WHY_HELD.get(one.reason, one.reason),
            )
        )
        for (name, one), fact in zip(names.items(), facts, strict=True)
    ]
    session.say(facts, "\n".join(lines) or "没有等书记定的。")


def _author(one: Waiting, commons: Commons) -> str:
    """Who wrote it; a server put back to before somebody was added knows no name of theirs."""
    unknown = f"名单上没有的人（编号 {ids.text(one.change.author)[:8]}）"
    if one.reason == "recovered":
        unknown = f"名单上没有的人（编号 {ids.text(one.change.author)[:8]}，多半是备份以后才加的）"
    return commons.name(one.change.author) or unknown


def _names(found: list[Waiting]) -> dict[str, Waiting]:
    """Each under its id; what shares one with other content also under the beginning of its hash."""
    shared = Counter(one.change.id for one in found)
    return {
        ids.text(one.change.id) + (f"/{one.hash.hex()[:8]}" if shared[one.change.id] > 1 else ""): one
        for one in found
    }


def _chosen(found: list[Waiting], wanted: tuple[str, ...], reason: str | None) -> list[Waiting]:
    chosen = {
        name: one
        for name, one in _names(found).items()
        if reason in (one.reason, WHY_HELD.get(one.reason, one.reason))
    }
    for said in wanted:
        matching = {name: one for name, one in _names(found).items() if name.startswith(said.lower())}
        if len(matching) != 1 or not said:
            raise KnownError(
                "unknown_change",
                f"等着定的里没有编号是“{said}”的，或者不止一条。用 held 看有哪些。",
                f"No single waiting change {said}; see held.",
            )
        chosen |= matching
    if not chosen:
        raise KnownError(
            "nothing_waits", f"没有因为“{reason}”等着定的。", f"Nothing waits for the reason {reason}."
        )
    return list(chosen.values())


@click.option("--to", "path", type=click.Path(path_type=Path), default=None, help="写到这个文件，一行一条")
def quarantined(session: Session, path: Path | None) -> None:
    """没收下、原样留着的：列出来，或者写到文件里。写的人改好可以再送。"""
    if path is not None and path.exists():
        raise KnownError(
            "file_exists", f"“{path}”已经存在，没有覆盖它。", f"{path} exists and was not overwritten."
        )
    with session.service() as service:
        with service.store.read() as snapshot:
            commons = service.commons(snapshot.records)
            aside = snapshot.records.quarantined(_ALL)
            known = snapshot.records.known([one.id for one in aside])
        facts = [_put_aside(one, commons, one.id in known) for one in aside]
        if path is not None:
            lines = [
                json.dumps({**fact, "original": base64.b64encode(one.original).decode()}, ensure_ascii=False)
                for fact, one in zip(facts, aside, strict=True)
            ]
            write_private(path, "".join(line + "\n" for line in lines).encode())
            with service.writing() as transaction:
                now = service.clock()
                audit.note(transaction.records, now, service.randomness, "export", count=len(lines))
    if path is not None:
        session.say({"written": len(facts), "file": str(path)}, f"{len(facts)} 条原样写到了 {path}。")
        return
    session.say(
        facts,
        "\n".join(
            f"{moment(one.received)}  {fact['author'] or '名单上没有的人'}  {fact['change']}  {fact['words']}"
            + ("（后来收下了）" if fact["arrived"] else "")
            for fact, one in zip(facts, aside, strict=True)
        )
        or "没有没收下的。",
    )


def _put_aside(one: Quarantined, commons: Commons, arrived: bool) -> dict[str, object]:
    return {
        "change": ids.text(one.id) if len(one.id) == 16 else one.id.hex(),
        "author": commons.name(one.author),
        "device": ids.text(one.device),
        "reason": one.reason,
        "words": one.words,
        "received": format_instant(one.received),
        "arrived": arrived,
        "bytes": len(one.original),
    }


def check(session: Session) -> None:
    """查一遍服务器的数据：改动一条接一条，和记录、校验数对不对得上。"""
    with session.service() as service, service.store.read() as snapshot:
        found = checking.check(snapshot)
    whole = f"数据完好：{found.changes} 条改动一条接一条，{found.records} 条记录都对得上。"
    session.say(
        {
            "ok": not found.damage,
            "damage": found.damage,
            "changes": found.changes,
            "records": found.records,
        },
        "\n".join(found.damage) or whole,
    )
    if found.damage:
        raise KnownError(
            "damaged",
            "服务器的数据有损坏。先停下服务器，留好这份，再用最近的备份恢复。",
            "The server's data is damaged: stop it, keep this copy, restore the latest backup.",
        )
