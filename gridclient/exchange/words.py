"""What this room says to people: sentences by name, so that they are translated in one place."""

from gridclient.core.domain.errors import KnownError

_ERRORS: dict[str, tuple[str, str]] = {
    "file_missing": (
        "打不开这个文件，什么也没有导入。看看它还在不在、是不是正被别的程序占用。",
        "This file cannot be opened; nothing was imported. Check that it is there and not in use.",
    ),
    "file_locked": (
        "这个文件有密码，什么也没有导入。先在 WPS 里去掉密码，另存一份再导入。",
        "This file has a password; nothing was imported. Remove the password and save a copy first.",
    ),
    "file_damaged": (
        "这个文件读不出来，可能坏了，什么也没有导入。在 WPS 里打开，另存为 xlsx 再导入。",
        "This file cannot be read, it may be damaged; nothing was imported. Save it again as xlsx.",
    ),
    "file_kind": (
        "只能导入 xlsx、xls、ods 和 csv，这个文件不是，什么也没有导入。在 WPS 里另存为 xlsx。",
        "Only xlsx, xls, ods and csv can be imported; nothing was imported. Save it as xlsx.",
    ),
    "file_too_large": (
        "这个文件展开后太大，没有打开它，什么也没有导入。删掉用不着的工作表和空行，另存一份再导入。",
        "This file unpacks too large; it was not opened, nothing was imported. Remove what is not needed.",
    ),
    "sheet_too_large": (
        "有一张工作表太大（最多 20 万行、400 万格），什么也没有导入。拆成几份再导入。",
        "A sheet is too large (200,000 rows or 4,000,000 cells at most); nothing was imported. Split it.",
    ),
    "file_empty": (
        "这个文件里没有内容，什么也没有导入。",
        "There is nothing in this file; nothing was imported.",
    ),
    "cannot_write": (
        "写不了这个文件。看看它是不是在别的程序里开着、磁盘是不是满了，再试一次。台账没有动。",
        "This file cannot be written. Check that it is not open elsewhere and the disk is not full.",
    ),
    "mapping_broken": (
        "对应表读不懂，什么也没有导入。照原来的样子改，只填要填的地方。",
        "The mapping cannot be read; nothing was imported. Change only the values to be filled in.",
    ),
    "mapping_other_file": (
        "对应表和这个文件对不上：表头不一样。什么也没有导入。重新生成一份对应表。",
        "The mapping does not fit this file: its headers differ. Nothing was imported. Make a new mapping.",
    ),
    "mapping_needed": (
        "有几栏要人来认一认，还什么也没有导入。把对应表填好，再导入一次。",
        "Some headers need a person; nothing was imported yet. Fill in the mapping and import again.",
    ),
}


def known_error(code: str, detail: str = "") -> KnownError:
    """The error of this name; `detail` says which sheet or line."""
    zh, en = _ERRORS[code]
    return KnownError(code, f"{detail}：{zh}" if detail else zh, f"{detail}: {en}" if detail else en)


# Reasons beside a cell.
NO_NAME = "没有姓名"
NAME_NOT_CLEAR = "姓名看不懂"
NO_COMPOUND = "没写哪个小区"
NO_BUILDING = "没写哪栋楼"
NO_ROOM = "没写房号"
ROOM_NOT_CLEAR = "门牌看不懂，照原样登记在这一户"
FLOOR_DIFFERS = "楼层和房号对不上"
ID_SEX_DIFFERS = "和身份证号里的性别不一样"
ID_BIRTH_DIFFERS = "和身份证号里的出生日期不一样"
NOT_IN_LIST = "不认得这个写法"
SEX_NUMBERS = "性别写的是 0 和 1，分不清哪个是男"
PHONE_NOT_CLEAR = "电话看不懂"
TOO_LONG = "太长，写不下"
NOT_TEXT = "有写不进去的字符"
SECOND_SPOUSE = "这一户有不止一个配偶，照写的登记了，请核实"
RELATION_SEX = "与户主关系和性别不一致，照写的登记了，请核实"
SAME_ID_TWICE = "这个身份证号在表里出现了不止一次，照写的登记了，请核实"
SAME_PERSON_TWICE = "和前面的一行是同一个人，没有重复登记"
SAME_RECORD_TWICE = "和前面的一行对上了同一位已登记的居民，没有重复登记"
NO_NUMBER = "没有工单编号"
NO_BODY = "没有内容"
SAME_TICKET_TWICE = "这个工单编号在表里出现了不止一次，后面的一行补在前面的上"
SAME_FEEDBACK = "同一个电话、同样的话已经有一条，照写的登记了，请核对"
LEFT_OUT = "可能是 {where} 的{name}（身份证号一样），先没写，等人定"
NO_CODE_TAG = "不认得这一类关照，没有登记"
TAG_BASIS = "居民登记表"
RECORD_RETIRED = "这条已经停用，没有改动它"
HEAD_NOT_LISTED = "户主没有自己的一行，没有登记户主，请补上"
NO_HEAD = "这一户没写谁是户主"
SHEET_WITHOUT_HEADER = "没有找到表头，这张表没有导入"
SHEET_HIDDEN = "隐藏的工作表，没有导入"
HIDDEN_ROWS = "这张表有 {number} 行是隐藏的，也一起导入了，请核对"
HIDDEN_COLUMNS = "这张表有 {number} 栏是隐藏的，也一起看了，请核对"
MACROS_ALONE = ("宏", "文件里有宏，没有运行它")
LINKS_ALONE = ("外部链接", "有的格取自别的文件，没有去打开，用的是上次存下的内容")
FROM_1904 = "这个文件从 1904 年数日子，只存了一个数，分不清是哪一天"
NOT_COMPUTED = "这一格是公式，没有算出来的结果，要照原表填写"
TWO_WAYS = "门牌有两种读法，分不清楼、单元和楼层"
UNIT_DIFFERS = "单元和房号里的单元对不上"
DATE_IN_DOOR = "门牌被表格变成了日期，要照原样填写"
ID_DIFFERS = "和姓名一格里的身份证号不一样"
TWO_NAMES = "像是不止一个人的姓名"
NAME_MASKED = "姓名打了码，要写全名"
NO_REAL_NAME = "没有写真实姓名"
NO_DOOR_NO_NAME = "这一行没有姓名也没有房号，没有导入"
FORM_ROW = "像是一户一张的登记表，看不懂，没有导入"
LAST_FOUR = "证件尾号 {last}"
NOTE_ROW = "像是填写说明，没有导入"
PHONE_OF = "电话尾号 {last}：{whose}"

# The mapping file.
ASK_COLUMN = "这一列是什么？在 field 里填 choices 中的一个，不导入就填 -"
ASK_COMPOUND = "表里没写小区：在 compound 里填小区名称"
ASK_BUILDING = "表里没写楼栋：在 building 里填楼号"
ASK_NAME = "没有认出“姓名”是哪一栏"
ASK_ROOM = "没有认出“房号”或“地址”是哪一栏"
ASK_TICKET_NUMBER = "没有认出“工单编号”是哪一栏"
ASK_FEEDBACK_BODY = "没有认出“详细内容”是哪一栏"
ASK_HEADER = "没有认出表头在第几行：在 header 里填行号"

# The returned sheet of rows that were not imported.
ERROR_COLUMN = "错误原因"
ERROR_SHEET = "没有导入的行"

# What a file can be.
SORTS = {"register": "居民登记表", "hotline": "12345 工单", "feedback": "民生快巴反馈"}
