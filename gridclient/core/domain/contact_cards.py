"""The 为民服务联络卡 as a record: template, printed batch, card given."""

from gridclient.core.domain import codes
from gridclient.core.domain.declaration import DESK_ROLES, Kind, Place, Type, code, plain, ref, text


class CardTemplate(
    Kind, kind="card_template", zh="卡样", en="Card template", place=Place.COMMONS, writers=DESK_ROLES
):
    """The words of a card that are the same for all."""

    title = text("标题", "Title", 20, required=True)
    design = code("样式", "Design", codes.CARD_DESIGN)
    slogan = text("口号", "Slogan", 20)
    items = text("帮办事项", "Items", 400)
    notice = text("告知", "Notice", 200)
    version = text("版本", "Version", 20)


class CardBatch(
    Kind,
    kind="card_batch",
    zh="印制批次",
    en="Card batch",
    place=Place.DESK,
    writers=DESK_ROLES,
    append=True,
):
    """One print run."""

    at = plain(Type.INSTANT, "时间", "Time", required=True)
    layout = text("版式", "Layout", 20)
    scope = text("范围", "Scope", 100)
    count = plain(Type.NUMBER, "张数", "Cards")
    template = ref("卡样", "Template", "card_template")


class CardIssue(
    Kind,
    kind="card_issue",
    zh="发卡",
    en="Card issue",
    place=Place.BUILDING,
    within="household",
    stage=1,
    written_once=True,
):
    """One card for one household. The token is what its QR code carries: random, nobody's data."""

    household = ref("户", "Household", "household", required=True)
    batch = ref("批次", "Batch", "card_batch")
    version = text("版本", "Version", 20)
    token = text("码", "Token", 22)
    at = plain(Type.INSTANT, "时间", "Time", required=True)
    given = plain(Type.INSTANT, "送到", "Given")
    method = code("方式", "Method", codes.CARD_METHOD, group="given")
    worker = ref("网格员", "Worker", "worker")
