"""`kiosk print`: a slip or a label comes out of the printer, or waits for it."""

from __future__ import annotations

import pytest

from tests.cli.harness import Kiosk
from tests.printing.paper import from_esc_pos
from tests.printing.printers import GOOD, OUT_OF_PAPER, NetworkPrinter, one_by_one, tells

UPS = "1Z999AA10123456784"


def set_up(printer: NetworkPrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_PRINTER__ADDRESS", printer.address)


def test_a_slip_is_printed_with_the_code_that_waits(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        set_up(printer, monkeypatch)
        kiosk.deposited(UPS, "--no-show-code")
        result = kiosk("print", "slip", UPS)
        assert (result.code, result.out, result.err) == (0, "", "It is printed.\n")
        assert list(from_esc_pos(bytes(printer.received), 576).codes().values()) == ["QR Code"]
        assert kiosk.events()[-1] == "notice_sent"


def test_without_paper_it_waits_and_is_printed_later(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    with NetworkPrinter(one_by_one(tells(OUT_OF_PAPER), tells(GOOD))) as printer:
        set_up(printer, monkeypatch)
        kiosk.deposited(UPS, "--no-show-code")
        result = kiosk("print", "slip", UPS, "--json")
        assert (result.code, result.json["printed"], result.json["cause"]["code"]) == (3, False, "printer_out_of_paper")
        assert result.err == (
            f"The printer {printer.address} is out of paper.\n"
            "It is printed by the kiosk, or by `kiosk notices send`, as soon as the printer works.\n"
        )
        (owed,) = [each for each in kiosk("notices", "list", "--json").json if each["channel"] == "paper"]
        assert (owed["notice"], owed["attempts"], owed["cause"]["code"]) == ("slip", 1, "printer_out_of_paper")
        assert kiosk("notices", "retry", "--reason", "paper is in").code == 0
        assert kiosk("notices", "send", "--json").json["sent"] == 2, "the notice by mail, and the slip"


@pytest.mark.parametrize(
    ("what", "code"), [("slip", "code_not_kept"), ("label", "state_hinders")], ids=["slip", "label"]
)
def test_what_can_not_be_printed_is_refused(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch, what: str, code: str
) -> None:
    with NetworkPrinter(tells(GOOD)) as printer:
        set_up(printer, monkeypatch)
        monkeypatch.setenv("KIOSK_DESK__CODE_MINUTES", "0")
        kiosk.deposited(UPS)
        result = kiosk("print", what, UPS, "--json")
        assert (result.code, result.json["error"]["code"]) == (1, code)
        assert not printer.received


def test_without_a_printer_the_setting_is_named(kiosk: Kiosk) -> None:
    kiosk.deposited(UPS, "--no-show-code")
    result = kiosk("print", "slip", UPS)
    assert result.code == 1
    assert "printer.address" in result.err
