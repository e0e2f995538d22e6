"""unpack: what comes on sticks."""

from pathlib import Path

import click

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.values import format_instant
from sync_server.cli.frame import Session, command
from sync_server.service.folder import write_private
from sync_server.service.unpacking import Unpacked
from sync_server.service.unpacking import unpack as take_in

_PATH = click.Path(path_type=Path)


def add_to(group: click.Group) -> None:
    command(group, "unpack")(unpack)


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
        f"{taken.name}带来的 {sum(taken.counts.values())} 条：{said(taken)}。\n"
        f"回执在 {answers}，带回那台电脑，用 unpack 打开。",
    )


def said(taken: Unpacked) -> str:
    """What became of a pack, in words."""
    counts = taken.counts
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
            f"写不了“{file}”。带来的已经收下，换一个地方再做一次，回执是一样的。",
            f"Cannot write {file}. What was brought is taken in; do it again with another name.",
        ) from error
