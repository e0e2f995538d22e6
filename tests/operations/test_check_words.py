"""What check says besides damage: twins, the clock, backups and their age, what to restore."""

from pathlib import Path

from gridclient.core.domain import ids
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import Ledger
from gridclient.operations.back_up import DAY, back_up_if_due, said_age
from gridclient.operations.check import check
from gridclient.operations.health import way_back
from tests.ledgers import Clock

BUILDING = ids.named("building", "示例小区", "12")


def person(name: str, number: str | None = None) -> Draft:
    fields: dict[str, object] = {"household": ids.named("h"), "name": name}
    if number is not None:
        fields |= {"id_number": number, "id_type": None}
    return Draft("resident", ids.named(name), BUILDING, fields, new=True)


def said(ledger: Ledger) -> str:
    found = check(ledger)
    assert found.damage == []
    return "".join(found.notes)


def test_two_people_with_one_number_are_a_line_not_damage(ledger: Ledger) -> None:
    ledger.write([person("赵世昌", "63990019560304001X"), person("李萍")])
    assert "身份证号" not in said(ledger)
    ledger.write([person("赵士昌", "63990019560304001X")])
    assert "1 个身份证号登记了不止一个人" in said(ledger)


def test_a_clock_behind_the_newest_record_is_said(ledger: Ledger, clock: Clock) -> None:
    ledger.write([person("赵世昌")])
    assert "对一下" not in said(ledger)
    clock.now -= DAY
    assert "把钟对一下" in said(ledger)


def test_the_age_of_the_last_backup_is_said_only_where_it_lacks_something(
    ledger: Ledger, clock: Clock
) -> None:
    ledger.write([person("赵世昌")])
    made = back_up_if_due(ledger, DAY)
    assert made is not None
    clock.now += 8 * DAY
    assert "备份" not in said(ledger)
    assert back_up_if_due(ledger, DAY) is None
    ledger.write([person("李萍")])
    assert "8 天前的，里面没有后来记的" in said(ledger)
    assert back_up_if_due(ledger, DAY) is not None
    assert "备份" not in said(ledger)


def test_a_rotten_backup_is_said_and_never_recommended(ledger: Ledger, clock: Clock) -> None:
    ledger.write([person("赵世昌")])
    good = ledger.roll_backup("rolling")
    clock.now += DAY
    rotten = ledger.roll_backup("rolling").path
    content = bytearray(rotten.read_bytes())
    content[len(content) // 2] ^= 1
    rotten.write_bytes(content)
    assert "坏了，马上再备份一次" in said(ledger)
    ledger.write([person("李萍")])
    words = way_back(ledger.folder, ledger)
    assert str(good.path) in words
    assert "又记了 1 条" in words


def test_without_any_backup_the_other_ways_back_are_said(tmp_path: Path) -> None:
    assert "没有能用的备份" in way_back(tmp_path)


def test_ages_are_said_as_people_say_them() -> None:
    minute = 60_000
    ages = [0, 5 * minute, 3 * 60 * minute, 50 * 60 * minute, -DAY]
    assert [said_age(age) for age in ages] == ["刚才", "5 分钟前", "3 小时前", "2 天前", "电脑的钟改过"]
