"""Every word the cards room prints or says."""

TITLE = "为民服务联络卡"
SLOGAN = "有事您说话"
NOTICE = "上门登记的信息只用于为您办事；查看、更正、删除，请打社区电话。"
ROLE = "网格员"
BADGE = "工号"
IN_CHARGE = "负责"
PHONE, PHOTO = "电话", "照片"
ITEMS_HEADING = "这些事，我们帮您办"
SCAN = "扫码说事"
COMMUNITY, PROPERTY, POLICE, DOCTOR = "社区", "物业", "民警", "医生"
HOTLINE, HOTLINE_NAME = "12345", "政务服务便民热线"
EMERGENCIES = ("报警 110", "火警 119", "急救 120")
NAMELESS = "（没有姓名）"

SHEET = "第 {sheet}/{sheets} 张"
FRONT, BACK = "正面", "背面"
LONG_EDGE, SHORT_EDGE = "长边翻转", "短边翻转"
BAR = "此线应为 50 mm（按 100% 打印）"

CALIBRATION = "正反面校准页"
LEFT_RIGHT, UP_DOWN = ("左右 ①", "左右 ②"), ("上下 ①", "上下 ②")
CALIBRATION_STEPS = (
    "一、按实际大小（100%）双面打印这两页，选{flip}。",
    "二、用尺量两条标线，都是 100 mm 才对；不是，先改打印缩放。",
    "三、拿到窗前透着光看：黑红两排刻度里，连成一条直线的",
    "　　那一对写着几，就记下几（带正负号）。",
    "四、左右 ① 与 ② 相差超过 3，或上下相差超过 3，是纸斜了：",
    "　　理齐纸再打。",
    "五、把四个数填进程序，再打一次，都在 −2 到 +2 就好了。",
)
HUNDRED = "100 mm"
NOTE_LINE = "打印机：____________　纸：______ 克　日期：__________"

FIELDS = {
    "name": "姓名",
    "phone": "电话",
    "role": "身份",
    "grid": "网格",
    "badge": "工号",
    "buildings": "负责楼栋",
    "hours": "接听时间",
    "community": "社区名称",
    "community_phone": "社区电话",
    "community_address": "社区地址",
    "property_name": "物业名称",
    "property_phone": "物业电话",
    "police_name": "民警姓名",
    "police_phone": "民警电话",
    "doctor_name": "医生姓名",
    "doctor_phone": "医生电话",
    "items": "帮办事项",
    "title": "标题",
    "slogan": "口号",
    "notice": "告知",
    "version": "版本",
    "qr": "二维码地址",
    "photo": "照片",
}

PROBLEMS = {
    "no_glyph": "第 {number} 张 {who}：{field}里的“{detail}”印不出来，请改写。这张没有印。",
    "too_long": "第 {number} 张 {who}：{field}太长，排不下（{detail}），请缩短。这张没有印。",
    "missing": "第 {number} 张 {who}：没有{field}。这张没有印。",
    "too_many": "第 {number} 张 {who}：{field}有 {detail} 条，最多 10 条。这张没有印。",
    "bad_address": "第 {number} 张 {who}：{field}不能用（{detail}）。这张没有印。",
    "small_phone": "第 {number} 张 {who}：{field}位数多，字只能印 {detail} 磅，请核对。",
    "long_item": "第 {number} 张 {who}：{field}“{detail}”超过 9 个字，建议缩短。",
    "no_number": "第 {number} 张 {who}：没有{field}，这一栏不印。",
    "by_hand": "第 {number} 张：没有姓名和电话，印成手填卡。",
    "no_photo": "第 {number} 张 {who}：没有照片，印剪影。",
    "bad_photo": "第 {number} 张 {who}：照片打不开，印剪影。",
    "coarse_photo": "第 {number} 张 {who}：照片只有 {detail} 像素，印出来不清楚（至少 295×413）。",
}

ADDRESS_NOT_HTTPS = "要以 https:// 开头"
ADDRESS_CHARACTERS = "只能用英文字母、数字和网址符号"
ADDRESS_LENGTH = "有 {length} 个字符，最多 {most} 个"
