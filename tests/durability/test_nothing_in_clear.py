"""No name, ID number or telephone lies in clear on the disk, whatever was done with a ledger."""

import base64
import gzip
import json
import os
import subprocess
import sys
import traceback
import zlib
from pathlib import Path

import pytest
import xlsxwriter
import zstandard
from sqlalchemy.exc import DBAPIError

from gridclient.ledger.ledger import Ledger
from tests.durability.leaks import Hit, Person, Scanner, forms, invent
from tests.durability.stage import PASSPHRASES

PEOPLE = 200
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def people() -> list[Person]:
    return invent(PEOPLE, 56)


@pytest.fixture(scope="module")
def scanner(people: list[Person]) -> Scanner:
    return Scanner(people)


class Watched:
    """A program whose home, temporary files and ledger lie in one folder, its asked-for files in another."""

    def __init__(self, place: Path, home: Path) -> None:
        self.folder = place / "watched"
        self.asked = place / "asked"
        self.ledger = self.folder / "ledger"
        for part in ("temp", "ledger"):
            (self.folder / part).mkdir(parents=True)
        self.asked.mkdir()
        self.home = home
        self.said: list[tuple[str, bytes]] = []

    def run(self, *command: str, given: str = "", asked: bool = False, status: int = 0) -> bytes:
        """`asked`: what it prints is what was asked for, and may name people."""
        done = subprocess.run(
            [sys.executable, "-m", *command],
            input=given.encode(),
            capture_output=True,
            cwd=self.folder,
            env=self.environment(),
            check=False,
        )
        assert done.returncode == status, (command[1:3], done.stderr.decode())
        self.said.append((f"stderr of {command[:3]}", done.stderr))
        if not asked:
            self.said.append((f"stdout of {command[:3]}", done.stdout))
        return done.stdout

    def client(self, *arguments: str, given: str = "", asked: bool = False, status: int = 0) -> bytes:
        return self.run(
            "gridclient", "--ledger", str(self.ledger), *arguments, given=given, asked=asked, status=status
        )

    def environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "TMPDIR": str(self.folder / "temp"),
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "QT_QPA_PLATFORM": "offscreen",
            "GRIDCLIENT_PASSPHRASE": PASSPHRASES[0],
        }

    def found(self, scanner: Scanner) -> list[Hit]:
        hits = [*scanner.files(self.folder), *scanner.files(self.home)]
        for where, data in self.said:
            hits += scanner.data(data, where)
        return hits


@pytest.fixture
def watched(place: Path, own_home: Path) -> Watched:
    return Watched(place, own_home)


def register(path: Path, people: list[Person]) -> None:
    """A register as an office has it."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("居民")
        sheet.write_row(0, 0, ["小区", "楼栋", "单元", "房号", "姓名", "身份证号", "联系电话"])
        for at, person in enumerate(people):
            door = ["金羚小区", "12", str(at // 100 + 1), f"{at % 100 // 4 + 1}0{at % 4 + 1}"]
            sheet.write_row(at + 1, 0, [*door, *person])


def work(watched: Watched, people: list[Person]) -> None:
    """A day with a ledger from its making to a crash."""
    table = watched.asked / "register.xlsx"
    register(table, people)
    watched.client("init")
    watched.client("import", str(table), "--errors-to", str(watched.asked / "errors.xlsx"))
    households = [
        json.loads(line) for line in watched.client("dump", "--kind", "household", asked=True).splitlines()
    ]
    assert len(households) == PEOPLE
    acts = []
    for at, household in enumerate(households[:60]):
        said = f"{people[at].name}（{people[at].number}）来电 {people[at].phone}"
        visit = {
            "household": household["record"],
            "outcome": "1",
            "at": "2026-11-20T09:00:00+08:00",
            "summary": said,
        }
        matter = {"household": household["record"], "title": f"{people[at].name}家漏水", "body": said}
        acts += [{"kind": "visit", "fields": visit}, {"kind": "matter", "fields": matter}]
    acts.append({"kind": "visit", "fields": {"summary": people[7].name, "outcome": people[7].number}})
    acts.append({"kind": "resident", "fields": {"name": people[8].name, "id_number": people[8].number + "9"}})
    lines = "\n".join(json.dumps(act, ensure_ascii=False) for act in acts)
    watched.client("apply", "-", given=lines, asked=True, status=1)
    watched.client("find", people[3].name, asked=True)
    watched.client("backup", str(watched.folder / "carried.ledgerbackup"))
    watched.client("export", "register", "--to", str(watched.asked / "export.xlsx"))
    watched.client("cards", "--all", "--to", str(watched.asked / "cards.pdf"))
    watched.client("check")
    watched.client("status")
    watched.client("no-such-command", people[5].name, status=2)
    sat = watched.run(
        "tests.durability.sitting", str(watched.ledger), PASSPHRASES[0], people[9].name, str(watched.asked)
    )
    assert sat.strip() == b"sat"
    crash(watched, households[0]["record"], people[10])


def crash(watched: Watched, household: str, person: Person) -> None:
    """Killed while it saves: what lies beside the file stays there."""
    program = subprocess.Popen(
        [sys.executable, "-m", "gridclient", "--ledger", str(watched.ledger), "apply", "/dev/stdin"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=watched.folder,
        env=watched.environment(),
    )
    fields = {
        "household": household,
        "outcome": "1",
        "at": "2026-11-20T09:00:00+08:00",
        "summary": person.name,
    }
    line = json.dumps({"kind": "visit", "fields": fields}).encode() + b"\n"
    assert program.stdin is not None
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdin.write(line * 400)
    program.stdin.close()
    assert program.stdout.readline()
    program.kill()
    program.wait()
    watched.said.append(("stderr of the killed", program.stderr.read()))
    program.stdout.close()
    program.stderr.close()
    assert (watched.ledger / "ledger.db-wal").stat().st_size


def test_whatever_is_done_nothing_lies_in_clear(
    watched: Watched, people: list[Person], scanner: Scanner
) -> None:
    work(watched, people)
    assert watched.found(scanner) == []
    kept = {path.suffix for path in watched.folder.rglob("*") if path.is_file()}
    assert {".db", ".json", ".ledgerbackup", ".db-wal"} <= kept
    exported = {hit.where for hit in scanner.files(watched.asked)}
    assert any("register.xlsx" in where for where in exported), "it would see them"


def written(text: str, form: str, before: int) -> bytes:
    """A text in a form, with something of the same form around it."""
    around = os.urandom(before), os.urandom(50)
    if form.startswith("base64"):
        return base64.b64encode(text.encode().join(around))
    return forms(text)[form].join(around)


@pytest.mark.parametrize("form", list(forms("亓官")))
def test_the_scanner_sees_every_form(
    form: str, people: list[Person], scanner: Scanner, tmp_path: Path
) -> None:
    before = 99 + int(form[-1]) if form.startswith("base64") else 100
    for planted in (part for person in people[:3] for part in person):
        data = written(planted, form, before)
        packed = {"plain": data, "gzip": gzip.compress(data), "zlib": zlib.compress(data)}
        packed["zstd"] = zstandard.compress(data)
        for name, content in packed.items():
            (tmp_path / name).write_bytes(content)
            found = {hit.what: hit.form for hit in scanner.files(tmp_path)}
            # Base64 without its neighbours lacks part of the last character.
            assert {what[:-1] for what in found} == {planted[:-1]}
            assert set(found.values()) == {form} or planted.isascii()
            (tmp_path / name).unlink()


def test_the_scanner_looks_into_workbooks_and_names(
    people: list[Person], scanner: Scanner, tmp_path: Path
) -> None:
    register(tmp_path / "book.xlsx", people)
    found = {hit.what for hit in scanner.files(tmp_path)}
    assert found == {part for person in people for part in person}
    (tmp_path / "book.xlsx").rename(tmp_path / f"{people[0].name}.txt")
    (tmp_path / f"{people[0].name}.txt").write_bytes(b"")
    assert [hit.what for hit in scanner.files(tmp_path)] == [people[0].name]
    assert list(scanner.data(os.urandom(1 << 20), "noise")) == []


def test_a_bug_at_the_file_does_not_quote_what_was_to_be_written(
    ledger: Ledger, people: list[Person], scanner: Scanner
) -> None:
    def twice() -> None:
        with ledger.writing() as connection:
            for _ in range(2):
                connection.exec_driver_sql(
                    "INSERT INTO draft (name, at, body) VALUES (?, 1, x'00')", (people[0].name,)
                )

    with pytest.raises(DBAPIError) as caught:
        twice()
    told = "".join(traceback.format_exception(caught.value))
    assert "UNIQUE" in told
    assert list(scanner.data(told.encode(), "the traceback")) == []
