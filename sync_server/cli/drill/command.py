"""drill: the fault simulator as a command."""

from pathlib import Path

import click

from gridclient.core.domain.errors import KnownError
from sync_server.cli.frame import Session, command

MOST_LAPTOPS = 8


def add_to(group: click.Group) -> None:
    command(group, "drill")(drill)


@click.option("--seed", type=int, default=1, show_default=True, help="同一个数，同一场演练")
@click.option("--steps", type=click.IntRange(1, 10_000), default=100, show_default=True, help="走多少步")
@click.option("--laptops", type=click.IntRange(2, MOST_LAPTOPS), default=None, help="几台电脑，不写就随机")
@click.option("--runs", type=click.IntRange(1, 1_000_000), default=1, show_default=True, help="连着演练几场")
@click.option("--trace", type=click.Path(path_type=Path), default=None, help="经过写到哪个文件")
def drill(
    session: Session, seed: int, steps: int, laptops: int | None, runs: int, trace: Path | None
) -> None:
    """演练：在临时文件夹里把断网、断电、坏钟都来一遍，看记录丢不丢。不碰真的数据。"""
    # Loaded here: no other command waits for the ledgers.
    from sync_server.cli.drill import running

    told = []
    for one in running.drills(range(seed, seed + runs), steps, laptops or 0, url=session.database):
        told.append(one)
        if one.broken:
            break
    if trace is not None:
        trace.write_text("".join(f"{line}\n" for one in told for line in one.lines), "utf-8")
    last = told[-1]
    if last.broken:
        raise KnownError(
            "drill_broken",
            f"第 {last.seed} 场演练出了错：{last.broken}",
            f"Drill {last.seed} broke a law: {last.broken}",
        )
    session.say(running.facts(told, steps), running.words(told, steps))
