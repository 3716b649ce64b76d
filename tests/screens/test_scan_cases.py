"""What was seen at desks, each with the outcome that a clerk expects: byte by byte, at its time, on the whole kiosk."""

from __future__ import annotations

import random
from math import inf
from typing import Any, NamedTuple

import pytest
from textual import _parser

from screens.terminal import Arrived, Reader
from tests.scanner.slow_line import Line
from tests.scanner.traffic import Day, Scanner
from tests.screens.kiosk_in_test import Desk, Kiosk

UPS = "1Z999AA10123456784"
USPS, AMAZON, FEDEX = "9400136895232395100002", "TBA123456789012", "986578788855"
POST, JJD = "RB123456785GB", "JJD1234567890123456"
DUMP = [f"940013689523239510{number:04}" for number in (2, 71, 149, 217, 286, 354, 422, 491, 569, 637)]

Step = str | float
"""Signs at scanner speed, or seconds of silence."""


class Stall(float):
    """Seconds for which the program stands still while the signs behind it come."""


class Case(NamedTuple):
    """What comes, the numbers that are parcels then, and words that are on the screen."""

    what: str
    steps: tuple[Step, ...]
    taken: tuple[str, ...]
    words: tuple[str, ...] = ()
    gap: float = 0.005
    settings: dict[str, Any] = {}  # noqa: RUF012 - read only
    others: tuple[str, ...] = ()
    """Codes of one of the parcels."""


class Bytes:
    """Brings bytes to a kiosk at their times."""

    def __init__(self, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
        self._kiosk = kiosk
        self._reader = Reader()
        self._monkeypatch = monkeypatch

    async def bring(self, *steps: Step, gap: float = 0.005) -> None:
        day, now = Day(Scanner(), is_delayed=False), 1.0
        for step in steps:
            if isinstance(step, Stall):
                day.stalls.append((now, now + step))
            elif isinstance(step, float):
                now += step
            else:
                for sign in step:
                    now += gap
                    day.sent.append((now, sign.encode()))
        line = Line(day, random.Random(1))
        self._monkeypatch.setattr(_parser, "get_time", lambda: line.now)
        for message in line.heard(self._reader):
            if isinstance(message, Arrived):
                message.read_at = inf  # as if every screen had been seen
            self._kiosk.app.post_message(message)
        await self._kiosk.rest()


def by_hand(text: str) -> tuple[Step, ...]:
    return tuple(step for sign in text for step in (0.2, sign))


MAXICODE = (
    "[)>\x1e01\x1d96240110000\x1d840\x1d001\x1d1Z23456784\x1dUPSN\x1d999AA1\x1d089\x1d\x1d1/1\x1d10.1\x1dY"
    "\x1d\x1d\x1dVA\x1e\x04"
)
SWISS = (
    "SPC 0200 1 CH5800791123000889012 S Muster_AG Rue_du_Lac 12 2501 Biel CH        199.95 CHF S P._Muster Gasse 28"
    " 9400 Rorschach CH SCOR RF18539007547034  EPD"
)
BILL = "\r\n".join(line.replace("_", " ") for line in SWISS.split(" ")) + "\r"
MAIL = f"\x1b[200~Hello,\nyour parcel is on the way.\nTracking number: {UPS}\nBest regards\nShop 24\x1b[201~"
SILENT = {"scanner_end": "silence"}
STX = {"scanner_prefix": "\x02"}
ASKED = ("in-house number?",)

CASES = [
    *(Case("E02 an end that is sent twice answers nothing", (f"BOX-7712{end}",), ("BOX-7712",), ASKED)
      for end in ("\r\r", "\t\r", "\r\n\r\n", "\r\r\r")),
    *(Case("E04 no end", (code, 1.5), (code,), settings=SILENT) for code in (UPS, "K4711-B", FEDEX)),
    Case("E04 no end, and the desk does not know", (UPS, 3.0), (), (UPS,)),
    Case("E04 no end, then Enter", (UPS, 3.0, "\r"), (UPS,)),
    *(Case("F01 a key was touched before", (typed, 3.0, f"{code}\r"), (code,))
      for typed, code in (("7", UPS), ("7", AMAZON), ("k", "BOX-7712"))),
    *(Case("F02 a name was begun", (f"{first}\r", 2.0, *by_hand("mar"), 2.0, f"{second}\r"), (first, second))
      for first, second in ((UPS, USPS), (AMAZON, "TBA123456789013"), (JJD, POST))),
    Case("F02 a name was begun while the program stood still",
         (f"{UPS}\r", 2.0, *by_hand("m"), Stall(1.5), *by_hand("ar"), 0.5, f"{USPS}\r"), (UPS, USPS)),
    *(Case("F03 the prefix begins a scan", ("7", 3.0, f"{sign}{code}\r"), (code,), settings={"scanner_prefix": sign})
      for sign in ("~", "\x02") for code in (UPS, "K4711-B")),
    Case("F04 a slow scanner with a prefix, without an end", (f"\x02{USPS}", 2.0), (USPS,), gap=0.11, settings=STX),
    *(Case("G01 the scanner pauses", (code[:at], pause, f"{code[at:]}\r"), (code,))
      for code, at, pause in ((UPS, 8, 0.25), (UPS, 8, 0.6), (AMAZON, 3, 0.3), ("BOX-7712", 4, 0.25), (FEDEX, 1, 0.9))),
    *(Case("G02 the program stands still", (code[:at], Stall(seconds), f"{code[at:]}\r"), (code,))
      for code, at, seconds in ((UPS, 7, 0.4), (UPS, 17, 2.0), ("BOX-7712", 2, 1.0), (AMAZON, 8, 0.15))),
    *(Case("G02 the same without an end", (code[:at], Stall(seconds), code[at:], 2.0), (code,), settings=SILENT)
      for code, at, seconds in ((UPS, 7, 0.6), ("BOX-7712", 4, 2.0))),
    *(Case("G05 G06 a memory empties itself", ("".join(f"{code}{end}" for code in DUMP),), tuple(DUMP), gap=gap)
      for gap, end in ((0.001, "\r"), (0.005, "\r"), (0.005, "\r\n"), (0.02, "\t"), (0.001, "\r\r"))),
    Case("G05 in-house numbers too", ("K471-1\r\rK471-2\r\rK471-3\r\r",), ("K471-1", "K471-2", "K471-3")),
    *(Case("M01 a routing code first", (f"{routing}\r{code}\r",), (code,))
      for routing, code in (("42024011", UPS), ("420240111234", USPS))),
    Case("M02 a label of DHL", ("1234567891\r2LUS24011+42000000\rJD014600003828392837\r",), ("1234567891",),
         others=("JD014600003828392837",)),
    Case("M04 a bill", (BILL,), (), ("payment code",)),
    Case("M04 a bill in pieces of time", (BILL[:60], Stall(0.5), BILL[60:]), (), ("payment code",)),
    Case("M06 a number in a mail", (MAIL,), (UPS,)),
    Case("R01 a plus in front", ("+A123BJC5D6E71G\r",), ("+A123BJC5D6E71G",), gap=0.06),
    *(Case("R02 a pause behind it", ("+", pause, "A123BJC5D6E71G\r"), ("+A123BJC5D6E71G",)) for pause in (0.2, 0.35)),
    *(Case("R04 the same label at once", (f"{code}\r", pause, f"{code}\r"), (code,), ("ignored",))
      for code, pause in ((UPS, 1.0), (UPS, 2.5), (AMAZON, 0.5), ("BOX-7712", 1.0))),
    *(Case("R04 the same label again later", (f"{code}\r", 5.0, f"{again}\r"), (code,), ("Already here",))
      for code, again in ((UPS, UPS), (USPS, f"42024011{USPS}"), ("IH-K7M2P9", "ih-k7m2p9"), ("BOX-7712", "BOX-7712"))),
    *(Case("X01 a control sign in a code", (f"ABC{control}DEF123\r",), ("ABCDEF123",), ASKED)
      for control in ("\x11", "\x03", "\x1a", "\x04", "\x00")),
    Case("X02 DC1 alone", (f"{UPS}\r", 1.2, "\x11"), (UPS,)),
    *(Case("X03 a function key in a code", (f"{UPS}\r", 1.2, f"ABC{key}DEF123456\r"), (UPS, "ABCDEF123456"))
      for key in ("\x1b[18~", "\x1bOS", "\x1b[21~", "\x1b[19~")),
    Case("X04 a tap in a code", (f"{UPS}\r", 1.2, "ABC1\x1b[<0;85;27M\x1b[<0;85;27m23456\r"), (UPS, "ABC123456")),
    *(Case("X05 signs round a code", (f"{first}{UPS}{last}\r", 1.0, f"{first}{USPS}{last}\r"), (UPS, USPS))
      for first, last in (("\x02", "\x03"), ("", "\x03"), ("\x02", "\x03\x04"))),
    Case("X07 a MaxiCode", (f"{MAXICODE}\r",), (UPS,)),
    Case("a paste that never ends", ("AB1\x1b[200~CD", 2.0, f"{UPS}\r"), (UPS,)),
    Case("a number that no terminal sends", ("\x1b[1:2;99999999u", 1.0, f"{UPS}\r"), (UPS,)),
    Case("a size that is none", ("\x1b[48;0;0;0;0t", 1.0, f"{UPS}\r"), (UPS,)),
    Case("a name typed ahead between two scans", (f"{UPS}\rsmith\r{USPS}\r",), (UPS, USPS)),
    Case("a name typed in front of a scan in one lump", (f"{UPS}\r", 1.0, f"mar{USPS}\r"), (UPS, USPS)),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
async def test_what_comes_is_taken_as_a_clerk_expects(desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk.open((100, 30), own_prefix="IH-", **case.settings) as kiosk:
        await Bytes(kiosk, monkeypatch).bring(*case.steps, gap=case.gap)
        history = await kiosk.history()
        taken = [each["body"]["trackingNumber"] for each in history if each["type"] == "parcel_taken_in"]
        added = [each["body"]["code"] for each in history if each["type"] == "code_added"]
        assert (taken, added) == ([*case.taken], [*case.others])
        assert {each["type"] for each in history} <= {"parcel_taken_in", "code_added"}
        await kiosk.shows(*case.words)


async def test_dc1_alone_asks_before_anything_ends(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    async with desk.open((100, 30)) as kiosk:
        line = Bytes(kiosk, monkeypatch)
        await line.bring(f"{UPS}\r", 1.2)
        await line.bring("\x11")
        await kiosk.shows("Leave the kiosk?", "Stay")
        assert kiosk.app.is_running


async def test_the_number_made_here_is_found_in_small_letters(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """F05: the own number scanned with caps lock on."""
    async with desk.open((100, 30), own_prefix="IH-") as kiosk:
        line = Bytes(kiosk, monkeypatch)
        await line.bring("+", 1.0)
        await kiosk.shows("Write this number on the box")
        (parcel,) = await kiosk.services.queries.journal.unfinished()
        await line.bring(f"{parcel.tracking_number.lower()}\r")
        await kiosk.shows("Already here")
        assert len(await kiosk.services.queries.journal.unfinished()) == 1
