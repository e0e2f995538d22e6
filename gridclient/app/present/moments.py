"""Times and ages as people say them."""

from datetime import date, datetime, timedelta, timezone

from gridclient.core.domain.attention import DAY

# All of China keeps one time; a laptop set to another zone still shows what people's watches show.
CHINA = timezone(timedelta(hours=8))
WEEKDAYS = "一二三四五六日"
_COUNTS = ("", "一", "两", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")


def local(millis: int) -> datetime:
    """The moment on people's watches."""
    return datetime.fromtimestamp(millis / 1000, CHINA)


def day(millis: int, now: int) -> str:
    """今天 10:43, 11月22日, 2025年3月1日."""
    moment, today = local(millis), local(now)
    if moment.date() == today.date():
        return f"今天 {moment:%H:%M}"
    plain = f"{moment.month}月{moment.day}日"
    return plain if moment.year == today.year else f"{moment.year}年{plain}"


def moment(millis: int, now: int) -> str:
    """10月16日 周五 10:05."""
    at = local(millis)
    if at.date() == local(now).date():
        return f"今天 {at:%H:%M}"
    year = f"{at.year}年" if at.year != local(now).year else ""
    return f"{year}{at.month}月{at.day}日 周{WEEKDAYS[at.weekday()]} {at:%H:%M}"


def ago(millis: int, now: int) -> str:
    """39 天前, 今天."""
    days = (local(now).date() - local(millis).date()).days
    return f"{days} 天前" if days > 0 else "今天"


def long_ago(millis: int, now: int) -> str:
    """How long ago as people say it, no finer than it is meant: 昨天, 9 天前, 三周前, 三个月前, 两年前."""
    days = (local(now).date() - local(millis).date()).days
    if days <= 2:
        return ("今天", "昨天", "前天")[max(0, days)]
    if days < 14:
        return f"{days} 天前"
    if days < 45:
        return f"{_COUNTS[round(days / 7)]}周前"
    if days < 350:
        return f"{_COUNTS[round(days * 12 / 365)]}个月前"
    years = round(days / 365)
    return f"{_COUNTS[years]}年前" if years < len(_COUNTS) else f"{years} 年前"


def days_between(earlier: int, later: int) -> int:
    return max(0, (later - earlier) // DAY)


def today(now: int) -> date:
    return local(now).date()


def partial(written: str) -> str:
    """A partial date in words: 2003年, 2003年5月, 2003年5月1日."""
    parts = [str(int(part)) for part in written.split("-") if part.isdigit()]
    return "".join(part + unit for part, unit in zip(parts, ("年", "月", "日"), strict=False))


def instant_of(written: str) -> int:
    """The first moment of a partial date, in Unix milliseconds."""
    year, month, day = [*(int(part) for part in written.split("-")), 1, 1][:3]
    return round(datetime(year, month, day, tzinfo=CHINA).timestamp() * 1000)
