"""Broken promises of what is kept: on the disk as a whole or not at all, private, one parcel a number."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "what is deleted stays readable in the file",
        "kiosk/storage.py",
        '"secure_delete=ON"',
        '"secure_delete=OFF"',
        "journal/test_store.py::test_the_file_keeps_what_it_promises",
    ),
    Mutation(
        "what was recorded can be lost with the power",
        "kiosk/storage.py",
        '"synchronous=FULL"',
        '"synchronous=OFF"',
        "journal/test_store.py::test_the_file_keeps_what_it_promises",
    ),
    Mutation(
        "two writers read before either writes",
        "kiosk/storage.py",
        'self._in_transaction("BEGIN IMMEDIATE", work)',
        'self._in_transaction("BEGIN", work)',
        "test_storage.py::test_a_write_keeps_other_writers_out_from_its_beginning",
    ),
    Mutation(
        "half of a transaction that failed is kept",
        "kiosk/storage.py",
        'database.execute("ROLLBACK")',
        'database.execute("COMMIT")',
        "journal/test_store.py::test_a_write_is_one_transaction_and_an_error_in_it_undoes_all_of_it",
    ),
    Mutation(
        "everybody on the machine reads the journal",
        "kiosk/storage.py",
        "os.O_RDWR | os.O_CREAT, 0o600",
        "os.O_RDWR | os.O_CREAT, 0o644",
        "test_storage.py::test_folders_and_files_are_for_this_user_only",
    ),
    Mutation(
        "a person who was forgotten is still found",
        "kiosk/journal/forgetting.py",
        "    write_words(database, parcel)\n",
        "",
        "journal/test_searching.py::test_of_a_person_who_is_forgotten_no_byte_is_left_and_no_order_changes",
    ),
    Mutation(
        "the index of what parcels are found by is believed",
        "kiosk/journal/differences.py",
        "    yield from _of_beginnings(database, told)\n",
        "",
        "journal/test_manipulations.py::test_what_was_changed_is_named",
    ),
    Mutation(
        "a data folder that was moved away is called read-only",
        "kiosk/storage.py",
        'if name == "SQLITE_READONLY_DBMOVED" or _is_gone(path):',
        'if name == "SQLITE_READONLY_DBMOVED" and _is_gone(path):',
        "test_storage.py::test_a_folder_that_was_moved_away_is_said_to_be_gone_until_it_is_back",
    ),
    Mutation(
        "a step is checked before the transaction that records it",
        "kiosk/journal/recording.py",
        "    allowed(before)\n",
        "",
        "journal/test_store.py::test_an_event_is_recorded_only_if_the_parcel_still_is_as_expected",
    ),
    Mutation(
        "an event does not follow the one before it",
        "kiosk/journal/recording.py",
        "row = linked(row, previous)",
        'row = linked(row, "")',
        "journal/test_audit.py::test_an_untouched_journal_is_sound",
    ),
    Mutation(
        "names stand in the public part of events",
        "kiosk/journal/chain.py",
        "for name in sorted(event.personal) if fields.get(name) is not None}",
        "for name in sorted(event.personal) if False}",
        "parcels/test_fold.py::test_personal_fields_are_not_in_the_public_body_and_can_be_forgotten",
    ),
    Mutation(
        "two parcels that are here have one number",
        "kiosk/journal/projection.py",
        "if comes and _is_present(",
        "if False and _is_present(",
        "journal/test_store.py::test_an_ended_parcel_does_not_come_back_beside_a_new_one_of_its_number",
    ),
    Mutation(
        "two parcels lie at one shelf place",
        "kiosk/journal/projection.py",
        "if isinstance(event, ParcelPutOnShelf) and _lies_another(",
        "if False and _lies_another(",
        "desk/test_shelf.py::test_a_place_has_one_parcel_which_may_be_laid_there_again",
    ),
    Mutation(
        "a deposit that brought no code ends the code of the unit",
        "kiosk/journal/unit_mates.py",
        "if isinstance(event, ParcelDeposited) and event.code_received:",
        "if isinstance(event, ParcelDeposited):",
        "journal/test_unit_mates.py::test_a_deposit_without_a_code_leaves_the_earlier_one",
    ),
    Mutation(
        "a code is handed to somebody else's parcel",
        "kiosk/journal/unit_mates.py",
        "return mate.is_in_locker and mate.contact.contact_id == parcel.contact.contact_id",
        "return mate.is_in_locker",
        "journal/test_unit_mates.py::test_the_code_is_not_handed_to_somebody_elses_parcel_that_was_collected_unnoticed",
    ),
    Mutation(
        "a person is forgotten while a parcel is here for them",
        "kiosk/journal/forgetting.py",
        "    if here:\n",
        "    if False:\n",
        "desk/test_privacy.py::test_a_person_whose_parcel_is_here_is_not_forgotten",
    ),
    Mutation(
        "the names of parcels that are here are blanked",
        "kiosk/journal/forgetting.py",
        "changed_at < ? AND present = 0",
        "changed_at < ?",
        "desk/test_privacy.py::test_ended_parcels_lose_their_names_after_their_time_and_present_ones_keep_them",
    ),
    Mutation(
        "a journal of the demo is used in production",
        "kiosk/journal/migrations.py",
        "if row[0] != environment:",
        "if row[0] is None:",
        "test_storage.py::test_a_journal_of_another_environment_is_refused",
    ),
    Mutation(
        "a job that failed for want of the disk says nothing",
        "kiosk/background/scheduler.py",
        "            failed(error)\n",
        "            pass\n",
        "background/test_scheduler.py"
        "::test_who_watches_is_told_what_was_done_and_what_the_disk_refused_but_not_that_the_line_is_down",
    ),
    Mutation(
        "an owner whose file was cleared away is presumed dead",
        "kiosk/journal/owners.py",
        "return Life.DEAD if self.is_alone() else Life.UNKNOWN",
        "return Life.DEAD",
        "journal/test_owners.py"
        "::test_a_folder_that_was_cleared_away_makes_nobody_dead_while_another_process_is_at_work",
    ),
    Mutation(
        "the proof looks at no head that was kept elsewhere",
        "kiosk/journal/audit.py",
        "elsewhere = heads.problem_with(database, against)",
        "elsewhere = None",
        "journal/test_manipulations.py"
        "::test_a_chain_that_was_hashed_anew_holds_and_does_not_have_the_head_that_was_kept",
    ),
    Mutation(
        "events that were cut off are not missed",
        "kiosk/journal/audit.py",
        "if (head.sequence, head.hash) != (count, previous):",
        "if False:",
        "journal/test_audit.py::test_cut_off_events_are_found",
    ),
    Mutation(
        "an event that was changed passes",
        "kiosk/journal/audit.py",
        "if row.hash != row.expected_hash():",
        "if False:",
        "journal/test_audit.py::test_a_changed_event_is_named",
    ),
    Mutation(
        "a clock that was set back keeps a code for ever",
        "kiosk/desk/pickup_codes.py",
        "if each.keep_until <= now or lived - since >= (each.keep_until - each.seen_at).total_seconds()",
        "if each.keep_until <= now",
        "desk/test_pickup_codes.py::test_a_clock_that_is_set_back_keeps_nothing_longer_than_the_process_lives",
    ),
)
