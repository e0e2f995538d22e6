"""Commands that write tables: the registers as offices expect them, and official forms filled in."""

from pathlib import Path

import click

from gridclient.cli.frame import Session, command

SORTS = ("register", "visits", "matters", "cards", "conflicts")


def add_to(group: click.Group) -> None:
    command(group, "export")(export)


@click.argument("what", type=click.Choice(SORTS))
@click.option("--to", type=click.Path(path_type=Path), required=True, help="存到哪个 xlsx")
@click.option("--from", "since", default="", help="从哪天，2026-11-01")
@click.option("--to-date", "until", default="", help="到哪天，当天也算")
@click.option("--building", default="", help="哪栋楼：12号楼，或 示例小区12号楼")
@click.option("--grid", default="", help="哪个网格")
@click.option("--full", is_flag=True, help="号码全显，要写 --purpose，会记进审计")
@click.option("--purpose", default="", help="号码全显的用途")
@click.option("--flat", is_flag=True, help="每行都写全，不合并一户的格子")
@click.option("--overwrite", is_flag=True, help="有同名文件就换掉")
def export(session: Session, what: str, to: Path, **given: object) -> None:
    """导出成表（xlsx），号码默认遮住。"""
    from gridclient.operations.export_scope import Scope
    from gridclient.operations.export_tables import SORTS, Wish, export_table

    scope = Scope(*(str(given[key]) for key in ("building", "grid", "since", "until")))
    wish = Wish(
        scope, str(given["purpose"]), bool(given["full"]), bool(given["flat"]), bool(given["overwrite"])
    )
    with session.ledger(write=True) as ledger:
        made = export_table(ledger, what, to, wish)
    facts = {"file": str(to), "rows": made.rows, "masked": made.masked}
    if made.households:
        facts["households"] = made.households
    hidden = "号码遮住了。" if made.masked else "号码全显，用途记进审计了。"
    session.say(facts, f"{SORTS[what].title}导出了 {made.rows} {SORTS[what].unit}：{to}\n{hidden}")
