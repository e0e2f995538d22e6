"""Every word of the sheets for moving out, moving on, splitting and erasing."""

from __future__ import annotations

CLOSE = "关上"
TITLE = "搬走、分户"
WHO = "谁"
WHERE = "去哪里"
OUT, DOOR, HERE = "搬出社区", "搬到我们的另一个门", "还在这个门里，分成两户"
FAR = "搬到什么地方"
FAR_HINT = "比如 海东市，不知道就空着"
WHICH = "哪个门"
WHICH_HINT = "写 12-3-502、姓名首字母或电话后四位"
DAY = "哪天"
LEFT = "走了以后这个门"
EMPTY, NEXT, UNKNOWN = "空着", "有人搬来，接着登记", "说不准"
NEW_HEAD = "新户的户主"
STAYS_HEAD = "留下的谁当户主"
RULES = "Enter 下一格，Ctrl+S 存下"
SAVE = "记下"
LEAVE = "不记了"
NOBODY = "先选谁走"
NO_WHERE = "先选去哪里"
PICK_DOOR = "写几个字，用 ↑ ↓ 选一个门"
NO_DOOR = "没找到这样的门"
ALL_HERE = "全都选上就不是分户了，留下至少一个人"
PREVIEW = "记下以后"
UNDO = "记错了按 Ctrl+Z，整件事一起撤回。"

ERASE = "清除这一户"
ERASE_WHAT = "清掉就没有了，撤不回来"
ERASE_GONE = "这一户和它的{}，在每台电脑和服务器上都会清空。"
ERASE_KEPT = "留下的只有编号、是谁哪天清的、为什么。以前的备份、已经封好的文件、已经印出来的纸，这里清不到。"
ERASE_WHY = "为什么清"
ERASE_WHY_HINT = "比如 本人要求删除"
ERASE_NAME = "照着写一遍：{}"
ERASE_DO = "清除"
ERASE_KEEP = "留着"
ERASE_NO_WHY = "写一句为什么"
ERASE_NOT_SAME = "和上面写的不一样，没有清"


def preview(
    *,
    people: int,
    tags: int,
    matters: int,
    appointments: int,
    visits: int,
    out: bool,
    whole: bool,
    near: bool,
) -> tuple[str, ...]:
    """What comes of it, line by line. ``near``: the door is in the same building, so nothing is left."""
    if out:
        lines = [
            f"{people} 人记为搬走",
            f"关照 {tags} 项到这天为止" if tags else "",
            f"预约 {appointments} 个取消" if whole and appointments else "",
            f"没办完的诉求 {matters} 件还在，要接着办完" if whole and matters else "",
            f"走访 {visits} 次留在这个门里" if whole and visits else "",
        ]
    elif whole:
        along = _listed(people, tags, matters, appointments)
        stays = "只换门牌，走访也跟着" if near else f"走访 {visits} 次留在这个门里，那边写一句来历"
        lines = [f"跟着走：{along}", stays]
    else:
        stays = _listed(0, 0, matters, appointments)
        lines = [f"跟着走：{_listed(people, tags, 0, 0)}", f"留在这一户：{stays}" if stays else ""]
        lines.append("其他人和新户主的关系要再写")
    return tuple(line for line in lines if line)


def _listed(people: int, tags: int, matters: int, appointments: int) -> str:
    parts = (
        (people, "{} 人"),
        (tags, "关照 {} 项"),
        (matters, "没办完的诉求 {} 件"),
        (appointments, "预约 {} 个"),
    )
    return "，".join(said.format(count) for count, said in parts if count)
