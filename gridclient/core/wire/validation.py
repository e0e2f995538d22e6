"""Whether a change is well made: the same judgement on the laptop before it is saved and on the server."""

from collections.abc import Iterable

import msgspec

from gridclient.core.domain.declaration import Field, Kind, Place
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.places import sort_of
from gridclient.core.domain.values import Invalid, check
from gridclient.core.merge.change import Change

LARGEST_CHANGE = 256 * 1024  # bytes, encoded
LATEST_AHEAD = 366 * 24 * 3600 * 1000  # a clock more than a year ahead is a mistake, not a skew
DEEPEST = 32  # lists and maps inside each other, in a value of a field this program does not know


def fault(change: Change) -> str | None:
    """What is wrong with a change, in words for its author, or None.

    An unknown kind or field is not a fault: a newer program may know it.
    """
    try:
        _judge(change)
    except Invalid as invalid:
        return str(invalid)
    return None


def _judge(change: Change) -> None:
    identities = (change.id, change.device, change.author, change.record, change.place, *change.seen)
    if any(len(identity) != 16 for identity in identities):
        raise Invalid("改动里有不完整的记录号")
    if not change.kind or not change.fields:
        raise Invalid("改动里什么也没写")
    if not change.kind.isprintable():
        raise Invalid("改动里有看不懂的内容")
    if not 1 <= change.number < 1 << 53 or not 0 <= change.at < 1 << 48:
        raise Invalid("改动的编号或时间不对")
    if len(msgspec.msgpack.encode(change)) > LARGEST_CHANGE:
        raise Invalid("这一条太大，存不下")
    kind = KINDS.get(change.kind)
    if kind is not None:
        _judge_place(kind, change)
        _judge_fields(kind, change)
    for key, value in change.fields.items():
        if kind is None or key not in kind.fields:
            _judge_unknown(value, DEEPEST)


def _judge_place(kind: type[Kind], change: Change) -> None:
    sort = sort_of(change.place)
    if sort is not kind.place and not (kind.place is Place.BUILDING and sort is Place.DESK):
        raise Invalid(f"{kind.zh}放错了归属地")
    wrong = None if _erases(change) else kind.fault(change.fields, sort)
    if wrong is not None:
        raise Invalid(wrong)


def _judge_fields(kind: type[Kind], change: Change) -> None:
    for key, value in change.fields.items():
        field = kind.fields.get(key)
        if field is None:
            continue
        missing = [mate.key for mate in kind.groups[field.group] if mate.key not in change.fields]
        if missing:
            raise Invalid(f"{field.zh}：要和“{kind.fields[missing[0]].zh}”一起写")
        for one in _elements(field, value):
            check(field, one)
        if field.required and not _filled(value) and not _erases(change):
            raise Invalid(f"{kind.zh}要有“{field.zh}”")
    if change.id == change.record:
        for field in kind.fields.values():
            if field.required and not _filled(change.fields.get(field.key)):
                raise Invalid(f"{kind.zh}要有“{field.zh}”")


def _erases(change: Change) -> bool:
    """Whether this empties a record for good: the one change that may leave a required field empty."""
    if change.id == change.record or change.fields.get(Kind.retired.key) != "erased":
        return False
    return not any(
        value[0] if isinstance(value, list | tuple) and value else value
        for key, value in change.fields.items()
        if key != Kind.retired.key
    )


def _judge_unknown(value: object, depth: int) -> None:
    """A value of a field this program does not know: anything that can be hashed and passed on."""
    if depth == 0:
        raise Invalid("改动里的内容套得太深")
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise Invalid("改动里有看不懂的内容")
        value = list(value.values())
    if isinstance(value, list | tuple):
        for one in value:
            _judge_unknown(one, depth - 1)
    elif not isinstance(value, str | int | bool | bytes | float | None):
        raise Invalid("改动里有看不懂的内容")


def _elements(field: Field, value: object) -> Iterable[object]:
    if not field.is_set:
        return [value]
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise Invalid(f"{field.zh}：要分开写加上的和去掉的")
    added, removed = value
    if not isinstance(added, list | tuple) or not isinstance(removed, list | tuple):
        raise Invalid(f"{field.zh}：要分开写加上的和去掉的")
    return [*added, *removed]


def _filled(value: object) -> bool:
    return value is not None and value != ""
