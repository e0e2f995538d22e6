"""Commands about files: cards out, registers in."""

import sys
from pathlib import Path

import click
import msgspec

from gridclient.cli.frame import Session, command
from gridclient.core.domain.errors import KnownError


def add_to(group: click.Group) -> None:
    command(group, "cards")(cards)
    command(group, "import")(import_)


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


@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "sort", type=click.Choice(["register"]), default="register", help="是什么表")
@click.option("--mapping", type=click.Path(path_type=Path), default=None, help="每一列是什么（JSON）")
@click.option("--dry-run", is_flag=True, help="只看，不写进台账")
def import_(session: Session, file: Path, sort: str, mapping: Path | None, dry_run: bool) -> None:
    """导入居民登记表。"""
    from gridclient.exchange.error_rows import write_error_rows
    from gridclient.exchange.mapping import MappingNeeded, read_mapping
    from gridclient.operations.import_register import carry_out, preview

    del sort
    said = read_mapping(_bytes(mapping)) if mapping else None
    with session.ledger(write=not dry_run) as ledger:
        try:
            shown = preview(ledger, file, said)
        except MappingNeeded as needed:
            to = mapping or file.with_name(file.name + ".mapping.json")
            to.write_bytes(msgspec.json.format(msgspec.json.encode(needed.mapping)))
            print(f"有几列要你说明是什么：填好 {to}，再用 --mapping 导入。还没写进台账。", file=sys.stderr)
            raise click.exceptions.Exit(3) from needed
        changes = 0 if dry_run else len(carry_out(ledger, shown).touched.changes)
    report = shown.plan.report
    returned = file.with_name(file.stem + "-要看一下的行.xlsx")
    back = 0 if dry_run else write_error_rows(returned, shown.book, shown.register)
    facts = {
        **report.to_json(),
        "dry_run": dry_run,
        "changes": changes,
        "error_rows": str(returned) if back else None,
    }
    people = report.kinds.get("resident")
    counted = f"新增 {people.new} 人，改 {people.changed} 人，" if people else ""
    words = (
        f"{counted}{len(report.doubts)} 格看不准，{report.rows.error} 行没导入。"
        + ("还没写进台账。" if dry_run else "写进台账了。")
        + (f"要看一下的 {back} 行在 {returned}。" if back else "")
    )
    session.say(facts, words)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise KnownError("no_file", f"读不了 {file}。", f"Cannot read {file}.") from error
