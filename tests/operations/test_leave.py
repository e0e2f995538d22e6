"""A laptop that is shut out leaves its unsent work and then nothing else, wherever it is cut off."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Connection

from gridclient.cli.frame import Session
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import FillOrder, RefusedError, UnreachableError
from gridclient.ledger import departure, sticks, wiping
from gridclient.ledger import identity as kept
from gridclient.ledger.departure import LAST_FILE
from gridclient.operations import leave as leaving
from gridclient.operations.leave import (
    Left,
    ShutOutError,
    go_on,
    honouring,
    is_leaving,
    leave,
    leave_if_shut_out,
)
from gridclient.operations.pack_changes import pack_changes
from gridclient.operations.sync_ledger import sync
from gridclient.operations.unpack_file import take_answers
from gridclient.sync.http import HttpSyncApi
from sync_server.service.unpacking import unpack
from tests.operations.shut_out import Story, after, before, cut_off
from tests.sync.world import PASSPHRASE


@pytest.fixture
def story(tmp_path: Path) -> Iterator[Story]:
    made = Story(tmp_path)
    yield made
    made.close()


def test_what_was_not_sent_goes_to_the_safe_and_all_else_goes(story: Story) -> None:
    story.revoke()
    with pytest.raises(ShutOutError) as said, honouring(story.ledger):
        sync(story.ledger)
    assert said.value.left == Left("新华社区", "", 2)
    assert "2 条封好交给了新华社区" in said.value.zh
    assert not story.folder.exists()
    assert story.ids_handed() == story.unsent
    assert story.opened().reason == "revoked"


def test_what_the_server_would_not_take_goes_along(story: Story) -> None:
    with story.ledger.writing() as connection:
        connection.exec_driver_sql("UPDATE change SET state = 'quarantined' WHERE id = ?", (story.unsent[0],))
    story.revoke()
    leave(story.ledger, story.grant())
    assert story.ids_handed() == story.unsent


def test_with_nothing_unsent_an_empty_file_says_that_it_left(story: Story) -> None:
    sync(story.ledger)
    story.revoke()
    left = leave(story.ledger, story.grant())
    assert left is not None
    assert (left.changes, story.ids_handed()) == (0, [])
    assert "没有没送出的" in left.words
    assert not story.folder.exists()


ASKED: dict[str, Callable[[HttpSyncApi], object]] = {
    "push": lambda api: api.push([]),
    "pull": lambda api: list(api.pull(0, [])),
    "fill": lambda api: list(api.fill([FillOrder(b"p" * 16)])),
    "digest": lambda api: api.digest([]),
    "lacking": lambda api: api.lacking([]),
    "recover": lambda api: api.recover([]),
    "waiting": lambda api: api.waiting(),
    "decide": lambda api: api.decide([]),
    "preview": lambda api: api.preview([]),
    "carry_on": lambda api: api.carry_on(b""),
}


@pytest.mark.parametrize("asked", ASKED)
def test_whatever_was_asked_the_answer_is_honoured(story: Story, asked: str) -> None:
    story.revoke()
    api = HttpSyncApi(story.running.url, story.holder.signing.enrolled.token, None)
    with pytest.raises(ShutOutError), honouring(story.ledger):
        ASKED[asked](api)
    api.close()
    assert not story.folder.exists()
    assert story.ids_handed() == story.unsent


def test_one_retired_by_a_change_hands_in_and_keeps_all(story: Story) -> None:
    """Only shutting the laptop out ends it; that is a command at the server, and works afterwards as well."""
    worker = story.holder.ledger.identity().worker
    retired: dict[str, object] = {"retired": "ended", "successor": None}
    story.world.settled.supervisor.save("worker", retired, record=worker, seen=(worker,))
    with pytest.raises(RefusedError) as refused, honouring(story.ledger):
        sync(story.ledger)
    assert refused.value.code == "left"
    assert not is_leaving(story.ledger)
    assert (story.ledger.unsent().pending, story.ledger.unsent().held) == (0, 2)
    assert [story.holder.states()[one] for one in story.unsent] == ["held", "held"]
    story.revoke()
    with pytest.raises(ShutOutError), honouring(story.ledger):
        sync(story.ledger)
    assert not story.folder.exists()


@pytest.mark.parametrize("code", ["busy", "too_many"])
def test_a_server_without_time_does_not_keep_the_ledger_shut(
    story: Story, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    def no_time(*_: object) -> None:
        raise RefusedError(code, "")

    story.revoke()
    cut_off(story, story.grant(), monkeypatch, HttpSyncApi, "hand_in", before)
    with monkeypatch.context() as patched:
        patched.setattr(HttpSyncApi, "hand_in", no_time)
        patched.setattr(HttpSyncApi, "digest", no_time)
        assert leave_if_shut_out(story.ledger) is story.ledger
    assert story.ledger.unsent().pending == 2
    with pytest.raises(ShutOutError):
        leave_if_shut_out(story.ledger)


def test_without_a_key_to_seal_to_nothing_is_destroyed(story: Story) -> None:
    """Enrolled by a program that knew of no safe's key."""
    story.revoke()
    grant = story.grant()
    with story.ledger.writing() as connection:
        old = msgspec.structs.replace(kept.identity(connection), recovery_key=b"", credential=b"")
        kept.put(connection, "identity", old)
    with pytest.raises(KnownError) as said:
        leave(story.ledger, grant)
    assert said.value.code == "no_safe"
    assert leave_if_shut_out(story.ledger).unsent().pending == 2


def test_a_save_while_all_is_being_destroyed_is_not_said_to_be_saved(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    ledger, unsent = story.ledger, sticks.unsent

    def save() -> None:
        try:
            story.holder.visit(story.mine)
            said.append("saved")
        except KnownError as error:
            said.append(error.code)

    saving = threading.Thread(target=save)

    def asked(connection: Connection, after: int = 0) -> list[tuple[Id, bytes]]:
        if after:  # the last look before all goes
            saving.start()
        return unsent(connection, after)

    monkeypatch.setattr(sticks, "unsent", asked)
    story.revoke()
    assert leave(ledger, story.grant()) is not None
    saving.join()
    assert said == ["read_only_open"]


def test_other_refusals_destroy_nothing(story: Story) -> None:
    for said in (RefusedError("clone", ""), RefusedError("revoked", ""), RefusedError("busy", "", "grant")):
        with pytest.raises(RefusedError), honouring(story.ledger):
            raise said
    assert not is_leaving(story.ledger)
    assert go_on(story.ledger) is None


def test_without_a_server_nothing_is_destroyed(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.revoke()
    grant = story.grant()

    def lost(*_: object) -> None:
        raise UnreachableError("lost")

    with monkeypatch.context() as dark:
        dark.setattr(HttpSyncApi, "hand_in", lost)
        with pytest.raises(UnreachableError):
            leave(story.ledger, grant)
    assert is_leaving(story.ledger)
    story.reopen()
    assert story.holder.ledger.unsent().pending == 2
    assert go_on(story.ledger) is not None
    assert not story.folder.exists()


def next_day(story: Story) -> None:
    """The laptop is switched on and syncs."""
    story.reopen()
    with honouring(story.ledger):
        sync(story.ledger)


STEPS: dict[str, tuple[object, str]] = {
    "marking": (departure, "put"),
    "sealing": (leaving, "write_durably"),
    "keeping": (leaving, "_keep"),
    "handing in": (HttpSyncApi, "hand_in"),
    "destroying": (leaving, "_destroy"),
    "wiping": (leaving, "wipe"),
    "the wiping's mark": (wiping, "write_durably"),
    "the keys": (wiping, "_overwrite"),
    "all files": (wiping, "_destroy"),
}


@pytest.mark.parametrize("moment", [before, after])
@pytest.mark.parametrize("step", STEPS)
def test_cut_off_at_any_step_it_goes_on(
    story: Story,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    moment: Callable[[Callable[..., Any]], Callable[..., Any]],
) -> None:
    """One file with all that was not sent reaches the server, then the ledger is gone; never before."""
    story.revoke()
    grant = story.grant()
    where, name = STEPS[step]
    cut_off(story, grant, monkeypatch, where, name, moment)
    if not story.handed():
        assert (story.folder / "keys.json").exists()
    if story.folder.exists():
        with pytest.raises(KnownError) as said:
            next_day(story)
        assert said.value.code in ("shut_out", "no_ledger")
    assert not story.folder.exists()
    assert story.ids_handed() == story.unsent


def test_what_is_written_before_the_file_was_offered_goes_along(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.revoke()
    grant = story.grant()
    cut_off(story, grant, monkeypatch, leaving, "write_durably", after)
    story.reopen()
    late = story.holder.visit(story.mine)
    assert go_on(story.ledger) is not None
    assert story.ids_handed() == [*story.unsent, late]


def test_what_is_written_after_it_was_handed_in_keeps_all(
    story: Story, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The answer was lost, and the person wrote on: that goes by stick, then the laptop leaves."""
    story.revoke()
    grant = story.grant()
    cut_off(story, grant, monkeypatch, HttpSyncApi, "hand_in", after)
    story.reopen()
    story.holder.visit(story.mine)
    with pytest.raises(KnownError) as said:
        go_on(story.ledger)
    assert said.value.code == "later_work"
    assert story.holder.ledger.unsent().pending == 3
    pack_changes(story.ledger, tmp_path / "a")
    taken = unpack(story.world.town.service, (tmp_path / "a").read_bytes())
    assert taken.counts == {"held": 3}
    take_answers(story.ledger, taken.answers)
    assert go_on(story.ledger) is not None
    assert not story.folder.exists()


def test_a_file_lost_on_disk_is_made_again(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.revoke()
    grant = story.grant()
    cut_off(story, grant, monkeypatch, HttpSyncApi, "hand_in", before)
    (story.folder / LAST_FILE).unlink()
    assert go_on(story.ledger) is not None
    assert story.ids_handed() == story.unsent


@pytest.mark.parametrize("write", [True, False])
def test_a_command_goes_on_with_leaving_before_it_writes(
    story: Story, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, write: bool
) -> None:
    story.revoke()
    cut_off(story, story.grant(), monkeypatch, leaving, "_destroy", before)
    story.ledger.close()
    (tmp_path / "secret").write_text(PASSPHRASE, "utf-8")
    session = Session(story.folder, tmp_path / "secret", "zh")
    if write:
        with pytest.raises(ShutOutError), session.ledger(write=True):
            pass
        assert not story.folder.exists()
        return
    for more in ({"write": False}, {"write": True, "leaving": True}):
        with session.ledger(**more) as opened:
            assert is_leaving(opened)


def test_a_stale_grant_is_renewed(story: Story) -> None:
    story.revoke()
    stale = story.grant()
    assert story.grant() != stale
    assert leave(story.ledger, stale) is not None
    assert story.ids_handed() == story.unsent


def test_another_file_for_this_laptop_destroys_nothing(story: Story) -> None:
    """Somebody handed in a copy of this ledger's folder first."""
    story.revoke()
    grant = story.grant()
    api = HttpSyncApi(story.running.url, story.holder.signing.enrolled.token, None)
    api.hand_in(story.holder.signing.last_file(), grant)
    api.close()
    with pytest.raises(KnownError) as said:
        leave(story.ledger, grant)
    assert said.value.code == "handed_already"
    assert story.holder.ledger.unsent().pending == 2


def test_one_who_may_stay_after_all_stays(story: Story) -> None:
    story.revoke()
    grant = story.grant()
    with story.world.town.service.writing() as transaction:
        device = transaction.accounts.device(story.holder.signing.laptop.device)
        assert device is not None
        transaction.accounts.put_device(device._replace(revoked=None))
    assert leave(story.ledger, grant) is None
    assert not is_leaving(story.ledger)
    assert not (story.folder / LAST_FILE).exists()
    assert sync(story.ledger).accepted == 2
