"""What people ask for, and how it moves: matter, matter_step, and the status read off the steps."""

from collections.abc import Iterable
from typing import NamedTuple

from gridclient.core.domain import codes
from gridclient.core.domain.declaration import Kind, Merge, Place, Type, code, plain, ref, text
from gridclient.core.domain.ids import Id


class Matter(Kind, kind="matter", zh="诉求", en="Matter", place=Place.BUILDING, within="household", stage=1):
    """Something to be done for somebody. Its status is never stored: the steps say it."""

    household = ref("户", "Household", "household")
    title = text("事项", "Title", 60, required=True, search=True, sensitivity=1)
    body = text("详情", "Body", 2000, sensitivity=1)
    category = code("类别", "Category", codes.MATTER_CATEGORY)
    level = code("等级", "Level", codes.MATTER_LEVEL)
    channel = code("来源", "Channel", codes.CHANNEL)
    received = plain(Type.INSTANT, "受理时间", "Received")
    due = plain(Type.INSTANT, "期限", "Due")
    initiator = text("反映人", "Initiator", 50, sensitivity=1)
    phone = plain(Type.PHONE, "联系电话", "Phone", sensitivity=1)
    visit = ref("走访", "Visit", "visit")


class MatterStep(
    Kind,
    kind="matter_step",
    zh="办理步骤",
    en="Matter step",
    place=Place.BUILDING,
    within="matter",
    stage=1,
    written_once=True,
):
    """One step of a matter. `after` names the steps its author saw."""

    matter = ref("诉求", "Matter", "matter", required=True)
    status = code("状态", "Status", codes.MATTER_STATUS, required=True)
    exit = code("出口", "Exit", codes.MATTER_EXIT)
    at = plain(Type.INSTANT, "时间", "Time", required=True)
    note = text("说明", "Text", 1000, sensitivity=1)
    unit = text("承办", "Unit", 100)
    after = ref("接着", "After", "matter_step", merge=Merge.SET)


class Step(NamedTuple):
    """What the status rule needs of a step."""

    id: Id
    status: str
    after: frozenset[Id]


class Standing(NamedTuple):
    """Where a matter stands. `disputed`: steps that have not seen each other disagree."""

    status: str
    disputed: bool


ORDER = tuple(codes.MATTER_STATUS.labels)


def standing(steps: Iterable[Step]) -> Standing:
    """The status of a matter from its steps: of those no other has seen, the least finished one counts."""
    known = list(steps)
    seen = {earlier for step in known for earlier in step.after}
    last = {step.status for step in known if step.id not in seen} or {step.status for step in known}
    if not last:
        return Standing(ORDER[0], False)
    rank = {status: position for position, status in enumerate(ORDER)}
    return Standing(min(last, key=lambda status: (rank.get(status, -1), status)), len(last) > 1)
