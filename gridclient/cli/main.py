"""The program's command line; without a command it opens the desktop."""

import sys
from itertools import pairwise
from pathlib import Path

import click

from gridclient.cli.frame import Session, speak


class _Commands(click.Group):
    """Loads its commands when one is asked for: the window does not wait for what only they need."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        self._load()
        return super().list_commands(ctx)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        self._load()
        return super().get_command(ctx, cmd_name)

    def _load(self) -> None:
        if self.commands:
            return
        from gridclient.cli import (
            export_commands,
            finding_commands,
            held_commands,
            keeping_commands,
            ledger_commands,
            moving_commands,
            paper_commands,
            report_commands,
            stick_commands,
            sync_commands,
        )

        for room in (
            ledger_commands,
            keeping_commands,
            moving_commands,
            sync_commands,
            held_commands,
            stick_commands,
            paper_commands,
            report_commands,
            export_commands,
            finding_commands,
        ):
            room.add_to(self)


@click.group(cls=_Commands, invoke_without_command=True)
@click.option("--ledger", type=click.Path(path_type=Path), default=None, help="台账所在的文件夹")
@click.option("--passphrase-file", type=click.Path(path_type=Path), default=None, help="第一行是口令")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="错误说明的语言")
@click.option("--json", "as_json", is_flag=True, help="用 JSON 回答")
@click.pass_context
def gridclient(
    context: click.Context, ledger: Path | None, passphrase_file: Path | None, lang: str, as_json: bool
) -> None:
    """民情台账：走一户，记一户，一条也不丢。"""
    context.obj = Session(ledger, passphrase_file, lang, as_json)
    if context.invoked_subcommand is None:
        from gridclient.app.main import run

        context.exit(run(ledger))


def main() -> None:
    """Run the command line and leave with its status."""
    arguments = sys.argv[1:]
    lang = "en" if "--lang=en" in arguments or "en" in _after(arguments, "--lang") else "zh"
    status: list[int] = []

    def work() -> None:
        answered = gridclient.main(arguments, standalone_mode=False)
        status.append(answered if isinstance(answered, int) else 0)

    failed = speak(work, lambda: lang)
    sys.exit(failed or (status[0] if status else 0))


def _after(arguments: list[str], name: str) -> list[str]:
    return [after for before, after in pairwise(arguments) if before == name]
