"""Numbers that people wrote into free words are masked on screen like any other."""

from gridclient.app.present.household import said_of
from gridclient.app.present.timeline import timeline
from gridclient.core.domain.people import Resident
from gridclient.ledger.households import household
from gridclient.ledger.ledger import Ledger
from gridclient.operations.record_visit import MatterNote, VisitNote, record_visit
from tests.operations.test_undo import HOUSEHOLD, register

WRITTEN = "身份证639900195603040026，女儿13900002046"
SHOWN = "身份证******************，女儿139****2046"


def test_a_number_in_a_remark_is_masked_where_versions_are_shown() -> None:
    assert said_of(Resident.remark, WRITTEN) == SHOWN


def test_numbers_in_what_a_visit_and_a_matter_say_are_masked_at_the_door(ledger: Ledger) -> None:
    ledger.write(register())
    record_visit(ledger, VisitNote(HOUSEHOLD, None, "1", summary=WRITTEN, matters=(MatterNote(WRITTEN),)))
    with ledger.reading() as connection:
        found = household(connection, HOUSEHOLD)
    assert found is not None
    said = repr(timeline(found, ledger.clock()))
    assert said.count(SHOWN) == 2
    assert "0026" not in said
