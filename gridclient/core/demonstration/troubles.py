"""What people ask for: titles, details, who puts it right, which ways it usually goes."""

from typing import NamedTuple

SPOT, YARD, ESCALATE, WHISTLE, EXPLAIN, THANKS = "spot", "yard", "escalate", "whistle", "explain", "thanks"


class Trouble(NamedTuple):
    """A kind of matter. `{unit}`, `{floor}`, `{room}`, `{number}` in its words are those of the door.

    Every detail goes with every title. `public`: it concerns the building and may come without a household.
    `asked_by`: the sort of household it comes from, "" for all. `height`: only in "low" buildings, which have
    no lift, or in "tall" ones.
    """

    category: str
    titles: tuple[str, ...]
    details: tuple[str, ...]
    ways: tuple[str, ...]
    unit: str
    public: bool = False
    asked_by: str = ""
    level: str = "normal"
    height: str = ""


TROUBLES = (
    Trouble(
        "B1",
        ("{unit}单元单元门关不上", "{unit}单元门禁坏了", "{unit}单元单元门闭门器漏油"),
        ("门一直敞着，夜里不放心。", "老人推不动门。", "刮风就响。", "前后修过两回，还是这样。"),
        (YARD, YARD, SPOT),
        "物业公司",
        public=True,
    ),
    Trouble(
        "B1",
        ("{unit}单元{floor}楼楼道灯不亮", "{unit}单元楼梯灯忽明忽暗", "楼前路灯坏了"),
        ("晚上看不清台阶。", "孩子晚自习回来摸黑。", "灯泡换过，可能是线路。"),
        (YARD, SPOT, SPOT),
        "物业公司",
        public=True,
    ),
    Trouble(
        "B1",
        ("{number}号楼主管道堵塞", "{unit}单元下水返水", "{unit}单元一层下水道冒水"),
        ("一楼卫生间往外返水，味道大。", "疏通过一次，管了半个月。", "几户都说下水慢。"),
        (YARD, WHISTLE, ESCALATE),
        "市政排水所",
        public=True,
        level="urgent",
    ),
    Trouble(
        "B1",
        ("{room}厨房水管漏水", "{room}顶棚渗水", "{room}暖气管接头漏水"),
        ("楼下已经找上门。", "水从墙角往下渗。", "夜里拿盆接着。", "不知道该找哪家修。"),
        (SPOT, YARD),
        "物业公司",
    ),
    Trouble(
        "B1",
        ("楼前想建健身场所", "希望院里添健身器材", "院里空地想装棋牌桌凳"),
        ("空地一直闲着，几位老人都想要。", "最近的健身点要过马路。", "议事会上提过一次。"),
        (ESCALATE, ESCALATE, EXPLAIN),
        "街道办事处",
        public=True,
    ),
    Trouble(
        "B1",
        ("{unit}单元希望加装电梯", "{unit}单元想装楼道座椅", "{unit}单元楼梯扶手松动"),
        ("老人上下楼费劲。", "楼上的住户都盼着。", "坐轮椅的老人下不了楼。"),
        (ESCALATE, YARD, EXPLAIN),
        "街道办事处",
        public=True,
        height="low",
    ),
    Trouble(
        "B1",
        ("{unit}单元电梯常停", "{unit}单元电梯按钮失灵", "{unit}单元电梯里没信号"),
        ("上个月困过一回人。", "老人不敢一个人坐。", "报过修，好了两天。"),
        (YARD, WHISTLE),
        "电梯维保单位",
        public=True,
        level="urgent",
        height="tall",
    ),
    Trouble(
        "B2",
        ("{number}号楼后垃圾没清", "垃圾桶太满没人收", "{unit}单元楼道堆杂物", "装修垃圾堆在路边"),
        ("天热味道大。", "堆了有一个星期。", "左右邻居都有意见。"),
        (YARD, SPOT, WHISTLE),
        "城管中队",
        public=True,
    ),
    Trouble(
        "B3",
        ("物业费收了，保洁少了", "物业电话没人接", "报修三天没人来", "门岗晚上没人"),
        ("找过两次，说人手不够。", "钱一分没少交。", "希望社区出面说一说。"),
        (YARD, EXPLAIN, ESCALATE),
        "物业公司",
    ),
    Trouble(
        "B4",
        ("{room}暖气不热", "{unit}单元暖气片上热下凉"),
        ("最远的一间只有十六度。", "家里有老人，受不了。", "楼上楼下都这样。"),
        (WHISTLE, YARD, SPOT),
        "供暖公司",
        level="urgent",
    ),
    Trouble(
        "B4",
        ("{unit}单元水压小", "{unit}单元晚上跳闸", "{room}燃气表不走字"),
        ("楼上楼下都这样。", "交过费，还是没恢复。", "家里有老人，着急。"),
        (WHISTLE, YARD, SPOT),
        "水电气营业所",
    ),
    Trouble(
        "B5",
        ("想申请低保", "临时救助怎么办", "大病花费多，想问救助"),
        ("收入证明不知道找谁开。", "家里就一个人有收入。", "材料缺一份，来回跑了几趟。"),
        (ESCALATE, EXPLAIN, SPOT),
        "街道民政办",
    ),
    Trouble(
        "B6",
        ("老年就餐卡没领到", "想办老年就餐卡", "就餐卡刷不出来"),
        ("下不了楼，想请人送上来。", "问过食堂，让找社区。", "隔壁都领到了。"),
        (SPOT, SPOT, YARD),
        "爱心食堂",
        asked_by="elder",
    ),
    Trouble(
        "B6",
        ("老人想要送餐", "老人想要助浴", "老人理发想请人上门"),
        ("腿脚不便，出不了门。", "儿女都在外地。", "身边没人照应。"),
        (SPOT, YARD, ESCALATE),
        "养老服务站",
        asked_by="elder",
    ),
    Trouble(
        "B6",
        ("高龄补贴没到账", "高龄补贴少了一个月"),
        ("存折打出来没看到。", "不会用手机查。"),
        (SPOT, ESCALATE),
        "街道民政办",
        asked_by="elder",
    ),
    Trouble(
        "B6",
        ("卫生间想装扶手", "门口想装坡道", "想借一辆轮椅"),
        ("前两天差点摔倒。", "刚出院，走路不稳。", "请上门看一看。"),
        (SPOT, YARD, ESCALATE),
        "街道残联",
        asked_by="elder",
    ),
    Trouble(
        "B7",
        ("医保缴费交不上", "社保关系想转过来", "退休手续怎么办"),
        ("手机上提示信息不符。", "跑了一趟，说要原单位盖章。", "不知道先找哪个窗口。"),
        (SPOT, SPOT, EXPLAIN),
        "社保所",
    ),
    Trouble(
        "B7",
        ("失业了想找工作", "想问有没有保洁的活"),
        ("时间早晚都行。", "有电工证。", "家里等着用钱。"),
        (SPOT, ESCALATE),
        "社保所",
        asked_by="adult",
    ),
    Trouble(
        "B8",
        ("孩子暑期没人带", "想报四点半课堂"),
        ("两口子都上班。", "老人带不动。", "听说名额满了，想排上。"),
        (SPOT, SPOT, EXPLAIN),
        "社区服务站",
        asked_by="family",
    ),
    Trouble(
        "B8",
        ("孩子入学要什么材料", "孩子想转学过来"),
        ("刚搬来，不清楚划片。", "户口不在这里。"),
        (SPOT, EXPLAIN, ESCALATE),
        "区教育局",
        asked_by="family",
    ),
    Trouble(
        "B9",
        ("开居住证明", "居住证怎么办", "居住证要续签"),
        ("单位要，急着用。", "周六能不能办。", "跑过一趟，缺照片。"),
        (SPOT,),
        "社区服务站",
        asked_by="tenant",
    ),
    Trouble(
        "B9",
        ("出租房想登记备案", "租房合同要备案"),
        ("合同在手上，房东不来。", "孩子上学要用。"),
        (SPOT, EXPLAIN),
        "社区服务站",
        asked_by="tenant",
    ),
    Trouble(
        "A",
        ("和楼上因漏水起争执", "和邻居为楼道放鞋柜争吵", "邻居养狗叫声大，吵过几次"),
        ("两家不说话了，想请社区说一说。", "上回差点动手。", "各说各的理。"),
        (YARD, YARD, ESCALATE),
        "人民调解委员会",
    ),
    Trouble(
        "A",
        ("夫妻闹矛盾，想请人劝", "孩子不听话，想请人谈谈", "老人赡养，兄妹说不到一处"),
        ("不愿说得太细。", "家里人都在气头上。", "希望私下谈，不要传开。"),
        (YARD, YARD, ESCALATE),
        "人民调解委员会",
        asked_by="family",
    ),
    Trouble(
        "C1",
        ("一楼私搭棚子", "底商占道摆摊", "有人圈地种菜"),
        ("挡住了消防通道。", "提过意见，没改。", "早上推车过不去。"),
        (WHISTLE, WHISTLE, EXPLAIN),
        "城管中队",
        public=True,
    ),
    Trouble(
        "C2",
        ("消防通道停了车", "院里车位不够", "有人用地锁占车位"),
        ("晚上回来没处停。", "急救车差点进不来。", "为停车吵过架。"),
        (WHISTLE, YARD, EXPLAIN),
        "交警大队",
        public=True,
    ),
    Trouble(
        "C3",
        ("楼上夜里响动大", "楼下饭馆吵", "广场舞声音太大", "邻居装修不分时间"),
        ("孩子要考试，睡不好。", "过了十点还不停。", "说过一次，好了两天。"),
        (YARD, WHISTLE, SPOT),
        "派出所",
    ),
    Trouble(
        "C4",
        ("{unit}单元楼道给电动车充电", "有人把电动车推进{unit}单元"),
        ("线从窗户里拉下来。", "整个单元都担心。", "劝过，不听。"),
        (SPOT, YARD, WHISTLE),
        "消防救援站",
        public=True,
        level="major",
    ),
    Trouble(
        "C4",
        ("{unit}单元灭火器过期", "{unit}单元楼道堆纸箱"),
        ("看见就拍了照。", "整个单元都担心。"),
        (SPOT, YARD),
        "消防救援站",
        public=True,
    ),
    Trouble(
        "C4",
        ("{room}燃气软管老化", "{room}燃气报警器不响"),
        ("用了十几年没换过。", "自己不敢动。"),
        (SPOT, YARD),
        "燃气公司",
        level="urgent",
    ),
    Trouble(
        "C5",
        ("{unit}单元有生人转悠", "有人上门推销保健品"),
        ("敲了好几家的门。", "监控没有拍到正脸。", "让他登记，扭头就走。"),
        (WHISTLE, SPOT),
        "派出所",
        public=True,
    ),
    Trouble(
        "C5", ("楼下自行车被偷", "电动车电池被偷"), ("锁被剪断了。", "监控没有拍到。"), (WHISTLE,), "派出所"
    ),
    Trouble(
        "C6",
        ("楼上住了好几拨人", "隔壁房东打了隔断出租"),
        ("人来人往，半夜也开门。", "下水老堵。"),
        (WHISTLE, ESCALATE),
        "派出所",
    ),
    Trouble(
        "D",
        ("问老旧小区改造什么时候开始", "问加装电梯的补贴", "问养犬登记在哪里办", "问疫苗接种时间"),
        ("想先有个数。", "电话打不通，就直接问了。", "帮老人问的。"),
        (SPOT, EXPLAIN, SPOT),
        "社区服务站",
    ),
    Trouble(
        "E",
        ("建议活动室晚上也开", "建议院里划线停车", "建议多装几个充电桩", "建议公告贴大字"),
        ("好几户都这么想。", "看了别的小区这么做。", "说了有一阵子了。"),
        (EXPLAIN, YARD, ESCALATE),
        "街道办事处",
        public=True,
    ),
    Trouble(
        "F",
        ("感谢网格员送饭", "夸楼道干净了", "感谢帮忙找回老人"),
        ("说要写封信。", "一家人都很感动。", "让一定转达。"),
        (THANKS,),
        "社区服务站",
    ),
)


def among(height: str, sort: str) -> tuple[Trouble, ...]:
    """What comes up in buildings of a height, from households of one sort only ("" for what all ask)."""
    return tuple(one for one in TROUBLES if one.asked_by == sort and one.height in ("", height))
