"""吹哨联动: the units that help, and one call on one of them for one matter."""

from gridclient.core.domain import codes, work_codes
from gridclient.core.domain.declaration import DESK_ROLES, Kind, Merge, Place, Type, code, plain, ref, text


class Partner(Kind, kind="partner", zh="联动单位", en="Partner", place=Place.COMMONS, writers=DESK_ROLES):
    """A unit outside the community that answers when it is called."""

    title = text("单位名称", "Name", 100, required=True, search=True)
    sort = code("类型", "Type", work_codes.PARTNER_SORT)
    contact = text("联系人", "Contact", 50, search=True)
    phone = plain(Type.PHONE, "联系电话", "Phone", search=True)
    hours = text("值班时间", "Hours", 100)
    categories = code("办哪些事", "Handles", codes.MATTER_CATEGORY, merge=Merge.SET)
    remark = text("备注", "Remark", 500)


class Referral(
    Kind,
    kind="referral",
    zh="吹哨联动",
    en="Referral",
    place=Place.BUILDING,
    within="matter",
    stage=1,
    append=True,
):
    """One unit called for one matter: whistled, answered, arrived, done, rated."""

    matter = ref("诉求", "Matter", "matter", required=True)
    partner = ref("单位", "Partner", "partner")
    unit = text("单位名称", "Unit", 100, group="partner")
    sort = code("哪种哨", "Sort", work_codes.WHISTLE_SORT)
    role = code("主办协办", "Role", work_codes.REFERRAL_ROLE)
    state = code("状态", "State", work_codes.REFERRAL_STATE)
    at = plain(Type.INSTANT, "吹哨时间", "Whistled at", required=True)
    respond_by = plain(Type.INSTANT, "应哨期限", "Respond by")
    answered = plain(Type.INSTANT, "应哨时间", "Answered at")
    arrived = plain(Type.INSTANT, "到场时间", "Arrived at")
    opinion = text("单位意见", "Opinion", 1000, sensitivity=1)
    done = plain(Type.INSTANT, "反馈时间", "Reported at")
    result = text("处置结果", "Result", 1000, sensitivity=1)
    rating = plain(Type.NUMBER, "评价", "Rating")
