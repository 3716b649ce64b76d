"""The door: what leaves it is a picture that a scanner reads, and nothing that hangs behind it holds the event loop."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from pydantic import SecretStr

from kiosk.errors import MaybePrintedError, PrinterAwayError, PrinterError
from kiosk.printing.door import PrinterDoor
from kiosk.printing.papers import ShelfLabel, Slip, label_layout, slip_layout
from kiosk.settings import Printer
from tests.printing.paper import from_esc_pos, from_png, from_zpl
from tests.printing.printers import GOOD, NetworkPrinter, takes_all, takes_nothing, tells
from tests.printing.programs import HANGS, TAKES_ALL, Programs

SLIP = slip_layout(Slip("Your parcel is here", "Isla Stanton", ("Locker 7",), SecretStr("NR8PBW")))
LABEL = label_layout(ShelfLabel("B-12", "Isla Stanton", "1Z999AA10123456784"))
LONG = slip_layout(Slip("Your parcel is here", "Isla Stanton", ("Locker 7",) * 80, SecretStr("NR8PBW")))
"""More than the kernel keeps for a printer that takes nothing."""


@asynccontextmanager
async def heartbeat() -> AsyncIterator[list[float]]:
    """Measure how many seconds pass between two turns of the event loop, from the block's beginning to its end."""
    loop = asyncio.get_running_loop()
    gaps: list[float] = []
    last = loop.time()

    async def beat() -> None:
        nonlocal last
        while True:
            await asyncio.sleep(0.01)
            gaps.append(loop.time() - last)
            last = loop.time()

    beating = asyncio.create_task(beat())
    try:
        yield gaps
    finally:
        beating.cancel()
        gaps.append(loop.time() - last)


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> float:
    """Shorten the limit of a job."""
    monkeypatch.setattr("kiosk.printing.door.WHOLE_SECONDS", 1.5)
    monkeypatch.setattr("kiosk.printing.door._GRACE_SECONDS", 0.5)
    return 1.5


async def test_a_slip_comes_out_of_a_network_printer() -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        await PrinterDoor(Printer(address=printer.address)).send(SLIP)
    printed = from_esc_pos(bytes(printer.received), 576)
    assert printed.codes() == {"NR8PBW": "QR Code"}
    assert printed.is_cut


async def test_a_label_comes_out_of_a_label_printer() -> None:
    with NetworkPrinter(takes_all) as printer:
        settings = Printer.model_validate({"address": printer.address, "language": "zpl", "dots": "812x406"})
        await PrinterDoor(settings).send(LABEL)
    printed = from_zpl(bytes(printer.received))
    assert printed.image.size == (812, 406)
    assert printed.codes() == {"1Z999AA10123456784": "Code 128"}


async def test_cups_gets_a_picture_and_no_code_among_its_arguments(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = Programs(tmp_path / "bin", monkeypatch)
    programs.put("lp", TAKES_ALL)
    await PrinterDoor(Printer(address="cups:front")).send(SLIP)
    assert from_png((programs.folder / "job").read_bytes()).codes() == {"NR8PBW": "QR Code"}
    assert "NR8" not in (programs.folder / "arguments").read_text()


async def test_jobs_wait_for_each_other() -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        door = PrinterDoor(Printer(address=printer.address))
        await asyncio.gather(*(door.send(SLIP) for _ in range(3)))
    assert printer.received.count(b"\x1b@") == 3


async def test_a_look_tells_what_there_is_to_print_with() -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        equipment = await PrinterDoor(Printer(address=printer.address)).look()
    assert equipment.tells_status
    assert equipment.font.endswith((".ttf", ".otf", ".ttc", ".otc"))
    assert not printer.received


async def test_without_an_address_there_is_no_printer() -> None:
    with pytest.raises(PrinterError) as caught:
        await PrinterDoor(Printer()).send(SLIP)
    assert caught.value.code == "printer_not_set"


async def test_a_font_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "font.ttf").write_text("no font")
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "font.ttf", tmp_path / "pipe", tmp_path / "nowhere.ttf", tmp_path):
        with pytest.raises(PrinterError) as caught:
            await PrinterDoor(Printer(address="tcp://127.0.0.1:9", font=path)).send(SLIP)
        assert caught.value.code == "printer_font_unreadable"
        assert caught.value.parameters == {"path": str(path)}


async def test_a_network_printer_that_takes_nothing_never_holds_the_event_loop(short: float) -> None:
    with NetworkPrinter(takes_nothing) as printer:
        async with heartbeat() as gaps:
            with pytest.raises(MaybePrintedError) as caught:
                await PrinterDoor(Printer(address=printer.address)).send(LONG)
    assert caught.value.code == "printer_stuck"
    assert max(gaps) < short / 2


async def test_a_device_that_nobody_reads_never_holds_the_event_loop(short: float, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "lp0")
    door = PrinterDoor(Printer(address=f"file://{tmp_path}/lp0"))
    async with heartbeat() as gaps:
        with pytest.raises(PrinterAwayError) as away:
            await door.send(LONG)
        held = os.open(tmp_path / "lp0", os.O_RDWR)
        with pytest.raises(MaybePrintedError) as stuck:
            await door.send(LONG)
    os.close(held)
    assert (away.value.code, stuck.value.code) == ("printer_unreachable", "printer_stuck")
    assert max(gaps) < short / 2


async def test_lp_that_hangs_never_holds_the_event_loop(
    short: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Programs(tmp_path / "bin", monkeypatch).put("lp", HANGS)
    async with heartbeat() as gaps:
        with pytest.raises(MaybePrintedError) as caught:
            await PrinterDoor(Printer(address="cups:front")).send(SLIP)
    assert caught.value.code == "printer_stuck"
    assert max(gaps) < short / 2


async def test_what_never_returns_is_left_behind_and_the_next_job_is_told_so(short: float) -> None:
    door, returns = PrinterDoor(Printer(address="tcp://127.0.0.1:9")), threading.Event()
    async with heartbeat() as gaps:
        with pytest.raises(MaybePrintedError) as stuck:
            await door._in_thread(lambda _way, _ends_at: returns.wait())
        with pytest.raises(PrinterAwayError) as busy:
            await door.send(SLIP)
    assert (stuck.value.code, busy.value.code) == ("printer_stuck", "printer_busy")
    assert max(gaps) < short / 2
    job = door._job
    assert job
    returns.set()
    await asyncio.to_thread(job.result, 10)
    with pytest.raises(PrinterAwayError) as caught:
        await door.send(SLIP)
    assert caught.value.code == "printer_refused"


async def test_a_mistake_of_ours_is_raised_where_it_is_waited_for() -> None:
    def broken(_way: object, _ends_at: float) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await PrinterDoor(Printer(address="cups:front"))._in_thread(broken)


def test_a_program_ends_although_its_printer_hangs() -> None:
    code = """
import asyncio, threading
from kiosk.printing.door import PrinterDoor
from kiosk.settings import Printer

async def main():
    door = PrinterDoor(Printer(address="cups:front"))
    begun = threading.Event()
    sending = asyncio.create_task(door._in_thread(lambda _way, _ends_at: begun.set() or threading.Event().wait()))
    await asyncio.to_thread(begun.wait)
    sending.cancel()

asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", code]) as program:  # noqa: S603 - our own code
        try:
            exit_code: int | None = program.wait(15)
        except subprocess.TimeoutExpired:
            exit_code = None
            program.kill()
    assert exit_code == 0


def test_without_pillow_the_error_says_what_to_install_and_the_door_opens_all_the_same() -> None:
    code = """
import asyncio, sys
sys.modules["PIL"] = None
from kiosk.errors import PrinterError
from kiosk.printing.door import PrinterDoor
from kiosk.settings import Printer

try:
    asyncio.run(PrinterDoor(Printer(address="cups:front")).look())
except PrinterError as error:
    print(error.code, error.parameters["missing"])
"""
    done = subprocess.run([sys.executable, "-c", code], check=True, timeout=30, capture_output=True, text=True)  # noqa: S603 - our own code
    assert done.stdout == "printer_not_installed Pillow\n"


def test_the_door_brings_no_pillow() -> None:
    code = "import sys, kiosk.printing.door, kiosk.printing.preview; print('PIL' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, timeout=30, capture_output=True, text=True)  # noqa: S603 - our own code
    assert done.stdout == "False\n"
