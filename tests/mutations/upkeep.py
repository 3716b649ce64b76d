"""Broken promises to whoever looks after the kiosk: backups, sessions of the console, what a watcher is told."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "upkeep: a backup holds the codes that notices take along",
        "kiosk/journal/backup.py",
        '_CODES = ("codes", "kept_codes", "notice_codes")',
        '_CODES = ("notice_codes",)',
        "journal/test_backup.py::test_a_copy_reaches_as_far_as_its_head_says_and_has_no_code",
    ),
    Mutation(
        "upkeep: a damaged journal makes a backup",
        "kiosk/journal/backup.py",
        "    if verdict.problem is not None:",
        "    if verdict is None:",
        "journal/test_backup.py::test_a_chain_that_does_not_hold_is_not_copied",
    ),
    Mutation(
        "upkeep: a copy that was overtaken counts as one of a moment",
        "kiosk/page_copies.py",
        "            return\n    # What a commit",
        "            return\n    return\n    # What a commit",
        "test_storage.py::test_pages_are_copied_as_they_are_at_one_moment_however_often_others_write",
    ),
    Mutation(
        "upkeep: a backup is restored beside an open kiosk",
        "kiosk/backup/restoring.py",
        "fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)",
        "fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)",
        "cli/test_backup.py::test_beside_a_kiosk_a_backup_is_made_and_none_is_restored",
    ),
    Mutation(
        "upkeep: what is in a backup is not compared with its sums",
        "kiosk/backup/archive.py",
        "    if digest.hexdigest() != content.sha256:",
        "    if not content.sha256:",
        "backup/test_archive.py::test_a_file_that_is_not_as_the_manifest_says_is_refused",
    ),
    Mutation(
        "upkeep: the backup just made is deleted where the clock ran ahead",
        "kiosk/backup/making.py",
        "[path for path in made.parent.iterdir() if path != made]",
        "[*made.parent.iterdir()]",
        "cli/test_backup.py::test_the_latest_are_kept_and_nothing_else_is_touched",
    ),
    Mutation(
        "upkeep: anybody at the console ends sessions",
        "kiosk/desk/sessions.py",
        "        if role not in MAY_END:",
        "        if role is person:",
        "desk/test_sessions.py::test_the_role_is_read_again_before_a_session_is_ended",
    ),
    Mutation(
        "upkeep: a further session is let in",
        "kiosk/desk/session_files.py",
        "        if sum(each.name == session.name for each in present(folder)) >= most:",
        "        if most < 0:",
        "desk/test_sessions.py::test_one_session_too_many_is_not_let_in_and_recorded_and_the_oldest_stay",
    ),
    Mutation(
        "upkeep: looking for a whole locker's parcels needs no role",
        "kiosk/desk/corrections.py",
        "        await self._still_allowed(Step.TAKE_OUT, person)\n",
        "",
        "desk/test_roles_read_again.py::test_somebody_whose_role_is_gone_corrects_nothing",
    ),
    Mutation(
        "upkeep: a lost answer counts as a success",
        "kiosk/api/transport.py",
        "            self._note(ConnectionState.ONLINE if spoke else ConnectionState.OFFLINE)\n",
        "            self._note(ConnectionState.ONLINE if spoke else ConnectionState.OFFLINE)\n"
        "            if self.on_answer:\n                self.on_answer()\n",
        "desk/test_successes.py::test_a_call_that_brings_no_answer_is_no_success",
    ),
)
