"""The demonstration community: how much there is, where it stands, that it is valid and always the same."""

import subprocess
import sys
import tracemalloc
from collections import Counter
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import cast

import msgspec
import pytest

from gridclient.core.demonstration import community
from gridclient.core.domain.declaration import Type
from gridclient.core.domain.dictionary import KINDS
from gridclient.core.domain.geography import COMMUNITY_ID, building_id, compound_id, dwelling_id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Change, Draft
from gridclient.core.wire.validation import fault
from tests.core.told import MIDNIGHT, NOW, count, of, text

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def town() -> list[Draft]:
    return list(community(1, 1, NOW))


@pytest.fixture(scope="module")
def hamlet() -> list[Draft]:
    return list(community(1, 0.05, NOW))


def test_at_scale_one_it_is_as_large_as_the_community_it_stands_for(town: list[Draft]) -> None:
    counted = count(town)
    assert (counted["household"], counted["resident"]) == (5_432, 11_423)
    assert (counted["visit"], counted["matter"]) == (40_000, 3_000)
    assert (counted["compound"], counted["building"], counted["worker"]) == (16, 82, 18)
    assert 8_000 < counted["matter_step"] < 10_000
    assert counted["community"] == counted["settings"] == counted["card_template"] == 1
    assert 2_000 < counted["card_issue"] < 5_000
    parents = Counter("parent" in grid.fields for grid in of(town, "grid"))
    assert parents == {False: 6, True: 14}
    assert Counter(text(worker, "role") for worker in of(town, "worker")) == {
        "worker": 16,
        "office": 1,
        "supervisor": 1,
    }
    assert Counter(text(compound, "sort") for compound in of(town, "compound"))["old"] == 12
    assert len({draft.record for draft in town}) == len(town)


def test_the_two_compounds_everybody_asks_about(town: list[Draft]) -> None:
    buildings, dwellings = of(town, "building"), of(town, "dwelling")
    households = Counter(household.place for household in of(town, "household"))
    sizes = {}
    for compound in of(town, "compound"):
        own = [one for one in buildings if one.fields["compound"] == compound.record]
        units = sum(cast(int, one.fields["units"]) for one in own)
        places = {one.record for one in own}
        doors = sum(1 for one in dwellings if one.place in places and one.fields["unit"])
        living = sum(households[place] for place in places)
        sizes[text(compound, "sort"), len(own), units] = (doors, living)
    assert sizes["old", 15, 56] == (1_008, 964)
    assert sizes["building", 5, 14] == (904, 470)
    unfinished = {one.record for one in buildings if one.fields["status"] == "building"}
    assert len(unfinished) == 2
    assert not unfinished & {one.place for one in of(town, "household")}
    assert {text(one, "use") for one in dwellings if one.place in unfinished} == {"building"}


def test_about_as_many_live_there_as_the_register_of_the_real_one_said(town: list[Draft]) -> None:
    present = sum(1 for resident in of(town, "resident") if resident.fields["residence"] != "3")
    assert abs(present - 9_470) < 300


@pytest.mark.parametrize("scale", [0.01, 0.1, 1.01])
def test_every_scale_divides_exactly(scale: float) -> None:
    drafts = list(community(2, scale, NOW))
    counted = count(drafts)
    assert counted["household"] == round(5_432 * scale)
    assert counted["resident"] == round(11_423 * scale)
    assert counted["visit"] == round(40_000 * scale)
    assert counted["matter"] == round(3_000 * scale)
    grids = {grid.record for grid in of(drafts, "grid") if "parent" in grid.fields}
    inhabited = {household.place for household in of(drafts, "household")}
    lived_in = {one.fields["grid"] for one in of(drafts, "building") if one.record in inhabited}
    assert grids == lived_in
    titles = [text(compound, "title") for compound in of(drafts, "compound")]
    assert len(set(titles)) == len(titles)
    staff = [text(worker, "name") for worker in of(drafts, "worker")]
    assert len(set(staff)) == len(staff), "enrolment goes by names"


@pytest.mark.parametrize("scale", [0, 0.009, 20.5, -1, float("nan")])
def test_other_scales_are_refused_at_once(scale: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        community(1, scale, NOW)


def test_the_largest_needs_no_more_memory_than_one_building() -> None:
    tracemalloc.start()
    try:
        told = sum(1 for _ in islice(community(1, 20, NOW), 10_000))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert told == 10_000
    assert peak < 24 * 1024 * 1024


def test_every_draft_can_be_saved_by_whom_it_says(hamlet: list[Draft]) -> None:
    roles = {worker.record: text(worker, "role") for worker in of(hamlet, "worker")}
    for number, draft in enumerate(hamlet, 1):
        assert draft.new
        assert draft.at is not None
        assert draft.author is not None
        change = Change(
            id=draft.record,
            device=bytes(16),
            number=number,
            author=draft.author,
            at=draft.at,
            kind=draft.kind,
            record=draft.record,
            place=draft.place,
            fields=draft.fields,
        )
        assert fault(change) is None
        kind = KINDS[draft.kind]
        assert set(draft.fields) <= set(kind.fields)
        assert roles[draft.author] in kind.writers
        for key in draft.fields:
            assert roles[draft.author] in (kind.fields[key].writers or kind.writers)


def test_codes_are_codes_of_their_lists(hamlet: list[Draft]) -> None:
    for draft in hamlet:
        for key, value in draft.fields.items():
            field = KINDS[draft.kind].fields[key]
            if field.codes is None or value is None:
                continue
            said = cast(list[list[str]], value)[0] if field.is_set else [value]
            assert set(said) <= set(field.codes.labels), (draft.kind, key)


def test_parents_come_before_what_is_inside_them(hamlet: list[Draft]) -> None:
    told: set[bytes] = set()
    residents = {draft.record for draft in of(hamlet, "resident")}
    for draft in hamlet:
        told.add(draft.record)
        for key, value in draft.fields.items():
            field = KINDS[draft.kind].fields[key]
            if field.type is Type.REF and key != "head":
                named = cast(list[list[bytes]], value)[0] if field.is_set else [cast(bytes, value)]
                assert set(named) <= told, (draft.kind, key)
        if draft.place not in (COMMONS, DESK):
            assert draft.place in told
    assert {one.fields["head"] for one in of(hamlet, "household")} <= residents


def test_geography_bears_the_ids_an_import_would_give_it(hamlet: list[Draft]) -> None:
    titles = {one.record: text(one, "title") for one in of(hamlet, "compound")}
    assert all(record == compound_id(title) for record, title in titles.items())
    names = {one.record: (titles[cast(bytes, one.fields["compound"])], text(one, "number")) for one in
             of(hamlet, "building")}  # fmt: skip
    assert all(record == building_id(*name) for record, name in names.items())
    for one in of(hamlet, "dwelling"):
        assert one.record == dwelling_id(*names[one.place], str(one.fields["unit"] or ""), text(one, "room"))


DIGEST = """
import sys, hashlib, msgspec
from gridclient.core.demonstration import community
digest = hashlib.sha256()
for draft in community(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])):
    digest.update(msgspec.msgpack.encode(draft))
print(digest.hexdigest())
"""


def digest_elsewhere(seed: int, now: int, hash_seed: str) -> str:
    command = [sys.executable, "-P", "-c", DIGEST, str(seed), "0.05", str(now)]
    environment = {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.strip()


def test_every_process_tells_the_same(hamlet: list[Draft]) -> None:
    here = sha256()
    for draft in hamlet:
        here.update(msgspec.msgpack.encode(draft))
    assert digest_elsewhere(1, NOW, "1") == here.hexdigest()
    assert digest_elsewhere(1, MIDNIGHT, "2") == here.hexdigest()
    assert digest_elsewhere(2, NOW, "1") != here.hexdigest()


def test_the_ids_do_not_hang_on_the_day() -> None:
    today = [draft.record for draft in islice(community(1, 0.01, NOW), 200)]
    tomorrow = [draft.record for draft in islice(community(1, 0.01, NOW + 86_400_000), 200)]
    assert today == tomorrow


def test_it_says_that_it_is_a_demonstration(hamlet: list[Draft]) -> None:
    (settings,) = of(hamlet, "settings")
    (one,) = of(hamlet, "community")
    assert settings.fields["demonstration"] is True
    assert one.record == COMMUNITY_ID
    assert text(one, "title").endswith("（示例）")


# SHA-256, shortened, of the people and places of the newspaper story the size is taken from.
REAL = (
    "294ab332d81f3b00 899679016c0577b6 507af2f423ba4570 d317c9ce6f6cc2aa d8f2357f3bd46e1c b4c66e909783fae8 "
    "44be8c57e4bb9e96 3ee2a6d34c5eab5c 29dc5b7a8eaf118d bf81006ae0f5aec8 3f951baa201dcd99 4d1ea478ca9a2d59 "
    "2a2508723863b7b9 0c3d43ab5a21eb66 35a122f57378efbe"
)


def test_no_real_name_occurs(town: list[Draft]) -> None:
    said = {value for draft in town for value in draft.fields.values() if isinstance(value, str)}
    parts = {
        one[start : start + size]
        for one in said
        for size in (2, 3, 4)
        for start in range(len(one) - size + 1)
    }
    assert len(parts) > 10_000
    assert not [part for part in parts if sha256(part.encode()).hexdigest()[:16] in REAL]
