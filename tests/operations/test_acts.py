"""The last acts of a laptop: what each was, what can be taken back and made again."""

import random
from pathlib import Path
from typing import Any

from gridclient.core.domain import ids
from gridclient.core.domain.places import DESK
from gridclient.core.merge.change import Draft
from gridclient.ledger.ledger import Ledger
from gridclient.ledger.restoring import restore
from gridclient.operations import acts as last_acts
from gridclient.operations.acts import Act, newest_change, recent, take_back, why_left
from gridclient.operations.edit_record import verify_household
from gridclient.operations.erase import erase
from gridclient.operations.history import Teller
from gridclient.operations.record_visit import MatterNote, VisitNote, record_visit
from tests.ledgers import PASSPHRASE, Clock
from tests.operations.test_undo import BATCH, BUILDING, HOUSEHOLD, RESIDENT, edit, live, register


def visited(ledger: Ledger, summary: str = "都好") -> Act:
    record_visit(ledger, VisitNote(HOUSEHOLD, None, "1", summary=summary, matters=(MatterNote("单元门"),)))
    return recent(ledger)[0]


def words(ledger: Ledger) -> list[str]:
    return [act.words for act in recent(ledger)]


def test_every_save_is_one_act_with_what_it_was(ledger: Ledger) -> None:
    ledger.write(register())
    visited(ledger)
    edit(ledger, name="赵仕昌")
    verify_household(ledger, HOUSEHOLD)
    assert words(ledger) == [
        "核实无变化　12号楼 3单元 502",
        "改居民　赵仕昌　12号楼 3单元 502（姓名）",
        "走访　12号楼 3单元 502　入户，记了 1 件诉求",
        "登记住户　12号楼 3单元 502",
    ]


def test_an_import_is_one_act_however_many_times_it_was_written(ledger: Ledger) -> None:
    for draft in register():
        ledger.write([draft], batch=BATCH)
    (act,) = recent(ledger)
    assert (act.is_import, act.changes, act.batch) == (True, 4, BATCH)
    take_back(ledger, act)
    assert live(ledger, "resident") == []
    (act,) = recent(ledger)
    assert act.undone
    last_acts.restore(ledger, act)
    assert [one["fields"]["name"] for one in live(ledger, "resident")] == ["赵世昌"]


def test_an_import_taken_back_and_imported_again_holds(ledger: Ledger) -> None:
    ledger.write(register(), batch=BATCH)
    take_back(ledger, recent(ledger)[0])
    ledger.write(register(), batch=BATCH)
    assert [(act.is_import, act.undone) for act in recent(ledger)] == [(True, False)]
    assert len(live(ledger, "resident")) == 1
    take_back(ledger, recent(ledger)[0])
    assert live(ledger, "resident") == []


def test_an_act_goes_back_and_forth_as_often_as_one_likes(ledger: Ledger) -> None:
    ledger.write(register())
    act = visited(ledger)
    for _ in range(3):
        take_back(ledger, recent(ledger)[0])
        assert live(ledger, "visit") == live(ledger, "matter") == []
        assert recent(ledger)[0].undone
        last_acts.restore(ledger, recent(ledger)[0])
        assert [one["fields"]["summary"] for one in live(ledger, "visit")] == ["都好"]
        assert recent(ledger)[0] == act


def test_an_edit_taken_back_and_made_again_is_the_edit(ledger: Ledger) -> None:
    ledger.write(register())
    edit(ledger, name="赵仕昌", phones=[["13900000002"], ["13900000001"]])
    take_back(ledger, recent(ledger)[0])
    last_acts.restore(ledger, recent(ledger)[0])
    fields = live(ledger, "resident")[0]["fields"]
    assert (fields["name"], fields["phones"]) == ("赵仕昌", ["13900000002"])
    take_back(ledger, recent(ledger)[0])
    assert live(ledger, "resident")[0]["fields"]["name"] == "赵世昌"


def test_one_edit_after_the_other_is_taken_back_and_made_again(ledger: Ledger) -> None:
    ledger.write(register())
    for name in ("赵仕昌", "赵士昌", "赵是昌"):
        edit(ledger, name=name)

    def names() -> list[Any]:
        return [one["fields"]["name"] for one in live(ledger, "resident")]

    for _ in range(2):
        for expected in (["赵士昌"], ["赵仕昌"], ["赵世昌"], []):
            act = next(act for act in recent(ledger) if not act.undone)
            assert take_back(ledger, act).left == []
            assert names() == expected
        for expected in (["赵世昌"], ["赵仕昌"], ["赵士昌"], ["赵是昌"]):
            act = next(act for act in reversed(recent(ledger)) if act.undone)
            assert last_acts.restore(ledger, act).left == []
            assert names() == expected


def test_what_was_said_after_a_later_edit_was_taken_back_still_stands(ledger: Ledger) -> None:
    ledger.write(register())
    edit(ledger, name="赵仕昌")
    edit(ledger, name="赵士昌")
    take_back(ledger, recent(ledger)[0])
    edit(ledger, name="赵是昌")
    second = recent(ledger)[2]
    assert take_back(ledger, second).left == [("resident", RESIDENT)]
    assert live(ledger, "resident")[0]["fields"]["name"] == "赵是昌"


def test_acts_carried_into_an_older_backup_stay_apart(ledger: Ledger, tmp_path: Path) -> None:
    ledger.write(register())
    stick = ledger.back_up(tmp_path / "stick").path
    for name in ("赵仕昌", "赵士昌"):
        edit(ledger, name=name)
    take_back(ledger, recent(ledger)[0])
    before = [(act.first, act.undone) for act in recent(ledger)]
    ledger.close()
    restore(stick, ledger.folder, PASSPHRASE, 77, keep_unsent=True)
    again = Ledger.open(ledger.folder, PASSPHRASE, Clock(1_800_000_000_000), random.Random(1).randbytes)
    assert [(act.first, act.undone) for act in recent(again)] == before
    last_acts.restore(again, recent(again)[0])
    assert [one["fields"]["name"] for one in live(again, "resident")] == ["赵士昌"]
    again.close()


def test_an_older_act_is_taken_back_alone(ledger: Ledger) -> None:
    ledger.write(register())
    first = visited(ledger, "第一次")
    visited(ledger, "第二次")
    take_back(ledger, first)
    assert [one["fields"]["summary"] for one in live(ledger, "visit")] == ["第二次"]
    assert [act.undone for act in recent(ledger)] == [False, True, False]


def test_what_somebody_touched_since_is_left_and_named(ledger: Ledger) -> None:
    ledger.write(register(), batch=BATCH)
    edit(ledger, name="赵仕昌")
    undone = take_back(ledger, recent(ledger)[1])
    assert undone.left == [("resident", RESIDENT)]
    (said,) = why_left(ledger, undone.left)
    assert said.startswith("居民 赵仕昌：")
    assert said.endswith("又改过姓名，留着没动")


def test_paper_and_looking_cannot_be_taken_back(ledger: Ledger) -> None:
    ledger.write(register())
    card: dict[str, object] = {"household": HOUSEHOLD, "at": 1_790_000_000_000}
    printed: dict[str, object] = {"at": 1_790_000_000_000, "count": 1}
    ledger.write(
        [
            Draft("card_batch", ids.named("run"), DESK, printed, new=True),
            Draft("card_issue", ids.named("card"), BUILDING, card, new=True),
        ]
    )
    looked: dict[str, object] = {"at": 1_790_000_000_000, "action": "reveal", "record": RESIDENT}
    ledger.write([Draft("audit_entry", ids.named("look"), DESK, looked, new=True)])
    assert [(act.sort, bool(act.fixed)) for act in recent(ledger)] == [
        ("look", True),
        ("print", True),
        ("register", False),
    ]


def test_an_export_is_told_as_one_and_stays(ledger: Ledger) -> None:
    what: dict[str, object] = {"at": 1_790_000_000_000, "action": "export", "count": 3, "purpose": "登记册"}
    ledger.write([Draft("audit_entry", ids.named("made"), DESK, what, new=True)])
    (act,) = recent(ledger)
    assert (act.words, act.fixed) == ("导出了表　3 行　登记册", "导出要留底，撤不了。")


def test_acts_after_a_moment(ledger: Ledger) -> None:
    ledger.write(register())
    before = newest_change(ledger)
    visited(ledger)
    assert [act.sort for act in recent(ledger, after=before)] == ["visit"]


def test_what_was_erased_is_not_brought_back_by_taking_acts_back(ledger: Ledger) -> None:
    ledger.write(register())
    edit(ledger, name="赵仕昌")
    erase(ledger, RESIDENT, "本人要求")
    act = recent(ledger)[0]
    assert (act.sort, bool(act.fixed)) == ("erase", True)
    for older in recent(ledger):
        take_back(ledger, older)
    assert "赵" not in repr([dict(one) for one in live(ledger, "resident")])
    with ledger.reading() as connection:
        story = Teller(connection).story("resident", RESIDENT)
    assert story is not None
    assert "赵" not in repr(story)


def test_what_a_restore_carried_over_under_new_numbers_is_an_act_of_its_own(
    ledger: Ledger, tmp_path: Path
) -> None:
    ledger.write(register())
    early = ledger.back_up(tmp_path / "early").path
    edit(ledger, name="赵仕昌")
    late = ledger.back_up(tmp_path / "late").path
    ledger.close()
    restore(early, ledger.folder, PASSPHRASE, 77)
    other = Ledger.open(ledger.folder, PASSPHRASE, Clock(1_800_000_000_000), random.Random(2).randbytes)
    visited(other)
    edit(other, remark="听力弱")
    other.close()
    restore(late, ledger.folder, PASSPHRASE, 78, keep_unsent=True)
    again = Ledger.open(ledger.folder, PASSPHRASE, Clock(1_900_000_000_000), random.Random(3).randbytes)
    acts = recent(again)
    assert [act.changes for act in acts[1:]] == [1, 4]
    take_back(again, acts[0])
    assert live(again, "visit") == []
    assert [one["fields"]["name"] for one in live(again, "resident")] == ["赵仕昌"]
    again.close()
