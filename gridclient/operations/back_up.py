"""Backups as a person meets them: one carried away, those made by themselves, and coming back from one."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from gridclient.core.domain.errors import KnownError
from gridclient.ledger.container import Backup
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.restoring import Restored

DAY = 24 * 3600 * 1000
HALF_HOUR = 30 * 60 * 1000
_CHINA = timezone(timedelta(hours=8))


def back_up(ledger: Ledger, target: Path, *, overwrite: bool = False) -> Backup:
    """One verified backup as a file to be carried away.

    Raises:
        KnownError: there is such a file, the disk is full, the ledger is damaged …
    """
    if target.exists() and not overwrite:
        raise KnownError(
            "file_exists",
            f"已经有 {target} 了，没有动它。换个名字。",
            f"{target} is there already.",
        )
    return ledger.back_up(target)


def back_up_if_due(ledger: Ledger, older_than: int) -> Backup | None:
    """A rolling backup, if the last is older than that (milliseconds) and the ledger holds anything new.

    Raises KnownError like `Ledger.roll_backup`; earlier backups are kept.
    """
    held = ledger.backups()
    if held:
        age = ledger.clock() - held[0].made
        # A backup of tomorrow (the clock was ahead) says nothing of today.
        if 0 <= age < older_than or held[0].manifest.mark == ledger.mark():
            return None
    return ledger.roll_backup("rolling")


def said_restored(done: Restored, file: Path) -> str:
    """What a restore of a file did, in words."""
    lines = [f"恢复好了：{said_time(done.made)} 的备份。"]
    if done.replaced is not None:
        lines.append(f"原来的台账没有删，放在 {done.replaced}。")
    if done.unsent is None:
        lines.append("原来的台账读不出来，备份以后记的数不出有几条。")
    elif done.carried:
        lines.append(f"备份以后记的 {done.carried} 条带过来了。")
        if done.left:
            lines.append(f"刚换下来的那本里还有 {done.left} 条没送出，没有带过来，别删那个文件夹。")
    elif done.unsent:
        lines.append(
            f"备份以后记的有 {done.unsent} 条没送出，没有带过来，还在原来的台账里。"
            f"要带过来：restore {file} --unsent-from {done.replaced}"
        )
    return "".join(lines)


def said_time(millis: int) -> str:
    """A moment as people say it, in China's time."""
    return datetime.fromtimestamp(millis / 1000, UTC).astimezone(_CHINA).strftime("%Y-%m-%d %H:%M")


def said_size(size: int) -> str:
    """Bytes as people say them."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, size // 1000)} kB"


def said_age(age: int) -> str:
    """How long ago, in words; `age` in milliseconds."""
    if age < 0:
        return "电脑的钟改过"
    minutes = age // 60_000
    if minutes < 60:
        return "刚才" if minutes < 2 else f"{minutes} 分钟前"
    if minutes < 24 * 60:
        return f"{minutes // 60} 小时前"
    return f"{minutes // (24 * 60)} 天前"
