"""What people ask for, and how it moves: matter, matter_step, and the status read off the steps."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from gridclient.core.domain import codes, national_codes, work_codes
from gridclient.core.domain.declaration import Kind, Merge, Place, Type, code, plain, ref, text
from gridclient.core.domain.ids import Id


class Matter(
    Kind,
    kind="matter",
    zh="诉求",
    en="Matter",
    place=Place.BUILDING,
    within="household",
    stage=1,
    append=True,
):
    """Something to be done for somebody. Its status is never stored: the steps say it.

    One of the whole community lives at the desk; the details of a confidential one are a `matter_body` there.
    """

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
    location = text("地点", "Where", 100, sensitivity=1)
    worker = ref("负责人", "In charge", "worker")
    accept_by = plain(Type.INSTANT, "受理期限", "Accept by")
    duplicate_of = ref("同一件事", "Duplicate of", "matter")
    project = ref("民生项目", "Project", "project")
    feedback = ref("反馈", "Feedback", "feedback")
    ticket = ref("12345 工单", "Hotline ticket", "hotline_ticket")
    confidential = plain(Type.FLAG, "保密", "Confidential")
    dispute_class = code("纠纷类别", "Dispute class", national_codes.DISPUTE_CLASS)
    dispute_scale = code("纠纷规模", "Dispute scale", national_codes.DISPUTE_SCALE)
    dispute_people = plain(Type.NUMBER, "涉及人数", "People involved")

    @classmethod
    def fault(cls, fields: Mapping[str, object], place: Place) -> str | None:
        if fields.get(cls.confidential.key) and fields.get(cls.body.key):
            return "保密诉求的详情要另存，不写在诉求里"
        return None


class MatterBody(
    Kind, kind="matter_body", zh="保密详情", en="Matter body", place=Place.DESK, stage=1, append=True
):
    """The details of a confidential matter: only the desk reads them back."""

    matter = ref("诉求", "Matter", "matter", required=True)
    body = text("详情", "Body", 2000, required=True, sensitivity=3)


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
    result = code("办理结果", "Result", work_codes.RESULT_TYPE)
    level = code("在哪一级解决", "Solved at", work_codes.SOLVED_LEVEL)
    satisfaction = code("满意度", "Satisfaction", work_codes.SATISFACTION)
    reason = text("原因", "Reason", 500, sensitivity=1)


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
