"""Numbers that people wrote into free words are masked on screen like any other."""

from gridclient.app.present.household import said_of
from gridclient.core.domain.people import Resident


def test_a_number_in_a_remark_is_masked_where_versions_are_shown() -> None:
    said = said_of(Resident.remark, "身份证639900195603040026，女儿13900002046")
    assert said == "身份证******************，女儿139****2046"
