"""Hello: who is here again, whether that can be, and what has become of its work."""

from gridclient.core.domain.declaration import DESK_ROLES
from gridclient.core.domain.ids import Id
from gridclient.core.wire import codec, versions
from gridclient.core.wire.messages import Answer, Checkpoint, Hello, PlaceDigest, Welcome
from sync_server.service import nonces
from sync_server.service.deciding import verdict
from sync_server.service.lineage import ancestors
from sync_server.service.rights import Standing
from sync_server.store.contract import RecordReader, Transaction
from sync_server.store.rows import Community, Device

MOST_EARLIER = 50


def heard(device: Device, hello: Hello, now: int) -> Device:
    """What a laptop says of itself, written down whatever it is answered."""
    return device._replace(
        skew=hello.now - now,
        pending=hello.pending,
        held=hello.held,
        quarantined=hello.quarantined,
        oldest=hello.oldest_pending,
        program=f"{hello.oldest}-{hello.newest}/{hello.dictionary}",
    )


def speaks(program: str) -> bool:
    """Whether a program that said this of itself shares a version with this server; "" has said nothing."""
    oldest, _, newest = program.partition("/")[0].partition("-")
    return not program or versions.common(int(oldest), int(newest)) is not None


def is_copy(device: Device, hello: Hello, sign_key: bytes) -> bool:
    """Whether this cannot be the laptop spoken with last: a nonce of the past, fewer changes than it had, or
    another computer.

    The nonce before the last stays good until the last has been presented: the answer may have been lost. One
    this server has yet to give is good as well: it is the server that was restored from an older copy.
    """
    if hello.number < device.number:
        return True
    if device.machine and hello.machine and hello.machine != device.machine:
        return True
    if hello.nonce in (device.nonce, device.previous):
        return False
    turn = nonces.turn_of(sign_key, device.id, hello.nonce)
    return turn is None or turn <= device.turn


def welcome(
    transaction: Transaction,
    community: Community,
    device: Device,
    standing: Standing,
    hello: Hello,
    version: int,
    now: int,
) -> Welcome:
    """The answer to a laptop that is itself; it is given its next nonce."""
    records, accounts = transaction.records, transaction.accounts
    family = [device.id, *ancestors(accounts, device)]
    if hello.nonce and hello.nonce == device.nonce and now >= device.welcomed:
        # It presents what was sent last, so it has heard the verdicts sent along. What was decided in that
        # very millisecond, or while the server's clock stood back, is rather told twice than never.
        for one in family:
            records.mark_told(one, device.welcomed - 1)
    head = records.head()
    given = nonces.turn_of(community.sign_key, device.id, hello.nonce) or 0
    # A nonce this server has yet to give: it is an older copy. What waited here then may be gone although the
    # order reaches as far, so the laptop is told to go through all it has.
    known = _is_known(records, hello.checkpoint) and given <= device.turn
    digests = records.digests(standing.places)
    agreed = known and _agrees(hello, list(digests.values()))
    turn = max(device.turn, given) + 1
    nonce = nonces.make(community.sign_key, device.id, turn)
    accounts.put_device(
        device._replace(
            nonce=nonce,
            previous=hello.nonce,
            turn=turn,
            welcomed=now,
            machine=hello.machine or device.machine,
        )
    )
    return Welcome(
        version=version,
        now=now,
        checkpoint=Checkpoint(head.history, head.seq, head.chain),
        known=known,
        agreed=agreed,
        nonce=nonce,
        number=device.number,
        worker=standing.worker,
        role=standing.role.value,
        places=None if agreed and not hello.pending else list(standing.places),
        verdicts=[answer for one in family for answer in verdicts(records, one)],
        common=_common(records, hello),
        desk_key=community.seal_key if standing.role in DESK_ROLES else b"",
    )


def verdicts(records: RecordReader, device: Id) -> list[Answer]:
    """What was decided on the held work of a laptop and it has not heard yet."""
    return [verdict(records, one) for one in records.verdicts(device)]


def _is_known(records: RecordReader, checkpoint: Checkpoint | None) -> bool:
    return (
        checkpoint is not None
        and checkpoint.history == records.head().history
        and records.chain_at(checkpoint.seq) == checkpoint.chain
    )


def _agrees(hello: Hello, digests: list[PlaceDigest]) -> bool:
    cursor = hello.checkpoint.seq if hello.checkpoint else 0
    return all(one.seq <= cursor for one in digests) and hello.agreement == codec.digest_of_digests(digests)


def _common(records: RecordReader, hello: Hello) -> Checkpoint | None:
    """The newest point both have passed. A restored server bears another history; its order up to the copy
    it came from is the same, and the chain proves it."""
    history = records.head().history
    for one in hello.earlier[:MOST_EARLIER]:
        if records.chain_at(one.seq) == one.chain:
            return Checkpoint(history, one.seq, one.chain)
    return None
