"""Broken promises of how a process ends, and of a terminal that takes nothing or has no size."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "what waits for a terminal that is not read grows for ever",
        "screens/writer.py",
        "self._is_behind = len(self._waiting) > MOST_WAITING",
        "self._is_behind = False",
        "screens/test_writer.py::test_a_terminal_that_is_not_read_holds_nobody_up_and_what_waits_is_bounded",
    ),
    Mutation(
        "a terminal that is read again stays torn",
        "screens/writer.py",
        "                self.on_read_again()\n",
        "",
        "screens/test_writer.py::test_once_it_is_read_again_whole_texts_come_and_then_everything_is_asked_for",
    ),
    Mutation(
        "a terminal that is gone is not heard of",
        "screens/writer.py",
        "            hang_up()\n",
        "",
        "screens/test_writer.py::test_a_terminal_that_is_gone_is_heard_of_once_and_is_no_error",
    ),
    Mutation(
        "a visit that ends while it begins has no logout",
        "screens/lifetime.py",
        "            await asyncio.wait([self._opening])\n",
        "",
        "screens/test_lifetime.py::test_an_opening_that_is_broken_off_takes_back_what_it_began",
    ),
    Mutation(
        "a terminal may have no rows",
        "screens/driver.py",
        "    size = shutil.get_terminal_size((80, 24))\n",
        "    size = os.get_terminal_size(sys.__stdout__.fileno())\n",
        "screens/test_driver.py::test_a_terminal_is_taken_for_one_that_can_be_drawn_on",
    ),
    Mutation(
        "a process whose event loop hangs is left running",
        "kiosk/watchdog.py",
        "                if time.monotonic() > self._end_at:\n",
        "                if False:\n",
        "e2e/test_endings.py::test_a_hanging_event_loop_is_heard_by_systemd_and_ended_by_the_watchdog",
    ),
    Mutation(
        "a process that is ended leaves its terminal as it was drawn on",
        "screens/lifetime.py",
        "(self._close_journal, self._restore_terminal, self._log_what_hangs)",
        "(self._close_journal, self._log_what_hangs)",
        "e2e/test_endings.py::test_a_hanging_event_loop_is_heard_by_systemd_and_ended_by_the_watchdog",
    ),
    Mutation(
        "systemd is told that a process lives whose event loop hangs",
        "kiosk/watchdog.py",
        "            self._lives.clear()\n",
        "",
        "e2e/test_endings.py::test_a_hanging_event_loop_is_heard_by_systemd_and_ended_by_the_watchdog",
    ),
)
