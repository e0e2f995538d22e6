"""The server's command line."""

import sys
from itertools import pairwise
from pathlib import Path

import click

from sync_server.cli import commands, keeping, people, serve, stick, waiting
from sync_server.cli.drill import command as drill
from sync_server.cli.frame import Session, speak


@click.group()
@click.option("--data", type=click.Path(path_type=Path), default=None, help="服务器所在的文件夹")
@click.option(
    "--database",
    envvar="GRIDSERVER_DATABASE",
    help="PostgreSQL 数据库的地址；init 会记下来，以后不用再写",
)
@click.option("--json", "as_json", is_flag=True, help="用 JSON 回答")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="错误说明的语言")
@click.pass_context
def gridserver(
    context: click.Context, data: Path | None, database: str | None, as_json: bool, lang: str
) -> None:
    """民情台账的社区服务器。"""
    context.obj = Session(data, as_json, database)


commands.add_to(gridserver)
people.add_to(gridserver)
waiting.add_to(gridserver)
keeping.add_to(gridserver)
serve.add_to(gridserver)
stick.add_to(gridserver)
drill.add_to(gridserver)


def main() -> None:
    """Run the command line and leave with its status."""
    arguments = sys.argv[1:]
    english = "--lang=en" in arguments or ("--lang", "en") in pairwise(arguments)
    sys.exit(speak(lambda: gridserver.main(arguments, standalone_mode=False), "en" if english else "zh"))
