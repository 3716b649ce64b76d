"""Broken promises about scanner and badge reader as devices of their own."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a device's badge becomes a parcel",
        "screens/devices.py",
        "if role is DeviceRole.BADGE_READER:",
        "if role not in DeviceRole:",
        "screens/test_devices.py::test_a_badge_is_never_a_parcel",
    ),
    Mutation(
        "what a device sends is told apart by its speed",
        "screens/devices.py",
        "only_scans=True",
        "only_scans=False",
        "screens/test_devices.py::test_a_code_without_evidence_is_a_parcel_and_no_typed_word",
    ),
    Mutation(
        "letters for one parcel reach the next one that a device scans",
        "screens/devices.py",
        'self._aside, self._keyboard.typed = self._keyboard.typed, ""',
        'self._aside = ""',
        "screens/test_devices.py::test_letters_for_a_screen_that_a_scan_exchanges_do_not_reach_the_next_one",
    ),
    Mutation(
        "the rest of a scan that a device lost counts",
        "kiosk/scanner/keystrokes.py",
        "self._is_cut, self._is_torn = False, True",
        "self._is_cut, self._is_torn = False, False",
        "scanner/test_keystrokes.py::test_after_lost_events_nothing_counts_up_to_the_next_end",
    ),
    Mutation(
        "a key of a device that is held types again",
        "kiosk/scanner/keystrokes.py",
        "elif event.value == DOWN:",
        "else:",
        "scanner/test_keystrokes.py::test_a_key_that_is_held_counts_once_and_letting_it_go_types_nothing",
    ),
    Mutation(
        "a part that was scanned before a device was unplugged stays",
        "kiosk/scanner/device_reader.py",
        "if self._keystrokes.is_midway:",
        "if not self._keystrokes:",
        "scanner/test_device_reader.py::test_unplugged_in_the_middle_it_says_so_and_comes_back_without_the_part",
    ),
    Mutation(
        "a missing device is tried again without pauses that grow",
        "kiosk/scanner/device_reader.py",
        "min(2 * self._pause, LONGEST_PAUSE_SECONDS)",
        "FIRST_PAUSE_SECONDS",
        "scanner/test_device_reader.py::test_a_device_that_is_missing_is_tried_again_ever_more_rarely",
    ),
    Mutation(
        "two scans of a device that are read at once are one",
        "kiosk/scanner/keystrokes.py",
        "self.now += max(at - self._last, 0.0)",
        "self.now += 0.0",
        "scanner/test_device_reader.py::test_the_lines_of_one_burst_are_one_scan_and_two_scans_are_two_though_they_are_read_together",
    ),
    Mutation(
        "a scan that goes astray answers a question of the walk past each device",
        "kiosk/cli/answers.py",
        "_MEANS.get(text)",
        "_MEANS.get(text[:1])",
        "cli/test_walk.py::test_a_scan_or_another_key_answers_nothing",
    ),
)
