"""Commands for what goes on elsewhere: move, same-as."""

import click

from gridclient.cli.frame import Session, command
from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id


def add_to(group: click.Group) -> None:
    command(group, "move")(move)
    command(group, "same-as")(same_as)


@click.argument("records", nargs=-1, required=True)
@click.option("--to", "target", required=True, help="搬到：房屋的编号（整户搬），或者户的编号（几个人搬）")
@click.option("--day", default=None, help="搬家的日子，2026-11-24、2026-11 或 2026")
def move(session: Session, records: tuple[str, ...], target: str, day: str | None) -> None:
    """搬家：整户搬到另一个门，或者几个人搬进另一户。原来的走访和办结的事留在原处。"""
    from gridclient.ledger.households import row
    from gridclient.operations.move import move_household, move_people

    wanted, to = [_id(one) for one in records], _id(target)
    with session.ledger(write=True) as ledger:
        with ledger.reading() as connection:
            whole = row(connection, "dwelling", to) is not None
        if whole and len(wanted) > 1:
            raise KnownError(
                "one_at_a_time", "整户搬家一次写一户。", "Move one household at a time to a dwelling."
            )
        moved = move_household(ledger, wanted[0], to, day) if whole else move_people(ledger, wanted, to)
    session.say(
        {"household": ids.text(moved.household), "retired": moved.retired},
        f"搬好了，{moved.retired} 条转到新的地方。" if moved.retired else "搬好了，在同一栋楼里，只改了门。",
    )


@click.argument("kind", type=click.Choice(["building", "compound"]))
@click.argument("record")
@click.argument("target")
@click.option("--note", default="", help="为什么")
@click.option("--undo", is_flag=True, help="不是同一处，分开")
def same_as(session: Session, kind: str, record: str, target: str, note: str, undo: bool) -> None:
    """两栋楼（或两个小区）其实是一处：并到 TARGET 名下，两边的记录都不动。"""
    from gridclient.operations.join_places import join_places, part_places

    with session.ledger(write=True) as ledger:
        if undo:
            part_places(ledger, _id(record), _id(target))
        else:
            join_places(ledger, kind, _id(record), _id(target), note)
    session.say({"kind": kind, "record": record, "target": target}, "分开了。" if undo else "并成一处了。")


def _id(written: str) -> Id:
    try:
        return ids.parse(written)
    except ValueError as error:
        raise KnownError("bad_id", f"“{written}”不是编号。", f"{written} is no id.") from error
