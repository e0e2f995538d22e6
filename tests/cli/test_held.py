"""`held` as a script meets it: listed, sent again, let be, taken along, and what it does not take."""

import json
from pathlib import Path

import pytest

from gridclient.cli.frame import PASSPHRASE as VARIABLE
from gridclient.cli.frame import speak
from gridclient.cli.main import gridclient
from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft
from gridclient.core.wire.messages import Answer
from gridclient.ledger import answering
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.writing import Touched
from tests.ledgers import PASSPHRASE

PLACE = ids.parse("019f0000-0000-7000-8000-000000000001")


class Held:
    """The command on a ledger with one change in each state."""

    def __init__(self, ledger: Ledger, capture: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capture = ledger.folder, capture
        names = ("held", "declined", "quarantined")
        self.own: dict[str, Id] = {name: ledger.new_id() for name in names}
        fields: dict[str, object] = {"household": ids.named("h"), "name": "赵世昌"}
        ledger.write([Draft("resident", one, PLACE, fields, new=True) for one in self.own.values()])
        with ledger.writing() as connection:
            answers = [
                Answer(self.own["held"], "held", reason="scope", words="不在你的网格里"),
                Answer(self.own["declined"], "held", reason="declined", words="不需要了"),
                Answer(self.own["quarantined"], "quarantined", reason="malformed", words="看不懂"),
            ]
            answering.settle(connection, answers, Touched())
        ledger.close()

    def run(self, *arguments: str) -> tuple[int, str, str]:
        given = ["--ledger", str(self.folder), "held", *arguments]
        self._capture.readouterr()
        status = speak(lambda: gridclient.main(given, standalone_mode=False), lambda: "zh")
        out, err = self._capture.readouterr()
        return status, out, err

    def says(self, *arguments: str) -> str:
        status, out, err = self.run(*arguments)
        assert (status, err) == (0, "")
        return out

    def states(self) -> dict[str, str]:
        found = json.loads(self.says("--json"))["held"]
        return {one["change"]: one["state"] for one in found}

    def id(self, state: str) -> str:
        return ids.text(self.own[state])


@pytest.fixture
def held(ledger: Ledger, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Held:
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    return Held(ledger, capsys)


def test_each_is_listed_with_its_reason(held: Held) -> None:
    said = held.says()
    for words in ("在书记那里", "书记没有同意", "送不出", "不在你的网格里", "不需要了", "看不懂"):
        assert words in said
    assert held.states() == {held.id(name): name for name in held.own}
    (one,) = [one for one in json.loads(held.says("--json"))["held"] if one["state"] == "held"]
    assert (one["reason"], one["own"], one["kind"]) == ("scope", True, "resident")


def test_named_ones_are_sent_again(held: Held) -> None:
    assert "1 条下次同步再送" in held.says("--resend", held.id("quarantined"))
    assert held.states().keys() == {held.id("held"), held.id("declined")}


def test_all_are_sent_again(held: Held) -> None:
    assert json.loads(held.says("--resend", "--all", "--json"))["resent"] == 3
    assert held.states() == {}
    assert "社区都收下了" in held.says()


def test_what_was_declined_is_let_be(held: Held) -> None:
    assert "1 条不再显示" in held.says("--dismiss", held.id("declined"))
    assert held.id("declined") not in held.states()
    status, _, err = held.run("--dismiss", held.id("held"))
    assert (status, "还在书记那里" in err) == (1, True)
    assert held.id("held") in held.states()


def test_a_copy_is_taken_along_and_never_over_another(held: Held, tmp_path: Path) -> None:
    file = tmp_path / "没收下的.jsonl"
    assert "3 条存到了" in held.says("--to", str(file))
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert {one["change"] for one in lines} == {held.id(name) for name in held.own}
    status, _, err = held.run("--to", str(file))
    assert (status, "没有动它" in err) == (1, True)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--resend", "--dismiss", "x"),
        ("--resend", "--to", "x"),
        ("--resend",),
        ("--dismiss",),
        ("019f0000-0000-7000-8000-000000000001",),
    ],
)
def test_what_is_not_clear_is_not_done(held: Held, wrong: tuple[str, ...]) -> None:
    status, out, err = held.run(*wrong)
    assert (status, out) == (2, "")
    assert len(err.splitlines()) == 1
    assert len(held.states()) == 3


def test_what_is_no_id_is_said(held: Held) -> None:
    status, _, err = held.run("--resend", "x")
    assert (status, "不是编号" in err) == (1, True)
