"""四清: each of the four says what it lacks."""

from gridclient.core.domain.attention import DAY
from gridclient.core.domain.four_clears import Known, OpenMatter, four_clears

NOW = 1_795_500_000_000
HEAD = {
    "name": "魏彩虹",
    "relation_to_head": "02",
    "residence": "1",
    "phones": ["13900000001"],
    "verified": NOW,
}
WHOLE = Known(
    household={"head": b"x" * 16, "tenure": "owner", "verified": NOW},
    dwelling={},
    people=(HEAD,),
    checks={name: ("clear", NOW) for name in ("people", "family", "dispute", "hazard")},
)


def lacking(known: Known, now: int = NOW) -> list[tuple[str, ...]]:
    return [one.lacks for one in four_clears(known, now)]


def test_a_household_known_whole_is_clear() -> None:
    assert all(one.is_clear for one in four_clears(WHOLE, NOW))


def test_nothing_known_lacks_everything() -> None:
    bare = Known({}, {}, (), {})
    assert [one.is_clear for one in four_clears(bare, NOW)] == [False] * 4
    assert lacking(bare)[0] == ("没有登记人",)


def test_each_lack_is_named_once() -> None:
    stranger = {"name": "李四"}
    assert lacking(WHOLE._replace(people=(HEAD, stranger)))[0] == ("有人没写与户主关系", "有人没写居住情况")
    assert lacking(WHOLE._replace(household={"verified": NOW}))[0] == ("没写户主",)
    silent = WHOLE._replace(people=({**HEAD, "phones": []},), household={"head": b"x" * 16, "verified": NOW})
    assert lacking(silent)[1] == ("没写住房情况", "没有联系电话")
    assert lacking(WHOLE._replace(tags=(0, NOW)))[1] == ("关照情况很久没核实",)


def test_what_was_asked_long_ago_is_to_be_asked_again() -> None:
    later = NOW + 181 * DAY
    assert [one.is_clear for one in four_clears(WHOLE, later)] == [False] * 4
    assert lacking(WHOLE, later)[3] == ("没看过隐患",)


def test_verifying_the_whole_household_verifies_its_people() -> None:
    later = NOW + 181 * DAY
    again = WHOLE._replace(household={**WHOLE.household, "verified": later})
    assert lacking(again, later)[0] == ()


def test_open_trouble_needs_somebody_and_a_day() -> None:
    loose, held = OpenMatter("A", owned=False, due=True), OpenMatter("A", owned=True, due=True)
    assert lacking(WHOLE._replace(matters=(loose,)))[2] == ("有纠纷没定责任人和期限",)
    assert lacking(WHOLE._replace(matters=(held, OpenMatter("B1", False, False))))[2] == ()
    assert lacking(WHOLE._replace(matters=(OpenMatter("C4", True, False),)))[3] == ("有隐患没定责任人和期限",)


def test_who_would_not_say_counts_as_asked_and_is_shown_apart() -> None:
    refused = Known({"consent": "refused"}, {}, (), {})
    assert all(one.is_clear and one.refused and one.lacks for one in four_clears(refused, NOW))
