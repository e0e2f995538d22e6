"""Commands about files: cards out, registers in."""

import itertools
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from gridclient.cli.frame import Session, command
from gridclient.core.domain.errors import KnownError

if TYPE_CHECKING:
    from gridclient.exchange.mapping import MappingNeeded
    from gridclient.exchange.report import Report
    from gridclient.operations.import_register import Preview

# What is said of cards printed although something is odd, by kind of warning.
WARNINGS = {
    "by_hand": "没有网格员的姓名和电话，印成手填卡",
    "small_phone": "电话位数多，字小，请核对",
    "long_item": "有事项超过 9 个字，建议缩短",
    "no_number": "有电话没有登记，那一栏没印",
    "no_photo": "没有照片，印剪影",
    "bad_photo": "照片打不开，印剪影",
    "coarse_photo": "照片不清楚",
}


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
    from gridclient.operations.print_cards import Scope, held_back, lay_out, print_cards, warnings

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
    warned = warnings(report)
    facts = {
        "file": str(to),
        "cards": len(report.printed),
        "pages": report.pages,
        "by_hand": warned.get("by_hand", 0),
        "held_back": left,
        "disputed": deck.disputed,
        "warnings": len(report.problems) - len(left),
        "warned": warned,
    }
    words = [f"印了 {len(report.printed)} 张，{report.pages} 页：{to}", *left[:20]]
    words += [f"{count} 张{WARNINGS[code]}。" for code, count in warned.items()]
    if deck.disputed:
        words.append(f"{deck.disputed} 户有两种说法，先没印。")
    session.say(facts, "\n".join(words))


@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "sort", type=click.Choice(["register"]), default="register", help="是什么表")
@click.option("--mapping", type=click.Path(path_type=Path), default=None, help="每一列是什么（JSON）")
@click.option("--dry-run", is_flag=True, help="只看，不写进台账")
@click.option("--errors-to", type=click.Path(path_type=Path), default=None, help="要看一下的行存成表（xlsx）")
def import_(
    session: Session, file: Path, sort: str, mapping: Path | None, dry_run: bool, errors_to: Path | None
) -> None:
    """导入居民登记表。"""
    from gridclient.exchange.mapping import MappingNeeded, read_mapping
    from gridclient.operations.import_register import carry_out, preview

    del sort
    said = read_mapping(_bytes(mapping)) if mapping else None
    with session.ledger(write=not dry_run) as ledger:
        try:
            shown = preview(ledger, file, said)
        except MappingNeeded as needed:
            _ask_mapping(session, mapping or file.with_name(file.name + ".mapping.json"), needed)
            raise click.exceptions.Exit(3) from needed
        changes = 0 if dry_run else len(carry_out(ledger, shown).touched.changes)
    back, failed = _write_errors(errors_to, shown) if errors_to else (0, None)
    facts = {
        **shown.plan.report.to_json(),
        "dry_run": dry_run,
        "changes": changes,
        "error_rows": str(errors_to) if back else None,
    }
    session.say(facts, _imported_words(shown.plan.report, dry_run, errors_to if back else None, back))
    if failed is not None:
        raise failed


def _ask_mapping(session: Session, wanted: Path, needed: "MappingNeeded") -> None:
    """Write down what a person has to fill in, beside what is there already, and say where."""
    content = needed.mapping.to_json()
    to = wanted
    for number in itertools.count(2):
        try:
            with to.open("xb") as out:
                out.write(content)
            break
        except FileExistsError:
            if to.is_file() and _bytes(to) == content:
                break
            to = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        except OSError as error:
            raise KnownError(
                "cannot_write", f"写不了 {to}。还没写进台账。", f"Cannot write {to}; nothing was imported."
            ) from error
    if session.as_json:
        click.echo(json.dumps({"mapping": str(to), "questions": list(needed.questions)}, ensure_ascii=False))
    print(f"有几列要你说明是什么：填好 {to}，再用 --mapping 导入。还没写进台账。", file=sys.stderr)


def _write_errors(to: Path, shown: "Preview") -> tuple[int, KnownError | None]:
    """How many rows were handed back; what failed is said after the report of the import."""
    from gridclient.exchange.error_rows import write_error_rows

    try:
        return write_error_rows(to, shown.book, shown.register), None
    except KnownError as known:
        return 0, known
    except OSError:
        return 0, KnownError("cannot_write", f"写不了 {to}，别的都做完了。", f"Cannot write {to}.")


def _imported_words(report: "Report", dry_run: bool, errors_to: Path | None, back: int) -> str:
    people = report.kinds.get("resident")
    parts = [f"新增 {people.new} 人，改 {people.changed} 人，"] if people else []
    parts.append(f"{report.rows.error} 行没导入。")
    if report.doubts:
        parts.append(f"{len(report.doubts)} 格看不准，先空着。")
    if report.notices:
        parts.append(f"{len(report.notices)} 处照写了，请核对。")
    parts.append("还没写进台账。" if dry_run else "写进台账了。")
    if errors_to:
        parts.append(f"要看一下的 {back} 行在 {errors_to}。")
    return "".join(parts)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise KnownError("no_file", f"读不了 {file}。", f"Cannot read {file}.") from error
