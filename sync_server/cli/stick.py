"""unpack, unseal, handed: sealed files, from sticks and from laptops that are gone."""

from collections.abc import Mapping
from pathlib import Path

import click

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.values import format_instant
from sync_server.accounts.recovery import read_private
from sync_server.cli.frame import Session, command
from sync_server.service.clocks import moment
from sync_server.service.folder import write_private
from sync_server.service.unpacking import unpack as take_in
from sync_server.service.unsealing import Unsealed
from sync_server.service.unsealing import unseal as open_sealed

_PATH = click.Path(path_type=Path)


def add_to(group: click.Group) -> None:
    command(group, "unpack")(unpack)
    command(group, "unseal")(unseal)
    command(group, "handed")(handed)


@click.argument("file", type=_PATH)
@click.option("--answers", type=_PATH, required=True, help="回执写到哪个文件，带回那台电脑")
def unpack(session: Session, file: Path, answers: Path) -> None:
    """收下U盘上带来的一份，写好带回去的回执。"""
    data = read(file)
    with session.service() as service:
        taken = take_in(service, data)
    write(answers, taken.answers)
    session.say(
        {
            "device": ids.text(taken.device),
            "worker": ids.text(taken.worker),
            "name": taken.name,
            "made": format_instant(taken.made),
            "changes": sum(taken.counts.values()),
            "counts": taken.counts,
            "again": taken.again,
            "answers": str(answers),
        },
        f"{taken.name}带来的 {sum(taken.counts.values())} 条：{said(taken.counts)}。\n"
        f"回执在 {answers}，带回那台电脑，用 unpack 打开。",
    )


@click.argument("file", type=_PATH)
@click.option("--key", type=_PATH, required=True, help="恢复钥匙的文件")
def unseal(session: Session, file: Path, key: Path) -> None:
    """用恢复钥匙打开封好的文件：停用的电脑上交的，或者调走的楼留下的。"""
    data, private = read(file), read_private(key)
    with session.service() as service:
        opened = open_sealed(service, data, private)
    lines = [_unsealed_words(opened), *(f"里面另有{_unsealed_words(one)}" for one in opened.inside)]
    lines += [f"里面还有 {opened.unusable} 份打不开，原样留着。"] if opened.unusable else []
    lines.append("等书记定的，在书记的电脑上一条一条看。钥匙用完，从这台电脑上删掉。")
    session.say(
        {
            **_unsealed_facts(opened),
            "inside": [_unsealed_facts(one) for one in opened.inside],
            "unusable": opened.unusable,
        },
        "\n".join(lines),
    )


def _unsealed_words(one: Unsealed) -> str:
    what = "上交的" if one.sort == "pack" else "从前送过的"
    return f"{one.name}{what} {sum(one.counts.values())} 条：{said(one.counts)}。"


def _unsealed_facts(one: Unsealed) -> dict[str, object]:
    return {
        "sort": one.sort,
        "worker": ids.text(one.worker) if one.worker else None,
        "name": one.name,
        "made": format_instant(one.made) if one.made else None,
        "changes": sum(one.counts.values()),
        "counts": one.counts,
        "again": one.again,
    }


@click.option("--to", type=_PATH, default=None, help="把文件都写到这个文件夹")
def handed(session: Session, to: Path | None) -> None:
    """停用的电脑上交的文件。"""
    with session.service() as service, service.store.read() as snapshot:
        commons = service.commons(snapshot.records)
        known = {device.id: device for device in snapshot.accounts.devices()}
        held = snapshot.accounts.handed()
        opened = {one.hash for one in held if snapshot.accounts.unpacked(one.hash)}
    facts: list[dict[str, object]] = []
    for one in held:
        name = commons.name(known[one.device].worker) if one.device in known else ""
        file = to / f"{one.device.hex()[:8]}-{one.hash.hex()[:8]}.sealed" if to else None
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            write(file, one.sealed)
        facts.append(
            {
                "device": ids.text(one.device),
                "name": name,
                "received": format_instant(one.received),
                "bytes": len(one.sealed),
                "opened": one.hash in opened,
                "file": str(file) if file else None,
            }
        )
    lines = [
        f"{fact['name'] or '不认识的电脑'}  {moment(one.received)}  {len(one.sealed)} 字节"
        f"  {'打开过' if fact['opened'] else '还没打开'}" + (f"  {fact['file']}" if to else "")
        for fact, one in zip(facts, held, strict=True)
    ]
    session.say(facts, "\n".join(lines) or "没有上交的文件。")


def said(counts: Mapping[str, int]) -> str:
    """What became of some changes, in words."""
    accepted = counts.get("accepted", 0) + counts.get("accepted_conflict", 0)
    parts = [
        f"收下 {accepted}" if accepted else "",
        f"其中和别人说法不一的 {counts['accepted_conflict']}" if counts.get("accepted_conflict") else "",
        f"早就有的 {counts['duplicate']}" if counts.get("duplicate") else "",
        f"等书记定的 {counts['held']}" if counts.get("held") else "",
        f"没收的 {counts['quarantined']}" if counts.get("quarantined") else "",
    ]
    return "，".join(part for part in parts if part) or "里面是空的"


def read(file: Path) -> bytes:
    """The bytes of a file somebody names. Raises KnownError."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise KnownError("no_file", f"打不开这个文件：{file}。", f"Cannot read {file}.") from error


def write(file: Path, data: bytes) -> None:
    """A file for a stick, whole or not at all; one that is there is what was asked to be replaced.

    Raises:
        KnownError: it cannot be written.
    """
    try:
        write_private(file, data)
    except OSError as error:
        raise KnownError(
            "not_writable",
            f"写不了“{file}”。收下的还在，换一个地方再做一次就行。",
            f"Cannot write {file}. What was taken in stays; do it again with another name.",
        ) from error
