"""Commands for the road without a network: pack, unpack."""

from pathlib import Path

import click

from gridclient.cli.frame import Session, command

_PATH = click.Path(path_type=Path)


def add_to(group: click.Group) -> None:
    command(group, "pack")(pack)
    command(group, "unpack")(unpack)


@click.argument("file", type=_PATH)
@click.option("--overwrite", is_flag=True, help="有同名文件就换掉")
def pack(session: Session, file: Path, overwrite: bool) -> None:
    """没送出的都装进一个文件，用U盘带到社区。"""
    from gridclient.core.domain.values import format_instant
    from gridclient.operations.pack_changes import pack_changes

    with session.ledger(write=True, leaving=True) as ledger:
        packed = pack_changes(ledger, file.absolute(), overwrite=overwrite)
    session.say(
        {
            "changes": packed.changes,
            "made": format_instant(packed.made),
            "file": str(file) if packed.changes else None,
        },
        f"{packed.changes} 条装进了 {file}。带到社区去；回执带回来以前，这些还算没送到。"
        if packed.changes
        else "没有要带的，都送到了。",
    )


@click.argument("file", type=_PATH)
def unpack(session: Session, file: Path) -> None:
    """打开U盘带回的回执。"""
    from gridclient.operations.unpack_file import read, take_answers

    data = read(file)
    with session.ledger(write=True, leaving=True) as ledger:
        taken = take_answers(ledger, data)
        unsent = ledger.unsent()
    new = sum(taken.new.values())
    session.say(
        {
            "sort": "answers",
            "answers": taken.answers,
            "new": taken.new,
            "pending": unsent.pending,
            "held": unsent.held,
            "quarantined": unsent.quarantined,
        },
        f"回执里 {taken.answers} 条，"
        + (f"{new} 条有了结果。" if new else "这里早就都知道了。")
        + (f"{unsent.held} 条先放在书记那里。" if unsent.held else "")
        + (f"{unsent.quarantined} 条送不出，要改一下。" if unsent.quarantined else "")
        + (f"还有 {unsent.pending} 条没送。" if unsent.pending else ""),
    )
