"""A care tag: one reason to look after a person or a household, from one day to another."""

from collections.abc import Mapping

from gridclient.core.domain.care_codes import CARE_TAG, LEVEL
from gridclient.core.domain.declaration import Kind, Merge, Place, Type, code, plain, ref, text

NAMED_PERSONS = 3


class CareTag(
    Kind,
    kind="care_tag",
    zh="关照",
    en="Care tag",
    place=Place.BUILDING,
    within="household",
    stage=1,
    append=True,
):
    """Levels 1 and 2 live with the household, level 3 at the desk: secrecy is by place, never by field."""

    household = ref("户", "Household", "household", required=True)
    resident = ref("居民", "Resident", "resident")
    tag = code(
        "类别",
        "Tag",
        CARE_TAG,
        required=True,
        sensitivity=2,
        search=True,
        headers="人员类别 特殊群体 重点类别 人员属性",
    )
    since = plain(Type.DATE, "从", "From")
    until = plain(Type.DATE, "到", "To")
    detail = text("等级或证号", "Grade", 50, sensitivity=2)
    basis = text("依据", "Basis", 200, sensitivity=2)
    worker = ref("责任人", "In charge", "worker")
    next_due = plain(Type.DATE, "下次回访", "Next time")
    verified = plain(Type.INSTANT, "核实时间", "Verified", merge=Merge.GREATEST)

    @classmethod
    def sort_of_place(cls, fields: Mapping[str, object]) -> Place:
        return Place.DESK if level(fields.get(cls.tag.key)) >= NAMED_PERSONS else Place.BUILDING

    @classmethod
    def fault(cls, fields: Mapping[str, object], place: Place) -> str | None:
        if cls.tag.key not in fields:
            return None
        named = level(fields[cls.tag.key]) >= NAMED_PERSONS
        if named and place is not Place.DESK:
            return "这一类关照只能存在案头，由专人看"
        if not named and place is Place.DESK:
            return "这一类关照要跟着户走，不存案头"
        # No details of a case: who is in charge and the next day are all that is needed.
        if named and any(fields.get(key) for key in (cls.detail.key, cls.basis.key)):
            return "这一类关照只写责任人和下次回访日，不写案情"
        return None


def level(tag: object) -> int:
    """How many may know of a tag: 1 every worker of the building … 3 named persons; unknown codes are 3."""
    if not tag:
        return 1
    return LEVEL.get(str(tag), NAMED_PERSONS)


def holds(since: str | None, until: str | None, today: str) -> bool:
    """Whether a tag holds on a day (`YYYY-MM-DD`); dates may be known to the year or month only."""
    return (not since or since <= today) and (not until or today[: len(until)] <= until)
