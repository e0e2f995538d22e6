"""What keeps a ledger safe besides its file: backups, room on the disk, the clock. In words."""

import shutil
from pathlib import Path

from gridclient.core.domain.errors import KnownError
from gridclient.ledger import backup, container
from gridclient.ledger.ledger import Ledger
from gridclient.operations.back_up import DAY, said_age, said_size, said_time

LEAST_FREE = 200_000_000
OLD_BACKUP = 7 * DAY
SKEW = 10 * 60 * 1000


def notes(ledger: Ledger) -> list[str]:
    """What is worth a look; nothing where all is well."""
    now = ledger.clock()
    return [*_backups(ledger, now), *_room(ledger.folder), *_clock(ledger, now)]


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
