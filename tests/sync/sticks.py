"""Ledgers of a settled town that have keys of their own, as `enrol` gives them."""

import msgspec

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import Ledger
from gridclient.sync.session import SyncReport, SyncSession
from tests.server.packing import Signing, signing
from tests.server.town import Laptop
from tests.sync.world import PASSPHRASE, World


class Holder:
    """A laptop with its ledger."""

    def __init__(self, world: World, laptop: Laptop, name: str, url: str = "http://localhost") -> None:
        self.world = world
        self.signing: Signing = signing(world.town, laptop)
        self.ledger, _ = Ledger.create(
            world.path / name, PASSPHRASE, world.town.clock, world.town.random.randbytes
        )
        enrolled = self.signing.enrolled
        self.ledger.enrolled(
            msgspec.structs.replace(
                self.ledger.identity(),
                device=self.signing.laptop.device,
                worker=laptop.worker,
                role=enrolled.role,
                community=enrolled.community,
                url=url,
                token=enrolled.token,
                signing_key=self.signing.seed,
                seal_key=enrolled.seal_key,
                server_key=enrolled.server_key,
                credential=enrolled.credential,
                recovery_key=enrolled.recovery_key,
            )
        )

    def sync(self) -> SyncReport:
        return SyncSession(self.ledger, self.signing.laptop.api).run()

    def visit(self, place: Id, summary: str = "一切都好") -> Id:
        made = self.world.new_id()
        said: dict[str, object] = {"at": self.world.town.clock(), "outcome": "1", "summary": summary}
        self.ledger.write([Draft("visit", made, place, said, new=True)])
        return made

    def resident(self, place: Id, name: str) -> Id:
        made = self.world.new_id()
        said: dict[str, object] = {"household": ids.named("household", place.hex()), "name": name}
        self.ledger.write([Draft("resident", made, place, said, new=True)])
        return made

    def states(self) -> dict[Id, str]:
        with self.ledger.reading() as connection:
            return {
                identity: state
                for identity, state in connection.exec_driver_sql("SELECT id, state FROM change")
            }

    def words_of(self, change: Id) -> str | None:
        with self.ledger.reading() as connection:
            said: str | None = connection.exec_driver_sql(
                "SELECT words FROM change WHERE id = ?", (change,)
            ).scalar_one()
        return said
