"""The demonstration community: that its people, visits, matters and cards are believable."""

from collections import Counter, defaultdict
from datetime import date
from itertools import groupby
from typing import cast

import pytest

from gridclient.core.demonstration import community
from gridclient.core.demonstration.people import PLANS, TENANTS
from gridclient.core.domain.declaration import Type
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.matters import Step, standing
from gridclient.core.domain.visits import OPENED
from gridclient.core.merge.change import Draft
from tests.core.told import MIDNIGHT, NOW, instant, local, of, text


@pytest.fixture(scope="module")
def town() -> list[Draft]:
    return list(community(1, 1, NOW))


def test_doors_open_more_and_more(town: list[Draft]) -> None:
    first = MIDNIGHT - 365 * 86_400_000
    months: dict[int, list[bool]] = defaultdict(list)
    for visit in of(town, "visit"):
        if visit.fields["outcome"] != "8":
            months[(instant(visit) - first) * 12 // (365 * 86_400_000)].append(
                visit.fields["outcome"] in OPENED
            )
    rates = [sum(months[month]) / len(months[month]) for month in range(12)]
    assert rates[0] == pytest.approx(0.40, abs=0.05)
    assert rates[11] == pytest.approx(0.80, abs=0.05)
    assert all(rates[month + 3] > rates[month] for month in range(9))


def test_nobody_knocks_at_night_or_is_in_two_places(town: list[Draft]) -> None:
    whereabouts: dict[tuple[bytes, date], list[tuple[int, bytes]]] = defaultdict(list)
    for visit in of(town, "visit"):
        moment = local(instant(visit))
        assert 8 <= moment.hour < 21
        companions = cast(list[list[bytes]], visit.fields.get("companions", [[], []]))[0]
        assert visit.author not in companions
        for person in [cast(bytes, visit.author), *companions]:
            whereabouts[person, moment.date()].append((instant(visit), visit.place))
    for day in whereabouts.values():
        places = [place for place, _ in groupby(place for _, place in sorted(day))]
        assert len(places) <= 3  # one building in the morning, another, back to the first
    own = Counter((visit.author, local(instant(visit)).date()) for visit in of(town, "visit"))
    assert max(own.values()) <= 40


def test_nothing_lies_in_the_future(town: list[Draft]) -> None:
    for draft in town:
        assert draft.at is not None
        assert draft.at < MIDNIGHT
        for key, value in draft.fields.items():
            if KINDS[draft.kind].fields[key].type is Type.INSTANT and key != "due" and value is not None:
                assert cast(int, value) < MIDNIGHT


def test_summaries_are_short_and_many(town: list[Draft]) -> None:
    said = Counter(
        text(visit, "summary") for visit in of(town, "visit") if visit.fields["outcome"] in ("1", "2")
    )
    assert max(map(len, said)) <= 60
    assert len(said) > 5_000
    assert said.most_common(1)[0][1] < 150


def test_families_hang_together(town: list[Draft]) -> None:
    members: dict[bytes, list[Draft]] = defaultdict(list)
    for resident in of(town, "resident"):
        members[cast(bytes, resident.fields["household"])].append(resident)
    assert set(members) == {household.record for household in of(town, "household")}
    inherited = total = 0
    for household in of(town, "household"):
        family = members[household.record]
        heads = [one for one in family if one.fields["relation_to_head"] == "02"]
        assert [one.record for one in heads] == [household.fields["head"]]
        judge_couple(family)
        for child, father in sons_and_fathers(family):
            total += 1
            inherited += same_family(child, father)
    assert total > 1_000
    assert inherited == total


MALE = {"11", "20", "21", "22", "23", "28", "41", "43", "51", "53", "55"}
FEMALE = {"12", "30", "31", "32", "33", "38", "42", "44", "52", "54", "56"}


def year(resident: Draft) -> int:
    return int(text(resident, "birth")[:4])


def judge_couple(family: list[Draft]) -> None:
    head = family[0]
    for one in family[1:]:
        relation = text(one, "relation_to_head")
        assert relation not in MALE or one.fields["sex"] == "1"
        assert relation not in FEMALE or one.fields["sex"] == "2"
        older = year(head) - year(one)
        if relation in ("10", "11", "12"):
            assert one.fields["sex"] != head.fields["sex"]
            assert -10 <= older <= 10
        if relation[0] in "23" and relation not in ("28", "38"):
            assert -50 <= older <= -20
        if relation in ("51", "52"):
            assert 20 <= older <= 50
        if relation[0] == "4":
            assert older <= -40
    assert all(0 <= 2026 - year(one) <= 100 for one in family)


def sons_and_fathers(family: list[Draft]) -> list[tuple[Draft, Draft]]:
    """Children with the father who lives with them; and the head with his or her own."""
    head = family[0]
    by_relation = {text(one, "relation_to_head"): one for one in family}
    spouse = by_relation.get("11") or by_relation.get("10") or by_relation.get("12")
    father = head if head.fields["sex"] == "1" else spouse
    children = [one for one in family if text(one, "relation_to_head")[0] in "23"]
    found = [
        (one, father) for one in children if father and one.fields["relation_to_head"] not in ("28", "38")
    ]
    own = by_relation.get("51")
    return [*found, (head, own)] if own else found


def same_family(child: Draft, father: Draft) -> bool:
    name, of_father = text(child, "name"), text(father, "name")
    if "·" in of_father:
        return name.split("·")[1] == of_father.split("·")[0]
    return name[0] == of_father[0]


def test_every_plan_of_a_household_counts_its_members() -> None:
    for table in (PLANS, TENANTS):
        assert all(len(plan.others) + 1 == size for size, plans in table.items() for plan in plans)


def test_numbers_belong_to_nobody_and_to_one(town: list[Draft]) -> None:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    known = [one for one in of(town, "resident") if "id_number" in one.fields]
    numbers = [text(one, "id_number") for one in known]
    assert len(numbers) > 9_000
    assert len(set(numbers)) == len(numbers)
    for resident, number in zip(known, numbers, strict=True):
        total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
        assert number[:6] == "639900"
        assert number[17] == "10X98765432"[total % 11]
        assert number[6:14] == text(resident, "birth").replace("-", "")
        assert int(number[16]) % 2 == int(text(resident, "sex")) % 2
    phones = [cast(list[list[str]], one.fields["phones"])[0][0] for one in of(town, "resident") if "phones" in
              one.fields]  # fmt: skip
    assert len(set(phones)) == len(phones) > 7_000
    assert all(len(phone) == 11 and phone[3:7] == "0000" for phone in phones)


def test_rare_characters_and_dots_occur(town: list[Draft]) -> None:
    names = "".join(text(one, "name") for one in of(town, "resident"))
    assert set("𠮷䶮㛃𫖯·") <= set(names)


def test_every_small_grid_has_its_workers_and_they_walk_there(town: list[Draft]) -> None:
    charge = defaultdict(set)
    for assignment in of(town, "assignment"):
        charge[cast(bytes, assignment.fields["worker"])].add(assignment.fields["grid"])
    small = {grid.record for grid in of(town, "grid") if "parent" in grid.fields}
    assert set().union(*charge.values()) == small
    assert len(charge) == 16
    grids = {building.record: building.fields["grid"] for building in of(town, "building")}
    assert set(grids.values()) == small
    assert all(grids[visit.place] in charge[cast(bytes, visit.author)] for visit in of(town, "visit"))


def test_matters_move_along_and_mostly_end(town: list[Draft]) -> None:
    steps: dict[bytes, list[Step]] = defaultdict(list)
    for step in of(town, "matter_step"):
        seen = cast(list[list[bytes]], step.fields.get("after", [[], []]))[0]
        steps[cast(bytes, step.fields["matter"])].append(
            Step(step.record, text(step, "status"), frozenset(seen))
        )
    where = [standing(steps[matter.record]) for matter in of(town, "matter")]
    assert not any(each.disputed for each in where)
    statuses = Counter(each.status for each in where)
    assert 0.85 < statuses["closed"] / 3_000 < 0.98
    assert set(statuses) == {"received", "verifying", "handling", "revisiting", "closed", "void"}
    exits = Counter(text(step, "exit") for step in of(town, "matter_step"))
    assert all(exits[each] > 100 for each in ("spot", "escalate", "whistle", "explain"))


def test_a_matter_from_a_visit_belongs_to_the_household_visited(town: list[Draft]) -> None:
    visits = {visit.record: visit for visit in of(town, "visit")}
    linked = [matter for matter in of(town, "matter") if "visit" in matter.fields]
    assert len(linked) > 1_000
    for matter in linked:
        visit = visits[cast(bytes, matter.fields["visit"])]
        assert matter.fields["household"] == visit.fields["household"]
        assert 0 <= instant(matter, "received") - instant(visit) < 600_000


def test_nobody_is_visited_before_moving_in(town: list[Draft]) -> None:
    moved = {one.record: text(one, "moved_in") for one in of(town, "household")}
    for visit in of(town, "visit"):
        if "household" in visit.fields:
            since = moved[cast(bytes, visit.fields["household"])]
            assert local(instant(visit)).date().isoformat()[: len(since)] >= since


def test_a_card_is_brought_after_it_was_printed(town: list[Draft]) -> None:
    brought = [card for card in of(town, "card_issue") if "given" in card.fields]
    assert len(brought) > 2_000
    assert all(instant(card) < instant(card, "given") for card in brought)
    households = [card.fields["household"] for card in of(town, "card_issue")]
    assert len(set(households)) == len(households)
    tokens = {text(card, "token") for card in of(town, "card_issue")}
    assert len(tokens) == len(households)
    assert {len(token) for token in tokens} == {22}
