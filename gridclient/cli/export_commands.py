"""Commands that write tables: the registers as offices expect them, and official forms filled in."""

from pathlib import Path

import click

from gridclient.cli.frame import Session, command
from gridclient.core.domain.errors import KnownError

SORTS = ("register", "visits", "matters", "cards", "conflicts")
BLANK = "blank"


def add_to(group: click.Group) -> None:
    command(group, "export")(export)


@click.argument("what", type=click.Choice((*SORTS, BLANK)), required=False)
@click.option("--to", type=click.Path(path_type=Path), required=True, help="存到哪个 xlsx")
@click.option("--from", "since", default="", help="从哪天，2026-11-01")
@click.option("--to-date", "until", default="", help="到哪天，当天也算")
@click.option("--building", default="", help="哪栋楼：12号楼，或 示例小区12号楼")
@click.option("--grid", default="", help="哪个网格")
@click.option("--full", is_flag=True, help="号码全显，要写 --purpose，会记进审计")
@click.option("--purpose", default="", help="号码全显的用途")
@click.option("--flat", is_flag=True, help="每行都写全，不合并一户的格子")
@click.option("--template", default="", help="照这张表填：自己的 xlsx，或自带的名字")
@click.option("--overwrite", is_flag=True, help="有同名文件就换掉")
def export(session: Session, what: str | None, to: Path, template: str, **given: object) -> None:
    """导出成表（xlsx），号码默认遮住；blank 是一张空的登记表，填好能导入。"""
    from gridclient.operations.export_scope import Scope
    from gridclient.operations.export_sorts import SORTS
    from gridclient.operations.export_tables import Wish, export_table
    from gridclient.operations.export_template import export_template

    if bool(what) == bool(template):
        raise KnownError(
            "usage",
            f"写明导出什么（{'、'.join(SORTS)}），或用 --template 给一张要填的表，只写一个。",
            f"Say what to export ({', '.join(SORTS)}) or give a --template, not both.",
        )
    if to.suffix.lower() != ".xlsx":
        raise KnownError("not_xlsx", f"表存成 xlsx：{to} 要以 .xlsx 结尾。", f"{to} has to end in .xlsx.")
    if what == BLANK:
        _blank(session, to, bool(given["overwrite"]))
        return
    scope = Scope(*(str(given[key]) for key in ("building", "grid", "since", "until")))
    wish = Wish(
        scope, str(given["purpose"]), bool(given["full"]), bool(given["flat"]), bool(given["overwrite"])
    )
    form = _form(template) if template else None
    with session.ledger(write=True) as ledger:
        made = export_template(ledger, form, to, wish) if form else export_table(ledger, what or "", to, wish)
    facts = {"file": str(to), "rows": made.rows, "masked": made.masked}
    if made.households:
        facts["households"] = made.households
    hidden = "号码遮住了。" if made.masked else "号码全显，用途记进审计了。"
    title, unit = (SORTS[what].title, SORTS[what].unit) if what else (form.stem if form else "", "行")
    session.say(facts, f"{title}导出了 {made.rows} {unit}：{to}\n{hidden}")


def _blank(session: Session, to: Path, overwrite: bool) -> None:
    from gridclient.exchange.blank_register import blank_register
    from gridclient.exchange.placing import place

    place(to, blank_register(), overwrite=overwrite)
    session.say({"file": str(to)}, f"空的登记表在 {to}，填好用 import 导入。")


def _form(written: str) -> Path:
    """A file, or a form of that name that comes with the program."""
    from gridclient.operations.export_template import shipped

    known = shipped()
    if written in known:
        return known[written]
    if Path(written).is_file():
        return Path(written)
    raise KnownError(
        "no_template",
        f"没有 {written} 这个模板。自带的有：{'、'.join(known)}。",
        f"There is no template {written}. Shipped: {', '.join(known)}.",
    )
