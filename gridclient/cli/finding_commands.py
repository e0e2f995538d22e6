"""Commands on what was done: find, history, acts, undo."""

import json

import click

from gridclient.cli.frame import Session, command
from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.values import format_instant


def add_to(group: click.Group) -> None:
    command(group, "find")(find)
    command(group, "history")(history)
    command(group, "acts")(acts)
    command(group, "undo")(undo)


@click.argument("text")
@click.option("--most", type=click.IntRange(1, 1000), default=20, help="每一类最多几条")
def find(session: Session, text: str, most: int) -> None:
    """找人、门、诉求、走访：首字母、12-3-502、电话、词。"""
    from gridclient.ledger.search import SearchIndex, read_all
    from gridclient.operations.spell import readings

    index = SearchIndex(readings())
    with session.ledger(write=False) as ledger, ledger.reading() as connection:
        index.replace(read_all(connection, index.readings))
    count = 0
    for group in index.find(text, most):
        for found in group.found:
            count += 1
            entry, door = found.entry, found.door
            where = entry.place or (door.title if door else "")
            line = {
                "group": group.name,
                "kind": entry.kind,
                "record": ids.text(entry.record),
                "title": entry.title,
                "where": where,
                "retired": entry.retired,
            }
            words = "　".join(part for part in (entry.title, where, entry.retired) if part)
            click.echo(json.dumps(line, ensure_ascii=False) if session.as_json else words)
    if not count and not session.as_json:
        click.echo(f"没找到“{text}”。")


@click.argument("record")
def history(session: Session, record: str) -> None:
    """一条记录是怎么改成现在这样的，号码隐去一截。"""
    from gridclient.operations.history import OLDER, Teller
    from gridclient.operations.listing import moment
    from gridclient.operations.settle import find as find_record

    try:
        identity = ids.parse(record)
    except ValueError as error:
        raise KnownError("bad_id", f"“{record}”不是记录号。", f"{record} is no record id.") from error
    with session.ledger(write=False) as ledger:
        held = find_record(ledger, identity)
        with ledger.reading() as connection:
            story = Teller(connection).story(held.kind, identity)
    assert story is not None
    for told in story.told:
        if session.as_json:
            click.echo(
                json.dumps(
                    {
                        "change": ids.text(told.change),
                        "at": format_instant(told.at),
                        "author": told.who,
                        "here": told.where,
                        "what": told.what,
                        "reason": told.reason,
                        "state": told.state,
                        "stands": told.stands,
                        "fields": [line._asdict() for line in told.lines],
                    },
                    ensure_ascii=False,
                )
            )
        else:
            head = [moment(told.at), told.who, told.where, told.what, told.state, told.reason]
            click.echo("，".join(part for part in head if part))
            for line in told.lines:
                click.echo(f"  {line.label}：{line.before or '？'} → {line.after}")
    if story.older and not session.as_json:
        click.echo(f"{OLDER}（{'、'.join(story.older)}）。")


@click.option("--most", type=click.IntRange(1, 200), default=20, help="最多几条")
def acts(session: Session, most: int) -> None:
    """这台电脑上最近做了什么。"""
    from gridclient.operations.acts import recent
    from gridclient.operations.listing import moment

    with session.ledger(write=False) as ledger:
        found = recent(ledger, most)
    for act in found:
        line = {
            "act": act.first,
            "at": format_instant(act.at),
            "sort": act.sort,
            "words": act.words,
            "changes": act.changes,
            "undone": act.undone,
            "fixed": act.fixed,
        }
        said = "，".join(part for part in (f"{act.first}", moment(act.at), act.words) if part)
        state = "（撤回了）" if act.undone else f"（{act.fixed}）" if act.fixed else ""
        click.echo(json.dumps(line, ensure_ascii=False) if session.as_json else said + state)


@click.argument("act", type=int)
@click.option("--again", is_flag=True, help="撤回了的再恢复")
def undo(session: Session, act: int, again: bool) -> None:
    """撤回 acts 里列出的一件事。"""
    from gridclient.operations.acts import recent, restore, take_back, why_left

    with session.ledger(write=True) as ledger:
        found = next((one for one in recent(ledger, 200) if one.first == act), None)
        if found is None:
            raise KnownError("no_act", f"没有第 {act} 号这件事。", f"There is no act {act}.")
        if found.fixed:
            raise KnownError("fixed", found.fixed, "This cannot be taken back.")
        if found.undone is not again:
            words = "这件事没有撤回过。" if again else "这件事已经撤回了。"
            raise KnownError("already", words, "It is that way already.")
        done = restore(ledger, found) if again else take_back(ledger, found)
        left = why_left(ledger, done.left)
    session.say(
        {"act": act, "changes": len(done.touched.changes), "left": len(done.left), "why": left},
        "\n".join([f"{'恢复' if again else '撤回'}了：{found.words}。", *left]),
    )
