"""The last word of a laptop that is shut out: one sealed file of what it had not sent, for the safe's key."""

import base64
from hmac import compare_digest

from gridclient.core.wire.messages import RefusedError
from gridclient.core.wire.pack import file_id, receipt
from gridclient.core.wire.sealing import is_sealed
from sync_server.service import audit
from sync_server.service.service import Service, token_hash
from sync_server.service.words import refusal
from sync_server.store.rows import Device, Handed

_GRANT_BYTES = 24


def farewell(service: Service, token: str) -> RefusedError:
    """What is said to a revoked laptop: no, with a fresh grant until one was used.

    Only the grant given last is good, so an answer that was lost costs nothing.
    """
    with service.writing() as transaction:
        device = transaction.accounts.device_of(token_hash(token))
        if device is None or device.revoked is None or device.handed is not None:
            return refusal("revoked")
        grant = base64.urlsafe_b64encode(service.randomness(_GRANT_BYTES)).decode()
        transaction.accounts.put_device(device._replace(grant_hash=_grant_hash(grant)))
    said = refusal("revoked")
    return RefusedError(said.code, str(said), grant)


def judge(service: Service, token: str, grant: str) -> None:
    """Before a large file is read: whether this laptop may hand one in, or has done so already.

    Raises:
        RefusedError: `unknown_device`, `revoked` (no good grant), `malformed` (it may simply push).
    """
    with service.store.read() as snapshot:
        device = snapshot.accounts.device_of(token_hash(token))
    _judged(device, grant)


def hand_in(service: Service, token: str, grant: str, data: bytes) -> bytes:
    """Keep the file for good; the receipt. The same file again is harmless, also once the grant is used.

    Raises:
        RefusedError: as `judge`; `malformed` where it is no sealed file.
    """
    with service.writing() as transaction:
        device = _judged(transaction.accounts.device_of(token_hash(token)), grant)
        identity = file_id(data)
        seed = service.community(transaction.accounts).sign_key
        if device.handed == identity:
            return receipt(device.id, identity, seed)
        if device.handed is not None:
            raise refusal("revoked")
        if not is_sealed(data):
            raise refusal("malformed")
        transaction.accounts.hand_in(Handed(identity, device.id, data, service.clock()))
        transaction.accounts.put_device(device._replace(handed=identity, grant_hash=None))
        short = device.id.hex()[:8]
        audit.note(
            transaction.records,
            service.clock(),
            service.randomness,
            "hand_in",
            record=device.worker,
            purpose=short,
        )
    return receipt(device.id, identity, seed)  # only once it is kept


def _judged(device: Device | None, grant: str) -> Device:
    if device is None:
        raise refusal("unknown_device")
    if device.revoked is None:
        raise refusal("malformed")
    if device.handed is None and not _is_good(device, grant):
        raise refusal("revoked")
    return device


def _is_good(device: Device, grant: str) -> bool:
    return device.grant_hash is not None and compare_digest(device.grant_hash, _grant_hash(grant))


def _grant_hash(grant: str) -> bytes:
    return file_id(grant.encode())
