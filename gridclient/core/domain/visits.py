"""A visit: what happened at a door, written once."""

from gridclient.core.domain import codes, work_codes
from gridclient.core.domain.declaration import Kind, Merge, Place, Type, code, plain, ref, text


class Visit(
    Kind,
    kind="visit",
    zh="走访",
    en="Visit",
    place=Place.BUILDING,
    within="household",
    also_within=("dwelling",),
    stage=2,
    written_once=True,
):
    """One knock on one door, opened or not."""

    household = ref("户", "Household", "household")
    dwelling = ref("房屋", "Dwelling", "dwelling")
    at = plain(Type.INSTANT, "时间", "Time", required=True)
    outcome = code("结果", "Outcome", codes.OUTCOME, required=True)
    purposes = code("为什么来", "Purposes", codes.PURPOSE, merge=Merge.SET)
    companions = ref("陪同", "Companions", "worker", merge=Merge.SET)
    people_check = code("人员底数", "People", codes.CHECK)
    people_note = text("人员底数说明", "People, note", 200, sensitivity=1, group="people_check")
    family_check = code("家庭情况", "Family", codes.CHECK)
    family_note = text("家庭情况说明", "Family, note", 200, sensitivity=1, group="family_check")
    dispute_check = code("矛盾问题", "Disputes", codes.CHECK)
    dispute_note = text("矛盾问题说明", "Disputes, note", 200, sensitivity=1, group="dispute_check")
    hazard_check = code("安全隐患", "Hazards", codes.CHECK)
    hazard_note = text("安全隐患说明", "Hazards, note", 200, sensitivity=1, group="hazard_check")
    summary = text("一句话", "Summary", 500, sensitivity=1)
    next_due = plain(Type.DATE, "下次", "Next time")
    method = code("方式", "Method", work_codes.VISIT_METHOD)
    ended = plain(Type.INSTANT, "结束时间", "Ended")
    worker = ref("走访人", "Visitor", "worker")
    triggers = code("四必访", "Must-visit", work_codes.MUST_VISIT, merge=Merge.SET)
    met = ref("见到了", "Met", "resident", merge=Merge.SET)
    met_other = text("还见到", "Also met", 100, sensitivity=1)
    campaign = ref("敲门行动", "Campaign", "campaign")
    session = ref("下楼院", "Yard session", "yard_session")
    team = ref("帮帮队", "Team", "team")


CHECKS = (
    (Visit.people_check, Visit.people_note),
    (Visit.family_check, Visit.family_note),
    (Visit.dispute_check, Visit.dispute_note),
    (Visit.hazard_check, Visit.hazard_note),
)

# A door that opened: inside, on the threshold, or opened and refused.
OPENED = frozenset({"1", "2", "3"})
# A visit that counts as having been there: met, by telephone, or verified empty.
EFFECTIVE = frozenset({"1", "2", "6", "8"})
# Nobody was met: only the next time is worth writing.
NOBODY = frozenset({"4", "5", "9"})
