"""An erased record leaves its ids and nothing else: in tables, outbox, drafts, pages and backups."""

import random
import shutil
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import Connection

from gridclient.core.domain import ids
from gridclient.core.domain.codes import RETIRED
from gridclient.core.domain.errors import KnownError
from gridclient.core.domain.places import DESK
from gridclient.core.merge.change import Change, Draft
from gridclient.core.merge.compact import pack
from gridclient.core.merge.record import Record, apply, empty
from gridclient.core.wire.messages import Answer, Frame, Section
from gridclient.core.wire.validation import fault
from gridclient.ledger import answering, drafts, folding, receiving
from gridclient.ledger import identity as kept
from gridclient.ledger.keys import KeyFile
from gridclient.ledger.ledger import FILE, KEYS, Ledger
from gridclient.ledger.restoring import restore
from gridclient.ledger.writing import Touched
from gridclient.operations.check import check
from gridclient.operations.dump import dump
from gridclient.operations.erase import erase
from tests.ledger.decrypted import pages
from tests.ledgers import PASSPHRASE, Clock

BUILDING = ids.named("building", "示例小区", "12")
HOME, PERSON, VISIT = ids.named("home"), ids.named("person"), ids.named("visit")
SECRETS = ("赵世昌", "听力弱敲重一点", "13900000001", "老赵头", "王医生来过")


def household() -> list[Draft]:
    fields: dict[str, object] = {"household": HOME, "name": "赵世昌", "phones": [["13900000001"], []]}
    visit: dict[str, object] = {"household": HOME, "at": 5, "outcome": "1", "summary": "王医生来过"}
    return [
        Draft("household", HOME, BUILDING, {"dwelling": ids.named("door")}, new=True),
        Draft("resident", PERSON, BUILDING, fields, new=True),
        Draft("visit", VISIT, BUILDING, visit, new=True),
    ]


def edits() -> list[Draft]:
    return [
        Draft("resident", PERSON, BUILDING, {"remark": "听力弱敲重一点" * 60}),
        Draft("resident", PERSON, BUILDING, {"name": "老赵头"}, seen=()),
    ]


def in_pages(folder: Path) -> set[str]:
    """Secrets found in the pages of file and WAL under the encryption."""
    key = KeyFile.read(folder / KEYS).unlock(PASSPHRASE)
    found = b"".join(pages(folder / FILE, key))
    assert b"k_resident" in found
    return {said for said in SECRETS if said.encode() in found}


def sum_of(ledger: Ledger, table: str, where: str = "1") -> int:
    with ledger.reading() as connection:
        found: int = connection.exec_driver_sql(f"SELECT count(*) FROM {table} WHERE {where}").scalar_one()
    return found


def bodies(connection: Connection) -> bytes:
    return b"".join(connection.exec_driver_sql("SELECT body FROM change").scalars())


def test_nothing_is_left_of_a_person_but_ids(ledger: Ledger) -> None:
    ledger.write(household())
    ledger.write(edits())
    with ledger.writing() as connection:
        drafts.put(connection, f"visit:{HOME.hex()}", 1, "王医生来过".encode())
        drafts.put(connection, "edit", 1, msgspec.json.encode({"record": ids.text(PERSON), "name": "老赵头"}))
        drafts.put(connection, "else", 1, b"kept")
    assert in_pages(ledger.folder) == set(SECRETS)
    done = erase(ledger, PERSON, "本人要求")
    assert done.counts == {"resident": 1}
    assert list(dump(ledger, "resident")) == []
    assert [change.kind for change in ledger.pending_changes(0, 9)] == ["household", "visit", "resident"]
    left = ledger.pending_changes(0, 9)[-1]
    assert (left.record, left.reason, left.fields["phones"]) == (PERSON, "本人要求", [[], []])
    assert sum_of(ledger, "draft") == 2
    assert check(ledger).damage == []
    ledger.close()
    assert in_pages(ledger.folder) == {"王医生来过"}


def test_a_household_keeps_its_people_unless_it_is_said(ledger: Ledger) -> None:
    ledger.write(household())
    ledger.write(edits())
    with pytest.raises(KnownError, match="居民 1 条，走访 1 条"):
        erase(ledger, HOME, "搬走")
    assert len(list(dump(ledger))) == 3
    done = erase(ledger, HOME, "搬走", with_contents=True)
    assert done.counts == {"household": 1, "resident": 1, "visit": 1}
    assert list(dump(ledger)) == []
    ledger.close()
    assert in_pages(ledger.folder) == set()


def test_old_copies_go_and_the_fresh_one_holds_nothing_of_it(ledger: Ledger, tmp_path: Path) -> None:
    ledger.write(household()[:1])
    before = ledger.roll_backup("rolling")
    ledger.write(household()[1:])
    ledger.roll_backup("rolling")
    stick = ledger.back_up(tmp_path / "stick").path
    ledger.close()
    restore(stick, ledger.folder, PASSPHRASE, 9)
    again = Ledger.open(ledger.folder, PASSPHRASE, ledger.clock, ledger.randomness)
    done = erase(again, PERSON, "本人要求")
    assert done.copies == 2
    assert [one.manifest.why for one in again.backups()] == ["erase", "rolling"]
    assert before.path.exists()
    again.close()
    restore(again.backups()[0].path, tmp_path / "other", PASSPHRASE, 10)
    assert in_pages(tmp_path / "other") == {"王医生来过"}


def test_what_was_erased_stays_so_when_later_work_is_carried_into_an_older_backup(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.write(household())
    ledger.write(edits())
    stick = ledger.back_up(tmp_path / "stick").path
    erase(ledger, PERSON, "本人要求")
    ledger.write([Draft("resident", PERSON, BUILDING, {"remark": "清除以后写的"}, seen=())])
    ledger.close()
    restore(stick, ledger.folder, PASSPHRASE, 9, keep_unsent=True)
    assert in_pages(ledger.folder) == {"王医生来过"}
    again = Ledger.open(ledger.folder, PASSPHRASE, Clock(1_800_000_000_000), random.Random(1).randbytes)
    (shown,) = dump(again, "resident")
    assert shown["fields"] == {"retired": "erased", "remark": "清除以后写的"}
    assert check(again).damage == []
    again.close()


def test_tags_of_a_person_and_the_body_of_a_confidential_matter_go_along(ledger: Ledger) -> None:
    ledger.write(household())
    matter, body, tag = ids.named("matter"), ids.named("body"), ids.named("tag")
    asked: dict[str, object] = {"household": HOME, "title": "家事", "confidential": True}
    cared: dict[str, object] = {"household": HOME, "resident": PERSON, "tag": "disabled", "detail": "二级"}
    ledger.write(
        [
            Draft("matter", matter, BUILDING, asked, new=True),
            Draft("matter_body", body, DESK, {"matter": matter, "body": "不能让人知道的话"}, new=True),
            Draft("care_tag", tag, BUILDING, cared, new=True),
        ]
    )
    with pytest.raises(KnownError, match="关照 1 条"):
        erase(ledger, PERSON, "本人要求")
    assert erase(ledger, PERSON, "本人要求", with_contents=True).counts == {"resident": 1, "care_tag": 1}
    assert erase(ledger, HOME, "本人要求", with_contents=True).counts["matter_body"] == 1
    assert [list(dump(ledger, kind)) for kind in ("care_tag", "matter", "matter_body")] == [[], [], []]


def enrol(ledger: Ledger, role: str) -> None:
    with ledger.writing() as connection:
        mine = kept.identity(connection)
        kept.put(connection, "identity", msgspec.structs.replace(mine, role=role, url="http://127.0.0.1:9"))


def test_only_the_supervisor_erases_in_a_community(ledger: Ledger) -> None:
    ledger.write(household())
    for role in ("worker", "office"):
        enrol(ledger, role)
        with pytest.raises(KnownError) as refused:
            erase(ledger, PERSON, "本人要求")
        assert refused.value.code == "not_allowed"
    enrol(ledger, "supervisor")
    with pytest.raises(KnownError) as refused:
        erase(ledger, PERSON, "  ")
    assert refused.value.code == "no_reason"
    erase(ledger, PERSON, "本人要求")


def theirs(*said: dict[str, object]) -> Record:
    """A resident as a server has it, every change blind."""
    record: Record | None = None
    for at, fields in enumerate(said):
        identity = PERSON if at == 0 else ids.named("change", str(at))
        change = Change(identity, identity, 1, identity, at + 1, "resident", PERSON, BUILDING, fields)
        record = apply(record or empty(change), change)
    assert record is not None
    return record


def receive(ledger: Ledger, record: Record) -> None:
    with ledger.writing() as connection:
        section = Section("resident", BUILDING, [pack(record)])
        frame = Frame(sections=[section], place=BUILDING, whole=True)
        receiving.receive(connection, [frame], fresh=False, touched=Touched())


def test_the_change_that_erases_sees_everything_and_the_digests_stay_true(ledger: Ledger) -> None:
    enrol(ledger, "supervisor")
    first: dict[str, object] = {"household": HOME, "name": "赵世昌", "phones": [["13900000001"], []]}
    record = theirs(first, {"name": "老赵头"})
    receive(ledger, record)
    own = ledger.write([Draft("resident", PERSON, BUILDING, {"remark": "听力弱敲重一点"})]).changes
    with ledger.writing() as connection:
        answering.settle(connection, [Answer(own[0], "accepted", 7)], Touched())
    erase(ledger, PERSON, "本人要求")
    (change,) = ledger.pending_changes(0, 9)
    assert fault(change) is None
    heads = {head.change for group in record.heads.values() for head in group}
    assert heads | set(own) <= set(change.seen)
    assert check(ledger).damage == []
    with ledger.reading() as connection:
        assert "听力弱".encode() not in bodies(connection)
        base = connection.exec_driver_sql("SELECT row FROM base").scalar_one()
        assert "老赵头".encode() not in base
        assert "赵世昌".encode() not in base
    # The server has it: what the set held need not be named any more, and its own row comes back empty.
    with ledger.writing() as connection:
        answering.settle(connection, [Answer(change.id, "accepted", 8)], Touched())
        assert b"13900000001" not in bodies(connection)
    receive(ledger, apply(record, change))
    with ledger.writing() as connection:
        folding.fold(connection, 0, 9, Touched())
    assert list(dump(ledger, "resident")) == []
    assert check(ledger).damage == []
    ledger.compact()
    ledger.close()
    assert in_pages(ledger.folder) == set()


def test_what_a_server_took_and_never_answered_is_emptied_there_too(ledger: Ledger) -> None:
    enrol(ledger, "supervisor")
    ledger.write(household())
    there = {change.record: apply(empty(change), change) for change in ledger.pending_changes(0, 9)}
    erase(ledger, PERSON, "本人要求")
    (erasing,) = [change for change in ledger.pending_changes(0, 9) if change.record == PERSON]
    left = apply(there[PERSON], erasing)
    assert "13900000001" not in repr(left)
    assert "赵世昌" not in repr(left)


def test_what_somebody_else_erased_leaves_own_changes_too(ledger: Ledger) -> None:
    enrol(ledger, "worker")
    first: dict[str, object] = {"household": HOME, "name": "赵世昌", "phones": [["13900000001"], []]}
    record = theirs(first)
    receive(ledger, record)
    own = ledger.write([Draft("resident", PERSON, BUILDING, {"name": "老赵头"})]).changes
    mine = ledger.pending_changes(0, 9)[0]
    with ledger.writing() as connection:
        answering.settle(connection, [Answer(own[0], "accepted", 7)], Touched())
    receive(ledger, apply(record, mine))
    with ledger.writing() as connection:
        folding.fold(connection, 0, 8, Touched())
        assert "老赵头".encode() in bodies(connection)
    nothing: dict[str, object] = {"household": None, "name": None, "phones": [[], ["13900000001"]]}
    said = {**nothing, "retired": "erased", "successor": None}
    seen = (PERSON, own[0])
    gone = Change(ids.named("erasing"), PERSON, 9, PERSON, 99, "resident", PERSON, BUILDING, said, seen=seen)
    receive(ledger, apply(apply(record, mine), gone))
    with ledger.reading() as connection:
        assert "老赵头".encode() not in bodies(connection)
        assert connection.exec_driver_sql("SELECT count(*) FROM inverse").scalar_one() == 0
    assert check(ledger).damage == []


def test_what_was_written_blind_of_it_still_shows_as_the_laws_say(ledger: Ledger) -> None:
    ledger.write(household())
    erase(ledger, PERSON, "本人要求")
    ledger.write([Draft("resident", PERSON, BUILDING, {"remark": "没看见清除的人写的"}, seen=())])
    (shown,) = dump(ledger, "resident")
    assert "retired" in shown["conflicts"]  # type: ignore[operator]
    assert "name" not in shown["fields"]  # type: ignore[operator]


def test_cut_off_before_the_pages_are_clean_it_is_finished_by_doing_it_again(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    ledger.write(household())

    def cut() -> None:
        raise KnownError("disk_full", "硬盘满了", "full")

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "compact", cut)
        with pytest.raises(KnownError):
            erase(ledger, PERSON, "本人要求")
    before = len(ledger.pending_changes(0, 99))
    erase(ledger, PERSON, "本人要求")
    assert len(ledger.pending_changes(0, 99)) == before
    ledger.close()
    assert in_pages(ledger.folder) == {"王医生来过"}


def test_only_a_whole_erasing_may_leave_required_fields_empty() -> None:
    def said(**fields: object) -> str | None:
        whole = {"retired": "erased", "successor": None, **fields}
        return fault(Change(ids.named("c"), PERSON, 1, PERSON, 5, "resident", PERSON, BUILDING, whole))

    assert RETIRED.label("erased") == "清除"
    assert said(name=None, household=None) is None
    assert said(name=None, remark="留下一句") is not None
    assert said(name=None, retired="moved") is not None


def test_a_copy_of_another_ledger_stays(ledger: Ledger, tmp_path: Path) -> None:
    ledger.write(household())
    other, _ = Ledger.create(tmp_path / "other", PASSPHRASE, ledger.clock, ledger.randomness)
    other.write(household())
    foreign = ledger.folder / "replaced" / "20261124"
    other.close()
    foreign.mkdir(parents=True)
    for name in ("ledger.db", "keys.json"):
        shutil.copyfile(tmp_path / "other" / name, foreign / name)
    done = erase(ledger, PERSON, "本人要求")
    assert (done.copies, done.unread) == (0, 1)
    assert (foreign / "ledger.db").exists()
    ledger.close()
