"""The faults: what sync programs get wrong, each as a change somebody could have made here."""

from __future__ import annotations

from tests.mutants.planting import Edit, Mutant

_INTAKE = "sync_server/service/intake.py"
_GREETING = "sync_server/service/greeting.py"
_RIGHTS = "sync_server/service/rights.py"
_SESSION = "sync_server/service/session.py"
_SENDING = "sync_server/service/sending.py"
_PUSHING = "gridclient/sync/pushing.py"
_LEVELLING = "gridclient/sync/levelling.py"
_FOLDING = "gridclient/ledger/folding.py"

_CONTRACT = "tests/server/test_api_contract.py"
_JUDGEMENT = "tests/server/test_api_judgement.py"
_HELLO = "tests/server/test_api_hello.py"
_STORY = "tests/sync/test_seeded_story.py"
_SYNC = "tests/sync/test_session.py"
_OWN = "tests/sync/test_pushing.py"
_RESTORED = "tests/sync/test_restored_server.py"
_LOSING = "tests/sync/test_losing_places.py"
_ECHO = "sync_server/service/echo.py"
_DRILL = "tests/simulator/test_drill.py::test_whatever_goes_wrong_nothing_is_lost_or_twice[0]"
_HOSTILE = "tests/server/test_hostile_requests.py"

MUTANTS = (
    Mutant(
        "a cursor is a number, no chain compared",
        (
            Edit(
                _GREETING,
                "        and records.chain_at(checkpoint.seq) == checkpoint.chain\n    )\n",
                "    )\n",
            ),
        ),
        (f"{_CONTRACT}::test_a_checkpoint_of_another_history_is_not_known",),
    ),
    Mutant(
        "a cursor is good if it is not beyond the end",
        (
            Edit(
                _GREETING,
                "        and checkpoint.history == records.head().history\n"
                "        and records.chain_at(checkpoint.seq) == checkpoint.chain\n    )\n",
                "        and checkpoint.seq <= records.head().seq\n    )\n",
            ),
        ),
        (f"{_CONTRACT}::test_a_checkpoint_of_another_history_is_not_known",),
    ),
    Mutant(
        "a cursor of another history is known",
        (Edit(_GREETING, "        and checkpoint.history == records.head().history\n", ""),),
        (f"{_CONTRACT}::test_a_checkpoint_of_another_history_is_not_known",),
    ),
    Mutant(
        "the outbox is cleared before the answer came",
        (
            Edit(
                _PUSHING,
                "        try:\n            answers = talk.api.push(batch).answers\n",
                "        with talk.ledger.writing() as connection:\n"
                '            sent = [Answer(one.id, "accepted", 1) for one in batch]\n'
                "            answering.settle(connection, sent, talk.report.touched)\n"
                "        try:\n            answers = talk.api.push(batch).answers\n",
            ),
        ),
        (f"{_STORY}::test_a_laptop_that_never_hears_an_answer_loses_and_doubles_nothing", _DRILL),
    ),
    Mutant(
        "nobody asks whose building it is",
        (
            Edit(
                _RIGHTS,
                "    if not standing.at_desk and change.place not in standing.scope and not appends:\n",
                "    if False:\n",
            ),
        ),
        (f"{_JUDGEMENT}::test_other_peoples_buildings_wait_for_the_supervisor",),
    ),
    Mutant(
        "the place of the record is what the change claims",
        (
            Edit(
                _INTAKE,
                '        return "place" if subject is not None and subject.record.place != change.place'
                " else None\n",
                "        return None\n",
            ),
        ),
        (f"{_JUDGEMENT}::test_a_record_stays_in_its_place_and_kind",),
    ),
    Mutant(
        "roles are not asked for",
        (Edit(_RIGHTS, "    if standing.role not in kind.writers and not appends:\n", "    if False:\n"),),
        (f"{_JUDGEMENT}::test_what_is_the_desks_a_worker_does_not_write",),
    ),
    Mutant(
        "the author is whom the change names",
        (Edit(_INTAKE, "        if change.author != self._standing.worker:\n", "        if False:\n"),),
        (
            f"{_JUDGEMENT}::test_nobody_signs_for_another",
            f"{_HOSTILE}::test_what_another_laptop_sent_can_be_sent_again_in_vain",
        ),
    ),
    Mutant(
        "the device is the one the change names",
        (
            Edit(
                _INTAKE, "        elif change.device not in self._standing.former:\n", "        elif False:\n"
            ),
        ),
        (f"{_JUDGEMENT}::test_nobody_signs_for_another",),
    ),
    Mutant(
        "what was sent again counts again",
        (
            Edit(
                _INTAKE,
                "        if known is not None:\n"
                "            return self._duplicate(change, known, renamed)\n"
                "        return self._weigh(change, original, said, renamed)\n",
                "        return self._weigh(change, original, said, renamed)\n",
            ),
        ),
        (f"{_JUDGEMENT}::test_pushing_again_is_harmless",),
    ),
    Mutant(
        "only msgspec's own errors are damage",
        (
            Edit(
                "gridclient/core/wire/codec.py",
                "NO_MESSAGE = (msgspec.DecodeError, ValueError, TypeError, OverflowError, RecursionError)\n",
                "NO_MESSAGE = (msgspec.DecodeError,)\n",
            ),
        ),
        (f"{_HOSTILE}::test_every_value_in_every_field_is_answered",),
    ),
    Mutant(
        "pushing stops after the first batch",
        (
            Edit(
                _PUSHING,
                '        talk.tell(Progress("push", talk.report.pushed, total))\n',
                '        talk.tell(Progress("push", talk.report.pushed, total))\n        break\n',
            ),
        ),
        ("tests/sync/test_pushing.py::test_one_sync_sends_all_there_is",),
    ),
    Mutant(
        "digests are not compared",
        (
            Edit(
                _LEVELLING,
                "    differing = [one.place for one in theirs if not _same(mine.get(one.place), one)]\n",
                "    differing = [one.place for one in theirs if one.place not in mine and one.count]\n",
            ),
        ),
        (f"{_SYNC}::test_a_broken_copy_heals_from_the_server",),
    ),
    Mutant(
        "a refusal is tried for ever",
        (
            Edit(
                _PUSHING,
                "            if refused.code not in _UNBEARABLE:\n                raise\n",
                "            if refused.code not in _UNBEARABLE:\n                continue\n",
            ),
        ),
        ("tests/sync/test_pushing.py::test_who_is_shut_out_between_hello_and_push_asks_no_second_time",),
    ),
    Mutant(
        "a nonce is good once, though the answer was lost",
        (
            Edit(
                _GREETING,
                "    if hello.nonce in (device.nonce, device.previous):\n",
                "    if hello.nonce == device.nonce:\n",
            ),
        ),
        (
            f"{_CONTRACT}::test_a_lost_answer_to_hello_is_no_clone",
            f"{_HELLO}::test_the_nonce_before_the_last_is_good_until_the_last_was_presented",
        ),
    ),
    Mutant(
        "nonces of the past are good",
        (Edit(_GREETING, "    return turn is None or turn <= device.turn\n", "    return turn is None\n"),),
        (
            f"{_CONTRACT}::test_a_copied_ledger_hands_in_and_receives_nothing",
            f"{_HELLO}::test_two_copies_of_one_ledger_are_found_out",
        ),
    ),
    Mutant(
        "the number of a laptop restored from a backup is not looked at",
        (Edit(_GREETING, "    if hello.number < device.number:\n", "    if False:\n"),),
        (f"{_CONTRACT}::test_a_ledger_restored_from_a_backup_is_found_out",),
    ),
    Mutant(
        "another computer is the same laptop",
        (
            Edit(
                _GREETING,
                "    if device.machine and hello.machine and hello.machine != device.machine:\n",
                "    if False:\n",
            ),
        ),
        (f"{_HELLO}::test_another_computer_is_a_copy",),
    ),
    Mutant(
        "own answered changes stay on the overlay",
        (
            Edit(
                _FOLDING,
                '(f"UPDATE change SET laid = 0 WHERE {arrived}", (watermark,))\n',
                '(f"UPDATE change SET laid = 1 WHERE {arrived}", (watermark,))\n',
            ),
        ),
        (f"{_SYNC}::test_both_versions_are_on_both_sides_then_one_decision_is", _DRILL),
    ),
    Mutant(
        "own answered changes are not folded in",
        (
            Edit(
                _FOLDING,
                "            record: [one for one in changes if one.seq > since]\n",
                "            record: [one for one in changes if one.seq > watermark]\n",
            ),
        ),
        (f"{_OWN}::test_what_one_wrote_oneself_is_not_sent_back",),
    ),
    Mutant(
        "after a restore of the server it pulls before anything is handed in",
        (
            Edit(
                "gridclient/sync/walking_back.py",
                "    for place in _differing(talk):\n        note_lost(talk, place)\n    hand_in(talk)\n",
                "",
            ),
        ),
        (f"{_RESTORED}::test_a_version_that_a_newer_one_would_cover_is_safe_before_anything_is_pulled",),
    ),
    Mutant(
        "an answer is given though nothing was committed",
        (
            Edit(
                "sync_server/store/sqlite.py",
                "                yield SqlTransaction(connection, self._community, self._statements)\n"
                "                connection.commit()\n",
                "                yield SqlTransaction(connection, self._community, self._statements)\n"
                "                self.turns = getattr(self, 'turns', 0) + 1\n"
                "                if self.turns % 9:\n"
                "                    connection.commit()\n",
            ),
        ),
        ("tests/server/test_seeded_pushes.py::test_rows_digests_and_chain_are_what_the_log_makes",),
    ),
    Mutant(
        "a verdict counts as told once it was sent",
        (
            Edit(
                _GREETING,
                "    head = records.head()\n    given = nonces",
                "    said = [answer for one in family for answer in verdicts(records, one)]\n"
                "    for one in family:\n        records.mark_told(one, now + 1000)\n"
                "    head = records.head()\n    given = nonces",
            ),
            Edit(
                _GREETING,
                "        verdicts=[answer for one in family for answer in verdicts(records, one)],\n",
                "        verdicts=said,\n",
            ),
        ),
        ("tests/server/test_deciding.py::test_a_verdict_is_told_until_it_was_heard",),
    ),
    Mutant(
        "a place is left with what waited there unsent",
        (
            Edit(
                "gridclient/ledger/receiving.py",
                "SELECT DISTINCT record FROM change WHERE laid = 1 AND place = ? AND kind = ?",
                "SELECT DISTINCT record FROM change WHERE 0 AND place = ? AND kind = ?",
            ),
        ),
        (f"{_LOSING}::test_what_the_server_has_not_taken_stays_in_sight",),
    ),
    Mutant(
        "with a place goes what the server has not taken",
        (
            Edit(
                "gridclient/ledger/leaving.py",
                "WHERE place = ? AND state = 'done' ORDER BY number\"",
                'WHERE place = ? ORDER BY number"',
            ),
        ),
        (f"{_LOSING}::test_what_the_server_has_not_taken_stays_in_sight",),
    ),
    Mutant(
        "own words are sent back",
        (Edit(_ECHO, "    if not page or upto - since > MOST_ASKED:\n", "    if True:\n"),),
        ("tests/server/test_api_no_echo.py::test_own_work_stays_away_and_the_watermark_moves",),
    ),
    Mutant(
        "a record in which one has a word oneself is not sent",
        (
            Edit(
                _ECHO,
                "    needed = records.by_others(since, upto, device)\n",
                "    needed = records.by_others(since, upto, device)\n"
                "    needed -= {one.record for one in records.log(since, upto) if one.device == device}\n",
            ),
        ),
        ("tests/server/test_api_no_echo.py::test_what_others_wrote_too_comes",),
    ),
    Mutant(
        "fields nobody here knows are dropped",
        (
            Edit(
                "gridclient/core/merge/compact.py",
                "    extra = _encoder.encode(unknown) if unknown else None\n",
                "    extra = None\n",
            ),
        ),
        (f"{_JUDGEMENT}::test_what_a_newer_program_says_goes_round",),
    ),
    Mutant(
        "writers do not wait for each other's numbers",
        (Edit("sync_server/store/postgres.py", 'READ COMMITTED", self._lock)', 'READ COMMITTED")'),),
        (
            "tests/server/test_order.py::test_a_writer_waits_for_one_that_sleeps",
            "tests/server/test_order.py::test_many_processes_push_and_a_reader_misses_nothing",
        ),
    ),
    Mutant(
        "the later clock decides what survives",
        (
            Edit(
                "gridclient/core/merge/record.py",
                "head for head in heads if head.change not in mine.seen and head.change != change.id]",
                "head for head in heads if head.at > change.at]",
            ),
        ),
        ("tests/core/test_merge_laws.py::test_clocks_never_decide_what_survives",),
    ),
    Mutant(
        "what was erased stays in the log",
        (
            Edit(
                "sync_server/service/erasing.py",
                "    records.empty_payloads([",
                "    list([",
            ),
        ),
        (
            "tests/server/test_erasing.py::test_nothing_of_what_was_said_remains",
            "tests/server/test_erasing.py::test_nothing_remains_in_the_file",
        ),
    ),
    Mutant(
        "a revoked laptop is still believed",
        (
            Edit(
                _SESSION,
                "        if device.revoked is not None:\n",
                "        if False:\n",
            ),
        ),
        (f"{_CONTRACT}::test_a_revoked_laptop_is_refused_at_once",),
    ),
    Mutant(
        "the watermark is the last row's",
        (
            Edit(
                _SENDING,
                "raw_frame(rest, seq=head.seq, chain=head.chain, whole=True)",
                "raw_frame(rest, seq=max((r[0] for r in page), default=since), chain=head.chain, whole=True)",
            ),
        ),
        (f"{_CONTRACT}::test_a_pull_is_cut_into_frames_with_true_cursors", _DRILL),
    ),
    Mutant(
        "a pull sends what the laptop may no longer hold",
        (Edit(_SESSION, "        if not standing.scope.issuperset(places):\n", "        if False:\n"),),
        (f"{_CONTRACT}::test_only_places_one_may_hold_are_sent",),
    ),
)
