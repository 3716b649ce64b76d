"""What is a scan, what a hand typed and what is a press, by signs and their times of arrival."""

from __future__ import annotations

import pytest

from kiosk.scanner.machine import LONGEST_PIECE, Machine
from kiosk.scanner.tokens import (
    Act,
    Alone,
    Erased,
    Key,
    Paste,
    Pointer,
    Pressed,
    Repeated,
    Scan,
    Sign,
    Token,
    TooLong,
    Touch,
    Touched,
)
from kiosk.tracking.codes import Code
from tests.scanner.line import Line, acts_of, is_certain

UPS = "1Z999AA10123456784"
USPS = "9400136895232395100002"
AMAZON = "TBA123456789012"
ONE = Scan((Code(UPS),))
DOWN, UP = Touch(Pointer.DOWN, "down"), Touch(Pointer.UP, "up")
Script = list[str | float | Token]


def scan(*codes: str, follows: bool = False) -> Scan:
    """Return what the machine says of codes that a scanner sent."""
    return Scan(tuple(map(Code, codes)), follows)


def by_hand(text: str) -> Script:
    return [step for sign in text for step in (0.2, sign)]


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n", "\t", "\r\r", "\t\r", "\r\n\r\n"])
def test_an_end_ends_a_scan_and_presses_nothing(end: str) -> None:
    assert acts_of([UPS, end]) == [ONE]
    assert acts_of(["BOX-7712", end]) == [scan("BOX-7712")]


@pytest.mark.parametrize("script", [[UPS[:8], 0.25, UPS[8:], "\r"], [UPS[:1], 1.5, UPS[1:], "\r"], [UPS, 9.0, "\r"]])
def test_no_silence_cuts_a_scan_that_an_enter_ends(script: Script) -> None:
    assert [act for act in acts_of(script) if isinstance(act, Scan)] == [ONE]


def test_without_an_end_a_scan_waits_in_sight() -> None:
    assert acts_of([UPS, 30.0]) == []


def test_a_scanner_known_to_send_no_end_ends_by_silence_and_a_late_enter_presses_nothing() -> None:
    def machine() -> Machine:
        return Machine(is_certain=is_certain, ends_by_silence=True)

    assert acts_of([UPS], machine()) == [ONE]
    assert acts_of([UPS, 0.45, "\r"], machine()) == [ONE]
    assert acts_of([UPS[:8], 0.25, UPS[8:]], machine()) == [ONE]
    assert acts_of(["BOX-7712"], machine()) == [scan("BOX-7712")]
    assert acts_of(by_hand("mar"), machine()) == []


def test_a_stall_of_the_program_is_no_silence() -> None:
    line = Line(Machine(is_certain=is_certain, ends_by_silence=True))
    line.send("BOX-77")
    line.stall(2.0)
    line.arrive(*map(Sign, "12"))
    assert line.done() == [scan("BOX-7712")]


@pytest.mark.parametrize("typed", ["7", "mar", "H9.999"])
@pytest.mark.parametrize("code", [UPS, "BOX-7712"])
def test_what_a_hand_typed_before_is_no_part_of_the_scan(typed: str, code: str) -> None:
    acts = acts_of([*by_hand(typed), 3.0, code, "\r"])
    assert [act for act in acts if not isinstance(act, Alone)] == [scan(code)]


def test_what_a_hand_typed_is_ended_by_a_press_of_enter() -> None:
    assert acts_of([*by_hand("smith"), 0.2, "\r"]) == [Alone("s"), Pressed("enter")][1:]
    assert acts_of([*by_hand("H9.999"), 0.2, "\r"]) == [Pressed("enter")]
    assert acts_of([*by_hand("smith"), "\r"]) == [Pressed("enter")]


def test_a_hand_that_types_very_fast_is_no_scanner() -> None:
    assert acts_of([*(step for sign in "room12" for step in (0.09, sign)), 0.15, "\r"]) == [Pressed("enter")]


@pytest.mark.parametrize("control", ["\x11", "\x03", "\x1b", Key("f7"), Key("ctrl+c"), Key("backspace"), Key("left")])
@pytest.mark.parametrize("at", [0, 4, 18])
def test_at_scanner_speed_everything_is_data(control: str | Key, at: int) -> None:
    assert acts_of([UPS[:at], control, UPS[at:], "\r"]) in ([ONE], [*_moved(control), ONE])


def _moved(control: str | Key) -> list[Act]:
    """Return what works at once: a key that only moves a choice, or takes back a sign."""
    if isinstance(control, Key) and control.name == "left":
        return [Pressed("left")]
    return [Erased(everything=False)] if isinstance(control, Key) and control.name == "backspace" else []


def test_a_touch_inside_a_code_taps_nothing() -> None:
    assert acts_of([UPS[:6], DOWN, UP, UPS[6:], "\r"]) == [ONE]
    assert acts_of([DOWN, UP, UPS, "\r"]) == [ONE]
    assert acts_of([UPS, "\r", DOWN, UP]) == [ONE]


@pytest.mark.parametrize("pause", [0.0, 0.2, 0.9])
def test_the_tail_of_a_torn_control_sequence_is_no_text(pause: float) -> None:
    acts = acts_of([1.0, "\x1b", pause, "[<0;40;12M"])
    assert acts in ([], [Pressed("escape")])
    torn = acts_of(["ABC1", "\x1b", pause, "[<0;40;12M", "23456", "\r"])
    assert torn == [scan("ABC123456")]


def test_text_that_only_begins_like_a_control_sequence_is_kept() -> None:
    assert acts_of(["\x1b", "[)>01", "\r"])[-1:] == [scan("[)>01")]


def test_modifiers_that_a_terminal_reports_are_nothing() -> None:
    shifted: Script = [step for sign in UPS for step in (Key("left_shift"), sign)]
    assert acts_of([*shifted, "\r"]) == [ONE]
    assert acts_of([UPS, "\r", 1.0, Key("left_shift"), UPS, "\r"]) == [ONE, Repeated(UPS)]


def test_a_key_counts_once_nothing_follows_it() -> None:
    assert acts_of([1.0, Key("f7")]) == [Pressed("f7")]
    assert acts_of([1.0, Key("f7"), 0.3, Key("f8")]) == [Pressed("f7"), Pressed("f8")]
    assert acts_of([1.0, "\r"]) == [Pressed("enter")]
    assert acts_of([1.0, "\n"]) == []
    assert acts_of([1.0, "\t"]) == []


@pytest.mark.parametrize("repeat", [0.025, 0.033, 0.09])
def test_a_key_that_is_held_counts_once(repeat: float) -> None:
    repeats: Script = [step for _ in range(20) for step in (repeat, "\r")]
    assert acts_of([1.0, "\r", 0.6, *repeats]) == [Pressed("enter")]


def test_a_held_arrow_goes_on_moving() -> None:
    assert acts_of([1.0, *[Key("down")] * 5]) == [Pressed("down")] * 5


def test_a_double_tap_is_one() -> None:
    assert acts_of([1.0, DOWN, UP, DOWN, UP]) == [Touched("down"), Touched("up")]
    assert acts_of([1.0, DOWN, 0.3, UP]) == [Touched("down"), Touched("up")]
    assert acts_of([1.0, UP]) == []
    assert acts_of([1.0, DOWN, UP, 0.3, DOWN, UP]) == [Touched("down"), Touched("up")] * 2


def test_codes_of_one_burst_come_in_their_order() -> None:
    acts = acts_of([f"{UPS}\r{USPS}\r{AMAZON}\r"])
    assert acts == [scan(UPS), scan(USPS, follows=True), scan(AMAZON, follows=True)]


def test_lines_that_may_be_parts_of_something_larger_come_together() -> None:
    assert acts_of(["42024011\r", UPS, "\r"]) == [scan("42024011", UPS)]
    text = "SPC\r\n0200\r\n1\r\nCH5800791123000889012\r\n\r\nEPD\r"
    assert acts_of([text]) == [scan("SPC", "0200", "1", "CH5800791123000889012", "", "EPD")]


def test_the_same_code_at_once_is_told_and_counts_again_later() -> None:
    assert acts_of([UPS, "\r", 1.0, UPS, "\r"]) == [ONE, Repeated(UPS)]
    assert acts_of([UPS, "\r", 4.0, UPS, "\r"]) == [ONE, ONE]
    assert acts_of([UPS, "\r", 0.5, Key("f4"), 0.5, UPS, "\r"]) == [ONE, Pressed("f4"), ONE]
    line = Line()
    line.send(UPS + "\r")
    line.machine.last_code.forget()
    line.pause(1)
    line.send(UPS + "\r")
    assert line.done() == [ONE, ONE]


def test_a_prefix_begins_a_scan_at_any_speed() -> None:
    def machine(prefix: str) -> Machine:
        return Machine(is_certain=is_certain, prefix=prefix)

    assert acts_of([*by_hand("7"), "~", UPS, "\r"], machine("~"))[-1:] == [ONE]
    assert acts_of(["\x02", UPS, "\r"], machine("\x02")) == [ONE]
    slow: Script = ["\x02", *(step for sign in USPS for step in (0.11, sign))]
    assert acts_of(slow, machine("\x02")) == [scan(USPS)]
    assert acts_of(["~BOX\r"], machine("~")) == [scan("BOX")]
    assert acts_of(["~~~BOX\r"], machine("~")) == [scan("BOX")]
    assert acts_of(["]C1X9\r"], machine("]C1")) == [scan("X9")]


def test_a_certain_scan_without_an_end_is_not_glued_to_the_next() -> None:
    assert [act.codes for act in acts_of([UPS, 3.0, USPS, "\r"]) if isinstance(act, Scan)] == [(UPS,), (USPS,)]


def test_a_plus_alone_waits_longer_than_a_pause_of_the_scanner() -> None:
    assert acts_of(["+", 0.2, "A123BJC5D6E71G\r"]) == [scan("+A123BJC5D6E71G")]
    assert acts_of(["+", 0.7]) == [Alone("+")]


def test_signs_are_taken_back() -> None:
    assert acts_of([*by_hand("ab"), 0.3, Key("backspace"), 0.3, Key("ctrl+u")]) == [Erased(False), Erased(True)]
    taken_back = acts_of(["BOX-7712", 0.3, Key("backspace"), 0.3, "\r"])
    assert taken_back == [Erased(everything=False), Pressed("enter")]


def test_more_than_any_code_has_is_refused_whole() -> None:
    assert acts_of(["9" * (LONGEST_PIECE + 1), "\r"]) == [TooLong()]
    assert acts_of(["9" * (LONGEST_PIECE + 500)]) == [TooLong()]
    assert acts_of(["9" * 5000, "\r", 1.0, UPS, "\r"]) == [TooLong(), ONE]


def test_a_paste_is_no_typing() -> None:
    assert acts_of([Paste("1Z")]) == [Paste("1Z")]


def test_a_name_typed_ahead_behind_a_scan_in_one_lump_is_no_code() -> None:
    line = Line()
    line.arrive(*map(Sign, UPS), Key("enter"), *map(Sign, "mar"), Key("enter"))
    assert line.done() == [ONE, Pressed("enter")]


def test_ends_that_are_sent_twice_are_no_lines_of_a_text() -> None:
    assert acts_of(["BOX-1\r\rBOX-2\r\rBOX-3\r\r"]) == [scan("BOX-1", "BOX-2", "BOX-3")]
    assert acts_of(["BOX-1\t\rBOX-2\t\r"]) == [scan("BOX-1", "BOX-2")]


def test_letters_in_front_of_an_unmistakable_number_are_no_part_of_it() -> None:
    def machine() -> Machine:
        return Machine(is_certain=is_certain, is_unmistakable=is_certain)

    assert acts_of([f"mar{UPS}\r"], machine()) == [ONE]
    assert acts_of([*by_hand("ma"), 1.0, f"r{UPS}\r"], machine())[-1:] == [ONE]
    assert acts_of([f"7{UPS}\r"], machine()) == [scan(f"7{UPS}")]

    def is_proven(text: str) -> bool:
        return is_certain(text) or text == UPS[8:]  # a check digit that is right by chance

    torn = Machine(is_certain=is_proven, is_unmistakable=is_certain)
    assert acts_of([f"mar{UPS[:8]}", 0.2, f"{UPS[8:]}\r"], torn) == [ONE]


def test_a_word_that_was_typed_and_ended_is_no_scan_though_something_follows_at_once() -> None:
    line = Line()
    line.arrive(*map(Sign, "mar"), Key("enter"), Key("ctrl+b"), *map(Sign, "AB"))
    assert line.done() == []


def test_a_control_sign_between_does_not_tie_a_typed_letter_to_the_scan() -> None:
    assert acts_of([*by_hand("q"), 1.0, "\x02BOX-7712\r"])[-1:] == [scan("BOX-7712")]


def test_a_prefix_that_a_slow_line_tears_begins_a_scan() -> None:
    assert acts_of(["]C", 0.25, "1X9\r"], Machine(is_certain=is_certain, prefix="]C1")) == [scan("X9")]


def test_an_end_that_a_slow_line_brings_late_presses_nothing() -> None:
    assert acts_of(["BOX-7712\r", 0.35, "\r"]) == [scan("BOX-7712")]
    assert acts_of(["BOX-7712\r", 0.8, "\r"]) == [scan("BOX-7712"), Pressed("enter")]
