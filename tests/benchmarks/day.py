"""A worker's day on his ledger: visits to doors, and corrections of who lives there."""

from __future__ import annotations

from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import Ledger
from gridclient.operations.record_visit import VisitNote, record_visit

VISITS, EDITS = 60, 30
_SAID = (
    "家里都好，老人按时吃药。",
    "",
    "反映楼道灯不亮，已报物业，约周五下午再来看。",
    "燃气软管老化，劝了更换。",
    "",
    "租户换了，合同看过，下周来补登记。",
)


def work(ledger: Ledger, visits: int = VISITS, edits: int = EDITS) -> None:
    """Record so much, spread over everything the ledger holds. Nothing is sent."""
    with ledger.reading() as connection:
        homes = [row[0] for row in connection.exec_driver_sql("SELECT id FROM k_household ORDER BY id")]
        people: list[tuple[Id, Id]] = [
            (row[0], row[1]) for row in connection.exec_driver_sql("SELECT id, place FROM k_resident")
        ]
    for at, home in enumerate(homes[:: max(1, len(homes) // visits)][:visits]):
        record_visit(ledger, VisitNote(home, None, "1", summary=_SAID[at % len(_SAID)]))
    for at, (person, place) in enumerate(people[:: max(1, len(people) // edits)][:edits]):
        ledger.write([Draft("resident", person, place, {"work_place": f"城南第{at + 1}小学"})])
