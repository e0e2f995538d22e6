"""What one process of a community's server shares between its sessions."""

import base64
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256

from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.wire import pack, sealing
from gridclient.core.wire.messages import Enrolled, Enrolment, PlaceDigest
from sync_server.accounts import enrolling
from sync_server.service import audit
from sync_server.service.commons import Commons, local_day
from sync_server.service.frames import FrameCache
from sync_server.service.sending import Sender
from sync_server.service.words import refusal
from sync_server.store.contract import AccountReader, RecordReader, Store, StoreBusyError, Transaction
from sync_server.store.rows import Community, Device

_LONGEST_LABEL = 100

Busy: type[Exception] = StoreBusyError  # what a reading transaction raises where the store does not answer


class Service:
    """Everything one process shares between its sessions.

    Args:
        clock: Unix milliseconds now.
        randomness: so many random bytes.
        builders: how many threads may make frames at once; 0 for as many as there are cores.
    """

    def __init__(
        self,
        store: Store,
        clock: Callable[[], int],
        randomness: Callable[[int], bytes],
        builders: int = 0,
    ) -> None:
        self.store = store
        self.clock = clock
        self.randomness = randomness
        self.sender = Sender(store, FrameCache(builders or os.cpu_count() or 1))
        self._commons = (PlaceDigest(b"", 0, 0), Commons(-1))
        self._community: Community | None = None

    def authenticate(self, token: str) -> Id:
        """The laptop that bears this token.

        Raises:
            RefusedError: nobody's token, or that of a revoked laptop.
        """
        with self.store.read() as snapshot:
            device = snapshot.accounts.device_of(token_hash(token))
        if device is None:
            raise refusal("unknown_device")
        if device.revoked is not None:
            raise refusal("revoked")
        return device.id

    def new_code(self, worker: Id, fingerprint: bytes) -> str:
        """A one-time code for a laptop of this worker; it closes the unused ones he was given before."""
        with self.writing() as transaction:
            now = self.clock()
            audit.note(transaction.records, now, self.randomness, "code", record=worker)
            return enrolling.new_code(transaction.accounts, worker, fingerprint, now, self.randomness)

    def enrol(self, enrolment: Enrolment) -> Enrolled:
        """Let a laptop in.

        Raises:
            RefusedError: `code_wrong`, `code_used`, `code_locked`, `malformed`, `revoked`, `unknown_device`,
                `busy`, `left`.
        """
        if len(enrolment.device) != 16 or len(enrolment.public_key) != 32:
            raise refusal("malformed")
        with self.writing() as transaction:
            problem = enrolling.problem_with(transaction.accounts, enrolment, self.clock())
            if problem is None:
                return self._let_in(transaction, enrolment)
        raise refusal(problem)  # after the try has been counted for good

    def _let_in(self, transaction: Transaction, enrolment: Enrolment) -> Enrolled:
        accounts, now = transaction.accounts, self.clock()
        code = enrolling.code_of(accounts, enrolment.secret)
        assert code is not None
        community = self.community(accounts)
        commons = self.commons(transaction.records)
        role = commons.role(code.worker)
        if role is None:
            raise refusal("left")
        token = base64.urlsafe_b64encode(self.randomness(32)).decode().rstrip("=")
        accounts.put_code(code._replace(device=enrolment.device))
        accounts.put_device(
            Device(
                enrolment.device,
                code.worker,
                enrolment.label[:_LONGEST_LABEL],
                enrolment.public_key,
                token_hash(token),
                now,
                parent=enrolment.previous,
            )
        )
        short = enrolment.device.hex()[:8]
        audit.note(transaction.records, now, self.randomness, "enrol", record=code.worker, purpose=short)
        return Enrolled(
            token=token,
            worker=code.worker,
            name=commons.name(code.worker),
            role=role.value,
            community=commons.title() or community.name,
            recovery_key=community.recovery_key,
            demonstration=commons.demonstration,
            grids=commons.grid_names(code.worker, local_day(now)),
            seal_key=sealing.public_of(community.seal_key),
            server_key=pack.verify_key(community.sign_key),
            credential=pack.credential(
                enrolment.device, code.worker, enrolment.public_key, community.sign_key
            ),
        )

    def community(self, accounts: AccountReader) -> Community:
        """What was fixed when this server was founded."""
        if self._community is None:
            self._community = accounts.community()
        assert self._community is not None
        return self._community

    def commons(self, records: RecordReader) -> Commons:
        """What the commons say in this transaction."""
        digest = records.digests([COMMONS]).get(COMMONS, PlaceDigest(COMMONS, 0, 0))
        # By the whole digest: a transaction that is undone has shown a seq that another will give again.
        found = self._commons
        if found[0] != digest:
            found = self._commons = (digest, Commons.read(digest.seq, records.rows(0, COMMONS)))
        return found[1]

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A writing transaction; raises RefusedError `busy` where the lock is not to be had."""
        try:
            with self.store.write() as transaction:
                yield transaction
        except StoreBusyError as error:
            raise refusal("busy") from error


def token_hash(token: str) -> bytes:
    """What is stored of a token."""
    return sha256(token.encode()).digest()
