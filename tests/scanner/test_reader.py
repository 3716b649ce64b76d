"""What the terminal's reader makes of bytes that no terminal sends: reading goes on, and nothing of it is believed."""

from __future__ import annotations

import pytest
from textual import events

from kiosk.scanner.tokens import Key, Paste, Sign, Token
from screens.terminal import Arrived, Reader, Silent


def tokens(reader: Reader, data: bytes) -> list[Token]:
    return [token for told in reader.heard(data, 0.005) if isinstance(told, Arrived) for token in told.tokens]


@pytest.mark.parametrize("broken", [b"\x1b[1:2;3u", b"\x1b[99999999;1u", b"\x1b[48;0;0;0;0t", b"\x1b[48;24;80;0;0t"])
def test_a_sequence_that_breaks_the_parser_costs_that_sequence(broken: bytes) -> None:
    reader = Reader()
    assert tokens(reader, b"A" + broken + b"B\r") == [Sign("A"), Sign("B"), Key("enter", "\r")]
    assert tokens(reader, b"\x1b[<0;5;7M") != []


def test_a_size_in_the_bytes_is_not_believed() -> None:
    heard = list(Reader().heard(b"\x1b[48;10;10;0;0t\x1b[?2048;1$yA", 0.005))
    assert not [each for each in heard if isinstance(each, events.Resize)]
    assert [type(each) for each in heard] == [Arrived]


def test_a_paste_that_never_ends_is_ended_by_silence() -> None:
    reader = Reader()
    assert tokens(reader, b"\x1b[200~AB") == []
    late = [token for _ in range(300) for token in tokens(reader, b"")]
    assert late == [Paste("AB")]
    assert tokens(reader, b"C") == [Sign("C")]


def test_a_paste_on_a_slow_line_is_one() -> None:
    reader = Reader()
    tokens(reader, b"\x1b[200~AB")
    assert [token for _ in range(30) for token in tokens(reader, b"")] == []
    assert tokens(reader, b"CD\x1b[201~") == [Paste("ABCD")]


def test_what_waits_is_taken_together_in_its_order() -> None:
    first, second, third = Silent(1.0), Arrived([Sign("A")], 2.0, 0.0), Silent(3.0)
    assert first.can_replace(second)
    assert second.can_replace(third)
    assert third.together == (first, second, third)
    assert not third.can_replace(events.Idle())
