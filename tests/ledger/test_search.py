"""Whatever a ledger holds is found by what people type of it."""

import pytest

from gridclient.core.domain import ids
from gridclient.core.domain.care_codes import CARE_TAG, LEVEL
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.search import Found, SearchIndex, Why, read_all, read_some
from gridclient.ledger.writing import UNDONE
from gridclient.operations.spell import readings

COMPOUND = ids.named("compound", "示例小区")
BUILDING = ids.named("building", "示例小区", "12")
OTHER = ids.named("building", "示例小区", "3")
PEOPLE = (
    ("12", "3", "502", "李萍", "13909716688", "639900195603040017"),
    ("12", "3", "503", "单晓", "0971-6123456", ""),
    ("12", "1", "102", "欧阳娜", "", ""),
    ("3", "12", "502", "仇和平", "", ""),
    ("3", "1", "101", "平丽", "", ""),
)


def dwelling(block: str, room: str) -> Id:
    return ids.named("dwelling", block, room)


def household(name: str) -> Id:
    return ids.named("household", name)


def person(name: str) -> Id:
    return ids.named("person", name)


def register() -> list[Draft]:
    drafts = [
        Draft("compound", COMPOUND, COMMONS, {"title": "示例小区"}, new=True),
        Draft(
            "building",
            BUILDING,
            COMMONS,
            {"compound": COMPOUND, "number": "12", "aliases": [["红砖楼"], []]},
            new=True,
        ),
        Draft("building", OTHER, COMMONS, {"compound": COMPOUND, "number": "3"}, new=True),
        Draft(
            "worker",
            ids.named("worker", "何敏"),
            COMMONS,
            {"name": "何敏", "role": "worker", "phone": "13800001234"},
            new=True,
        ),
    ]
    for block, unit, room, name, phone, number in PEOPLE:
        where = BUILDING if block == "12" else OTHER
        door: dict[str, object] = {"building": where, "unit": unit, "floor": 5, "room": room}
        who: dict[str, object] = {"household": household(name), "name": name}
        if phone:
            who["phones"] = [[phone], []]
        if number:
            who |= {"id_number": number, "id_type": None}
        home: dict[str, object] = {"dwelling": dwelling(block, room), "head": person(name)}
        drafts += [
            Draft("dwelling", dwelling(block, room), where, door, new=True),
            Draft("household", household(name), where, home, new=True),
            Draft("resident", person(name), where, who, new=True),
        ]
    return drafts


def matter(title: str, **more: object) -> Draft:
    fields = {"household": household("李萍"), "title": title, **more}
    return Draft("matter", ids.named("matter", title), BUILDING, fields, new=True)


def visit(at: int, summary: str) -> Draft:
    fields: dict[str, object] = {"household": household("李萍"), "at": at, "outcome": "1", "summary": summary}
    return Draft("visit", ids.named("visit", summary), BUILDING, fields, new=True)


@pytest.fixture
def index(ledger: Ledger) -> SearchIndex:
    ledger.write(register())
    made = SearchIndex(readings())
    with ledger.reading() as connection:
        made.replace(read_all(connection, made.readings))
    return made


def catch_up(index: SearchIndex, ledger: Ledger, drafts: list[Draft]) -> None:
    touched = ledger.write(drafts)
    with ledger.reading() as connection:
        found = read_some(connection, index.readings, touched.records)
    assert found is not None
    assert index.update(*found)


def found(index: SearchIndex, typed: str, group: str) -> list[Found]:
    return next((one.found for one in index.find(typed) if one.name == group), [])


def titles(index: SearchIndex, typed: str, group: str) -> list[str]:
    return [one.entry.title for one in found(index, typed, group)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("lp", "李萍"),
        ("liping", "李萍"),
        ("LiPing", "李萍"),
        ("lip", "李萍"),
        ("lping", "李萍"),
        ("l萍", "李萍"),
        ("李p", "李萍"),
        ("li萍", "李萍"),
        ("萍", "李萍"),
        ("ｌｐ", "李萍"),
        ("sx", "单晓"),
        ("danxiao", "单晓"),
        ("oyn", "欧阳娜"),
        ("ouyangna", "欧阳娜"),
        ("o阳n", "欧阳娜"),
        ("qhp", "仇和平"),
        ("chouhp", "仇和平"),
        ("qiuhp", "仇和平"),
        ("6688", "李萍"),
        ("139 0971 6688", "李萍"),
        ("+86 139-0971-6688", "李萍"),
        ("0971 6123", "单晓"),
        ("6123456", "单晓"),
        ("0017", "李萍"),
        ("040017", "李萍"),
        ("12号楼3单元502", "李萍"),
    ],
)
def test_a_person_is_found(index: SearchIndex, typed: str, name: str) -> None:
    assert titles(index, typed, "person")[:1] == [name]


def test_two_syllables_with_a_gap_are_one_name_before_they_are_two_words(index: SearchIndex) -> None:
    assert titles(index, "li ping", "person") == ["李萍", "平丽"]


@pytest.mark.parametrize(
    "typed",
    [
        "12-3-502",
        "12 3 502",
        "12号楼3单元502",
        "12号楼 3单元 502",
        "12栋3单元502室",
        "１２—３—５０２",
        "示例小区12-3-502",
        "示例小区 12号楼3单元502",
    ],
)
def test_a_door_is_found_however_it_is_written(index: SearchIndex, typed: str) -> None:
    assert [one.entry.opens for one in found(index, typed, "door")] == [household("李萍")]


@pytest.mark.parametrize("typed", ["3-502", "3 502", "3单元502"])
def test_half_a_door_finds_the_building_first_and_the_unit_too(index: SearchIndex, typed: str) -> None:
    assert titles(index, typed, "door") == ["3号楼 12单元 502", "12号楼 3单元 502"]


def test_whoever_types_a_door_gets_doors_first_and_a_name_people(index: SearchIndex) -> None:
    assert index.find("12-3")[0].name == "door"
    assert index.find("李")[0].name == "person"


def test_the_digits_of_an_id_number_before_the_last_six_find_nobody(index: SearchIndex) -> None:
    assert index.find("1956") == []


def test_a_label_is_no_word_of_what_it_labels(index: SearchIndex, ledger: Ledger) -> None:
    employer: dict[str, object] = {"household": household("李萍"), "name": "赵民", "work_place": "园林队"}
    ledger.write([Draft("resident", person("赵民"), BUILDING, employer, new=True)])
    with ledger.reading() as connection:
        index.replace(read_all(connection, index.readings))
    assert [found.entry.title for found in index.find("单")[0].found] == ["单晓"]
    assert index.find("工作单位") == []
    found = index.find("园林")[0].found[0]
    assert found.why is not None
    assert (found.entry.title, found.why.tag, found.why.words) == ("赵民", "工作单位", "园林队")


def test_an_alias_finds_its_building_and_a_telephone_its_worker(index: SearchIndex) -> None:
    assert [one.entry.record for one in found(index, "红砖", "place")] == [BUILDING]
    assert titles(index, "00001234", "staff") == ["何敏"]
    assert titles(index, "hm", "staff") == ["何敏"]


def test_a_matter_is_found_by_its_words_and_says_where_they_stand(index: SearchIndex, ledger: Ledger) -> None:
    catch_up(index, ledger, [matter("单元门关不严", body="冬天进风，老人怕冷", initiator="李萍")])
    assert titles(index, "单元门", "matter") == ["单元门关不严"]
    (one,) = found(index, "怕冷", "matter")
    assert one.why == Why("详情", "冬天进风,老人怕冷", 7, 9)
    assert one.door is not None
    assert one.door.title == "12号楼 3单元 502"
    assert found(index, "lp", "matter") == []


def test_the_newest_of_many_visits_comes_first(index: SearchIndex, ledger: Ledger) -> None:
    ledger.write([visit(1_790_000_000_000 + day, f"第 {day} 次说起电梯") for day in range(30)])
    with ledger.reading() as connection:
        index.replace(read_all(connection, index.readings))
    group = next(one for one in index.find("电梯") if one.name == "visit")
    assert [one.entry.at - 1_790_000_000_000 for one in group.found] == [29, 28, 27, 26, 25]
    assert group.total == 30
    catch_up(index, ledger, [visit(1_790_000_000_100, "又说起电梯")])
    assert found(index, "电梯", "visit")[0].entry.at == 1_790_000_000_100


def test_a_confidential_matter_and_a_tag_for_named_persons_are_found_by_no_word(
    index: SearchIndex, ledger: Ledger
) -> None:
    named = next(tag for tag, level in LEVEL.items() if level == 3)
    plain = next(tag for tag, level in LEVEL.items() if level == 1)
    tag: dict[str, object] = {"household": household("李萍"), "resident": person("李萍")}
    catch_up(
        index,
        ledger,
        [
            matter("家里的事", confidential=True),
            Draft("care_tag", ids.named("tag", "1"), DESK, {**tag, "tag": named}, new=True),
            Draft("care_tag", ids.named("tag", "2"), BUILDING, {**tag, "tag": plain}, new=True),
        ],
    )
    assert index.find("家里的事") == []
    assert found(index, CARE_TAG.label(named), "care") == []
    assert titles(index, CARE_TAG.label(plain), "care") == [f"{CARE_TAG.label(plain)}　李萍"]


def test_a_change_is_found_at_once_and_what_it_replaced_no_more(index: SearchIndex, ledger: Ledger) -> None:
    catch_up(index, ledger, [Draft("resident", person("李萍"), BUILDING, {"name": "李苹果"})])
    assert found(index, "萍", "person") == []
    assert titles(index, "lpg", "person") == ["李苹果"]
    (one,) = found(index, "12-3-502", "door")
    assert one.entry.place == "示例小区　李苹果"


def test_who_moved_away_is_found_last_and_what_was_taken_back_not_at_all(
    index: SearchIndex, ledger: Ledger
) -> None:
    gone: dict[str, object] = {"retired": "moved", "successor": None}
    catch_up(index, ledger, [Draft("resident", person("李萍"), BUILDING, gone)])
    who: dict[str, object] = {"household": household("单晓"), "name": "李萍"}
    catch_up(index, ledger, [Draft("resident", person("另一个"), BUILDING, who, new=True)])
    assert [one.entry.retired for one in found(index, "lp", "person")] == ["", "搬走"]
    back: dict[str, object] = {"retired": UNDONE, "successor": None}
    catch_up(index, ledger, [Draft("resident", person("另一个"), BUILDING, back)])
    assert [one.entry.retired for one in found(index, "lp", "person")] == ["搬走"]


def test_a_door_whose_household_left_is_a_door_without_one(index: SearchIndex, ledger: Ledger) -> None:
    gone: dict[str, object] = {"retired": "moved", "successor": None}
    catch_up(index, ledger, [Draft("household", household("李萍"), BUILDING, gone)])
    assert [(one.entry.kind, one.entry.retired) for one in found(index, "12-3-502", "door")] == [
        ("dwelling", ""),
        ("household", "搬走"),
    ]


def test_all_words_are_looked_for_however_often_one_of_them_stands(
    index: SearchIndex, ledger: Ledger
) -> None:
    ledger.write([visit(1_790_000_000_000 + at, f"电梯坏了 {at}") for at in range(200)])
    ledger.write([visit(1_780_000_000_000, "电梯修好了，物业来过")])
    with ledger.reading() as connection:
        index.replace(read_all(connection, index.readings))
    assert [one.entry.at for one in found(index, "电梯 物业", "visit")] == [1_780_000_000_000]


@pytest.mark.parametrize("typed", ["", " ", "--", "\x1f", "\n", "(", "％", "12-3-502" * 30])
def test_whatever_is_typed_is_answered(index: SearchIndex, typed: str) -> None:
    assert all(group.found for group in index.find(typed))


def test_a_title_out_of_what_somebody_said_shows_no_number(index: SearchIndex, ledger: Ledger) -> None:
    said = "来电人反映三单元楼道灯坏了好几天，身份证号是639900195603040017，电话13909716688"
    ticket = Draft("hotline_ticket", ids.named("t"), DESK, {"number": "QH1", "body": said}, new=True)
    catch_up(index, ledger, [matter("灯坏了，打13909716688"), ticket])
    (title,) = titles(index, "楼道灯", "desk")
    assert "6399001956" not in title
    assert titles(index, "灯坏了", "matter") == ["灯坏了，打139****6688"]
