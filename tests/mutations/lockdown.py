"""Broken promises of a locked kiosk, of crashes, and of what comes behind a crash."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a key of the terminal ends a locked kiosk",
        "kiosk/watchdog.py",
        "            if number not in OF_THE_TERMINAL or self._is_locked is False:\n",
        "            if True:\n",
        "e2e/test_lockdown.py::test_no_key_and_no_signal_of_the_terminal_leads_out",
    ),
    Mutation(
        "a locked kiosk can be stopped like a job",
        "screens/driver.py",
        '        if not getattr(self._app, "is_locked", False):\n',
        "        if True:\n",
        "e2e/test_lockdown.py::test_no_key_and_no_signal_of_the_terminal_leads_out",
    ),
    Mutation(
        "a clerk's PIN leads out",
        "kiosk/desk/visits.py",
        "        if person.role is not Role.ADMIN:\n",
        "        if False:\n",
        "screens/clerk/test_way_out.py::test_nobody_but_an_administrator_is_let_out_by_the_desk",
    ),
    Mutation(
        "clerks are offered the way out",
        "screens/clerk/way_out.py",
        "each.role is Role.ADMIN and each.has_pin",
        "True",
        "screens/clerk/test_way_out.py::test_a_clerk_and_a_badge_are_not_offered",
    ),
    Mutation(
        "a full disk keeps the administrator in",
        "screens/clerk/way_out.py",
        "        except StorageError as error:",
        "        except ZeroDivisionError as error:",
        "screens/clerk/test_way_out.py::test_a_journal_that_can_not_be_written_keeps_no_administrator_in",
    ),
    Mutation(
        "a third crash within a minute is one like the others",
        "screens/crash.py",
        "        return len(self._at) == TOO_MANY and at - self._at[0] <= WITHIN_SECONDS\n",
        "        return False\n",
        "screens/test_crash.py::test_the_third_crash_within_a_minute_is_one_too_many",
    ),
    Mutation(
        "after a crash the parcel that broke the kiosk is opened again",
        "screens/opening.py",
        "        return self._after is None and not",
        "        return not",
        "screens/test_crash.py::test_wherever_it_breaks_the_next_app_is_at_home_and_knows_the_parcel",
    ),
    Mutation(
        "the words of an error are in the log",
        "kiosk/cli/logs.py",
        "    yield kind if told is None else",
        "    yield str(error) if told is None else",
        "cli/test_logs.py::test_a_traceback_tells_where_and_what_kind_but_not_in_which_words",
    ),
    Mutation(
        "a traceback that another handler wrote is taken over",
        "kiosk/cli/logs.py",
        "        kept, record.exc_text = record.exc_text, None\n",
        "        kept = record.exc_text\n",
        "cli/test_logs.py::test_a_traceback_tells_where_and_what_kind_but_not_in_which_words",
    ),
    Mutation(
        "an error of an app that closes counts as a crash",
        "screens/lifetime.py",
        "        if self._watchdog.is_ending or is_closing(self._app):\n",
        "        if self._watchdog.is_ending:\n",
        "screens/test_crash.py::test_an_error_while_an_app_ends_is_no_crash",
    ),
    Mutation(
        "what was typed before a scan comes up over it",
        "screens/navigator.py",
        "origin in (stack[-1:] if origin is self.home else stack)",
        "origin in stack",
        "screens/clerk/test_scans.py::test_a_scan_right_behind_a_typed_number_keeps_its_screen",
    ),
    Mutation(
        "a step tells its progress to a screen that has no parts any more",
        "screens/clerk/locker.py",
        "        if self.is_ready and self.notice.display:\n",
        "        if self.is_attached and self.notice.display:\n",
        "screens/test_flow.py::test_a_step_that_goes_on_tells_nothing_to_a_screen_that_is_being_removed",
    ),
    Mutation(
        "systemd is told that a kiosk ends which comes back",
        "kiosk/watchdog.py",
        "            if not comes_back:\n",
        "            if True:\n",
        "e2e/test_lockdown.py::test_systemd_hears_of_no_end_while_it_comes_back",
    ),
    Mutation(
        "a locked kiosk that can't open ends",
        "screens/attended.py",
        "        return not_opened(failure) if failure is not None and is_locked else None\n",
        "        return None\n",
        "e2e/test_lockdown.py::test_a_locked_kiosk_that_can_not_open_says_why_and_tries_again",
    ),
)
