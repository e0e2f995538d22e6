"""One-time codes: making them, and proving that somebody has one."""

import hashlib
import hmac
from collections.abc import Callable

from gridclient.core.domain.ids import Id
from gridclient.core.wire import codes
from gridclient.core.wire.messages import Enrolment
from sync_server.store.contract import AccountReader, AccountWriter
from sync_server.store.rows import OneTimeCode

DAYS = 7
TRIES = 5
_SELECTOR = 4  # characters by which a code is found, so that wrong guesses at it can be counted
_DAY = 24 * 3600 * 1000
_LONGEST = 64  # characters of a secret worth hashing
_NOBODYS = bytes(16)


def new_code(
    accounts: AccountWriter, worker: Id, fingerprint: bytes, now: int, randomness: Callable[[int], bytes]
) -> str:
    """A code that lets one laptop of this worker in; only its hash is kept. Unused ones of his are closed."""
    for old in accounts.codes_of(worker):
        if old.expires > now:
            accounts.put_code(old._replace(expires=now))
    while True:
        written = codes.compose(randomness(codes.SECRET_BYTES), fingerprint)
        secret = codes.parse(written).secret
        taken = accounts.code(secret[:_SELECTOR])
        if taken is None or taken.expires <= now or taken.device is not None:
            break
    salt = randomness(16)
    accounts.put_code(
        OneTimeCode(secret[:_SELECTOR], salt, _hash(secret, salt), worker, now, now + DAYS * _DAY)
    )
    return written


def code_of(accounts: AccountReader, secret: str) -> OneTimeCode | None:
    """The code somebody means; nothing is proved by that yet."""
    return accounts.code(secret[:_SELECTOR])


def problem_with(accounts: AccountWriter, enrolment: Enrolment, now: int) -> str | None:
    """Why a laptop cannot be let in (`code_wrong`, `code_used`, `code_locked`, `unknown_device`), or None.

    A wrong guess is counted, so the caller has to commit also when the answer is no. The answer may have been
    lost: the same laptop may come again with the same code until it has used its token. How long the answer
    takes does not tell whether there is such a code.
    """
    code = code_of(accounts, enrolment.secret)
    proof = _hash(enrolment.secret[:_LONGEST], code.salt if code else _NOBODYS)
    if code is None:
        return "code_wrong"
    if code.tries >= TRIES:
        return "code_locked"
    if not hmac.compare_digest(proof, code.hash):
        accounts.put_code(code._replace(tries=code.tries + 1))
        return "code_wrong"
    device = accounts.device(enrolment.device)
    if enrolment.previous is not None:
        before = accounts.device(enrolment.previous)
        if len(enrolment.previous) != 16 or enrolment.previous == enrolment.device:
            return "malformed"
        if before is not None and before.worker != code.worker:
            return "unknown_device"  # nobody descends from somebody else's laptop
    if code.device is not None:
        lost = device is not None and device.welcomed == 0 and device.public_key == enrolment.public_key
        return None if lost and code.device == enrolment.device else "code_used"
    if code.expires <= now:
        return "code_used"
    if device is not None and device.worker != code.worker:
        return "unknown_device"  # somebody else's laptop: it needs an id of its own first
    return None


def _hash(secret: str, salt: bytes) -> bytes:
    """Slow on purpose: what of a code is not its selector has 60 bits."""
    return hashlib.scrypt(secret.encode(), salt=salt, n=1 << 12, r=8, p=1, dklen=32)
