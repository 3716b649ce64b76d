"""Broken promises between desks and their centre: who may do what there, by which way, and what is said of failures."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a later function is everybody's",
        "kiosk/fleet/joining.py",
        "REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC",
        "GRANT EXECUTE ON FUNCTIONS TO PUBLIC",
        "fleet/test_rights.py::test_a_role_reads_and_calls_what_is_listed_and_nothing_else",
    ),
    Mutation(
        "a server is believed without a proof",
        "kiosk/fleet/centre.py",
        '"verify-full" if is_verified',
        '"require" if is_verified',
        "fleet/test_tls.py::test_a_server_that_does_not_prove_who_it_is_is_refused",
    ),
    Mutation(
        "the password stands in the server's log",
        "kiosk/fleet/joining.py",
        "sql.Literal(hashed)",
        "sql.Literal(password)",
        "fleet/test_commands.py::test_the_login_is_private_and_appears_nowhere_else",
    ),
    Mutation(
        "everybody on the machine reads the login",
        "kiosk/fleet/logins.py",
        "os.O_EXCL, 0o600",
        "os.O_EXCL, 0o644",
        "fleet/test_commands.py::test_the_login_is_private_and_appears_nowhere_else",
    ),
    Mutation(
        "an older program changes a newer centre",
        "kiosk/fleet/migrations.py",
        "if known - {each.number for each in wanted}:",
        "if False:",
        "fleet/test_migrations.py::test_an_older_program_changes_nothing",
    ),
    Mutation(
        "desks wait behind a migration",
        "kiosk/fleet/migrations.py",
        "SET LOCAL lock_timeout = '{_LOCK_SECONDS}s'",
        "SET LOCAL lock_timeout = 0",
        "fleet/test_migrations.py::test_a_migration_that_would_keep_desks_waiting_gives_way",
    ),
    Mutation(
        "a desk that hangs at its server does not end",
        "kiosk/fleet/centre.py",
        "            task.cancel()\n            await asyncio.wait({task}, timeout=0.05)\n",
        "            task.cancel()\n            await asyncio.wait({task})\n",
        "fleet/test_failures.py::test_whoever_is_called_off_does_not_wait_for_a_server_that_hangs",
    ),
    Mutation(
        "a deadlock at the centre is given up",
        "kiosk/fleet/centre.py",
        "(psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)",
        "psycopg.errors.SerializationFailure",
        "fleet/test_failures.py::test_two_that_wait_for_each_other_are_both_answered",
    ),
    Mutation(
        "a login that was replaced counts only after a new start",
        "kiosk/background/fleet.py",
        "        login()\n        return Centre(settings.fleet, login)\n",
        "        return Centre(settings.fleet, login())\n",
        "fleet/test_mended.py::test_a_new_login_counts_without_a_new_start",
    ),
)
