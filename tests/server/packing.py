"""Laptops that really have a signing key, and the files they make."""

from dataclasses import dataclass

from gridclient.core.merge.change import Change
from gridclient.core.wire import codes, pack
from gridclient.core.wire.messages import Enrolled, Enrolment
from gridclient.core.wire.pack import AnswerFile, Pack
from gridclient.core.wire.sealing import public_of
from tests.server.town import Laptop, Town


@dataclass
class Signing:
    """A laptop, its seed, and what it was told when it was let in."""

    laptop: Laptop
    seed: bytes
    enrolled: Enrolled

    def pack(self, *changes: Change, **more: object) -> Pack:
        said: dict[str, object] = {
            "community": self.enrolled.community,
            "device": self.laptop.device,
            "worker": self.laptop.worker,
            "public_key": pack.verify_key(self.seed),
            "credential": self.enrolled.credential,
            "box_key": public_of(pack.box_key(self.seed)),
            "made": 7,
            "changes": pack.encode_changes(list(changes)),
        }
        return Pack(**(said | more))  # type: ignore[arg-type]

    def file(self, *changes: Change, **more: object) -> bytes:
        """For the server and for the safe."""
        recipients = [self.enrolled.seal_key, self.enrolled.recovery_key]
        return pack.close_pack(self.pack(*changes, **more), self.seed, recipients)

    def last_file(self, *changes: Change) -> bytes:
        """For the safe alone."""
        said = self.pack(*changes, reason="revoked")
        return pack.close_pack(said, self.seed, [self.enrolled.recovery_key])

    def answers(self, data: bytes) -> AnswerFile:
        return pack.open_answers(data, pack.box_key(self.seed), self.enrolled.server_key)


def signing(town: Town, laptop: Laptop) -> Signing:
    """Another laptop of the same worker, with a key of its own."""
    seed = town.random.randbytes(32)
    secret = codes.parse(town.code(laptop.worker)).secret
    asked = Enrolment(secret, town.new_id(), pack.verify_key(seed), "下楼用的")
    enrolled = town.service.enrol(asked)
    made = Laptop(town, asked.device, laptop.worker, enrolled.token, town.connect(enrolled.token))
    return Signing(made, seed, enrolled)
