"""How a matter is written down, and what is noted at each of its steps."""

OPENINGS = ("{who}反映：", "{who}说，", "", "", "走访时提到：", "{who}打听，")
WISHES = ("希望早点解决。", "请给个回话。", "", "", "", "盼着回话。", "白天家里有人。", "先打电话再来。")

# What sort of work a category is; the rest is keeping order in the yard.
_REPAIR, _QUARREL, _PAPER, _ORDER = "repair", "quarrel", "paper", "order"
_SORTS = {
    **dict.fromkeys(("B1", "B2", "B3", "B4", "C4"), _REPAIR),
    "A": _QUARREL,
    **dict.fromkeys(("B5", "B6", "B7", "B8", "B9", "D", "F"), _PAPER),
}

# By status, or by exit where a step has one.
_NOTES = {
    "received": ("记下了，当天去看。", "已受理。", "已告诉反映人，三天内答复。", "登记，转本网格。"),
    "handling": (
        "{unit}已派人。",
        "已联系{unit}，约好时间。",
        "{unit}说两天内来。",
        "和{unit}一起看过现场。",
    ),
    "escalate": ("社区解决不了，已上报{unit}。", "已写成材料报{unit}。"),
    "whistle": ("已吹哨，请{unit}到场。", "吹哨{unit}，一起到现场。"),
    "explain": ("已当面解释政策，本人表示理解。", "条件还不够，已逐条说明，告诉了下次申请的时间。"),
    "thanks": ("转告了当事的同事。", "记下，会上念一念。"),
    "void": ("和另一件重复，作废。", "反映人说不用办了，作废。"),
    "verifying": ("到现场看过，情况属实。", "和邻居核对过，属实。", "核实了，不止一户。"),
    "revisiting": ("打电话问过，说好多了。", "上门看了，反映人满意。", "回访，说还要再看几天。"),
    "closed": ("办完了，已告诉反映人。", "问题解决，销号。"),
    "spot": ("当场办好。", "当天办完，本人在场。"),
}
_OWN_NOTES = {
    (_REPAIR, "verifying"): ("现场看过，情况属实。", "现场看了，要请专业的人。", "核实了，不止一户。"),
    (_REPAIR, "closed"): (
        "修好，试过。",
        "换了新的，已告诉反映人。",
        "清理干净，拍了照。",
        "问题解决，销号。",
    ),
    (_REPAIR, "spot"): ("当场弄好，试过。", "叫了师傅，一小时弄好。", "自己动手，当天弄好。"),
    (_QUARREL, "handling"): ("请{unit}一起谈，约在周末。", "先分头听了两边的话。", "两边都愿意坐下来谈。"),
    (_QUARREL, "verifying"): ("两边都问过，说法不一。", "向邻居打听过，确有此事。"),
    (_QUARREL, "closed"): ("双方握手，签了字。", "各让一步，说好了。", "谈了三回，不再提了。"),
    (_PAPER, "verifying"): ("看过材料，还缺一份。", "上门核对过，情况属实。", "问过街道，符合条件。"),
    (_PAPER, "handling"): ("材料已交到{unit}。", "已联系{unit}，排上了。", "替他跑了一趟{unit}。"),
    (_PAPER, "closed"): ("办下来了，送到家里。", "办完了，已告诉本人。", "{unit}已办妥。"),
    (_PAPER, "spot"): ("当场办好。", "手机上帮着办好了。", "当面说清，把要带的写在纸上。"),
    (_ORDER, "closed"): ("现场劝过，已改。", "清走了，过两天再看。", "问题解决，销号。"),
    (_ORDER, "spot"): ("当场劝过，答应改。", "现场说清，双方同意。"),
}


def notes(category: str, step: str) -> tuple[str, ...]:
    """What may be noted at a step (its exit, else its status) of a matter of a category."""
    return _OWN_NOTES.get((_SORTS.get(category, _ORDER), step), _NOTES[step])
