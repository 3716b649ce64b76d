"""The printer in `kiosk check`: not set, ready, away, out of paper, without what it needs; and the test page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kiosk.tracking.testcode import TEST_CODE
from tests.cli.harness import Kiosk
from tests.printing.paper import from_esc_pos, from_png
from tests.printing.printers import GOOD, OUT_OF_PAPER, NetworkPrinter, takes_all, tells
from tests.printing.programs import TAKES_ALL, Programs


def step_of(kiosk: Kiosk, *options: str) -> Any:
    result = kiosk("check", "--json", *options)
    (step,) = [step for step in result.json["steps"] if step["name"] == "printer"]
    assert result.code == (1 if step["ok"] is False else 0)
    return step


def test_without_a_printer_the_step_is_skipped_unless_a_page_is_asked_for(kiosk: Kiosk) -> None:
    step = step_of(kiosk)
    assert (step["ok"], step["code"]) == (None, "no_printer_set")
    step = step_of(kiosk, "--print")
    assert (step["ok"], step["code"]) == (False, "printer_not_set")


def test_a_printer_is_looked_at_and_nothing_is_printed(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        monkeypatch.setenv("KIOSK_PRINTER__ADDRESS", printer.address)
        step = step_of(kiosk)
    assert (step["ok"], step["code"]) == (True, "printer_ready")
    assert step["values"].items() >= {
        "printer": printer.address, "language": "escpos", "dots": "576", "tellsStatus": True
    }.items()  # fmt: skip
    assert not printer.received


def test_the_test_page_is_printed_and_both_of_its_codes_are_read(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    with NetworkPrinter(takes_all) as printer:
        monkeypatch.setenv("KIOSK_PRINTER__ADDRESS", printer.address)
        step = step_of(kiosk, "--print")
    assert (step["ok"], step["code"]) == (True, "test_page_sent")
    page = from_esc_pos(bytes(printer.received[printer.received.index(b"\x1b@") :]), 576)
    assert page.codes().keys() == {TEST_CODE}
    assert page.edges_are_blank()


@pytest.mark.parametrize(("behaviour", "code"), [(tells(OUT_OF_PAPER), "printer_out_of_paper"), (None, "refused")])
def test_a_printer_that_can_not_print_fails_with_what_to_do(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, behaviour: Any, code: str
) -> None:
    with NetworkPrinter(behaviour or takes_all) as printer:
        address = printer.address if behaviour else "tcp://127.0.0.1:9"
        monkeypatch.setenv("KIOSK_PRINTER__ADDRESS", address)
        step = step_of(kiosk, "--print")
        said = kiosk("check").out
    assert step["ok"] is False
    assert step["code"].endswith(code)
    assert "Nothing was printed." in said
    assert address in said


def test_a_queue_of_cups_is_asked_for_and_printed_to(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    programs = Programs(tmp_path / "bin", monkeypatch)
    monkeypatch.setenv("KIOSK_PRINTER__ADDRESS", "cups:front")
    step = step_of(kiosk)
    assert (step["code"], step["error"]["parameters"]) == ("printer_not_installed", {"missing": "lpstat"})
    programs.put("lpstat", "exit 0")
    programs.put("lp", TAKES_ALL)
    assert step_of(kiosk, "--print")["code"] == "test_page_sent"
    assert from_png((programs.folder / "job").read_bytes()).codes().keys() == {TEST_CODE}


def test_a_machine_without_fonts_is_told_so(kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.printing.fonts.FOLDERS", (tmp_path,))
    with NetworkPrinter(takes_all) as printer:
        monkeypatch.setenv("KIOSK_PRINTER__ADDRESS", printer.address)
        step = step_of(kiosk)
    assert (step["ok"], step["code"]) == (True, "printer_without_fonts")
