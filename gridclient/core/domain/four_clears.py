"""四清: what of a household is known, asked and cared for; each of the four with what it still lacks.

A household that would not say counts as asked and is shown apart: nobody is to be pressed for a figure.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gridclient.core.domain.attention import DAY

VERIFIED_DAYS = 180
ANSWERED = frozenset({"clear", "changed"})
HAZARDS = frozenset({"C4", "C5"})


class OpenMatter(NamedTuple):
    """A matter not finished yet."""

    category: str
    owned: bool
    due: bool


class Known(NamedTuple):
    """What the rule looks at. Times are Unix milliseconds; rows are fields by name.

    `checks`: for each of people, family, dispute, hazard the latest answer and its time.
    `tags`: when each care tag that holds was last looked at, 0 for never.
    """

    household: Mapping[str, object]
    dwelling: Mapping[str, object]
    people: tuple[Mapping[str, object], ...]
    checks: Mapping[str, tuple[str, int]]
    tags: tuple[int, ...] = ()
    matters: tuple[OpenMatter, ...] = ()


class Clear(NamedTuple):
    """One of the four. `lacks` says in words what is missing; nothing if it is clear."""

    name: str
    lacks: tuple[str, ...]
    refused: bool

    @property
    def is_clear(self) -> bool:
        return self.refused or not self.lacks


def four_clears(known: Known, now: int, verified_days: int = VERIFIED_DAYS) -> tuple[Clear, ...]:
    """人员底数清, 家庭情况清, 矛盾问题清, 安全隐患清, in this order."""
    since = now - verified_days * DAY
    refused = known.household.get("consent") == "refused"
    return (
        Clear("人员底数清", tuple(_people(known, since)), refused),
        Clear("家庭情况清", tuple(_family(known, since)), refused),
        Clear("矛盾问题清", tuple(_disputes(known, since)), refused),
        Clear("安全隐患清", tuple(_hazards(known, since)), refused),
    )


def _people(known: Known, since: int) -> Iterable[str]:
    if not known.people:
        yield "没有登记人"
        return
    if not known.household.get("head"):
        yield "没写户主"
    for key, lack in (("name", "有人没写姓名"), ("relation_to_head", "有人没写与户主关系")):
        if any(not person.get(key) for person in known.people):
            yield lack
    if any(not person.get("residence") for person in known.people):
        yield "有人没写居住情况"
    whole = _time(known.household)
    if any(max(_time(person), whole) < since for person in known.people):
        yield "有人很久没核实"


def _family(known: Known, since: int) -> Iterable[str]:
    if not (known.household.get("tenure") or known.dwelling.get("use")):
        yield "没写住房情况"
    if not (known.household.get("phone") or any(person.get("phones") for person in known.people)):
        yield "没有联系电话"
    if any(looked < since for looked in known.tags):
        yield "关照情况很久没核实"
    if not _answered(known, "family", since):
        yield "没问过家庭情况"


def _disputes(known: Known, since: int) -> Iterable[str]:
    if not _answered(known, "dispute", since):
        yield "没问过矛盾"
    if any(one.category.startswith("A") and not (one.owned and one.due) for one in known.matters):
        yield "有纠纷没定责任人和期限"


def _hazards(known: Known, since: int) -> Iterable[str]:
    if not _answered(known, "hazard", since):
        yield "没看过隐患"
    if any(one.category in HAZARDS and not (one.owned and one.due) for one in known.matters):
        yield "有隐患没定责任人和期限"


def _answered(known: Known, check: str, since: int) -> bool:
    answer, at = known.checks.get(check, ("", 0))
    return answer in ANSWERED and at >= since


def _time(fields: Mapping[str, object]) -> int:
    value = fields.get("verified")
    return value if isinstance(value, int) else 0
