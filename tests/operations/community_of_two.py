"""Two households behind two doors, with a visit, a matter and a card, told to a ledger."""

from gridclient.ledger.ledger import Ledger
from gridclient.operations.apply import apply_line

ID = "639900195603040026"
MARY = "E12345678"


def tell(ledger: Ledger) -> dict[str, str]:
    """Fill a ledger; the ids of what was told, by a word."""
    made: dict[str, str] = {}

    def say(word: str, kind: str, **fields: object) -> None:
        made[word] = str(apply_line(ledger, {"kind": kind, "fields": fields})["record"])

    say("community", "community", title="示例社区", street="示例街道")
    say("grid", "grid", title="三号网格")
    say("compound", "compound", title="示例小区")
    for number in ("12", "2"):
        say(f"b{number}", "building", compound=made["compound"], number=number)
    apply_line(ledger, {"kind": "building", "record": made["b12"], "fields": {"grid": made["grid"]}})
    say("d12", "dwelling", building=made["b12"], unit="3", floor=5, room="0502")
    say("d2", "dwelling", building=made["b2"], unit="1", floor=1, room="101")
    say("h12", "household", dwelling=made["d12"], phone="13900002046", moved_in="2003-05")
    say("h2", "household", dwelling=made["d2"])
    zhao = {"name": "赵世昌", "birth": "1956-03-04", "id_number": ID, "id_type": "111", "sex": "2"}
    say("zhao", "resident", household=made["h12"], relation_to_head="02", phones=["13900002046"], **zhao)
    say("sun", "resident", household=made["h12"], name="=SUM孙", remark="儿子 13911112222", birth="1960")
    visitor = {"id_number": MARY, "id_type": "414", "residence": "2", "relation_to_head": "02"}
    say(
        "mary",
        "resident",
        household=made["h2"],
        name="玛丽",
        phones=["0971-6123456", "13900003333"],
        **visitor,
    )
    for household, head in (("h12", "zhao"), ("h2", "mary")):
        said = {"kind": "household", "record": made[household], "fields": {"head": made[head]}}
        apply_line(ledger, said)
    visited = {"household": made["h12"], "at": "2026-11-03T02:05:00Z", "outcome": "1", "purposes": ["card"]}
    say("visit", "visit", summary="水管漏水，留了电话13911112222", **visited)
    say("early", "visit", household=made["h2"], at="2026-10-31T15:59:00Z", outcome="5")
    matter = {"title": "水管漏水", "category": "B1", "received": "2026-11-03T02:30:00Z"}
    say("matter", "matter", household=made["h12"], phone="13900002046", initiator="赵世昌", **matter)
    step = {"matter": made["matter"], "status": "closed", "exit": "spot", "note": "换了阀门"}
    say("step", "matter_step", at="2026-11-04T02:30:00Z", **step)
    say(
        "card",
        "card_issue",
        household=made["h12"],
        at="2026-11-03T02:30:00Z",
        token="secret-token",
        version="1",
    )
    return made
