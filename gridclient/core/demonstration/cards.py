"""The contact cards: what stands on them, what was printed, who got one."""

from base64 import urlsafe_b64encode
from collections.abc import Iterator
from random import Random

from gridclient.core.demonstration.days import instant
from gridclient.core.demonstration.homes import ABSENT, Home
from gridclient.core.demonstration.town import Town, made
from gridclient.core.domain.desk import TEMPLATE_ID
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Draft

VERSION = "1"
PRINTED_GRIDS = 4  # of the six big grids; the others' cards are still to be printed
_ITEMS = (
    "医保社保咨询",
    "低保救助申请",
    "老年就餐卡",
    "高龄补贴",
    "居住证明",
    "居住证登记",
    "水电暖报修",
    "邻里调解",
)


def template(town: Town) -> Draft:
    fields: dict[str, object] = {
        "title": "为民服务联络卡",
        "design": "red",
        "slogan": "有事您说话",
        "items": "\n".join(_ITEMS),
        "notice": "上门登记的信息只用于为您办事；查看、更正、删除，请打社区电话。",
        "version": VERSION,
    }
    return made("card_template", TEMPLATE_ID, COMMONS, town.office, town.registered, fields)


class Batch:
    """One print run for a big grid: a card for each household on its register."""

    def __init__(self, town: Town, big_grid: int, title: str, count: int) -> None:
        self.id = town.id("card_batch")
        self.at = instant(town.start + 6 + 9 * big_grid, 10 * 60)
        self._office = town.office
        self._fields: dict[str, object] = {
            "at": self.at,
            "layout": "a4-10up",
            "scope": title,
            "count": count,
            "template": TEMPLATE_ID,
        }

    def draft(self) -> Draft:
        return made("card_batch", self.id, DESK, self._office, self.at, self._fields)


def issues(town: Town, chance: Random, place: Id, homes: list[Home], batch: Batch) -> Iterator[Draft]:
    """The cards of a building's households, with who brought them where they were brought."""
    for home in homes:
        if not home.members or home.printed is None or home.way == ABSENT:
            continue
        token = urlsafe_b64encode(chance.randbytes(16)).rstrip(b"=").decode("ascii")
        fields: dict[str, object] = {
            "household": home.id,
            "batch": batch.id,
            "version": VERSION,
            "token": token,
            "at": batch.at,
        }
        if home.given is not None:
            given, method, worker = home.given
            fields.update(given=given, method=method, worker=worker)
        yield made("card_issue", town.id("card_issue"), place, town.office, batch.at, fields)
