"""Every word of the settings."""

from __future__ import annotations

from gridclient.desktop.kit.hints import Hint, HintGroup

TITLE = "设置"
ME = "我"
NAME, ROLE, COMMUNITY, GRIDS = "姓名", "身份", "社区", "网格"
PHONE = "工作电话"
PHONE_HINT = "印在联络卡上"
HOURS = "接听时间"
HOURS_HINT = "比如 每天 8:00–20:00"
SAVE_PHONE = "存电话"
COMPUTER = "这台电脑"
FOLDER, SINCE = "台账在", "从哪天用起"
PASSPHRASE = "换口令"
OLD, NEW, AGAIN = "现在的口令", "新口令", "再写一遍新口令"
NEW_HINT = "至少 10 个字"
CHANGE = "换口令"
AGREED = "全社区的约定"
AGREED_WHY = "多少天走一次。空着的按常用的数算；改了以后，每台电脑同步了都一样。"
AGREED_READ = "多少天走一次。由办公室和书记改。"
AGREED_DAYS = {
    "visit_days": "一般户",
    "care_days": "重点户入户",
    "contact_days": "独居失能联系",
    "floating_days": "流动和出租户",
    "registered_days": "空挂户",
    "new_household_days": "新住户见面",
    "must_visit_days": "必访（工作日）",
    "verified_days": "核实多久有效",
}
SAVE_AGREED = "存约定"
NO_DAYS = "写 1 到 999 的数，或空着。"
LOOK = "字大小和颜色"
SIZES = ("标准", "大", "特大")
SIZE_NAME = "字大小"
COLOURS = ("浅色", "深色")
COLOUR_NAME = "颜色"
JOIN = "加入社区"
JOIN_WHY = "现在是单机使用。加入社区以后，记录能送到社区，也能领居民册。"
ADDRESS = "社区的地址"
ADDRESS_HINT = "书记给的，比如 https://10.0.0.8"
CODE = "领取码"
JOIN_BUTTON = "加入"
BACKUPS = "备份"
NO_BACKUPS = "还没有备份过。"
BACKUP_WHY = "每天自己备份，核对过才算。拷一份到 U 盘，电脑坏了也不怕。"
BACKUP_NOW, BACKUP_TO, RESTORE_FROM = "现在备份", "备份到…", "从备份恢复"
BACKING_UP = "正在备份"
RESTORE_PASSPHRASE = "备份那天的口令，或现在的口令"
KEEP_UNSENT = "备份以后自己记的也带过来"
RESTORE = "恢复"
NO_PASSPHRASE = "先写口令。"
LOCK = "多久不动就锁上"
LOCK_WHY = "锁上时写到一半的走访会存着。合上电脑也会锁。"
LOCK_MINUTES = (1, 5, 15, 30)
SYNCING = "和社区同步"
SYNCING_CHOICES = ("自动", "只按 F9")
SYNCING_WHY = "自动：记完 20 秒后送出，平时 10 分钟一次，网断了等它回来再送。"
WIPE_TITLE = "清除本机台账"
WIPE_WHY = "钥匙和文件都毁掉，谁也读不出来，备份也一起。送到社区的不受影响。"
WIPE_LABEL = "想好了，写下这几个字"
WIPE_PHRASE = "清除本机台账"
WIPE_ALL_PHRASE = "清除本机台账，没送出的也不要"
WIPE = "清除"
WIPE_WRONG = "照着灰字写一遍：清除本机台账"
ABOUT = "关于"
VERSION, LICENCES = "版本", "许可"
UNKNOWN = "没写"


def minutes(count: int) -> str:
    return f"{count} 分钟"


def more(count: int) -> str:
    return f"还有 {count} 份更早的"


def usual_days(days: int) -> str:
    return f"常用 {days} 天"


NO_PHONE = "写上电话再存。"
NO_OLD = "先写现在的口令。"
SHORT = "新口令至少要 10 个字。"
SAME = "新口令和现在的一样，换一个。"
DIFFERENT = "两遍新口令不一样，再写一遍。"
NO_ADDRESS = "写上社区的地址，书记那里有。"
NO_CODE = "写上领取码，书记那里领。"
SHORTEST = 10

HINTS = (
    Hint(("Tab",), "下一项"),
    Hint(("Enter",), "下一格，末一格就存"),
    Hint(("Ctrl+S",), "存这一块"),
    Hint(("←", "→"), "换字大小、颜色"),
)
KEYS = (
    HintGroup(
        "设置",
        (
            Hint(("Tab",), "下一项"),
            Hint(("Enter",), "下一格，末一格就存"),
            Hint(("Shift+Enter",), "上一格"),
            Hint(("Ctrl+S",), "存光标所在的这一块"),
            Hint(("←", "→"), "换字大小、颜色"),
            Hint(("PgUp", "PgDn"), "翻页"),
        ),
    ),
)
