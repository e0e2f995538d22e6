"""Every word of the sync sheet, and a sentence for everything that can be wrong."""

from __future__ import annotations

from gridclient.desktop.sync_state.view import Trouble

TITLE = "同步"
CLOSE = "关上"
IF_BROKEN = "如果这台电脑现在坏了"
NOTHING_LOST = "现在坏了也不丢"
SAVE_BY = "都只在这台电脑上。连上网或插 U 盘就能保住。"
SAVE_BY_STICK = "都只在这台电脑上。插 U 盘就能保住。"
SAVE_BY_SUPERVISOR = "都只在这台电脑上。存到 U 盘交给书记，或带着电脑去。"
SAVE_BY_NET = "都只在这台电脑上。连上网就能保住。"
SAVE_BY_JOINING = "都只在这台电脑上。加入社区就能保住。"
ALL_THERE = "记的都在社区了。"
UNSENT, HELD, QUARANTINED = "未上传", "暂存", "隔离"
WAITING = "还没送到的"
STUCK = "社区还没收下的"
UNSENT_OR_STUCK = "还没送到，或者还没收下的"
AGREED = "上次和社区一模一样"
NEVER_AGREED = "还没有和社区对过数"
NOW_OFF = "现在连不上"
SYNC = "同步"
AGAIN = "再试一次"
STICK = "存到 U 盘"
FROM_STICK = "读 U 盘"
PACK_TITLE = "存到 U 盘"
PACK_NAME = "带到社区.pack"
UNPACK_TITLE = "读 U 盘上的回执"
OPEN_TITLE = "读 U 盘：回执，或者同事带来的"
FILTER = "U 盘文件 (*.pack *.answers);;所有文件 (*)"
SEND_AGAIN = "再送一次"
KNOWN = "知道了"
TAKE_ALONG = "另存一份"
TAKE_TITLE = "没收下的另存一份（不加密）"
TAKE_NAME = "没收下的.jsonl"
ANEW = "重新登记"
STOP = "停下"
NONE = "没有"
JOIN = "加入社区"

TROUBLES = {
    Trouble.ALONE: "这台电脑还没加入社区，记的都在这里。把备份存到 U 盘，或加入社区。",
    Trouble.OFFLINE: "连不上社区。记的都在这台电脑里，可以接着走访。",
    Trouble.SERVER_DOWN: "社区的电脑没开，或正在维护。记的都在这台电脑里，过一会儿再试。",
    Trouble.NOT_TRUSTED: "对面的电脑认不出是社区的，所以什么都没有送。换个网络再试，还不行找书记。",
    Trouble.REVOKED: "这台电脑已经停用。没送的还能交一次：按 F10 存到 U 盘，交给书记。",
    Trouble.LEFT: "名单上写着你已离岗，不再领新的。这台电脑里的都没有动；弄错了就请书记恢复。",
    Trouble.CLONED: "这本台账像是从别的电脑拷来的，先不能领新的。没送的都在，找书记重新发领取码。",
    Trouble.TOO_OLD: "程序旧了，社区的电脑已经换了新版。记的都在，装上新版再同步。",
    Trouble.LEASE: "30 天没和社区联系，现在只能记走访。连上网同步一次就好。",
    Trouble.BUSY: "社区那边正忙，这次没对完数。记的都在，过几分钟再试。",
    Trouble.DIFFERS: "有几栋楼和社区对不上，差别已经交给书记。这里的记录一条没少。",
    Trouble.DISK_FULL: "硬盘满了，领不下新的。先腾出 200 MB，再同步。",
}

WITHOUT_STICKS = {
    Trouble.ALONE: "这台电脑还没加入社区，记的都在这里。找书记要一个领取码。",
    Trouble.REVOKED: "这台电脑已经停用。没送的都还在这里，带着电脑找书记。",
}


def lose(count: int) -> str:
    return f"会丢 {count} 条"
