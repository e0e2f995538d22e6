"""What every `SyncApi` accepts, holds and quarantines."""

import pytest
from msgspec.structs import replace

from gridclient.core.domain import ids
from gridclient.core.domain.declaration import Role
from gridclient.core.domain.ids import Id
from gridclient.core.domain.places import COMMONS, DESK
from gridclient.core.merge.compact import unpack
from gridclient.core.merge.record import conflicts
from gridclient.core.wire.messages import RefusedError
from tests.server.town import DAY, Laptop, Settled, assert_digests

pytestmark = pytest.mark.parametrize("town", ["service", "http", "postgres"], indirect=True)


def test_pushing_again_is_harmless(settled: Settled) -> None:
    worker = settled.worker
    changes = [settled.visit(worker, settled.mine), settled.visit(worker, settled.other)]
    changes.append(settled.visit(worker, settled.mine, outcome=7))
    first = worker.push(*changes)
    head = worker.hello().checkpoint
    again = worker.push(*changes)
    assert [one.status for one in first] == ["accepted", "held", "quarantined"]
    assert [one.status for one in again] == ["duplicate", "held", "quarantined"]
    assert again[0].seq == first[0].seq
    assert again[1:] == first[1:]
    assert worker.hello().checkpoint == head


def test_other_peoples_buildings_wait_for_the_supervisor(settled: Settled) -> None:
    outside = settled.visit(settled.worker, settled.other)
    (answer,) = settled.worker.push(outside)
    assert (answer.status, answer.reason) == ("held", "scope")
    assert answer.words
    assert outside.id not in settled.supervisor.everything()


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("card_template", {"title": "联络卡"}),
        ("worker", {"name": "才让", "role": "supervisor"}),
        ("building", {"compound": b"c" * 16, "number": "3"}),
        ("settings", {"visit_days": 1}),
        ("a kind of tomorrow", {"x": 1}),
    ],
)
def test_what_is_the_desks_a_worker_does_not_write(
    settled: Settled, kind: str, fields: dict[str, object]
) -> None:
    (answer,) = settled.worker.push(settled.worker.change(kind, fields))
    assert (answer.status, answer.reason) == ("held", "role")


def test_a_worker_cannot_give_himself_a_grid(settled: Settled) -> None:
    grid = next(
        key
        for key, (kind, _, row) in settled.worker.everything().items()
        if kind == "grid" and "二网格" in row
    )
    said: dict[str, object] = {"worker": settled.worker.worker, "grid": grid, "since": "2020-01-01"}
    (answer,) = settled.worker.push(settled.worker.change("assignment", said))
    assert (answer.status, answer.reason) == ("held", "role")
    assert settled.worker.hello().places == [COMMONS, settled.mine]


def test_the_office_writes_buildings_but_not_their_grid(settled: Settled) -> None:
    office = settled.town.join("卓玛", Role.OFFICE)
    building: dict[str, object] = {"compound": b"c" * 16, "number": "9", "grid": None}
    made = office.save("building", building)
    (answer,) = office.push(office.change("building", {"grid": b"g" * 16}, record=made))
    assert (answer.status, answer.reason) == ("held", "role")


def test_a_worker_leaves_word_at_the_desk_and_does_not_read_it(settled: Settled) -> None:
    note = settled.worker.change("review_item", {"sort": "note", "value": "x"}, place=DESK)
    edit = settled.worker.change("review_item", {"value": "y"}, place=DESK, record=note.id, seen=(note.id,))
    first, second = settled.worker.push(note, edit)
    assert first.status == "accepted"
    assert (second.status, second.reason) == ("held", "role")
    with pytest.raises(RefusedError) as refused:
        list(settled.worker.api.pull(0, [DESK]))
    assert refused.value.code == "scope"
    assert note.id in settled.supervisor.everything()


def test_a_visit_is_corrected_by_its_author_or_with_a_reason(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    visit = settled.visit(worker, settled.mine)
    worker.push(visit)
    second = settled.town.join("拉毛", grids=("一网格",))

    def correct(laptop: Laptop, reason: str | None = None) -> str:
        fields: dict[str, object] = {"summary": f"{laptop.number}"}
        said = laptop.change(
            "visit", fields, place=settled.mine, record=visit.id, seen=(visit.id,), reason=reason
        )
        (answer,) = laptop.push(said)
        return f"{answer.status} {answer.reason}".strip()

    assert correct(second) == "held role"
    assert correct(second, "我觉得不对") == "held role"
    assert correct(supervisor) == "held reason"
    assert correct(worker) == "accepted"
    assert correct(supervisor, "写错了门牌").startswith("accepted")


def test_nobody_signs_for_another(settled: Settled) -> None:
    forged = settled.visit(settled.supervisor, settled.mine)
    (answer,) = settled.worker.push(forged)
    assert (answer.status, answer.reason) == ("quarantined", "author")
    other = settled.town.enrol(settled.worker.worker)
    (answer,) = settled.worker.push(settled.visit(other, settled.mine))
    assert (answer.status, answer.reason) == ("quarantined", "device")


def test_a_record_stays_in_its_place_and_kind(settled: Settled) -> None:
    supervisor = settled.supervisor
    resident = settled.resident(supervisor, settled.mine, "李萍")
    moved = supervisor.change("resident", {"remark": "x"}, place=settled.other, record=resident.id)
    turned = supervisor.change("household", {"remark": "x"}, place=settled.mine, record=resident.id)
    answers = supervisor.push(resident, moved, turned)
    assert [(one.status, one.reason) for one in answers] == [
        ("accepted", ""),
        ("quarantined", "place"),
        ("quarantined", "kind"),
    ]


def test_one_bad_change_does_not_block_the_rest(settled: Settled) -> None:
    worker = settled.worker
    bad = settled.resident(worker, settled.mine, "")
    good = settled.resident(worker, settled.mine, "李萍")
    answers = worker.push(bad, good)
    assert [one.status for one in answers] == ["quarantined", "accepted"]
    assert answers[0].words == "居民要有“姓名”"


def test_blind_edits_of_one_group_disagree_until_somebody_has_seen_both(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    resident = settled.resident(worker, settled.mine, "李萍")
    worker.push(resident)

    def name(laptop: Laptop, said: str, *seen: Id) -> tuple[Id, str]:
        change = laptop.change(
            "resident", {"name": said}, place=settled.mine, record=resident.id, seen=tuple(seen)
        )
        return change.id, laptop.push(change)[0].status

    one, first = name(worker, "李苹", resident.id)
    other, second = name(supervisor, "李平", resident.id)
    assert (first, second) == ("accepted", "accepted_conflict")
    _, _, row = worker.everything()[resident.id]
    assert conflicts(unpack("resident", settled.mine, row)) == {"name"}
    _, third = name(worker, "李平", one, other)
    assert third == "accepted"
    assert_digests(supervisor)


def test_a_creation_whose_id_is_taken_gets_another(settled: Settled) -> None:
    worker, supervisor = settled.worker, settled.supervisor
    record = ids.named("the same row of two registers")
    said: dict[str, object] = {"household": b"h" * 16, "name": "李萍"}
    mine = worker.change("resident", said, place=settled.mine, record=record)
    theirs = supervisor.change("resident", {**said, "name": "李平"}, place=settled.mine, record=record)
    mine, theirs = (replace(one, id=record) for one in (mine, theirs))
    later = supervisor.change("resident", {"name": "李苹"}, place=settled.mine, record=record, seen=(record,))
    assert worker.push(mine)[0].status == "accepted"
    answers = supervisor.push(theirs, later)
    renamed = answers[0].renamed
    assert renamed is not None
    assert (answers[0].change, answers[0].status) == (record, "accepted_conflict")
    # `later` had seen its own creation, not the worker's: two names stand beside each other.
    _, _, row = worker.everything()[record]
    heads = unpack("resident", settled.mine, row).heads["name"]
    assert {head.change for head in heads} == {record, later.id}
    again = supervisor.push(theirs, later)
    assert [(one.status, one.seq, one.renamed) for one in again] == [
        ("duplicate", answers[0].seq, renamed),
        ("duplicate", answers[1].seq, None),
    ]
    assert worker.push(mine)[0].status == "duplicate"
    taken = supervisor.change("resident", {"name": "x"}, place=settled.mine, record=record)
    taken = replace(taken, id=later.id)
    (answer,) = supervisor.push(taken)
    assert (answer.status, answer.reason) == ("quarantined", "id_taken")


def test_two_laptops_that_make_the_very_same_record_meet(settled: Settled) -> None:
    record = ids.named("one row of one register")
    said: dict[str, object] = {"household": b"h" * 16, "name": "李萍"}
    answers = []
    for laptop in (settled.worker, settled.supervisor):
        change = laptop.change("resident", said, place=settled.mine, record=record)
        answers += laptop.push(replace(change, id=record))
    assert [one.status for one in answers] == ["accepted", "duplicate"]
    assert answers[0].seq == answers[1].seq


def test_a_clock_that_runs_ahead_is_pulled_back(settled: Settled) -> None:
    visit = settled.visit(settled.worker, settled.mine)
    ahead = replace(visit, at=settled.town.clock() + 90 * DAY)
    settled.worker.push(ahead)
    _, _, row = settled.worker.everything()[visit.id]
    assert row[2] == settled.town.clock()


def test_what_a_newer_program_says_goes_round(settled: Settled) -> None:
    worker = settled.worker
    field = settled.resident(worker, settled.mine, "李萍", tomorrow=["x", 1])
    kind = worker.change("a kind of tomorrow", {"x": {"y": [1, 2]}}, place=settled.mine)
    assert [one.status for one in worker.push(field, kind)] == ["accepted", "accepted"]
    everything = settled.supervisor.everything()
    known = unpack("resident", settled.mine, everything[field.id][2])
    unknown = unpack("a kind of tomorrow", settled.mine, everything[kind.id][2])
    assert "tomorrow" in known.heads
    assert "x" in unknown.heads
    assert_digests(settled.supervisor)


def test_a_record_all_of_whose_words_were_taken_back_is_still_counted(settled: Settled) -> None:
    worker, record = settled.worker, settled.town.new_id()
    added = worker.change("resident", {"phones": [["13900000001"], []]}, place=settled.mine, record=record)
    gone = worker.change(
        "resident", {"phones": [[], ["13900000001"]]}, place=settled.mine, record=record, seen=(added.id,)
    )
    assert [one.status for one in worker.push(added, gone)] == ["accepted", "accepted"]
    assert unpack("resident", settled.mine, worker.everything()[record][2]).heads == {}
    assert_digests(worker)


def test_what_only_named_persons_may_know_goes_to_the_desk(settled: Settled) -> None:
    worker, home = settled.worker, b"h" * 16
    tag: dict[str, object] = {"household": home, "tag": "mental", "next_due": "2026-12-01"}
    told = worker.change("care_tag", tag, place=DESK)
    aloud = worker.change("care_tag", tag, place=settled.mine)
    detailed = worker.change("care_tag", {**tag, "basis": "病情"}, place=DESK)
    usual = worker.change("care_tag", {"household": home, "tag": "alone"}, place=settled.mine)
    answers = worker.push(told, aloud, detailed, usual)
    assert [one.status for one in answers] == ["accepted", "quarantined", "quarantined", "accepted"]
    assert told.id not in worker.everything()
    assert {told.id, usual.id} <= set(settled.supervisor.everything())


def test_the_details_of_a_confidential_matter_are_the_desks(settled: Settled) -> None:
    worker = settled.worker
    matter = worker.change("matter", {"title": "家庭矛盾", "confidential": True}, place=settled.mine)
    spoken = worker.change(
        "matter", {"title": "家庭矛盾", "confidential": True, "body": "详情"}, place=settled.mine
    )
    body = worker.change("matter_body", {"matter": matter.id, "body": "详情"}, place=DESK)
    answers = worker.push(matter, spoken, body)
    assert [one.status for one in answers] == ["accepted", "quarantined", "accepted"]
    assert body.id not in worker.everything()
    assert body.id in settled.supervisor.everything()
