"""Values: read early, written late, compared after normalisation."""

import re
import unicodedata
from datetime import UTC, date, datetime

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Field, Type, Value


class Invalid(ValueError):
    """A value that cannot stand in a field; the message says why, in words for the person who gave it."""


INSTANT_LAST = 253_402_300_799_999  # 9999-12-31T23:59:59.999Z
_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)


def normal_text(value: str) -> str:
    """Text as it is compared: NFKC, one space where there were several, no ends."""
    return " ".join(unicodedata.normalize("NFKC", value).split())


def normal_phone(value: str) -> str:
    """A phone number as it is compared: digits, without the country's prefix."""
    digits = re.sub(r"[^\d+]", "", unicodedata.normalize("NFKC", value))
    return re.sub(r"^(\+86|0086)", "", digits) or normal_text(value)


def normal_id_number(value: str) -> str:
    return re.sub(r"[\s'’`]", "", unicodedata.normalize("NFKC", value)).upper()


def comparable(field: Field, value: object) -> object:
    """A value as it counts for being the same as another: empty is nothing, spelling is normalised."""
    if not isinstance(value, str):
        return value
    if field.type is Type.PHONE:
        return normal_phone(value) or None
    if field.type is Type.ID_NUMBER:
        return normal_id_number(value) or None
    return normal_text(value) or None


def check_date(written: str) -> str:
    """A date with its precision kept.

    Raises:
        Invalid: not `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, or no day of the calendar.
    """
    match = _DATE.fullmatch(written)
    if match is None:
        raise Invalid(f"日期要写成 2026-11-24 这样，写的是“{written}”")
    try:
        date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError as error:
        raise Invalid(f"没有“{written}”这一天") from error
    return written


def check(field: Field, value: object) -> None:
    """Judge one stored value (for a set: one element).

    Raises:
        Invalid: it cannot stand in this field.
    """
    if value is None:
        return
    if field.type is Type.REF:
        if not isinstance(value, bytes) or len(value) != 16:
            raise Invalid(f"{field.zh}：不是记录号")
    elif field.type is Type.FLAG:
        if not isinstance(value, bool):
            raise Invalid(f"{field.zh}：只能是“是”或“否”")
    elif field.type in (Type.NUMBER, Type.INSTANT):
        _check_number(field, value)
    elif field.type is Type.BLOB:
        if not isinstance(value, bytes):
            raise Invalid(f"{field.zh}：不是文件内容")
    else:
        _check_text(field, value)


def _check_number(field: Field, value: object) -> None:
    if not isinstance(value, int) or isinstance(value, bool):
        raise Invalid(f"{field.zh}：要写数字")
    if field.type is Type.INSTANT and not 0 <= value <= INSTANT_LAST:
        raise Invalid(f"{field.zh}：时间超出了范围")
    if not -(1 << 53) < value < 1 << 53:
        raise Invalid(f"{field.zh}：数字太大")


def _check_text(field: Field, value: object) -> None:
    if not isinstance(value, str):
        raise Invalid(f"{field.zh}：要写文字")
    if not value.isprintable() and any(one == "\0" or "\ud800" <= one <= "\udfff" for one in value):
        raise Invalid(f"{field.zh}：有写不进去的字符")
    if field.length and len(value) > field.length:
        raise Invalid(f"{field.zh}：最多 {field.length} 个字，写了 {len(value)} 个")
    if field.type is Type.DATE and value:
        check_date(value)


def from_json(field: Field, value: object) -> Value:
    """One value (for a set: one element) as scripts write it, made into what is stored.

    Raises:
        Invalid: it cannot stand in this field.
    """
    if value is None or value == "":
        return None
    made: Value
    if field.type is Type.REF:
        made = _parse_ref(field, value)
    elif field.type is Type.INSTANT and isinstance(value, str):
        made = parse_instant(value)
    elif field.type is Type.CODE and isinstance(value, str) and field.codes is not None:
        made = field.codes.code(value) or value
    elif isinstance(value, str | int | bool):
        made = str(value) if field.type is Type.CODE else value
    else:
        raise Invalid(f"{field.zh}：看不懂的写法")
    check(field, made)
    return made


def _parse_ref(field: Field, value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    try:
        return ids.parse(str(value))
    except ValueError as error:
        raise Invalid(f"{field.zh}：“{value}”不是记录号") from error


def to_json(field: Field | None, value: object) -> object:
    """One stored value as files show it: record ids as text, instants in UTC."""
    if isinstance(value, list | tuple):
        return [to_json(field, one) for one in value]
    if isinstance(value, bytes):
        return ids.text(value) if len(value) == 16 else value.hex()
    if field is not None and field.type is Type.INSTANT and isinstance(value, int):
        return format_instant(value)
    return value


def parse_instant(written: str) -> int:
    """Unix milliseconds of an ISO 8601 instant; without a zone it is UTC.

    Raises:
        Invalid: no instant.
    """
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise Invalid(f"时间要写成 2026-11-24T08:30:00Z 这样，写的是“{written}”") from error
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() * 1000)


def format_instant(millis: int) -> str:
    """An instant in UTC, to the millisecond only where there are any."""
    moment = datetime.fromtimestamp(millis / 1000, UTC)
    precision = "milliseconds" if millis % 1000 else "seconds"
    return moment.isoformat(timespec=precision).replace("+00:00", "Z")
