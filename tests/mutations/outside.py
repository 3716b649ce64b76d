"""Broken borders to the outside: who somebody is, what a terminal gets to see, what is written where others read."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "whoever runs a command is whom a variable names",
        "kiosk/cli/identity.py",
        "pwd.getpwuid(os.getuid()).pw_name",
        'os.environ["LOGNAME"]',
        "cli/test_deposit.py::test_every_event_names_the_account_and_the_first_one_where_it_came_from",
    ),
    Mutation(
        "over SSH the owner of the data needs no role",
        "kiosk/cli/identity.py",
        "if role is None and not named and origin == LOCAL and _owns(settings):",
        "if role is None and not named and _owns(settings):",
        "cli/test_console.py::test_over_ssh_only_the_settings_give_a_role",
    ),
    Mutation(
        "somebody without a role is let in",
        "kiosk/cli/visit.py",
        "if not login.is_let_in:",
        "if login.person.role is None:",
        "cli/test_console.py::test_somebody_without_a_role_is_refused_and_recorded",
    ),
    Mutation(
        "a client says more than one word over SSH",
        "kiosk/cli/console.py",
        ".strip() == REPORT",
        ".startswith(REPORT)",
        "cli/test_console.py::test_without_a_terminal_it_ends_at_once_and_touches_nothing",
    ),
    Mutation(
        "a command changes something without a reason",
        "kiosk/cli/arguments.py",
        '"--reason", required=True,',
        '"--reason", default="none",',
        "cli/test_change.py::test_without_a_reason_a_change_is_wrong_usage",
    ),
    Mutation(
        "a deposit by command leaves no trace of where it came from",
        "kiosk/cli/deposit.py",
        "        await session.services.desk.visits.command_run(Command.DEPOSIT, session.person)\n",
        "",
        "cli/test_deposit.py::test_every_event_names_the_account_and_the_first_one_where_it_came_from",
    ),
    Mutation(
        "a code that could not be printed counts as seen",
        "kiosk/cli/output.py",
        "            raise OutputError(error.strerror or str(error)) from error",
        "            return",
        "cli/test_deposit.py::test_a_code_that_could_not_be_printed_is_kept",
    ),
    Mutation(
        "a name sends commands to the terminal",
        "kiosk/words/plain.py",
        "[\\x00-\\x1f\\x7f-\\x9f",
        "[\\x00-\\x1f\\x7f",
        "screens/widgets/test_plain.py::test_no_text_keeps_a_character_that_a_terminal_obeys_or_hides",
    ),
    Mutation(
        "a name is written backwards",
        "kiosk/words/plain.py",
        "\\u202a-\\u202e",
        "\\u202a",
        "screens/widgets/test_plain.py::test_text_from_outside_is_shown_as_plain_text",
    ),
    Mutation(
        "tracking numbers stand in the log",
        "kiosk/cli/logs.py",
        "logging.getLogger(name).setLevel(logging.WARNING)",
        "logging.getLogger(name).setLevel(logging.INFO)",
        "cli/test_logs.py::test_warnings_go_to_a_private_file_and_nothing_to_the_terminal",
    ),
    Mutation(
        "everybody on the machine reads the log",
        "kiosk/cli/logs.py",
        "os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600",
        "os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644",
        "cli/test_logs.py::test_warnings_go_to_a_private_file_and_nothing_to_the_terminal",
    ),
    Mutation(
        "a wrong setting shows a secret",
        "kiosk/settings/settings.py",
        'extra="forbid", hide_input_in_errors=True',
        'extra="forbid", hide_input_in_errors=False',
        "test_settings.py::test_no_secret_is_shown_by_an_error_or_its_causes",
    ),
    Mutation(
        "a file without a usable row empties the directory",
        "kiosk/recipients/staging.py",
        "    if refused and not taken:\n",
        "    if False:\n",
        "recipients/test_importing.py::test_a_file_without_a_usable_row_empties_nothing_and_says_why",
    ),
    Mutation(
        "a list that was cut off takes everybody out",
        "kiosk/recipients/importing.py",
        "        if not dry_run and stopped is None:\n",
        "        if not dry_run:\n",
        "recipients/test_importing.py::test_an_import_that_would_take_out_too_many_stops",
    ),
    Mutation(
        "a row that can't be read removes its person",
        "kiosk/recipients/importing.py",
        "        keep_named(database)\n",
        "        pass\n",
        "recipients/test_importing.py::test_a_refused_row_keeps_its_person_as_they_were",
    ),
    Mutation(
        "one quotation mark swallows the people behind it",
        "kiosk/recipients/table.py",
        "                self._lines.give_back(self._row.lines[1:])\n",
        "                pass\n",
        "recipients/test_table.py::test_a_quote_that_is_left_open_costs_its_own_row",
    ),
    Mutation(
        "one of two people of one name is proposed",
        "kiosk/recipients/search.py",
        "return each.place != first.place and sorted(parts(each.name)) == name",
        "return False",
        "recipients/test_directory.py::test_two_people_of_one_name_are_not_proposed",
    ),
)
