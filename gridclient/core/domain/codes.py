"""Code lists as data: what is stored, what is shown, which words of a register mean it."""

from dataclasses import dataclass, field

from gridclient.core.domain import relation_words


@dataclass(frozen=True)
class CodeList:
    """One closed list of values. `standard` names where the codes come from; "" means the product's own."""

    name: str
    labels: dict[str, str]
    standard: str = ""
    synonyms: dict[str, str] = field(default_factory=dict)

    def label(self, code: str) -> str:
        """The word for a code; an unknown code is shown as it is."""
        return self.labels.get(code, code)

    def code(self, word: str) -> str | None:
        """The code a word, synonym or code stands for, or None."""
        word = word.strip()
        if word in self.labels:
            return word
        for code, label in self.labels.items():
            if label == word:
                return code
        return self.synonyms.get(word)


SEX = CodeList(
    "sex",
    {"0": "未知", "1": "男", "2": "女", "9": "未说明"},
    "GB/T 2261.1",
    {"M": "1", "F": "2", "m": "1", "f": "2", "男性": "1", "女性": "2"},
)

RELATION = CodeList(
    "relation",
    {
        "01": "本人",
        "02": "户主",
        "10": "配偶",
        "11": "夫",
        "12": "妻",
        "20": "子",
        "21": "独生子",
        "22": "长子",
        "23": "次子",
        "24": "三子",
        "25": "四子",
        "26": "五子",
        "27": "养子或继子",
        "28": "女婿",
        "29": "其他儿子",
        "30": "女",
        "31": "独生女",
        "32": "长女",
        "33": "次女",
        "34": "三女",
        "35": "四女",
        "36": "五女",
        "37": "养女或继女",
        "38": "儿媳",
        "39": "其他女儿",
        "40": "孙辈",
        "41": "孙子",
        "42": "孙女",
        "43": "外孙子",
        "44": "外孙女",
        "45": "孙媳或外孙媳",
        "46": "孙女婿或外孙女婿",
        "47": "曾孙子",
        "48": "曾孙女",
        "49": "其他孙辈",
        "50": "父母",
        "51": "父",
        "52": "母",
        "53": "公公",
        "54": "婆婆",
        "55": "岳父",
        "56": "岳母",
        "57": "继父或养父",
        "58": "继母或养母",
        "60": "祖父母",
        "61": "祖父",
        "62": "祖母",
        "63": "外祖父",
        "64": "外祖母",
        "65": "配偶的祖父母",
        "66": "曾祖父",
        "67": "曾祖母",
        "70": "兄弟姐妹",
        "71": "兄",
        "72": "嫂",
        "73": "弟",
        "74": "弟媳",
        "75": "姐",
        "76": "姐夫",
        "77": "妹",
        "78": "妹夫",
        "80": "其他",
        "81": "伯父",
        "82": "伯母",
        "83": "叔父",
        "84": "婶母",
        "85": "舅父",
        "86": "舅母",
        "87": "姨父",
        "88": "姨母",
        "89": "姑父",
        "90": "姑母",
        "91": "堂兄弟姐妹",
        "92": "表兄弟姐妹",
        "93": "侄子",
        "94": "侄女",
        "95": "外甥",
        "96": "外甥女",
        "97": "其他亲属",
        "99": "非亲属",
    },
    "GB/T 4761-2008",
    relation_words.WORDS,
)

RESIDENCE = CodeList(
    "residence",
    {"1": "人户一致", "2": "人在户不在", "3": "户在人不在"},
    "GB/T 31000-2015 人户一致标识，按在用的三值细分",
)

ID_TYPE = CodeList(
    "id_type",
    {
        "111": "居民身份证",
        "113": "户口簿",
        "114": "军官证",
        "414": "普通护照",
        "511": "台湾居民来往大陆通行证",
        "516": "港澳居民来往内地通行证",
        "554": "外国人居留证",
    },
    "GA/T 517",
)

LIFE = CodeList("life", {"living": "在住", "away": "外出", "moved": "迁出", "dead": "去世"})

DWELLING_USE = CodeList(
    "dwelling_use",
    {
        "own": "自住",
        "rent": "出租",
        "lent": "借住",
        "vacant": "空置",
        "shop": "经营",
        "office": "办公",
        "building": "在建",
        "undelivered": "未交付",
        "demolished": "拆除",
    },
)

TENURE = CodeList(
    "tenure", {"owner": "业主", "family": "家属", "tenant": "租客", "guest": "借住", "unit": "单位分配"}
)

HOUSEHOLD_CLASS = CodeList(
    "household_class", {"resident": "常住", "floating": "流动", "registered": "空挂", "away": "外出"}
)

BUILDING_STATUS = CodeList("building_status", {"used": "在用", "building": "在建", "demolished": "拆除"})

COMPOUND_TYPE = CodeList(
    "compound_type",
    {
        "old": "老旧楼院",
        "commercial": "商品房",
        "unit": "单位家属院",
        "resettled": "回迁小区",
        "building": "在建",
    },
)

OUTCOME = CodeList(
    "outcome",
    {
        "1": "入户",
        "2": "门口谈",
        "3": "拒访",
        "4": "隔门应",
        "5": "没人应",
        "6": "空房",
        "7": "已搬走",
        "8": "打电话",
        "9": "改约",
    },
)

PURPOSE = CodeList(
    "purpose",
    {
        "preach": "理论宣讲",
        "needs": "需求征集",
        "reception": "诉求接待",
        "support": "结对帮扶",
        "verify": "登记核实",
        "card": "送联络卡",
        "revisit": "回访",
    },
    "四进门",
)

CHECK = CodeList("check", {"clear": "清", "changed": "有变化", "unasked": "没问"}, "四清")

MATTER_CATEGORY = CodeList(
    "matter_category",
    {
        "A": "矛盾纠纷",
        "B1": "公共设施维修",
        "B2": "环境卫生",
        "B3": "物业服务",
        "B4": "供水供暖供电供气",
        "B5": "社会救助",
        "B6": "养老助残",
        "B7": "医保社保就业",
        "B8": "教育托管",
        "B9": "证照代办",
        "C1": "违建占道",
        "C2": "停车",
        "C3": "噪音扰民",
        "C4": "消防隐患",
        "C5": "治安隐患",
        "C6": "群租出租",
        "D": "咨询",
        "E": "建议",
        "F": "表扬",
        "Z": "其他",
    },
    "三解决",
)

MATTER_STATUS = CodeList(
    "matter_status",
    {
        "received": "受理",
        "verifying": "核实",
        "handling": "办理",
        "revisiting": "回访",
        "closed": "办结",
        "void": "作废",
    },
)

MATTER_EXIT = CodeList(
    "matter_exit", {"spot": "当场办结", "escalate": "上报", "whistle": "吹哨", "explain": "解释"}
)

MATTER_LEVEL = CodeList("matter_level", {"normal": "普通", "urgent": "紧急", "major": "重大"})

CHANNEL = CodeList(
    "channel",
    {
        "visit": "入户",
        "knock": "敲门行动",
        "yard": "下楼院",
        "reception": "接访",
        "meeting": "议事会",
        "applet": "小程序",
        "phone": "电话",
        "group": "微信群",
        "hotline": "12345",
        "property": "物业转",
        "department": "部门转",
        "deputy": "人大代表",
        "patrol": "主动发现",
    },
)

ROLE = CodeList("role", {"worker": "网格员", "office": "办公室", "supervisor": "书记"})

CARD_METHOD = CodeList("card_method", {"hand": "当面", "door": "门缝", "again": "补发"})

CARD_DESIGN = CodeList("card_design", {"red": "红", "blue": "蓝", "large": "大字"})

RETIRED = CodeList(
    "retired",
    {
        "": "在用",
        "moved": "搬走",
        "duplicate": "重复",
        "mistake": "记错",
        "undone": "撤回",
        "ended": "停用",
        "merged": "并入",
        "erased": "清除",
    },
)

REVIEW_STATE = CodeList(
    "review_state", {"open": "待定", "accepted": "采用", "declined": "不采用", "later": "以后再说"}
)

REVIEW_SORT = CodeList("review_sort", {"suggestion": "导入建议", "duplicate": "疑似重复", "note": "提醒"})

AUDIT_ACTION = CodeList(
    "audit_action",
    {
        "reveal": "看全号码",
        "export": "导出",
        "print": "打印",
        "import": "导入",
        "erase": "抹除",
        "decide": "裁定",
        "staff": "人员变动",
        "assign": "调整分工",
        "code": "发领取码",
        "enrol": "登记电脑",
        "revoke": "停用电脑",
        "hand_in": "收下上交的文件",
        "unseal": "拆封",
        "unpack": "收下U盘里的包",
        "backup": "备份",
        "restore": "恢复",
    },
)
