"""What keeps a ledger safe besides its file: backups, room on the disk, the clock. In words."""

import shutil
from pathlib import Path
from typing import NamedTuple

from gridclient.core.domain import lease
from gridclient.core.domain.errors import KnownError
from gridclient.ledger import backup, container
from gridclient.ledger.ledger import Ledger
from gridclient.operations.back_up import DAY, said_age, said_size, said_time

LEAST_FREE = 200_000_000
OLD_BACKUP = 7 * DAY
SKEW = 10 * 60 * 1000
OLD_WORK = 3 * DAY


class Warned(NamedTuple):
    """Something to look at, in words; `bad`: it cannot wait."""

    words: str
    bad: bool = False


def notes(ledger: Ledger) -> list[str]:
    """What is worth a look; nothing where all is well."""
    now = ledger.clock()
    return [*_backups(ledger, now), *_room(ledger.folder), *_clock(ledger, now)]


def at_a_glance(ledger: Ledger) -> list[Warned]:
    """What a person should hear of while working, the worst first: quick to find out, no backup is opened."""
    now = ledger.clock()
    standing = ledger.lease()
    said = lease.said(standing)
    found = [Warned(said, standing.standing is lease.Standing.VISITS_ONLY)] if said else []
    found += [Warned(words, bad=True) for words in (*_room(ledger.folder), *_clock(ledger, now))]
    return [*found, *_old_work(ledger, now), *_old_backup(ledger, now)]


def _old_work(ledger: Ledger, now: int) -> list[Warned]:
    unsent = ledger.unsent()
    if not ledger.identity().enrolled or not unsent.oldest or now - unsent.oldest <= OLD_WORK:
        return []
    days = (now - unsent.oldest) // DAY
    return [Warned(f"{unsent.pending} 条还没送到社区，最早的记了 {days} 天。按 F9 同步，或 F10 存到 U 盘。")]


def _old_backup(ledger: Ledger, now: int) -> list[Warned]:
    held = ledger.backups()
    with ledger.reading() as connection:
        first = connection.exec_driver_sql("SELECT at FROM change ORDER BY number LIMIT 1").scalar()
    if not held:
        # One is made by itself soon after unlocking; where there is none after days, none can be made.
        if first is None or now - first <= DAY:
            return []
        return [Warned("还没有备份过。到“设置”里备份一次，最好存到 U 盘。")]
    last = held[0]
    if now - last.made <= OLD_BACKUP or last.manifest.mark == ledger.mark():
        return []
    return [Warned(f"最近的备份是 {said_age(now - last.made)}的。到“设置”里备份一次，最好存到 U 盘。")]


def way_back(folder: Path, ledger: Ledger | None = None) -> str:
    """What to do about a damaged ledger: which backup to restore, and what is newer than it."""
    sound = [one for one in backup.listed(folder) if is_whole(one)]
    if not sound:
        return "这里没有能用的备份。U 盘上有的话，用 restore 恢复；没有就找书记，送到社区的都能领回来。"
    last = sound[0]
    words = f"用 {said_time(last.made)} 的备份恢复：restore {last.path}。恢复时原来的文件会留着。"
    newer = _newer(ledger, last.made) if ledger is not None else None
    if newer:
        words += f"那以后又记了 {newer} 条，加 --keep-unsent 能带过来的都带过来。"
    return words


def is_whole(one: container.Backup) -> bool:
    """Whether every byte of a backup is what was written."""
    try:
        container.judge(one)
    except (KnownError, OSError):
        return False
    return True


def _newer(ledger: Ledger, made: int) -> int | None:
    try:
        with ledger.reading() as connection:
            found: int = connection.exec_driver_sql(
                "SELECT count(*) FROM change WHERE at > ?", (made,)
            ).scalar_one()
    except KnownError:
        return None
    return found


def _backups(ledger: Ledger, now: int) -> list[str]:
    held = ledger.backups()
    said = [f"备份 {path.name} 坏了，用不了，可以删掉。" for path in backup.unreadable(ledger.folder)]
    if not held:
        return [*said, "还没有备份过。用 backup 存一份到 U 盘。"]
    last = held[0]
    if not is_whole(last):
        said.append(f"最近的备份（{said_time(last.made)}）坏了，马上再备份一次。")
    elif now - last.made > OLD_BACKUP and last.manifest.mark != ledger.mark():
        said.append(f"最近的备份是 {said_age(now - last.made)}的，里面没有后来记的。备份一次。")
    return said


def _room(folder: Path) -> list[str]:
    free = shutil.disk_usage(folder).free
    if free >= LEAST_FREE:
        return []
    return [f"硬盘只剩 {said_size(free)}，快存不下了。腾出 {said_size(LEAST_FREE)} 以上。"]


def _clock(ledger: Ledger, now: int) -> list[str]:
    with ledger.reading() as connection:
        newest = connection.exec_driver_sql("SELECT coalesce(max(at), 0) FROM change").scalar_one()
    newest = max(newest, ledger.position().contacted)
    if newest - now <= SKEW:
        return []
    return [f"电脑的钟（{said_time(now)}）比最新的记录（{said_time(newest)}）还早，把钟对一下。"]
