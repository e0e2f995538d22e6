"""Care tags: why somebody is looked after, and who may know it.

Level 1 every worker of the building sees; level 2 is masked by default; level 3 is for named persons only,
lives at the desk, carries no details of the case and is never exported by default.
"""

from gridclient.core.domain.codes import CodeList

_LEVELS: dict[int, dict[str, str]] = {
    1: {
        "aged": "高龄老人",
        "alone": "独居老人",
        "empty_nest": "空巢老人",
        "childless": "孤寡老人",
        "bereaved": "失独家庭",
        "pregnant": "孕产妇",
        "infant": "婴幼儿",
        "veteran": "退役军人",
        "favoured": "优抚对象",
        "party": "党员",
        "volunteer": "志愿者",
        "steward": "楼栋长",
        "newcomer": "新住户",
        "resettled": "回迁户",
    },
    2: {
        "allowance": "低保",
        "low_income": "低收入",
        "destitute": "特困",
        "disabled": "残疾",
        "dependent": "失能",
        "bedridden": "卧床",
        "severe_illness": "重病",
        "chronic_illness": "慢病",
        "jobless": "失业",
        "child_in_need": "困境儿童",
        "child_left": "留守儿童",
        "old_left": "留守老人",
        "single_parent": "单亲",
    },
    3: {
        "mental": "严重精神障碍",
        "correction": "社区矫正",
        "released": "刑满释放",
        "rehabilitation": "戒毒",
        "petition": "信访",
        "violence": "家暴",
    },
}

CARE_TAG = CodeList(
    "care_tag",
    {code: label for level in _LEVELS.values() for code, label in level.items()},
    "",
    {
        "80岁以上": "aged",
        "90岁以上": "aged",
        "高龄": "aged",
        "独居": "alone",
        "空巢": "empty_nest",
        "孤寡": "childless",
        "失独": "bereaved",
        "计生特殊家庭": "bereaved",
        "孕妇": "pregnant",
        "产妇": "pregnant",
        "退伍军人": "veteran",
        "优抚": "favoured",
        "中共党员": "party",
        "回迁": "resettled",
        "新市民": "newcomer",
        "低保户": "allowance",
        "低保边缘": "low_income",
        "边缘户": "low_income",
        "低收入家庭": "low_income",
        "特困户": "destitute",
        "特困供养": "destitute",
        "残疾人": "disabled",
        "残疾人员": "disabled",
        "失能老人": "dependent",
        "半失能": "dependent",
        "瘫痪": "bedridden",
        "大病": "severe_illness",
        "慢性病": "chronic_illness",
        "失业人员": "jobless",
        "单亲家庭": "single_parent",
        "精神障碍": "mental",
        "精神障碍患者": "mental",
        "精神病人": "mental",
        "矫正": "correction",
        "矫正对象": "correction",
        "社区矫正人员": "correction",
        "刑释人员": "released",
        "刑释解教": "released",
        "安置帮教": "released",
        "吸毒": "rehabilitation",
        "吸毒人员": "rehabilitation",
        "戒毒人员": "rehabilitation",
        "信访人员": "petition",
        "上访": "petition",
    },
)

LEVEL = {code: level for level, tags in _LEVELS.items() for code in tags}

# Looked in on every week, at home once a month.
FREQUENT = frozenset({"alone", "childless", "dependent", "bedridden"})
# At home once a month, as every tag of level 2 and 3.
MONTHLY = frozenset({"aged", "empty_nest", "bereaved", "pregnant"})
