"""What `kiosk check --walk` asks a person at the desk, a clear yes or no each: what no program can see, hear or touch.

A question that is skipped, or that nobody answers within a minute, counts as not tested.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from kiosk.cli.answers import Answer, Cell, ask, can_ask, raw, read, read_tap, show
from kiosk.cli.scanner import qr_lines
from kiosk.cli.steps import Step, found
from kiosk.words import signs
from kiosk.words.language import N_, _

WALKED = ("touch", "colours", "signs", "qr", "bell", "paper", "inbox")
"""The steps, in their order."""

QR_TEXT = "PARCEL KIOSK 4711"
TARGET_COLUMNS, TARGET_ROWS = 8, 3
"""The smallest target that a screen has."""

MARGIN = 4
"""Cells between a target and the edge."""

ANSWER_SECONDS = 0.5
"""How long a terminal may take to say where its cursor stands; over a slow line it does not count."""
_STANDS = re.compile(r"\x1b\[\d+;(\d+)R")
"""Its answer, with the column."""

TAP_HERE = N_("Tap the box once. Press n if nothing happens, Esc to skip.")

# Numbers of the 256 colours that no theme of a terminal changes: a field and the word on it.
_FIELDS = ((22, 120, N_("free")), (58, 222, N_("reserved")), (52, 210, N_("broken")), (24, 117, N_("chosen")))
_BOX = (24, 231)
_ALL_SIGNS = (
    signs.TICK,
    signs.CROSS,
    signs.FULL,
    signs.HOLLOW,
    signs.DIAMOND,
    signs.ARROW,
    signs.ARROW_BACK,
    signs.ARROW_DOWN,
    signs.ELLIPSIS,
    signs.MIDDLE_DOT,
    signs.LIGHT,
    signs.MEDIUM,
    signs.BLOCK,
    signs.UPPER_HALF,
    signs.LOWER_HALF,
    signs.LEFT_HALF,
    signs.RIGHT_HALF,
)


def walk(before: Collection[str]) -> Iterator[Step]:
    """Ask everything, one after the other; `before` are the codes of the steps that were taken before."""
    if not can_ask():
        yield from (found(name, "walk_without_terminal", ok=None) for name in WALKED)
        return
    yield _touch()
    if os.environ.get("NO_COLOR"):
        yield found("colours", "no_colours_wanted", ok=None)
    else:
        yield _asked("colours", [_fields()], _("Are these fields green, yellow, red and blue, with a word on each?"))
    if signs.chosen() is signs.SignSet.UNICODE and _cells_of(signs.FULL) == 2:
        yield found("signs", "signs_wide", ok=False)
    else:
        yield _asked("signs", ["  ".join(_ALL_SIGNS)], _("Is each of these signs drawn, and none a question mark?"))
    yield _asked("qr", qr_lines(QR_TEXT), _("Does a phone that scans this show {text}?").format(text=QR_TEXT))
    yield _asked("bell", ["\a"], _("The bell was rung. Did you hear it?"))
    yield _told("paper", "test_page_sent" in before, _("Did the test page come out as docs/printing.md shows it?"))
    yield _told("inbox", "mail_taken" in before, _("Did the test mail arrive?"))


def _asked(name: str, lines: Sequence[str], question: str) -> Step:
    show("".join(f"{line}\n" for line in lines))
    return _answered(name, ask(question))


def _told(name: str, is_there: bool, question: str) -> Step:  # noqa: FBT001 - whether there is anything to ask about
    return _asked(name, [], question) if is_there else found(name, f"no_{name}", ok=None)


def _answered(name: str, answer: Answer) -> Step:
    if answer is Answer.NONE:
        return found(name, "not_answered", ok=None)
    return found(name, f"{name}_{'good' if answer is Answer.YES else 'bad'}", ok=answer is Answer.YES)


def _touch() -> Step:
    """Let somebody tap near two corners: an axis that is turned or mirrored shows in one of them at least.

    A row below the box counts, as on the screens.
    """
    off: list[list[int]] = []
    size = os.get_terminal_size(sys.stderr.fileno())
    last = Cell(size.columns - MARGIN - TARGET_COLUMNS, size.lines - MARGIN - TARGET_ROWS)
    with _touched() as terminal:
        for place in (Cell(MARGIN, MARGIN), last):
            show(f"\x1b[2J\x1b[1;1H{_(TAP_HERE)}{_box(place)}")
            tap = read_tap(terminal)
            if isinstance(tap, Answer):
                return _answered("touch", tap)
            across = _beside(tap.column, place.column, TARGET_COLUMNS)
            off.append([across, _beside(tap.row, place.row, TARGET_ROWS + 1)])
    is_good = not any(map(any, off))
    return found("touch", "touch_good" if is_good else "touch_missed", ok=is_good, values={"off": off})


def _beside(at: int, first: int, length: int) -> int:
    """Return how many cells before or behind a stretch a place is; 0 within it."""
    return min(at - first, 0) or max(at - first - length + 1, 0)


@contextmanager
def _touched() -> Iterator[int]:
    """Give the raw terminal while it reports taps, on a screen of its own."""
    with raw(sys.stdin.fileno()) as terminal:
        show("\x1b[?1049h\x1b[?25l\x1b[?1000h\x1b[?1006h")
        try:
            yield terminal
        finally:
            # A plain console has one screen only, and would keep the box.
            show("\x1b[?1006l\x1b[?1000l\x1b[2J\x1b[H\x1b[?25h\x1b[?1049l")


def _box(at: Cell) -> str:
    row = _coloured(*_BOX, _("here").center(TARGET_COLUMNS))
    blank = _coloured(*_BOX, " " * TARGET_COLUMNS)
    middle = TARGET_ROWS // 2
    rows = (row if place == middle else blank for place in range(TARGET_ROWS))
    return "".join(f"\x1b[{at.row + place};{at.column}H{each}" for place, each in enumerate(rows))


def _fields() -> str:
    return " ".join(_coloured(field, ink, f"  {_(word)}  ") for field, ink, word in _FIELDS)


def _coloured(field: int, ink: int, text: str) -> str:
    if os.environ.get("NO_COLOR"):
        return f"\x1b[7m{text}\x1b[0m"
    return f"\x1b[38;5;{ink};48;5;{field}m{text}\x1b[0m"


def _cells_of(sign: str) -> int | None:
    """Draw a sign, ask the terminal where its cursor stands, and return how many cells it took; None if unanswered."""
    with raw(sys.stdin.fileno()) as terminal:
        show(f"\r{sign}\x1b[6n")
        answer, end = "", time.monotonic() + ANSWER_SECONDS
        while not (told := _STANDS.search(answer)) and (more := read(terminal, end - time.monotonic())):
            answer += more
        show("\r\x1b[K")
    return int(told[1]) - 1 if told else None
