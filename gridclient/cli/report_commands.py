"""Commands that print what is worked by: the route of today."""

from pathlib import Path

import click

from gridclient.cli.frame import Session, command


def add_to(group: click.Group) -> None:
    reports = click.Group("report", help="印出来用的：路线单。")
    group.add_command(reports)
    command(reports, "route")(route)


@click.option("--to", type=click.Path(path_type=Path), required=True, help="存到哪个 pdf 或 xlsx")
@click.option("--building", default="", help="哪栋楼：12号楼，或 示例小区12号楼")
@click.option("--grid", default="", help="哪个网格")
@click.option("--overwrite", is_flag=True, help="有同名文件就换掉")
def route(session: Session, to: Path, building: str, grid: str, overwrite: bool) -> None:
    """今天要去的门，按走路顺序，每户留一行写字；姓名只留姓。"""
    from gridclient.operations.export_scope import Scope
    from gridclient.operations.print_route import print_route

    with session.ledger(write=True) as ledger:
        made = print_route(ledger, to, Scope(building, grid), overwrite=overwrite)
    facts = {"file": str(to), "doors": made.doors, "pages": made.pages}
    pages = f"，{made.pages} 页" if made.pages else ""
    session.say(facts, f"路线单 {made.doors} 户{pages}：{to}\n用完收好，别留在楼道里。")
