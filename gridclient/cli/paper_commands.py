"""Commands about files: cards out, registers in."""

from pathlib import Path

import click

from gridclient.cli.frame import Session, command
from gridclient.core.domain.errors import KnownError


def add_to(group: click.Group) -> None:
    command(group, "cards")(cards)


@click.option("--grid", default="", help="哪个网格")
@click.option("--building", default="", help="哪栋楼：12号楼，或 示例小区12号楼")
@click.option("--worker", default="", help="哪个网格员")
@click.option("--all", "everything", is_flag=True, help="全部")
@click.option("--layout", type=click.Choice(["a4-10up", "single"]), default="a4-10up")
@click.option("--to", type=click.Path(path_type=Path), required=True)
def cards(
    session: Session, grid: str, building: str, worker: str, everything: bool, layout: str, to: Path
) -> None:
    """印联络卡，存成 PDF。"""
    from gridclient.cards.fonts import Fonts
    from gridclient.operations.print_cards import Scope, held_back, lay_out, print_cards

    if sum(map(bool, (grid, building, worker, everything))) != 1:
        raise KnownError(
            "usage",
            "--grid、--building、--worker、--all 要写一个，也只写一个。",
            "Give one of --grid, --building, --worker, --all.",
        )
    with session.ledger(write=True) as ledger:
        deck = lay_out(ledger, Scope(building, grid, worker))
        report = print_cards(ledger, deck, layout, to, Fonts.load())
    left = [problem.sentence() for problem in held_back(report)]
    facts = {
        "file": str(to),
        "cards": len(report.printed),
        "pages": report.pages,
        "held_back": left,
        "disputed": deck.disputed,
        "warnings": len(report.problems) - len(left),
    }
    words = [f"印了 {len(report.printed)} 张，{report.pages} 页：{to}", *left[:20]]
    if deck.disputed:
        words.append(f"{deck.disputed} 户有两种说法，先没印。")
    session.say(facts, "\n".join(words))
