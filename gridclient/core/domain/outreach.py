"""Going out together: 帮帮队, 敲门行动, 下楼院, and the 预约 of a time with one household."""

from gridclient.core.domain import codes, work_codes
from gridclient.core.domain.declaration import DESK_ROLES, Kind, Merge, Place, Type, code, plain, ref, text


class Team(Kind, kind="team", zh="帮帮队", en="Team", place=Place.COMMONS, writers=DESK_ROLES):
    """One lead and the others; how many differs from place to place."""

    title = text("队名", "Name", 100, required=True, search=True)
    lead = ref("队长", "Lead", "worker")
    members = ref("队员", "Members", "worker", merge=Merge.SET)
    others = text("其他队员", "Other members", 50, merge=Merge.SET)
    buildings = ref("包联楼栋", "Buildings", "building", merge=Merge.SET)


class Campaign(Kind, kind="campaign", zh="敲门行动", en="Campaign", place=Place.COMMONS, writers=DESK_ROLES):
    """Every door of some buildings between two days."""

    title = text("名称", "Name", 100, required=True, search=True)
    since = plain(Type.DATE, "从", "From", required=True)
    until = plain(Type.DATE, "到", "To")
    buildings = ref("楼栋", "Buildings", "building", merge=Merge.SET)
    scope = text("对象", "For whom", 100)
    target = plain(Type.NUMBER, "目标（%）", "Target in percent")
    team = ref("帮帮队", "Team", "team")
    remark = text("备注", "Remark", 500)


class YardSession(
    Kind, kind="yard_session", zh="下楼院", en="Yard session", place=Place.COMMONS, writers=DESK_ROLES
):
    """Half a working day in a yard, with those who came along."""

    compound = ref("小区", "Compound", "compound", required=True)
    at = plain(Type.INSTANT, "时间", "Time", required=True)
    ended = plain(Type.INSTANT, "结束时间", "Ended")
    members = ref("参加人员", "Members", "worker", merge=Merge.SET)
    partners = ref("到场单位", "Partners", "partner", merge=Merge.SET)
    visitors = plain(Type.NUMBER, "来访人数", "Visitors")
    summary = text("情况", "Summary", 500)


class Appointment(
    Kind,
    kind="appointment",
    zh="预约",
    en="Appointment",
    place=Place.BUILDING,
    within="household",
    stage=1,
):
    """A time agreed with a household."""

    household = ref("户", "Household", "household", required=True)
    starts = plain(Type.INSTANT, "时间", "From", required=True)
    ends = plain(Type.INSTANT, "到", "To", group="starts")
    topic = text("为什么", "Topic", 100, sensitivity=1, search=True)
    state = code("状态", "State", work_codes.APPOINTMENT_STATE)
    asked_by = code("谁约的", "Asked by", work_codes.ASKED_BY)
    channel = code("怎么约的", "Channel", codes.CHANNEL)
    worker = ref("网格员", "Worker", "worker")
    visit = ref("走访", "Visit", "visit")
