"""`kiosk banks` and `kiosk bank`."""

from __future__ import annotations

import pytest

from kiosk.words import language
from tests.cli.harness import Kiosk


def test_the_banks_are_listed(kiosk: Kiosk) -> None:
    banks = kiosk("banks", "--json").json
    assert [bank["lockerBankId"] for bank in banks] == ["AOne", "BTwo", "CThree"]
    assert set(banks[0]) == {"lockerBankId", "lockerBankName", "locationId", "locationName"}
    text = kiosk("banks")
    assert text.code == 0
    assert [line.split()[0] for line in text.out.splitlines()] == ["Locker", "AOne", "BTwo", "CThree"]


def test_one_bank_can_be_asked_for(kiosk: Kiosk) -> None:
    assert [bank["lockerBankId"] for bank in kiosk("banks", "--bank", "BTwo", "--json").json] == ["BTwo"]
    assert kiosk("banks", "--bank", "ZNine", "--json").json == []


def test_a_location_narrows_the_list(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [bank["lockerBankId"] for bank in kiosk("banks", "--location", "LAB", "--json").json] == ["CThree"]
    monkeypatch.setenv("KIOSK_DESK__LOCATION_ID", "HQ")
    assert [bank["lockerBankId"] for bank in kiosk("banks", "--json").json] == ["AOne", "BTwo"]
    nowhere = kiosk("banks", "--location", "NOWHERE")
    assert (nowhere.code, nowhere.out) == (0, "")
    assert "no locker bank" in nowhere.err


def test_a_bank_shows_its_units_and_free_counts(kiosk: Kiosk) -> None:
    before = kiosk("bank", "CThree", "--json").json
    kiosk.deposited("T1", "--bank", "CThree", "--size", "small")
    after = kiosk("bank", "CThree", "--json").json
    free = [{size["size"]: size["free"] for size in bank["sizes"]} for bank in (before, after)]
    assert free[0]["small"] - 1 == free[1]["small"] == 2
    assert free[1]["large"] == 0
    held = [unit for unit in after["lockerUnits"] if {"trackingNumber": "T1"} in unit.get("parcelsDeposited", [])]
    assert [unit["state"] for unit in held] == ["occupied"]
    assert len(after["lockerUnits"]) == 12


def test_a_bank_in_words_has_a_line_for_each_unit(kiosk: Kiosk) -> None:
    lines = kiosk("bank", "CThree").out.splitlines()
    assert "Locker bank name  Laboratory" in lines
    head = next(number for number, line in enumerate(lines) if line.startswith("Locker  Size"))
    assert len(lines) - head - 1 == 12


def test_an_unknown_bank_is_refused(kiosk: Kiosk) -> None:
    result = kiosk("bank", "ZNine", "--json")
    assert result.code == 1
    assert "There is no locker bank ZNine." in result.err
    assert "Locker bank not found" in result.err


def test_people_read_sizes_in_their_language_and_programs_read_codes(
    kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch
) -> None:
    kiosk.deposited("T1", "--bank", "CThree", "--size", "small")
    monkeypatch.setattr(language, "_terminal", language._Terminal())  # nobody after this test is spoken to in Spanish
    monkeypatch.setenv("KIOSK_DESK__LANGUAGE", "es")
    sizes = {word for line in kiosk("bank", "CThree").out.splitlines() for word in line.split()}
    assert {"pequeño", "mediano", "grande"} <= sizes
    assert not {"small", "medium", "large"} & sizes
    assert "pequeño" in kiosk("find", "T1").out
    assert kiosk("find", "T1", "--json").json["size"] == "small"
