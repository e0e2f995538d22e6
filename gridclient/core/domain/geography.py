"""Where people live: community, grid, compound, building, dwelling."""

from gridclient.core.domain import codes, ids, national_codes, work_codes
from gridclient.core.domain.declaration import (
    DESK_ROLES,
    SUPERVISOR_ONLY,
    Kind,
    Merge,
    Place,
    Type,
    code,
    plain,
    ref,
    text,
)


class Community(Kind, kind="community", zh="社区", en="Community", place=Place.COMMONS, writers=DESK_ROLES):
    """The one community of a ledger; its id is fixed."""

    title = text("社区名称", "Name", 100, required=True, headers="社区 所属社区")
    division = text("社区编码", "Division code", 20)
    street = text("街道", "Street", 100)
    district = text("区县", "District", 100)
    address = text("社区地址", "Address", 200)
    phone = plain(Type.PHONE, "社区电话", "Phone")
    hours = text("办公时间", "Office hours", 100)
    police_name = text("民警", "Police officer", 50)
    police_phone = plain(Type.PHONE, "民警电话", "Police phone")
    doctor_name = text("社区医生", "Doctor", 50)
    doctor_phone = plain(Type.PHONE, "医生电话", "Doctor's phone")
    founded = plain(Type.DATE, "成立时间", "Founded")
    area = text("面积", "Area", 20)
    wechat = text("微信号", "WeChat account", 50)


class Grid(Kind, kind="grid", zh="网格", en="Grid", place=Place.COMMONS, writers=SUPERVISOR_ONLY):
    """A big grid (no parent) or a small grid inside one. Buildings say which they are in."""

    title = text("网格名称", "Name", 100, required=True, headers="网格 所属网格")
    number = text("网格编码", "Number", 20)
    parent = ref("上级网格", "Parent grid", "grid")
    sort = code("类型", "Type", work_codes.GRID_SORT)
    leader = ref("网格长", "Head", "worker")
    planned = plain(Type.NUMBER, "应管户数", "Planned households")


class Compound(Kind, kind="compound", zh="小区", en="Compound", place=Place.COMMONS, writers=DESK_ROLES):
    """A gated group of buildings, as people name it."""

    title = text("小区", "Name", 100, required=True, search=True, headers="小区名称 小区名字 院落 楼院")
    aliases = text("别名", "Aliases", 100, merge=Merge.SET)
    address = text("小区地址", "Address", 200)
    sort = code("类型", "Type", codes.COMPOUND_TYPE)
    property_company = text("物业公司", "Property company", 100)
    property_phone = plain(Type.PHONE, "物业电话", "Property phone", headers="物业联系电话")
    property_contact = text("物业联系人", "Property contact", 50)
    committee = text("业委会", "Owners' committee", 100)
    branch = text("楼院党支部", "Party branch", 100)
    built = plain(Type.NUMBER, "建成年份", "Built in")
    remark = text("备注", "Remark", 500)


class Building(
    Kind,
    kind="building",
    zh="楼栋",
    en="Building",
    place=Place.COMMONS,
    within="compound",
    writers=DESK_ROLES,
):
    """A building; its id is the place of everything inside it."""

    compound = ref("小区", "Compound", "compound", required=True)
    number = text(
        "楼栋",
        "Number",
        20,
        required=True,
        search=True,
        headers="楼号 楼栋号 栋号 幢号 楼幢 楼宇 楼栋名 楼栋名称",
    )
    aliases = text("别名", "Aliases", 100, merge=Merge.SET)
    address = text("地址", "Address", 200)
    status = code("状态", "Status", codes.BUILDING_STATUS)
    floors = plain(Type.NUMBER, "层数", "Floors")
    units = plain(Type.NUMBER, "单元数", "Units")
    steward = text("楼栋长", "Steward", 50)
    steward_phone = plain(Type.PHONE, "楼栋长电话", "Steward's phone")
    grid = ref("网格", "Grid", "grid", writers=SUPERVISOR_ONLY)
    use = code("建筑用途", "Use", national_codes.BUILDING_USE)
    underground = plain(Type.NUMBER, "地下层数", "Floors below ground")
    doors_per_floor = plain(Type.NUMBER, "每层户数", "Doors a floor")
    lift = plain(Type.FLAG, "有电梯", "Lift")
    remark = text("备注", "Remark", 500)


class Dwelling(Kind, kind="dwelling", zh="房屋", en="Dwelling", place=Place.BUILDING, within="building"):
    """One door. Unit, floor and room are written together: half an address is none."""

    building = ref("楼栋", "Building", "building", required=True)
    unit = text("单元", "Unit", 10, group="building", headers="单元号 单元名 门洞 楼门")
    floor = plain(Type.NUMBER, "楼层", "Floor", group="building", headers="层 层数")
    room = text(
        "房号", "Room", 20, group="building", required=True, search=True, headers="室号 房间号 门号 房间名 室"
    )
    use = code("房屋使用", "Use", codes.DWELLING_USE, headers="房屋用途 住房性质")
    owner_name = text("产权人", "Owner", 50, sensitivity=1, headers="业主姓名 房东姓名")
    owner_phone = plain(Type.PHONE, "产权人电话", "Owner's phone", sensitivity=1, headers="业主电话 房东电话")
    owner_address = text("产权人住址", "Owner's address", 200, sensitivity=1, headers="房主现居详址 房东住址")
    area = text("面积", "Area", 20, headers="建筑面积")
    rent_purpose = code("出租用途", "Rented as", national_codes.RENT_PURPOSE)
    hazards = code("隐患", "Hazards", national_codes.HAZARD, merge=Merge.SET, headers="隐患类型")
    hazard_note = text("隐患说明", "Hazards, note", 200, sensitivity=1)


COMMUNITY_ID = ids.named("community")


def compound_id(title: str) -> ids.Id:
    return ids.named("compound", title)


def building_id(compound: str, number: str) -> ids.Id:
    """`number` without its measure word: 12, not 12号楼."""
    return ids.named("building", compound, number)


def dwelling_id(compound: str, number: str, unit: str, room: str) -> ids.Id:
    return ids.named("dwelling", compound, number, unit, room)


def door(number: str, unit: str, room: str) -> str:
    """A door as people say it: 12号楼 3单元 502."""
    building = f"{number}号楼" if number.isdigit() else number
    parts = [building, f"{unit}单元" if unit else "", room]
    return " ".join(part for part in parts if part)
