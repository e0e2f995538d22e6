"""Moments as tables hold them: day and time of the country's one time zone."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone

from gridclient.core.domain import dates
from gridclient.core.domain.values import Invalid
from gridclient.exchange.cells import Cell

CHINA = timezone(timedelta(hours=8))
_CLOCK = re.compile(r"[ T日]*(上午|下午|晚上)?(\d{1,2})[:时点](\d{1,2})?分?(?:[:]?(\d{1,2})(?:\.\d+)?秒?)?$")
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=CHINA)
_SERIALS = range(30_000, 60_000)  # 1982 to 2064
_DAY = "不是完整的日期"


def read(cell: Cell, end_of_day: bool = False) -> int | None:
    """Unix milliseconds of a cell; None for an empty one. `end_of_day`: a day alone lasts until its end.

    Raises:
        Invalid: it is no moment.
    """
    if isinstance(cell, datetime):
        return _millis(cell if cell.tzinfo else cell.replace(tzinfo=CHINA), cell.time() == time(), end_of_day)
    if isinstance(cell, date):
        return _millis(datetime.combine(cell, time(), CHINA), True, end_of_day)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        if int(cell) not in _SERIALS:
            raise Invalid(_DAY)
        return _millis(_DAY_ZERO + timedelta(days=cell), float(cell).is_integer(), end_of_day)
    if not isinstance(cell, str):
        raise Invalid(_DAY)
    written = unicodedata.normalize("NFKC", cell).strip()
    if not written:
        return None
    clock = _CLOCK.search(written)
    day = dates.read(written[: clock.start()].strip() if clock else written)
    if len(day) != len("2026-11-24"):
        raise Invalid(_DAY)
    hours = _time(clock) if clock else time()
    return _millis(datetime.combine(date.fromisoformat(day), hours, CHINA), clock is None, end_of_day)


def _time(clock: re.Match[str]) -> time:
    half, hour, minute, second = clock[1], int(clock[2]), int(clock[3] or 0), int(clock[4] or 0)
    if half in ("下午", "晚上") and hour < 12:
        hour += 12
    try:
        return time(hour, minute, second)
    except ValueError as error:
        raise Invalid("没有这个钟点") from error


def _millis(moment: datetime, whole_day: bool, end_of_day: bool) -> int:
    if whole_day and end_of_day:
        moment += timedelta(days=1, seconds=-1)
    return round(moment.timestamp()) * 1000
