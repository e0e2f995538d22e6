"""A ledger its server takes for a copy is let in anew with all it has; nobody else's code will do."""

from pathlib import Path

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.errors import KnownError
from gridclient.core.merge.change import Draft
from gridclient.core.wire.messages import RefusedError
from gridclient.ledger import identity as kept
from gridclient.ledger.ledger import Ledger
from gridclient.operations.join_community import join
from gridclient.operations.sync_ledger import sync
from tests.ledgers import PASSPHRASE
from tests.server.town import Settled, Town


def test_a_copy_is_let_in_anew(tmp_path: Path) -> None:
    (tmp_path / "town").mkdir()
    town = Town(tmp_path / "town", 8, "http")
    settled = Settled.make(town)
    ledger, _ = Ledger.create(tmp_path / "ledger", PASSPHRASE, town.clock, town.random.randbytes)
    join(ledger, town.url, town.code(settled.worker.worker))
    assert sync(ledger).complete
    first = ledger.identity()
    with ledger.writing() as connection:  # a nonce of the past, as a restored or copied ledger has
        position = kept.position(connection)
        kept.put(connection, "position", kept.Position(position.checkpoint, bytes(16)))
    town.clock.now += 1000
    house = ledger.new_id()
    ledger.write([Draft("household", house, settled.mine, {"dwelling": ids.named("door")}, new=True)])
    with pytest.raises(RefusedError) as refused:
        sync(ledger)
    assert refused.value.code == "clone"
    assert ledger.unsent().held == 1
    with pytest.raises((KnownError, RefusedError)):
        join(ledger, town.url, town.code(settled.supervisor.worker))
    assert ledger.identity() == first
    checkpoint = ledger.position().checkpoint
    join(ledger, town.url, town.code(settled.worker.worker))
    again = ledger.identity()
    assert (again.worker, again.community) == (first.worker, first.community)
    assert again.device != first.device
    assert (ledger.position().checkpoint, ledger.unsent().pending) == (checkpoint, 1)
    assert sync(ledger).complete
    assert ledger.record("household", house) is not None
    ledger.close()
    town.close()
