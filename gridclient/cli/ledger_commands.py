"""Commands on the ledger alone: init, demo, apply, dump, conflicts, resolve."""

import json
import secrets
import sys
from pathlib import Path
from typing import Any

import click

from gridclient.cli.frame import Session, command, now
from gridclient.core.domain import ids
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.errors import KnownError
from gridclient.ledger.ledger import Ledger


def add_to(group: click.Group) -> None:
    command(group, "init")(init)
    command(group, "demo")(demo)
    command(group, "apply")(apply)
    command(group, "dump")(dump)
    command(group, "conflicts")(conflicts)
    command(group, "resolve")(resolve)


@click.option("--name", default="", help="谁的台账")
def init(session: Session, name: str) -> None:
    """建一本新的空台账。"""
    ledger, code = Ledger.create(
        session.folder, session.passphrase("新口令", confirm=True), now, secrets.token_bytes, name
    )
    ledger.close()
    session.say(
        {"ledger": str(session.folder), "recovery_code": code},
        f"建好了：{session.folder}\n恢复码（抄下来锁好，忘了口令全靠它）：\n{code}",
    )


@click.option("--scale", type=click.FloatRange(0.01, 20), default=1.0, help="1 是一个社区，5432 户")
@click.option("--seed", type=int, default=1, help="换一个数，换一批人")
def demo(session: Session, scale: float, seed: int) -> None:
    """造一个示例社区，人都是编的。"""
    from gridclient.operations.demonstrate import demonstrate

    made = demonstrate(
        session.folder, session.passphrase("新口令", confirm=True), scale, seed, now, secrets.token_bytes
    )
    session.say(
        made, "示例社区造好了：" + "，".join(f"{KINDS[k].zh} {n}" for k, n in made.items() if k in KINDS)
    )


@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
def apply(session: Session, file: Path) -> None:
    """一行一条改动（JSON），一行一个回答。"""
    lines = _read(file)
    failed = 0
    with session.ledger(write=True) as ledger:
        # Not splitlines: JSON may hold the other ends of line within its strings.
        for line in lines.split("\n"):
            if line.strip():
                answer = _answer(ledger, line, session.lang)
                failed += not answer["ok"]
                click.echo(json.dumps(answer, ensure_ascii=False))
    if failed:
        raise KnownError(
            "some_failed", f"{failed} 条没有存，其余都存好了。", f"{failed} were not saved; the rest were."
        )


def _answer(ledger: Ledger, line: str, lang: str) -> dict[str, object]:
    from gridclient.operations.apply import apply_line

    try:
        said = json.loads(line)
    except RecursionError:
        return {"ok": False, "error": "Nested too deeply." if lang == "en" else "这一行套得太深。"}
    except ValueError:  # also a number of thousands of digits
        return {"ok": False, "error": "Not JSON." if lang == "en" else "这一行不是 JSON。"}
    if not isinstance(said, dict):
        words = "Each line must be a JSON object." if lang == "en" else "每一行要是一个 JSON 对象。"
        return {"ok": False, "error": words}
    try:
        return {**apply_line(ledger, said), "ok": True}
    except KnownError as known:
        words = known.en if lang == "en" else known.zh
        # The words may quote half a surrogate pair, which no stream can write.
        return {"ok": False, "error": words.encode("utf-8", "replace").decode("utf-8")}


def _read(file: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return data.decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError("no_file", f"读不了 {file}。", f"Cannot read {file}.") from error


@click.option("--kind", type=click.Choice(list(KINDS)), default=None)
@click.option("--masked", is_flag=True, help="号码遮住")
def dump(session: Session, kind: str | None, masked: bool) -> None:
    """每条在用的记录，一行一个 JSON。"""
    from gridclient.operations.dump import dump as every

    with session.ledger(write=False) as ledger:
        for record in every(ledger, kind or "", masked=masked):
            click.echo(json.dumps(record, ensure_ascii=False))


def conflicts(session: Session) -> None:
    """列出有几种说法的地方。"""
    from gridclient.operations.dump import versions
    from gridclient.operations.settle import Spoken, disputed

    count = 0
    with session.ledger(write=False) as ledger, ledger.reading() as connection:
        spoken = Spoken(connection)
        for record, group in disputed(ledger):
            count += 1
            kind = KINDS[record.kind]
            found = versions(record, kind, group)
            for version in found:
                version["author_name"] = spoken.author(ids.parse(str(version["author"])))
            line = {
                "kind": record.kind,
                "record": ids.text(record.id),
                "field": group,
                "name": spoken.name(record),
                "door": spoken.door(record),
                "versions": found,
            }
            click.echo(json.dumps(line, ensure_ascii=False) if session.as_json else _disputed_words(line))
    if not session.as_json:
        click.echo(f"共 {count} 处有几种说法。" if count else "没有不一样的说法。")


def _disputed_words(line: dict[str, Any]) -> str:
    """Who, at which door, on what; then each version with who said it when; ids as resolve wants them."""
    kind = KINDS[line["kind"]]
    field = kind.fields.get(line["field"])
    head = " ".join(filter(None, [kind.zh, line["name"], line["door"]]))
    lines = [f"{head}：{field.zh if field else line['field']}", f"  {line['record']} {line['field']}"]
    for one in line["versions"]:
        said = one["value"]
        shown = json.dumps(said, ensure_ascii=False) if isinstance(said, dict) else _plain(said)
        lines.append(f"  {shown}，{one['author_name'] or '不认识的人'}，{one['at']}，--take {one['change']}")
    return "\n".join(lines)


def _plain(value: object) -> str:
    return "（空）" if value is None else str(value)


@click.argument("record")
@click.argument("field")
@click.option("--take", default=None, help="采用哪一条改动的说法")
@click.option("--value", default=None, help="另写一个")
@click.option("--reason", default=None, help="为什么这样定")
def resolve(
    session: Session, record: str, field: str, take: str | None, value: str | None, reason: str | None
) -> None:
    """定下用哪一种说法。"""
    from gridclient.core.merge.shape import shape_of
    from gridclient.operations.settle import find, settle_taking, settle_writing

    if (take is None) == (value is None):
        raise KnownError(
            "usage", "--take 和 --value 要写一个，也只写一个。", "Give one of --take and --value."
        )
    with session.ledger(write=True) as ledger:
        held = find(ledger, _id(record))
        group = shape_of(held.kind).group_of(field)
        if take is not None:
            touched = settle_taking(ledger, held, group, _id(take), reason)
        else:
            touched = settle_writing(ledger, held, group, _value(value or ""), reason)
    session.say({"record": record, "change": ids.text(touched.changes[0])}, "定了。另一种说法留在改动里。")


def _value(written: str) -> object:
    try:
        return json.loads(written) if written[:1] in "{[" else written
    except ValueError:
        return written


def _id(written: str) -> bytes:
    try:
        return ids.parse(written)
    except ValueError as error:
        raise KnownError("bad_id", f"“{written}”不是记录号。", f"{written} is no record id.") from error
