"""What one scan of the test code tells: every remark with its words, and no problem where all is set up well."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.scanner.doctor import Diagnosis, End, Recording
from kiosk.scanner.remarks import Note, Problem, Remark, remarks
from kiosk.scanner.tokens import Key, Paste
from kiosk.tracking.layouts import LAYOUTS
from kiosk.tracking.testcode import TEST_CODE
from kiosk.words.scanner import ENDS, LINES, line, title
from tests.scanner.line import token_of

GERMAN = LAYOUTS[0]


def heard(*script: str | float | Key, gap: float = 0.005) -> Diagnosis | None:
    """Return what is told of a script: text at a scanner's speed, seconds of silence, keys."""
    recording, at = Recording(), 0.0
    for step in script:
        if isinstance(step, float):
            at += step
            recording.heard(at)
        else:
            for token in (token_of(sign) for sign in step) if isinstance(step, str) else (step,):
                at += gap
                recording.add(token, at)
    return recording.heard(at + 0.7)


def told(*script: str | float | Key, gap: float = 0.005) -> Diagnosis:
    diagnosis = heard(*script, gap=gap)
    assert diagnosis is not None
    return diagnosis


def judged(diagnosis: Diagnosis, *, prefix: str = "", ends_by_silence: bool = False) -> tuple[Remark, ...]:
    return remarks(diagnosis, prefix=prefix, ends_by_silence=ends_by_silence)


def bad(diagnosis: Diagnosis, *, prefix: str = "", ends_by_silence: bool = False) -> tuple[Problem | Note, ...]:
    found = judged(diagnosis, prefix=prefix, ends_by_silence=ends_by_silence)
    return tuple(remark.code for remark in found if not remark.is_good)


def problems(*script: str | float | Key, gap: float = 0.005) -> set[Problem | Note]:
    return set(bad(told(*script, gap=gap)))


def test_a_scanner_that_is_set_up_well_has_no_problem() -> None:
    diagnosis = told(f"{TEST_CODE}\r")
    assert judged(diagnosis) == (
        (Note.LAYOUT_US, {}),
        (Note.SPEED, {"median_ms": 5.0, "slowest_ms": 5.0}),
        (Note.END, {"end": "enter"}),
        (Note.NO_PREFIX, {}),
    )
    assert title(judged(diagnosis)) == "The scanner is set up correctly."
    assert (diagnosis.median_ms, diagnosis.slowest_ms, diagnosis.pauses) == (5.0, 5.0, 0)


@pytest.mark.parametrize(
    ("sent", "end"),
    [
        ("\r", End.ENTER),
        ("\n", End.LINE_FEED),
        ("\r\n", End.ENTER_AND_LINE_FEED),
        ("\t", End.TAB),
        ("\r\r", End.SEVERAL),
        ("\t\r", End.SEVERAL),
    ],
)
def test_each_end_is_told_and_fits_the_setting_enter(sent: str, end: End) -> None:
    diagnosis = told(f"{TEST_CODE}{sent}")
    assert diagnosis.end is end
    assert bad(diagnosis) == ()
    assert bad(diagnosis, ends_by_silence=True) == (Problem.UNEXPECTED_END,)


def test_no_end_fits_the_setting_silence_alone() -> None:
    diagnosis = told(TEST_CODE)
    assert bad(diagnosis) == (Problem.NO_END,)
    assert 'desk.scanner_end = "silence"' in line(judged(diagnosis)[0]).advice
    assert bad(diagnosis, ends_by_silence=True) == ()


def test_an_enter_by_hand_is_no_end() -> None:
    assert told(TEST_CODE, 0.55, "\r").end is End.NONE


def test_a_late_end_of_a_radio_scanner_is_one() -> None:
    assert told(TEST_CODE, 0.3, "\r").end is End.ENTER


def test_a_prefix_is_told_as_it_is_to_be_set() -> None:
    diagnosis = told(f"~{TEST_CODE}\r")
    assert bad(diagnosis) == (Problem.UNKNOWN_PREFIX,)
    assert 'desk.scanner_prefix = "~"' in line(judged(diagnosis)[0]).advice
    assert bad(diagnosis, prefix="~") == ()


def test_a_prefix_that_may_stand_in_a_number_is_not_offered() -> None:
    found = judged(told(f"S1{TEST_CODE}\r"))
    assert found[0] == Remark(Problem.UNUSABLE_PREFIX, {"prefix": "S1"})
    assert "desk.scanner_prefix" not in line(found[0]).advice


def test_a_prefix_of_the_settings_that_does_not_come_is_missed() -> None:
    found = judged(told(f"{TEST_CODE}\r"), prefix="~")
    assert found[0] == (Problem.MISSING_PREFIX, {"expected": "~"})
    assert [remark.code for remark in found if not remark.is_good] == [Problem.MISSING_PREFIX]


def test_aim_and_control_signs_are_told_and_do_no_harm() -> None:
    diagnosis = told(f"\x02]C0{TEST_CODE}\x03\r")
    assert bad(diagnosis) == ()
    assert (diagnosis.aim, diagnosis.prefix, diagnosis.controls) == ("]C0", "\x02", ("\x02", "\x03"))
    words = [line(remark).words for remark in judged(diagnosis)]
    assert "AIM identifier: ]C0. It identifies the barcode type." in words
    assert "Prefix: STX." in words
    assert "Control characters: STX, ETX. The kiosk ignores them." in words


def test_a_key_without_a_sign_is_told_too() -> None:
    diagnosis = told(TEST_CODE, Key("f7"), "\r")
    assert diagnosis.controls == ("f7",)
    assert bad(diagnosis) == ()


def test_a_suffix_would_become_part_of_every_number() -> None:
    assert judged(told(f"{TEST_CODE}%\x03\r"))[0] == (Problem.SUFFIX, {"suffix": "%"})


def test_the_layout_is_named_with_what_to_set() -> None:
    (found, *others) = judged(told(f"{GERMAN.types(TEST_CODE)}\r"))
    assert found == Remark(Problem.LAYOUT, {"layout": "German"})
    assert all(remark.is_good for remark in others)
    assert "German keyboard" in line(found).advice


@pytest.mark.parametrize("name", ["UK", "Brazilian", "Canadian French"])
def test_a_layout_that_leaves_numbers_alone_is_named_and_good(name: str) -> None:
    (layout,) = (layout for layout in LAYOUTS if layout.name == name)
    found = judged(told(f"{layout.types(TEST_CODE)}\r"))
    assert found[0] == (Note.LAYOUT_HARMLESS, {"layout": name})
    assert all(remark.is_good for remark in found)


def test_caps_lock_is_told() -> None:
    assert problems(f"{TEST_CODE.swapcase()}\r") == {Problem.CAPS_LOCK}


def test_a_slow_scanner_looks_like_a_hand() -> None:
    assert problems(f"{TEST_CODE}\r", gap=0.07) == set()
    assert problems(f"{TEST_CODE}\r", gap=0.08) == {Problem.SLOW}


@pytest.mark.parametrize("pause", [0.15, 0.5, 0.7, 1.9])
def test_a_torn_scan_is_put_together_and_told(pause: float) -> None:
    diagnosis = told(TEST_CODE[:4], pause, f"{TEST_CODE[4:]}\r")
    assert diagnosis.pauses == 1
    assert diagnosis.slowest_ms == pytest.approx(1000 * pause, abs=10)
    assert bad(diagnosis) == (Problem.PAUSES,)


def test_a_part_that_stays_alone_is_told() -> None:
    assert problems(f"{TEST_CODE[:4]}\r") == {Problem.PART}
    assert problems(TEST_CODE[:4], 2.5, f"{TEST_CODE[4:]}\r") == {Problem.PART}


def test_another_code_is_not_judged_as_the_test_code() -> None:
    assert problems("1Z999AA10123456784\r") == {Problem.OTHER_CODE}


def test_each_scan_counts_for_itself() -> None:
    assert problems(f"{GERMAN.types(TEST_CODE)}\r", 0.05, f"{TEST_CODE}\r") == set()
    assert problems(TEST_CODE, 0.6, TEST_CODE) == {Problem.NO_END}


@pytest.mark.parametrize("script", [(), ("AZ",), (Key("escape"),), (Key("down"), 1.0, Key("down")), ("\r",)])
def test_what_a_hand_does_is_no_scan(script: tuple[str | float | Key, ...]) -> None:
    assert heard(*script) is None


def test_nothing_is_told_while_a_scan_is_coming() -> None:
    recording = Recording()
    for place, sign in enumerate(TEST_CODE):
        recording.add(token_of(sign), place * 0.005)
    assert recording.heard(0.3) is None
    assert recording.heard(0.7) is not None


def test_modifiers_and_a_paste_are_nothing() -> None:
    recording = Recording()
    recording.add(Paste(TEST_CODE), 0.0)
    recording.add(Key("left_shift"), 0.0)
    assert recording.heard(1.0) is None


@given(st.lists(st.tuples(st.characters(max_codepoint=0x2FF), st.floats(0, 3)), max_size=300))
def test_whatever_comes_is_told_in_words(signs: list[tuple[str, float]]) -> None:
    recording, at = Recording(), 0.0
    for sign, pause in signs:
        at += pause
        recording.add(token_of(sign) if sign.isprintable() else Key("ctrl+x", sign), at)
    diagnosis = recording.heard(at + 1)
    if diagnosis is not None:
        for prefix in ("", "~"):
            for remark in judged(diagnosis, prefix=prefix):
                assert line(remark).words
                assert line(remark).is_good == remark.is_good


def test_every_finding_and_every_end_has_its_words() -> None:
    assert set(LINES) == {*Problem, *Note}
    assert set(ENDS) == {end.name.lower() for end in End} - {"none"}
