"""`gridclient enrol` by address and code or by file, never by half of either."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gridclient.cli.frame import PASSPHRASE as VARIABLE
from gridclient.cli.frame import speak
from gridclient.cli.main import gridclient
from gridclient.core.wire import invitation
from gridclient.core.wire.invitation import Invitation
from gridclient.ledger.ledger import Ledger
from tests.ledgers import PASSPHRASE
from tests.server.town import Clock, Settled

pytestmark = pytest.mark.parametrize("town", ["http"], indirect=True)
Enrol = Callable[..., tuple[int, str, str]]


@pytest.fixture
def enrol(
    settled: Settled, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Enrol:
    """The command on a new ledger: its status and what it said."""
    town = settled.town
    monkeypatch.setenv(VARIABLE, PASSPHRASE)
    folder = tmp_path / "ledger"
    Ledger.create(folder, PASSPHRASE, Clock(town.clock.now), town.random.randbytes)[0].close()

    def run(*arguments: str) -> tuple[int, str, str]:
        given = ["--ledger", str(folder), "enrol", *arguments]
        capsys.readouterr()
        status = speak(lambda: gridclient.main(given, standalone_mode=False), lambda: "zh")
        out, err = capsys.readouterr()
        return status, out, err

    return run


@pytest.fixture
def file(settled: Settled, tmp_path: Path) -> Path:
    """What the server writes for a worker: an address nobody is at, and its own."""
    town = settled.town
    made = Invitation(
        community="新华社区",
        name="才让",
        urls=["https://127.0.0.1:1", town.url],
        code=town.code(settled.worker.worker),
        ca=town.folder.authority.read_text(),
        expires="2026-12-01T00:00:00Z",
    )
    path = tmp_path / "才让.json"
    path.write_bytes(invitation.encode(made))
    return path


def test_a_file_lets_in_at_the_first_address_that_answers(enrol: Enrol, file: Path) -> None:
    status, out, err = enrol("--file", str(file))
    assert (status, err) == (0, "")
    assert "加入了新华社区：才让" in out


def test_address_and_code_let_in(enrol: Enrol, settled: Settled) -> None:
    status, out, _ = enrol(settled.town.url, settled.town.code(settled.worker.worker))
    assert (status, "加入了新华社区：才让" in out) == (0, True)


def test_half_of_it_or_both_at_once_is_refused(enrol: Enrol, file: Path, settled: Settled) -> None:
    for wrong in ((), (settled.town.url,), (settled.town.url, "code", "--file", str(file))):
        status, out, err = enrol(*wrong)
        assert (status, out) == (2, "")
        assert len(err.splitlines()) == 1
    assert enrol("--file", str(file))[0] == 0  # the code was not used up


def test_what_is_no_invitation_is_said(enrol: Enrol, tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text("{}", "utf-8")
    status, _, err = enrol("--file", str(tmp_path / "b.json"))
    assert (status, "不是登记用的文件" in err) == (1, True)
    status, _, err = enrol("--file", str(tmp_path / "nowhere.json"))
    assert (status, "没有“" in err) == (1, True)
