"""What key events type on the kiosk's own US keyboard."""

from __future__ import annotations

import string
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.scanner.keystrokes import DeviceClock, KeyEvent, Keystrokes
from kiosk.scanner.machine import Machine
from kiosk.scanner.tokens import Act, Key, Lost, Repeated, Scan, Sign, TooLong, token_of_sign
from kiosk.tracking.codes import Code
from tests.scanner.us_keyboard import (
    ALT_GR,
    CAPS_LOCK,
    CODES,
    ENTER,
    EVENT,
    KEY,
    LEFT_ALT,
    LEFT_CTRL,
    LEFT_SHIFT,
    RIGHT_SHIFT,
    SYN,
    packed,
    report,
    strokes,
    unpacked,
)

PRINTABLE = "".join(chr(code) for code in range(0x20, 0x7F))
RECORDINGS = Path(__file__).parent / "recordings"
NUMBERS = st.sampled_from([SYN, KEY, 2, 4, 0x11])
CODES_AND_MORE = st.integers(0, 0x2FF) | st.sampled_from([*CODES.values(), ENTER, LEFT_SHIFT, LEFT_CTRL, ALT_GR, 3])
DROPPED = KeyEvent(SYN, 3, 0, 0.0)


def typed(events: Iterable[KeyEvent], keys: Keystrokes | None = None) -> list[Sign | Key | Lost]:
    keys = keys or Keystrokes()
    return [token for event in events if (token := keys.feed(event)) is not None]


def text_of(tokens: Iterable[Sign | Key | Lost]) -> str:
    return "".join((token.character or "") for token in tokens if isinstance(token, Sign | Key))


def recorded(name: str) -> list[KeyEvent]:
    """Read a file in the format of evemu-record: a time, and type, code and value of an event in each line."""
    events = []
    for line in (RECORDINGS / name).read_text("utf-8").splitlines():
        if line.startswith("E: "):
            at, kind, code, value = line.partition("#")[0].removeprefix("E: ").split()
            events.append(KeyEvent(int(kind, 16), int(code, 16), int(value), float(at)))
    return unpacked(packed(events))


@given(st.text(PRINTABLE), st.sampled_from([LEFT_SHIFT, RIGHT_SHIFT]))
def test_any_printable_ascii_that_a_us_keyboard_types_comes_back(text: str, shift: int) -> None:
    assert typed(strokes(text, shift=shift)) == [Sign(sign) for sign in text]


@given(st.text(PRINTABLE, min_size=1, max_size=60), st.sampled_from(["\r", "\t", "\n", "\r\n"]))
def test_any_text_with_an_end_is_one_scan_however_it_looks(text: str, end: str) -> None:
    assert acts_of(strokes(text + end)) == [Scan((Code(text),))]


@given(st.text(PRINTABLE, min_size=1, max_size=40), st.floats(0.001, 1.9))
def test_no_pause_of_a_slow_scanner_tears_a_code(text: str, gap: float) -> None:
    assert acts_of(strokes(text + "\r", gap=gap)) == [Scan((Code(text),))]


@given(
    st.lists(st.builds(KeyEvent, NUMBERS, NUMBERS | CODES_AND_MORE, st.integers(-1, 3), st.floats(0, 60)), max_size=60)
)
def test_whatever_a_device_sends_it_scans_or_is_nothing(events: list[KeyEvent]) -> None:
    machine, keys, clock = Machine(is_certain=lambda _: False, only_scans=True), Keystrokes(), DeviceClock()
    acts = list[Act]()
    for event in events:
        at, token = clock.taken(event.at), keys.feed(event)
        if isinstance(token, Lost):
            keys.hold([event.value])
            machine.forget_typed()
        elif token is not None:
            acts += machine.feed(token, at)
    acts += machine.quiet(clock.now + 1)
    assert all(isinstance(act, Scan | Repeated | TooLong) for act in acts)


def acts_of(events: Iterable[KeyEvent]) -> list[Act]:
    """Return what the machine of a device makes of events."""
    machine, keys, acts, at = Machine(is_certain=lambda _: False, only_scans=True), Keystrokes(), list[Act](), 0.0
    for event in events:
        at, token = event.at, keys.feed(event)
        if token is not None:
            assert not isinstance(token, Lost)
            acts += machine.feed(token, at)
    return [*acts, *machine.quiet(at + 1)]


@pytest.mark.parametrize("sign", "\x02\x1c\x1d\x1e\x1f")
def test_a_key_with_ctrl_is_the_control_sign_that_a_scanner_sends_for_it(sign: str) -> None:
    assert typed(strokes(sign)) == [token_of_sign(sign)]


def test_the_separator_of_gs1_is_part_of_the_code() -> None:
    text = "]C1" + "0109506000134352" + "10ABC\x1d21XYZ"
    assert acts_of(strokes(text + "\r")) == [Scan((Code(text),))]


def test_the_keypad_types_digits_whatever_num_lock_says_and_its_enter_ends() -> None:
    keypad = dict(zip("7894561230.", (71, 72, 73, 75, 76, 77, 79, 80, 81, 82, 83), strict=True))
    text = string.digits + "."
    events = [event for sign in text for event in report((keypad[sign], 1), (keypad[sign], 0))]
    assert typed([*events, *report((96, 1))]) == [*map(Sign, text), Key("enter", "\r")]


def test_caps_lock_changes_nothing() -> None:
    assert typed([*report((CAPS_LOCK, 1)), *report((CAPS_LOCK, 0)), *strokes("aB1!")]) == list(map(Sign, "aB1!"))


@pytest.mark.parametrize("held", [LEFT_ALT, ALT_GR, 125])
def test_a_key_with_alt_or_a_windows_key_types_nothing(held: int) -> None:
    events = [*report((held, 1)), *strokes("q2"), *report((held, 0)), *strokes("q2")]
    assert typed(events) == list(map(Sign, "q2"))


def test_a_key_that_is_held_counts_once_and_letting_it_go_types_nothing() -> None:
    a = CODES["a"]
    events = [*report((a, 1)), *report((a, 2)), *report((a, 2)), *report((a, 0)), *report((a, 1))]
    assert typed(events) == [Sign("a"), Sign("a")]


def test_keys_without_a_sign_are_nothing() -> None:
    assert typed([*report((59, 1)), *report((103, 1)), *report((0x110, 1)), KeyEvent(2, 0, 5, 0.0)]) == []


def test_a_shift_counts_until_both_are_let_go() -> None:
    a = CODES["a"]
    both = [*report((LEFT_SHIFT, 1)), *report((RIGHT_SHIFT, 1)), *report((LEFT_SHIFT, 0))]
    assert typed([*both, *report((a, 1)), *report((RIGHT_SHIFT, 0)), *report((a, 1))]) == [Sign("A"), Sign("a")]


def test_after_lost_events_nothing_counts_up_to_the_next_end() -> None:
    keys = Keystrokes()
    # Of what stands between the loss and the end of its report nothing can be relied on.
    events = [*strokes("1Z99"), DROPPED, *report((CODES["x"], 1)), *strokes("4567\r"), *strokes("T2\r")]
    assert typed(events, keys) == [*map(Sign, "1Z99"), Lost(), *map(Sign, "T2"), Key("enter", "\r")]


def test_after_lost_events_and_a_rest_everything_counts() -> None:
    keys = Keystrokes()
    assert typed([DROPPED, *report()], keys) == [Lost()]
    keys.rest()
    assert typed(strokes("T2"), keys) == list(map(Sign, "T2"))


def test_what_is_held_is_asked_of_the_kernel_after_lost_events() -> None:
    keys = Keystrokes()
    assert typed([*report((LEFT_CTRL, 1)), DROPPED, *report()], keys) == [Lost()]
    keys.rest()
    keys.hold([LEFT_SHIFT])
    assert typed(report((CODES["a"], 1)), keys) == [Sign("A")]


def test_it_is_midway_until_an_end_or_a_rest() -> None:
    keys, told = Keystrokes(), list[bool]()
    for events in (strokes(""), strokes("1Z"), report((ENTER, 1)), strokes("1Z")):
        typed(events, keys)
        told.append(keys.is_midway)
    keys.rest()
    assert [*told, keys.is_midway] == [False, True, False, True, False]


def test_an_event_is_what_the_kernel_lays_out() -> None:
    # What `hexdump` shows of Enter pressed on a 64-bit machine.
    data = bytes.fromhex("e8030000000000000a0000000000000001001c0001000000")
    assert EVENT.size == len(data)
    assert unpacked(data) == [KeyEvent(KEY, ENTER, 1, 1000.00001)]


def test_a_scanner_that_types_capitals_by_caps_lock_is_read_by_its_keys() -> None:
    assert text_of(typed(recorded("ups_caps_lock.evemu"))) == "1z999aa10123456784\r"


def test_a_scan_with_shift_around_several_letters_is_read() -> None:
    assert text_of(typed(recorded("gs1_rolled_over.evemu"))) == "]C1(01)\x1dAB\r"
