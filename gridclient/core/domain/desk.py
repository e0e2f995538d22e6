"""What only the desk reads, and what the whole community is set to: review_item, audit_entry, settings."""

from gridclient.core.domain import codes, ids
from gridclient.core.domain.declaration import DESK_ROLES, Kind, Place, Type, code, plain, text


class ReviewItem(
    Kind,
    kind="review_item",
    zh="待定事项",
    en="Review item",
    place=Place.DESK,
    writers=DESK_ROLES,
    append=True,
):
    """A doubt a person has to settle."""

    sort = code("种类", "Sort", codes.REVIEW_SORT, required=True)
    record = plain(Type.REF, "记录", "Record")
    record_kind = text("记录种类", "Kind", 40, group="record")
    record_place = plain(Type.REF, "归属地", "Place", group="record")
    field = text("栏目", "Field", 40, group="record")
    value = text("建议", "Value", 4000, sensitivity=1)  # as long as the longest field it may be about
    origin = text("来自", "Origin", 200)
    state = code("状态", "State", codes.REVIEW_STATE)


class AuditEntry(
    Kind,
    kind="audit_entry",
    zh="审计",
    en="Audit entry",
    place=Place.DESK,
    writers=DESK_ROLES,
    append=True,
    stage=2,
    written_once=True,
):
    """Who did what that has to be answered for."""

    at = plain(Type.INSTANT, "时间", "Time", required=True)
    action = code("做了什么", "Action", codes.AUDIT_ACTION, required=True)
    record = plain(Type.REF, "记录", "Record")
    count = plain(Type.NUMBER, "数量", "Count")
    purpose = text("用途", "Purpose", 200)


class Settings(Kind, kind="settings", zh="设置", en="Settings", place=Place.COMMONS, writers=DESK_ROLES):
    """What the community has agreed on; one record, fixed id."""

    qr_address = text("扫码地址", "QR address", 60)
    visit_days = plain(Type.NUMBER, "一般户走访间隔（天）", "Visit interval in days")
    new_household_days = plain(Type.NUMBER, "新住户见面期限（天）", "Days to meet a new household")
    demonstration = plain(Type.FLAG, "示例数据", "Demonstration data")
    care_days = plain(Type.NUMBER, "重点户入户间隔（天）", "Care visit interval in days")
    contact_days = plain(Type.NUMBER, "独居失能联系间隔（天）", "Contact interval in days")
    floating_days = plain(Type.NUMBER, "流动户走访间隔（天）", "Floating household interval in days")
    registered_days = plain(Type.NUMBER, "空挂户走访间隔（天）", "Empty registration interval in days")
    must_visit_days = plain(Type.NUMBER, "必访期限（工作日）", "Must-visit limit in working days")
    verified_days = plain(Type.NUMBER, "核实有效期（天）", "Days a verification holds")


SETTINGS_ID = ids.named("settings")
TEMPLATE_ID = ids.named("card_template")
