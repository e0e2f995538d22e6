"""Reading what the demonstration tells: constants and small lookups the tests share."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import cast

from gridclient.core.merge.change import Draft

NOW = 1_795_500_000_000  # 2026-11-24
MIDNIGHT = NOW - (NOW + 8 * 3_600_000) % 86_400_000


def of(drafts: Iterable[Draft], kind: str) -> list[Draft]:
    return [draft for draft in drafts if draft.kind == kind]


def text(draft: Draft, field: str) -> str:
    return str(draft.fields.get(field, ""))


def instant(draft: Draft, field: str = "at") -> int:
    return cast(int, draft.fields[field])


def local(millis: int) -> datetime:
    return datetime.fromtimestamp(millis / 1000, UTC) + timedelta(hours=8)


def count(drafts: Iterable[Draft]) -> Counter[str]:
    return Counter(draft.kind for draft in drafts)
