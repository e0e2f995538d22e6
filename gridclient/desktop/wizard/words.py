"""Every word of the first start."""

from __future__ import annotations

from gridclient.desktop.wizard.view import Step, Way

SEAL = "民"
BRAND = "民情台账"
SLOGAN = ("走一户，记一户，一条也不丢。", "没有网也能用。")
SAFE = "资料只存在这台电脑里，而且加了密"
STEPS = {
    Step.WAY: ("怎么用", "选一种，以后能改"),
    Step.PASSPHRASE: ("设口令", "锁住台账，只有你能开"),
    Step.REGISTER: ("领居民册", "从社区或表格来"),
    Step.START: ("开始走访", "大约还要 5 分钟"),
}
SHEET_STEP = ("抄恢复单", "忘了口令时用它打开")
WAY_TITLE = "这台电脑怎么用？"
WAY_HINT = "按 1、2、3、4 选，按 Enter 到下一步"
WAY_HINT_OF_THREE = "按 1、2、3 选，按 Enter 到下一步"
WAYS = {
    Way.JOIN: ("加入社区", "书记给了你一个领取码。你的网格、居民册会自己下来。", "users"),
    Way.ALONE: ("自己先用", "还没有领取码。先在这台电脑上记，以后再加入，一条不丢。", "device-laptop"),
    Way.DEMO: ("打开示例", "看看是什么样子。里面的社区和人都是编的，随便改。", "eye"),
    Way.OLD: ("接着用旧的", "换了电脑或重装了系统。从 U 盘里的备份恢复。", "device-usb"),
}
ADDRESS = "社区电脑的地址"
ADDRESS_HINT = "书记发的，像 https://ledger.qinghe.local"
CODE = "领取码"
CODE_PASTE_HINT = "8 组，每组 4 位，可以粘贴"
FILE_PICK = "选文件"
BACKUP = "备份文件"
BACKUP_HINT = "U 盘里的备份，拖进来也行"
NO_ADDRESS = "地址还没写"
NO_BACKUP = "先选备份文件"
PICK_WAY = "先选一种用法"
PASSPHRASE_TITLE = "设一个口令"
PASSPHRASE_OLD_TITLE = "写备份那时的口令"
PASSPHRASE_WHY = "电脑丢了，别人也打不开台账。"
PASSPHRASE_OLD_WHY = "备份是加了密的，要用那时的口令打开。"
PASSPHRASE = "口令"
PASSPHRASE_HINT = "至少 10 个字，一句好记的话最好"
AGAIN = "再写一遍"
SHOW = "显示口令"
DIFFERENT = "两遍不一样，再写一遍"
EMPTY = "口令还没写"
FORGOT_JOINED = "忘了口令找书记，书记能让你进来，记录不会丢。"
FORGOT_ALONE = "下一步给你一张恢复单，忘了口令时用它打开。"
SHEET_TITLE = "抄下恢复单"
SHEET_WHY = "忘了口令，只有它能打开台账。抄在纸上或打印出来，放在家里，别存在电脑里。"
SHEET_CHECK = "写最后一组，看看抄对没有"
SHEET_PRINT = "打印"
SHEET_DONE = "我抄好了"
SHEET_WRONG = "和上面最后一组不一样，再看看"
REGISTER_TITLE = "正在领居民册"
REGISTER_WHY = "第一页到了就能开始，剩下的自己接着下。"
WORKING = "正在建台账"
WORKING_WHY = "算口令要几秒钟。"
DONE_TITLE = "好了，可以走访了"
STOP = "停下"
START = "开始"
NEXT = "下一步"
BACK = "上一步"
QUIT = "退出"
SIZE = "字大小"
SIZES = ("标准", "大", "特大")
SCHEMES = ("浅色", "深色")
SCHEME = "颜色"


def code_count(count: int) -> str:
    return f"已写 {count} / 32 位"


def found(name: str) -> str:
    return f"找到社区的电脑：{name}"


def missing(count: int) -> str:
    return f"还差 {count} 个字"


def step_of(place: int) -> str:
    return f"第 {place} 步，共 4 步"


WEAK = "太好猜了，换几个字"
FAIR = "行，再长一点更好"
STRONG = "结实"
