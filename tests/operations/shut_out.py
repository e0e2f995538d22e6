"""A laptop about to be shut out, with work it has not sent."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change
from gridclient.core.wire.messages import RefusedError
from gridclient.core.wire.pack import Pack, open_pack, verify_key
from gridclient.ledger.ledger import Ledger
from gridclient.operations.leave import leave
from gridclient.operations.sync_ledger import sync
from sync_server.service import staffing
from sync_server.store.rows import Handed
from tests.server.running import Running
from tests.server.safe import recovery_key
from tests.sync.sticks import Holder
from tests.sync.world import PASSPHRASE, World


class Story:
    """A served community and one laptop with two changes it has not sent."""

    def __init__(self, path: Path) -> None:
        self.world = World(path, seed=8)
        town = self.world.town
        self.running = Running(town.service, town.folder, "http")
        self.holder = Holder(self.world, self.world.settled.worker, "laptop", self.running.url)
        self.mine = self.world.settled.mine
        self.sent = self.holder.visit(self.mine)
        sync(self.ledger)
        self.unsent = [self.holder.visit(self.mine) for _ in range(2)]
        self.ledger.roll_backup("rolling")
        self.folder = self.ledger.folder

    @property
    def ledger(self) -> Ledger:
        return self.holder.ledger

    def revoke(self) -> None:
        staffing.revoke(self.world.town.service, self.holder.signing.laptop.device.hex())

    def grant(self) -> str:
        with pytest.raises(RefusedError) as refused:
            sync(self.ledger)
        assert refused.value.code == "revoked"
        return refused.value.grant

    def reopen(self) -> None:
        """The laptop was switched off and on."""
        self.ledger.close()
        town = self.world.town
        self.holder.ledger = Ledger.open(self.folder, PASSPHRASE, town.clock, town.random.randbytes)

    def handed(self) -> list[Handed]:
        with self.world.town.service.store.read() as snapshot:
            return snapshot.accounts.handed()

    def opened(self) -> Pack:
        """The one file handed in, opened by the safe's key."""
        (one,) = self.handed()
        with self.world.town.service.store.read() as snapshot:
            community = snapshot.accounts.community()
        assert community is not None
        key = recovery_key(self.world.town)
        return open_pack(one.sealed, key, verify_key(community.sign_key))

    def ids_handed(self) -> list[Id]:
        return [msgspec.msgpack.decode(one, type=Change).id for one in self.opened().changes]

    def close(self) -> None:
        self.ledger.close()
        self.running.stop()
        self.world.close()


class Killed(BaseException):
    """The power went."""


def before(real: Callable[..., Any]) -> Callable[..., Any]:
    def die(*_: object, **__: object) -> None:
        raise Killed

    return die


def after(real: Callable[..., Any]) -> Callable[..., Any]:
    def die(*given: object, **more: object) -> None:
        real(*given, **more)
        raise Killed

    return die


def cut_off(
    story: Story,
    grant: str,
    monkeypatch: pytest.MonkeyPatch,
    where: object,
    name: str,
    moment: Callable[[Callable[..., Any]], Callable[..., Any]],
) -> None:
    """Leaving ends before or after a step."""
    with monkeypatch.context() as power:
        power.setattr(where, name, moment(getattr(where, name)))
        with pytest.raises(Killed):
            leave(story.ledger, grant)
