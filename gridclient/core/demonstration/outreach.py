"""Whom the community works with and what it has set out to do: partners, teams, projects, guides …"""

from collections.abc import Iterator, Sequence
from random import Random

from gridclient.core.demonstration.days import instant, written
from gridclient.core.demonstration.names import named
from gridclient.core.demonstration.town import Town, made
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS
from gridclient.core.merge.change import Draft

_PARTNERS = (
    ("禾丰街道社会事务科（示例）", "street", ("B5", "B6")),
    ("禾丰派出所（示例）", "police", ("A", "C5")),
    ("示例区社保中心", "welfare", ("B7",)),
    ("禾丰社区卫生服务中心（示例）", "health", ("B6",)),
    ("示例区城管三中队", "city", ("C1", "C2", "B2")),
    ("示例物业联合会", "property", ("B3", "B1")),
    ("示例供热公司", "supply", ("B4",)),
    ("示例区图书馆党支部", "party", ("B8",)),
)
_PROJECTS = (
    ("更换老旧单元门", "单元门关不严，晚上谁都能进", "published", "14 个单元换了新门，装了闭门器"),
    ("疏通主下水管道", "一楼返水，夏天有味", "accepted", "疏通 620 米，加装检查井 3 个"),
    ("增设电动车充电棚", "电动车推上楼充电，有火险", "running", ""),
    ("老年食堂送餐到家", "独居老人下楼吃饭不方便", "approved", ""),
    ("安装健身器材", "院里没有活动的地方", "collected", ""),
)
# General on purpose: ages, sums and dates are those of each year's notice, and nothing here is one.
_GUIDES = (
    (
        "老年就餐卡",
        "B6",
        "先问是不是住在本社区。材料齐的当场收，卡做好了打电话。\n腿脚不便的可以代领，写明谁领走的。",
        "身份证、一寸照片两张",
        "社区一楼大厅",
    ),
    (
        "高龄补贴",
        "B6",
        "多大年纪起、每月多少，看当年的通知。\n社区收材料，街道核，批下来打到本人卡上。\n家里人可以代交。",
        "身份证、户口本、本人银行卡",
        "社区一楼大厅",
    ),
    (
        "居住证登记",
        "B9",
        "先登记住在哪、从哪天住起，再问能不能办证。\n换了房子要重新登记。",
        "身份证、租房合同",
        "社区警务室",
    ),
    (
        "低保申请",
        "B5",
        "本人写申请，说清家里几口人、靠什么过日子。\n网格员入户核实，社区评议，公示没有意见再报街道。\n没批下来的，原因要上门讲清楚。",
        "身份证、户口本、收入证明",
        "社区民政窗口",
    ),
    (
        "临时救助",
        "B5",
        "突然生大病、失火这样一时过不去的。\n当天就报，材料可以后补。",
        "身份证、困难说明、票据",
        "社区民政窗口",
    ),
    (
        "城乡居民医保",
        "B7",
        "每年的缴费日子和数目看当年的通知。\n先在手机上查缴没缴，不会用手机的到大厅帮着缴。",
        "身份证",
        "手机上或社区一楼大厅",
    ),
    (
        "灵活就业补贴",
        "B7",
        "自己缴社保、又登记过失业的，可以来问。\n够不够条件由街道看，社区只收材料。",
        "身份证、失业登记、缴费单",
        "街道社保所",
    ),
    (
        "居住证明",
        "B9",
        "先问清是谁要、要写什么，别让人跑两趟。\n台账里有这一户、核实过的，当场开。",
        "身份证、房本或租房合同",
        "社区一楼大厅",
    ),
)


def community_wide(town: Town, chance: Random) -> Iterator[Draft]:
    """What there is once, besides the staff."""
    by = (COMMONS, town.office, town.registered)
    for title, sort, categories in _PARTNERS:
        fields: dict[str, object] = {
            "title": title,
            "sort": sort,
            "contact": named(chance, chance.random() < 0.5, 1982).full,
            "phone": town.numbers.staff_phone(),
            "hours": "周一至周五 9:00–17:30",
            "categories": [list(categories), []],
        }
        yield made("partner", town.id("partner"), *by, fields)
    for title, trouble, progress, result in _PROJECTS:
        fields = {"title": title, "trouble": trouble, "progress": progress}
        if result:
            fields["result"] = result
        yield made("project", town.id("project"), *by, fields)
    for title, category, body, papers, office in _GUIDES:
        fields = {"title": title, "category": category, "body": body, "papers": papers, "office": office}
        yield made("guide", town.id("guide"), *by, fields)


def of_quarter(town: Town, number: int, workers: Sequence[Id]) -> Iterator[Draft]:
    """The teams of a part and the campaign they knock for."""
    by = (COMMONS, town.office, town.registered)
    campaign: dict[str, object] = {
        "title": f"敲门行动 第{number + 1}片",
        "since": written(town.told_on - 24),
        "until": written(town.told_on + 36),
        "scope": "一老一小",
        "target": 90,
    }
    yield made("campaign", town.id("campaign"), *by, campaign)
    for place, lead in enumerate(workers[::2]):
        team: dict[str, object] = {"title": f"第{number + 1}片帮帮队 {place + 1}", "lead": lead}
        team["members"] = [[lead, *workers[2 * place + 1 : 2 * place + 2]], []]
        yield made("team", town.id("team"), *by, team)


def sessions(town: Town, compounds: Sequence[Id], workers: Sequence[Id]) -> Iterator[Draft]:
    """下楼院: half a day in one yard after another, the last weeks."""
    for place, compound in enumerate(compounds):
        at = instant(town.told_on - 7 * (place + 1), 9 * 60 + 30)
        fields: dict[str, object] = {
            "compound": compound,
            "at": at,
            "ended": at + 150 * 60_000,
            "members": [list(workers[place % len(workers) : place % len(workers) + 2]), []],
            "visitors": 6 + place * 5 % 17,
            "summary": "问的最多的是暖气和就餐卡，当场答复，记下的都进了诉求。",
        }
        yield made("yard_session", town.id("yard_session"), COMMONS, town.office, at, fields)
