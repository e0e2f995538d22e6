"""Commands that keep a ledger: check, self-test, backup, restore, erase, passphrase, recover."""

import secrets
from pathlib import Path

import click

from gridclient.cli.frame import Session, ask, command, now, read_secret
from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.ledger.ledger import Ledger

# Ways a ledger can be too damaged to be opened at all.
DAMAGED = ("not_a_ledger", "damaged", "not_encrypted", "keys_damaged", "unreadable", "io_error")


def add_to(group: click.Group) -> None:
    command(group, "check")(check)
    command(group, "self-test")(self_test)
    command(group, "backup")(backup)
    command(group, "restore")(restore)
    command(group, "erase")(erase)
    command(group, "passphrase")(passphrase)
    command(group, "recover")(recover)


def check(session: Session) -> None:
    """查一遍台账有没有坏，备份、硬盘、钟好不好。"""
    from gridclient.operations.check import check as look
    from gridclient.operations.health import way_back

    try:
        with session.ledger(write=False) as ledger:
            found = look(ledger)
    except KnownError as known:
        if known.code not in DAMAGED:
            raise
        words = way_back(session.folder)
        session.say({"ok": False, "damage": [known.zh, words], "notes": [], "records": {}}, words)
        raise
    session.say(
        {"ok": not found.damage, "damage": found.damage, "notes": found.notes, "records": found.records},
        "\n".join([*(found.damage or [f"台账完好，{sum(found.records.values())} 条记录。"]), *found.notes]),
    )
    if found.damage:
        raise KnownError("damaged", "台账有损坏。先别删它，用最近的备份恢复。", "The ledger is damaged.")


def self_test(session: Session) -> None:
    """看程序在这台电脑上装全了没有，试建一本台账再销毁。"""
    from gridclient.operations.self_test import self_test as look

    found = look()
    session.say(
        {"ok": all(one.ok for one in found), "found": [one._asdict() for one in found]},
        "\n".join(("  " if one.ok else "✗ ") + one.words for one in found),
    )
    if not all(one.ok for one in found):
        raise KnownError("self_test", "程序装得不全，看上面打叉的。", "The program is not whole.")


@click.argument("file", type=click.Path(path_type=Path))
@click.option("--overwrite", is_flag=True, help="有同名文件就换掉")
def backup(session: Session, file: Path, overwrite: bool) -> None:
    """备份成一个文件，核对过才算，可以带走。"""
    from gridclient.operations.back_up import back_up, said_size

    with session.ledger(write=False) as ledger:
        made = back_up(ledger, file.absolute(), overwrite=overwrite)
    session.say(
        {"file": str(file), "bytes": made.size, "made": made.made, "rows": made.manifest.rows},
        f"备份好了，核对过：{file}，{said_size(made.size)}。口令就是现在的口令。",
    )


@click.argument("file", type=click.Path(path_type=Path))
@click.option("--keep-unsent", is_flag=True, help="备份以后自己记的带过来")
@click.option("--unsent-from", type=click.Path(path_type=Path), default=None, help="从哪本换下来的台账里带")
@click.option("--key", type=click.Path(path_type=Path), default=None, help="忘了口令：恢复码或社区的恢复钥匙")
def restore(
    session: Session, file: Path, keep_unsent: bool, unsent_from: Path | None, key: Path | None
) -> None:
    """从备份恢复；原来的台账挪到一边，不删。"""
    from gridclient.ledger.restoring import restore as bring_back
    from gridclient.operations.back_up import said_restored

    done = bring_back(
        file,
        session.folder,
        "" if key else session.passphrase("备份那天的口令"),
        now(),
        recovery=read_secret(key) if key else "",
        keep_unsent=keep_unsent,
        unsent_from=unsent_from,
    )
    session.say(
        {
            "made": done.made,
            "replaced": str(done.replaced) if done.replaced else None,
            "unsent": done.unsent,
            "carried": done.carried,
        },
        said_restored(done, file),
    )


@click.argument("record")
@click.option("--reason", required=True, help="为什么清除")
@click.option("--with-contents", is_flag=True, help="里面的居民、走访、诉求一起清除")
def erase(session: Session, record: str, reason: str, with_contents: bool) -> None:
    """清除一条记录：内容处处抹掉，只留编号；不能恢复。"""
    from gridclient.core.domain.dictionary import KINDS
    from gridclient.operations.erase import erase as empty

    try:
        wanted = ids.parse(record)
    except ValueError as error:
        raise KnownError("bad_id", f"“{record}”不是记录号。", f"{record} is no record id.") from error
    with session.ledger(write=True) as ledger:
        done = empty(ledger, wanted, reason, with_contents=with_contents)
        enrolled = ledger.identity().enrolled
    said = "，".join(f"{KINDS[kind].zh} {count} 条" for kind, count in done.counts.items())
    session.say(
        {"record": record, "erased": done.counts, "copies": done.copies, "unread": done.unread},
        f"清除了{said}；"
        + (f"还存着它的 {done.copies} 份旧备份也删了，" if done.copies else "")
        + "做了一份新的备份。"
        + (f"旁边有 {done.unread} 份用这本的钥匙打不开，没有动，要自己看。" if done.unread else "")
        + ("同步后别的电脑也会清除。" if enrolled else "")
        + "拷走的备份这里够不着，要自己删。",
    )


@click.option("--new-passphrase-file", type=click.Path(path_type=Path), default=None, help="第一行是新口令")
def passphrase(session: Session, new_passphrase_file: Path | None) -> None:
    """换口令。"""
    with session.ledger(write=True) as ledger:
        new = (
            read_secret(new_passphrase_file)
            if new_passphrase_file
            else ask("新口令", True, "--new-passphrase-file")
        )
        ledger.change_passphrase(new)
    session.say({"ok": True}, "口令换好了。")


@click.option("--key", type=click.Path(path_type=Path), required=True, help="恢复码或社区的恢复钥匙")
def recover(session: Session, key: Path) -> None:
    """忘了口令：用恢复钥匙打开，设一个新口令。"""
    ledger = Ledger.open(session.folder, "", now, secrets.token_bytes, recovery=read_secret(key))
    try:
        ledger.change_passphrase(session.passphrase("新口令", confirm=True))
    finally:
        ledger.close()
    session.say({"ok": True}, "新口令设好了，记录都在。")
