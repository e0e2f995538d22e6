"""Who said what when, as far as a laptop can know."""

from gridclient.core.domain import ids
from gridclient.core.domain.ids import Id
from gridclient.core.merge.change import Change, Draft
from gridclient.core.merge.compact import pack
from gridclient.core.merge.record import fold
from gridclient.core.wire.messages import Frame, Section
from gridclient.ledger.identity import Identity, put
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.receiving import receive
from gridclient.ledger.writing import Touched
from gridclient.operations.acts import recent, restore, take_back
from gridclient.operations.history import Line, Story, Teller
from tests.operations.test_undo import BATCH, BUILDING, HOUSEHOLD, RESIDENT, edit, register

OTHER = ids.named("worker", "何敏")


def story(ledger: Ledger, kind: str = "resident", record: Id = RESIDENT) -> Story:
    with ledger.reading() as connection:
        found = Teller(connection).story(kind, record)
    assert found is not None
    return found


def whats(found: Story) -> list[str]:
    return [told.what for told in found.told]


def from_server(ledger: Ledger, *changes: Change) -> None:
    """The record these changes make, as a server sends it to a laptop that has enrolled."""
    record = fold(changes)
    assert record is not None
    section = Section(record.kind, record.place, [pack(record)])
    with ledger.writing() as connection:
        put(connection, "identity", Identity(ids.named("device"), ids.named("me"), url="https://x"))
        receive(
            connection,
            [Frame(sections=[section], place=record.place, whole=True)],
            fresh=True,
            touched=Touched(),
        )


def others(number: int, fields: dict[str, object], seen: tuple[Id, ...] = ()) -> Change:
    identity = RESIDENT if number == 1 else ids.named("change", str(number))
    return Change(
        identity,
        ids.named("their device"),
        number,
        OTHER,
        1_780_000_000_000 + number,
        "resident",
        RESIDENT,
        BUILDING,
        fields,
        seen,
    )


def test_a_single_user_knows_all_of_it(ledger: Ledger) -> None:
    ledger.write(register())
    edit(ledger, name="赵仕昌")
    edit(ledger, phones=[["13900000002"], ["13900000001"]])
    found = story(ledger)
    assert whats(found) == ["改", "改", "登记"]
    assert found.older == ()
    assert found.told[0].lines == (Line("phones", "联系电话", "去掉 139****0001", "加上 139****0002"),)
    assert found.told[1].lines == (Line("name", "姓名", "赵世昌", "赵仕昌"),)
    assert found.told[1].where == "这台电脑"
    assert (found.told[1].stands, found.told[2].stands) == (True, True)
    assert found.name == "赵仕昌"
    assert found.door == "12号楼 3单元 502"


def test_import_undo_and_redo_are_called_so(ledger: Ledger) -> None:
    ledger.write(register(), batch=BATCH)
    edit(ledger, name="赵仕昌")
    take_back(ledger, recent(ledger)[0])
    restore(ledger, recent(ledger)[0])
    found = story(ledger)
    assert whats(found) == ["恢复", "撤回", "改", "导入"]
    assert [told.lines[-1].after for told in found.told[:3]] == ["赵仕昌", "赵世昌", "赵仕昌"]


def test_numbers_are_masked_and_references_named(ledger: Ledger) -> None:
    ledger.write(register())
    number: dict[str, object] = {"id_number": "639900195603040017", "id_type": None}
    ledger.write([Draft("resident", RESIDENT, BUILDING, number)])
    ledger.write([Draft("household", HOUSEHOLD, BUILDING, {"head": RESIDENT})])
    assert "0017" not in repr(story(ledger))
    assert story(ledger, "household", HOUSEHOLD).told[0].lines == (Line("head", "户主", "空", "赵世昌"),)


def test_of_others_an_enrolled_laptop_knows_what_holds_and_says_so(ledger: Ledger) -> None:
    made = others(1, {"household": HOUSEHOLD, "name": "赵世昌", "sex": "1"})
    from_server(ledger, made, others(2, {"name": "赵士昌"}, (RESIDENT,)))
    found = story(ledger)
    assert [(told.what, told.where) for told in found.told] == [("改", "别的电脑"), ("登记", "别的电脑")]
    assert found.told[0].lines == (Line("name", "姓名", "", "赵士昌"),)
    assert found.older == ("姓名",)
    edit(ledger, name="赵仕昌")
    found = story(ledger)
    assert found.told[0].lines == (Line("name", "姓名", "赵士昌", "赵仕昌"),)
    assert found.told[0].state == "还没送到"
    assert found.older == ("姓名",)


def test_a_record_only_its_creation_has_written_is_known_whole(ledger: Ledger) -> None:
    from_server(ledger, others(1, {"household": HOUSEHOLD, "name": "赵世昌"}))
    assert story(ledger).older == ()
    edit(ledger, name="赵仕昌")
    assert story(ledger).older == ()
    assert whats(story(ledger)) == ["改", "登记"]
