"""Code lists of the work itself: referrals, appointments, projects, tickets, outreach."""

from gridclient.core.domain.codes import CodeList

GRID_SORT = CodeList("grid_sort", {"basic": "基础网格", "special": "专属网格"}, "DB6101/T 3185-2024")

WORKER_SORT = CodeList(
    "worker_sort",
    {
        "secretary": "书记",
        "grid_head": "网格长",
        "grid_worker": "网格员",
        "assistant": "协管员",
        "social_worker": "社工",
        "steward": "楼栋长",
        "volunteer": "志愿者",
        "party_member": "在职党员",
        "deputy": "人大代表",
    },
)

PARTNER_SORT = CodeList(
    "partner_sort",
    {
        "street": "街道科室",
        "police": "公安派出所",
        "welfare": "社保民政",
        "health": "卫生健康",
        "city": "城市管理",
        "property": "物业",
        "hospital": "医院",
        "supply": "水电气暖",
        "party": "在职党员单位",
        "other": "其他",
    },
)

WHISTLE_SORT = CodeList(
    "whistle_sort",
    {"people": "群众难题哨", "enforcement": "综合执法哨", "emergency": "应急处置哨"},
    "北京“街乡吹哨、部门报到”的三种哨",
)

REFERRAL_ROLE = CodeList("referral_role", {"lead": "主办", "support": "协办"})

REFERRAL_STATE = CodeList(
    "referral_state",
    {
        "drafted": "拟发",
        "whistled": "已吹哨",
        "answered": "已应哨",
        "refused": "已拒绝",
        "arrived": "已报到",
        "handling": "处置中",
        "reported": "已反馈",
        "closed": "已销号",
        "withdrawn": "已撤回",
    },
)

ASKED_BY = CodeList("asked_by", {"resident": "居民约", "worker": "网格员约"})

APPOINTMENT_STATE = CodeList(
    "appointment_state",
    {
        "asked": "待确认",
        "confirmed": "已确认",
        "kept": "已完成",
        "missed": "居民没在",
        "moved": "改了时间",
        "cancelled": "取消",
    },
)

VISIT_METHOD = CodeList(
    "visit_method",
    {
        "home": "入户",
        "door": "门口",
        "phone": "电话",
        "message": "微信",
        "yard": "下楼院",
        "deputed": "代访",
    },
)

MUST_VISIT = CodeList(
    "must_visit",
    {"hardship": "有困难必访", "dispute": "有纠纷必访", "appeal": "有诉求必访", "advice": "有建议必访"},
    "四必访",
)

CONSENT = CodeList("consent", {"told": "已告知", "agreed": "同意", "refused": "拒绝"})
CONSENT_METHOD = CodeList("consent_method", {"spoken": "口头", "signed": "签字", "leaflet": "告知单"})

RESULT_TYPE = CodeList(
    "result_type",
    {
        "solved": "已解决",
        "partly": "部分解决",
        "explained": "解释说明",
        "unfounded": "不属实",
        "passed_on": "转出",
    },
)

SOLVED_LEVEL = CodeList(
    "solved_level", {"yard": "楼院", "community": "社区", "street": "街道", "district": "区"}
)

SATISFACTION = CodeList(
    "satisfaction",
    {"good": "满意", "fair": "基本满意", "bad": "不满意", "unrated": "未评价", "unreached": "没联系上"},
    "",
    {"非常满意": "good", "较满意": "fair", "不太满意": "bad", "未接通": "unreached"},
)

PROJECT_STAGE = CodeList(
    "project_stage",
    {
        "collected": "征集",
        "approved": "立项",
        "running": "实施",
        "accepted": "验收",
        "published": "公示",
    },
)

FEEDBACK_SORT = CodeList(
    "feedback_sort",
    {
        "appeal": "诉求",
        "complaint": "投诉",
        "advice": "建议",
        "question": "咨询",
        "praise": "表扬",
        "other": "其他",
    },
    "",
    {"求助": "appeal", "意见建议": "advice", "意见": "advice", "感谢": "praise", "举报": "complaint"},
)

TICKET_STATUS = CodeList(
    "ticket_status",
    {
        "waiting": "待签收",
        "signed": "已签收",
        "handling": "办理中",
        "replied": "已回复",
        "closed": "已办结",
        "returned": "已退回",
    },
    "12345 工单",
    {"待办": "waiting", "待接收": "waiting", "在办": "handling", "办结": "closed", "退回": "returned"},
)

TICKET_URGENCY = CodeList(
    "ticket_urgency",
    {"normal": "一般", "urgent": "紧急", "critical": "特急"},
    "12345 工单",
    {"普通": "normal", "加急": "urgent", "重大": "critical"},
)

PHOTO_SORT = CodeList(
    "photo_sort", {"before": "办理前", "after": "办理后", "evidence": "现场", "face": "一寸照"}
)
