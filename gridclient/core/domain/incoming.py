"""What comes in and waits at the desk until it is dispatched: 民生快巴 feedback, 12345 tickets."""

from gridclient.core.domain import ids, work_codes
from gridclient.core.domain.declaration import DESK_ROLES, Kind, Place, Type, code, plain, ref, text


class Feedback(
    Kind,
    kind="feedback",
    zh="反馈",
    en="Feedback",
    place=Place.DESK,
    writers=DESK_ROLES,
    append=True,
    stage=1,
):
    """One row of the 民生快巴 mini-program. Dispatching it makes a matter where the trouble is."""

    sort = code("反馈类型", "Sort", work_codes.FEEDBACK_SORT, headers="类型")
    body = text(
        "详细内容", "Body", 2000, required=True, sensitivity=1, search=True, headers="内容 反馈内容 问题描述"
    )
    name = text("反馈人", "Name", 50, sensitivity=1, search=True, headers="姓名 联系人")
    phone = plain(Type.PHONE, "联系方式", "Phone", sensitivity=1, search=True, headers="联系电话 电话 手机号")
    at = plain(Type.INSTANT, "反馈时间", "Time", headers="时间 提交时间")
    address = text("地址", "Address", 200, sensitivity=1, search=True, headers="地点 住址")
    matter = ref("诉求", "Matter", "matter")


class HotlineTicket(
    Kind,
    kind="hotline_ticket",
    zh="12345 工单",
    en="Hotline ticket",
    place=Place.DESK,
    writers=DESK_ROLES,
    append=True,
    stage=1,
):
    """One ticket of the city's hotline; its number names it on every laptop."""

    number = text(
        "工单编号", "Number", 40, required=True, search=True, headers="工单号 编号 受理编号 派单编号"
    )
    received = plain(Type.INSTANT, "接收时间", "Received", headers="受理时间 派单时间 来电时间")
    body = text("问题描述", "Body", 2000, sensitivity=1, search=True, headers="诉求内容 内容 主要内容")
    advice = text("转办意见", "Advice", 500, headers="办理意见 派单意见")
    due = plain(Type.INSTANT, "办结时限", "Due", headers="办理时限 截止时间")
    urgency = code("紧急程度", "Urgency", work_codes.TICKET_URGENCY)
    category = text("类别", "Category", 200, headers="一级分类 受理类型 诉求类别 来电类别")
    unit = text("承办单位", "Unit", 100, headers="办理单位 主办单位")
    signed = plain(Type.INSTANT, "签收时间", "Signed")
    replied = plain(Type.INSTANT, "回复时间", "Replied", headers="答复时间 办结时间")
    reply = text("回复内容", "Reply", 2000, sensitivity=1, headers="答复内容 办理结果")
    status = code("状态", "Status", work_codes.TICKET_STATUS, headers="工单状态 办理状态")
    repeated = plain(Type.FLAG, "是否重复", "Repeated", headers="重复工单")
    satisfaction = code("满意度", "Satisfaction", work_codes.SATISFACTION, headers="满意情况 评价")
    name = text("来电人", "Name", 50, sensitivity=1, search=True, headers="反映人 联系人 诉求人")
    phone = plain(
        Type.PHONE, "来电号码", "Phone", sensitivity=1, search=True, headers="联系电话 联系方式 电话"
    )
    address = text("地址", "Address", 200, sensitivity=1, search=True, headers="事发地址 诉求地址 地点")
    matter = ref("诉求", "Matter", "matter")


def ticket_id(number: str) -> ids.Id:
    """The id of a ticket: by its number, so that two exports of one month meet."""
    return ids.named("hotline_ticket", number)
