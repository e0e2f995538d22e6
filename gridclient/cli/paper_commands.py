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

# What an import counts, in the order it is said.
COUNTED = {"resident": "人", "hotline_ticket": "件工单", "feedback": "条反馈"}


def add_to(group: click.Group) -> None:
    command(group, "cards")(cards)
    command(group, "import")(import_)


@click.option("--grid", default="", help="哪个网格")
@click.option("--building", default="", help="哪栋楼：12号楼，或 示例小区12号楼")
@click.option("--worker", default="", help="哪个网格员")
@click.option("--all", "everything", is_flag=True, help="全部")
@click.option(
    "--layout", type=click.Choice(["a4-10up", "single"]), default="a4-10up", help="A4 十张一页，或一页一张"
)
@click.option("--to", type=click.Path(path_type=Path), required=True, help="存到哪个 PDF")
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
@click.option(
    "--as",
    "sort",
    type=click.Choice(["register", "hotline", "feedback"]),
    default=None,
    help="是什么表；不写就看表头",
)
@click.option("--mapping", type=click.Path(path_type=Path), default=None, help="每一列是什么（JSON）")
@click.option("--dry-run", is_flag=True, help="只看，不写进台账")
@click.option("--also", is_flag=True, help="身份证号和别处的人一样的也写，另登记一个人")
@click.option("--tags", is_flag=True, help="备注里写的低保、残疾、独居……也登记成关照")
@click.option("--errors-to", type=click.Path(path_type=Path), default=None, help="要看一下的行存成表（xlsx）")
def import_(
    session: Session,
    file: Path,
    sort: str | None,
    mapping: Path | None,
    dry_run: bool,
    also: bool,
    tags: bool,
    errors_to: Path | None,
) -> None:
    """导入居民登记表、12345 工单、民生快巴反馈。"""
    from gridclient.exchange.mapping import MappingNeeded, read_mapping
    from gridclient.operations.import_register import carry_out, preview
    from gridclient.operations.remembered_layouts import remember

    said = read_mapping(_bytes(mapping)) if mapping else None
    with session.ledger(write=not dry_run) as ledger:
        try:
            shown = preview(ledger, file, said, sort=sort or "", from_remarks=tags)
            held = {(twin.sheet, twin.row) for twin in shown.plan.twins if twin.held}
            if also and held:
                shown = preview(ledger, file, said, held, sort or "", from_remarks=tags)
        except MappingNeeded as needed:
            _ask_mapping(session, mapping or file.with_name(file.name + ".mapping.json"), needed)
            raise click.exceptions.Exit(3) from needed
        changes = 0 if dry_run else len(carry_out(ledger, shown).touched.changes)
        learned = remember(ledger, said) if said and not dry_run else 0
    back, failed = _write_errors(errors_to, shown) if errors_to else (0, None)
    facts = {
        **shown.plan.report.to_json(),
        "dry_run": dry_run,
        "sort": shown.mapping.sort,
        "changes": changes,
        "remembered": learned,
        "recalled": shown.mapping.recalled,
        "error_rows": str(errors_to) if back else None,
    }
    told = _imported_words(shown, errors_to if back else None, back, _end(dry_run, changes))
    session.say(facts, f"{told}记住了这样的表，下次照样读。" if learned else told)
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
        return write_error_rows(to, shown.book, shown.register, shown.plan.twins), None
    except KnownError as known:
        return 0, known
    except OSError:
        return 0, KnownError("cannot_write", f"写不了 {to}，别的都做完了。", f"Cannot write {to}.")


def _end(dry_run: bool, changes: int) -> str:
    if dry_run:
        return "还没写进台账。"
    return "写进台账了。" if changes else "和台账里的一样，没有要写的。"


def _imported_words(shown: "Preview", errors_to: Path | None, back: int, end: str) -> str:
    report = shown.plan.report
    parts = []
    if shown.mapping.recalled:
        sheets = "、".join(shown.mapping.recalled)
        parts.append(f"照上次说明的各列来读（{sheets}）。")
    for kind, unit in COUNTED.items():
        counts = report.kinds.get(kind)
        if counts:
            parts.append(f"新增 {counts.new} {unit}，改 {counts.changed} {unit}，")
    parts.append(f"{report.rows.error} 行没导入。")
    held = sum(twin.held for twin in shown.plan.twins)
    if held:
        parts.append(f"{held} 人台账里别处有同一个身份证号，先没写；确是另一个人就加 --also。")
    left = [offer for offer in shown.plan.offers if not offer.taken]
    if left:
        parts.append(f"表里提到 {len(left)} 处关照没有登记（备注里的加 --tags；重点的到窗口里定）。")
    if report.suggestions:
        parts.append(f"{report.suggestions} 处和人写的不一样，记成了建议，等人定。")
    if report.doubts:
        parts.append(f"{len(report.doubts)} 格看不准，先空着。")
    if report.notices:
        parts.append(f"{len(report.notices)} 处照写了，请核对。")
    parts.append(end)
    if errors_to:
        parts.append(f"要看一下的 {back} 行在 {errors_to}。")
    return "".join(parts)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise KnownError("no_file", f"读不了 {file}。", f"Cannot read {file}.") from error
