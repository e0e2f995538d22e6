"""Taking in packs from sticks: the road of a push, without a line. Who speaks is what a signature says."""

from collections import Counter
from typing import NamedTuple

from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.ids import Id
from gridclient.core.wire.messages import Answer
from gridclient.core.wire.pack import (
    AnswerFile,
    Pack,
    PackError,
    close_answers,
    file_id,
    open_pack,
    verify_key,
)
from sync_server.service import audit
from sync_server.service.intake import Intake
from sync_server.service.lineage import ancestors
from sync_server.service.rights import Standing, shut
from sync_server.service.service import Service
from sync_server.service.session import stand
from sync_server.store.contract import Transaction
from sync_server.store.rows import Community, Device

LARGEST_FILE = 64 * 1024 * 1024  # as it lies on the stick: months of a laptop's work are one megabyte


class Unpacked(NamedTuple):
    """What became of a pack. `answers`: the file to take back, which only its laptop can open.

    `again`: this very file was taken in before. `counts`: answers by status. `made`: when the laptop wrote
    it (Unix milliseconds).
    """

    answers: bytes
    device: Id
    worker: Id
    name: str
    counts: dict[str, int]
    made: int
    again: bool


def unpack(service: Service, data: bytes) -> Unpacked:
    """Take in what a laptop packed, as if it had pushed it. The same file again gives the same answers.

    Raises:
        KnownError: damaged, of another community, from a laptop nobody here knows; nothing was taken in.
        RefusedError: `busy`.
    """
    with service.store.read() as snapshot:
        community = snapshot.accounts.community()
    assert community is not None
    try:
        if len(data) > LARGEST_FILE:
            raise PackError("damaged")
        said = open_pack(data, community.seal_key, verify_key(community.sign_key))
    except PackError as error:
        raise cannot_use(error) from error
    with service.writing() as transaction:
        device = transaction.accounts.device(said.device)
        if device is None or (device.public_key, device.worker) != (said.public_key, said.worker):
            raise KnownError(
                "unknown_device",
                "写这个文件的电脑，服务器不认识，没有收。用 devices 看登记过哪些。",
                "The laptop that made this file is unknown here; nothing was taken in. See devices.",
            )
        return _answered(service, transaction, community, device, said, data)


def _answered(
    service: Service, transaction: Transaction, community: Community, device: Device, said: Pack, data: bytes
) -> Unpacked:
    now, records = service.clock(), transaction.records
    standing = standing_of(service, transaction, device, now)
    again, answers = take_in(transaction, standing, said, data, now)
    if not again:
        audit.note(
            records,
            now,
            service.randomness,
            "unpack",
            record=device.worker,
            count=len(answers),
            purpose=device.id.hex()[:8],
        )
    head = records.head()
    at = 0 if standing.shut or standing.cloned else now
    told = AnswerFile(device.id, file_id(data), head.history, head.seq, answers, at)
    try:
        sealed = close_answers(told, community.sign_key, said.box_key)
    except ValueError as error:  # no key one could seal to: undoes all of it
        raise cannot_use(PackError("damaged")) from error
    name = service.commons(records).name(device.worker)
    counts: Counter[str] = Counter(answer.status for answer in answers)
    return Unpacked(sealed, device.id, device.worker, name, dict(counts), said.made, again)


def take_in(
    transaction: Transaction, standing: Standing, said: Pack, data: bytes, now: int
) -> tuple[bool, list[Answer]]:
    """Judge and merge what lies in a pack; whether the file was taken in before, and the answers in order."""
    again = transaction.accounts.unpacked(file_id(data))
    intake = Intake(transaction.records, standing, now)
    answers = intake.take([bytes(change) for change in said.changes])
    device = transaction.accounts.device(standing.device)
    if device is not None and intake.highest > device.number:
        transaction.accounts.set_number(device.id, intake.highest)
    transaction.accounts.note_unpacked(file_id(data), standing.device, now)
    return again, answers


def standing_of(service: Service, transaction: Transaction, device: Device, now: int) -> Standing:
    """What a laptop may say at this moment, however long its file was on the way."""
    commons = service.commons(transaction.records)
    role = commons.role(device.worker)
    former = frozenset(ancestors(transaction.accounts, device))
    if device.revoked is not None or role is None:
        return shut(device.id, device.worker, left=device.revoked is None)._replace(former=former)
    return stand(device, role, commons, now)._replace(former=former)


def cannot_use(error: PackError) -> KnownError:
    """Why a file was not taken in, in words."""
    zh, en = _WORDS[str(error)]
    return KnownError(str(error), zh, en)


_WORDS = {
    "no_box": ("这不是民情台账的文件，没有收。看看是不是选错了。", "This is no file of ours."),
    "foreign": (
        "这把钥匙打不开这个文件，没有收：它不是带给本社区的，或者只有保险柜里的恢复钥匙能开（用 unseal）。",
        "Not for this community, or for the recovery key alone (see unseal); nothing was taken in.",
    ),
    "damaged": (
        "这个文件坏了，没有收。请那台电脑重新带一次，内容都还在它上面。",
        "This file is damaged; nothing was taken in. The laptop still has it all: pack again.",
    ),
    "unvouched": (
        "写这个文件的电脑不是本社区登记的，没有收。",
        "This file was not made by a laptop of this community; nothing was taken in.",
    ),
    "unsigned": (
        "这个文件的签名不对，没有收。",
        "The signature of this file does not hold; nothing was taken in.",
    ),
}
