"""Broken rules of what hands and scanners send: a scan presses nothing, a text is no command, a scan is never lost."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "a function key inside a scan is a command",
        "kiosk/scanner/machine.py",
        "return [] if self._is_data(at) or self._only_scans else self._press(key, at)",
        "return self._press(key, at)",
        "scanner/test_machine.py::test_at_scanner_speed_everything_is_data",
    ),
    Mutation(
        "a mouse report inside a scan taps something",
        "kiosk/scanner/machine.py",
        "        if self._is_data(at):\n            return []\n        if touch.pointer",
        "        if touch.pointer",
        "scanner/test_machine.py::test_a_touch_inside_a_code_taps_nothing",
    ),
    Mutation(
        "a key that is held counts again and again",
        "kiosk/scanner/presses.py",
        "if len(presses) > 1 and any(isinstance(each, Key) for each in presses):",
        "if False:",
        "scanner/test_machine.py::test_a_key_that_is_held_counts_once",
    ),
    Mutation(
        "a label that the scanner reads twice is two scans",
        "kiosk/scanner/lines.py",
        "SAME_SCAN_SECONDS = 3.0",
        "SAME_SCAN_SECONDS = 0.0",
        "scanner/test_machine.py::test_the_same_code_at_once_is_told_and_counts_again_later",
    ),
    Mutation(
        "what a hand typed becomes part of the scan behind it",
        "kiosk/scanner/runs.py",
        "while at > 0 and runs[at].pause <= LONGEST_PAUSE_SECONDS and runs[at - 1].is_fast:",
        "while at > 0:",
        "scanner/test_machine.py::test_what_a_hand_typed_before_is_no_part_of_the_scan",
    ),
    Mutation(
        "a double press confirms a screen that nobody has read",
        "screens/seen.py",
        "SEEN_SECONDS = 0.5",
        "SEEN_SECONDS = 0.0",
        "screens/test_kept_screens.py::test_a_key_counts_on_the_same_screen_only_once_the_next_parcel_was_seen_there",
    ),
    Mutation(
        "a second tap presses what has come under the finger",
        "screens/finger.py",
        "DOUBLE_TAP_SECONDS = 0.5",
        "DOUBLE_TAP_SECONDS = 0.0",
        "screens/test_taps.py::test_a_double_tap_is_one_also_where_the_screen_changes_under_the_finger",
    ),
    Mutation(
        "a badge whose choice failed is ignored for seconds",
        "screens/app.py",
        "        self.devices.expect_again()\n        self.ring(message.kind)",
        "        self.ring(message.kind)",
        "screens/clerk/test_numbers.py::test_a_badge_whose_choice_could_not_be_recorded_counts_again_at_once",
    ),
    Mutation(
        "of the reason behind a refused key one letter is a command",
        "screens/console/hearing.py",
        "not await screen.press(key, act.sign):\n                    self._loose_text.begin()",
        "not await screen.press(key, act.sign):\n                    pass",
        "screens/console/test_typing_ahead.py"
        "::test_a_repair_that_is_not_offered_says_why_and_the_reason_behind_it_does_nothing",
    ),
    Mutation(
        "the last letter of a text that is pasted as keys is a command",
        "kiosk/scanner/loose_text.py",
        "return not self.goes_on and not self._is_close",
        "return not self.goes_on",
        "screens/console/test_typing_ahead.py::test_no_line_of_a_text_that_is_pasted_as_keys_is_a_command",
    ),
    Mutation(
        "what follows a paste at once is a command",
        "screens/console/hearing.py",
        "            case Paste():\n                self._loose_text.begin()",
        "            case Paste():\n                pass",
        "screens/console/test_typing_ahead.py::test_a_paste_where_nothing_is_asked_swallows_what_follows_at_once",
    ),
    Mutation(
        "a repair that does not fit is refused without a word",
        "screens/console/framed.py",
        "            self.refuse(action)\n            return False",
        "            return False",
        "screens/console/test_typing_ahead.py::test_a_key_that_does_not_fit_an_entry_says_why",
    ),
    Mutation(
        "the posts check digits 5 and 0 are mixed up",
        "kiosk/tracking/check_digits.py",
        '{0: "5", 1: "0"}',
        '{0: "0", 1: "5"}',
        "tracking/test_formats.py::test_the_posts_have_a_check_digit_for_the_two_rests_that_are_no_digit",
    ),
)
