"""`kiosk stocktake`, and `kiosk bank --check`."""

from __future__ import annotations

import io
from typing import Any

import pytest

from tests.cli.conftest import Service
from tests.cli.harness import Kiosk, Result
from tests.simulator.line import ask

BANK = "CThree"


def units(service: Service) -> list[dict[str, Any]]:
    state = ask(service.url, "GET", "/_simulator/state").value
    (bank,) = (bank for bank in state["lockerBanks"] if bank["lockerBankId"] == BANK)
    return list(bank["lockerUnits"])


def found(service: Service) -> dict[str, list[str]]:
    """Return what lies in the units if the service is right."""
    return {
        unit["lockerUnitId"]: [each["trackingNumber"] for each in unit["parcelsDeposited"]] for unit in units(service)
    }


class Counting:
    """Runs the command with what was found."""

    def __init__(self, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
        self._kiosk = kiosk
        self._monkeypatch = monkeypatch

    def __call__(self, boxes: dict[str, list[str]], *options: str) -> Result:
        lines = [f"{unit} {number}" for unit, inside in boxes.items() for number in inside or ["-"]]
        return self.lines("\n".join(lines), *options)

    def lines(self, text: str, *options: str) -> Result:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(text))
        return self._kiosk("stocktake", "--bank", BANK, *options)


@pytest.fixture
def counting(kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> Counting:
    return Counting(kiosk, monkeypatch)


def test_a_bank_in_order_ends_with_0_and_a_part_with_3(kiosk: Kiosk, service: Service, counting: Counting) -> None:
    kiosk.deposited("T1", "--bank", BANK)
    boxes = found(service)
    first = dict([*boxes.items()][:3])
    part = counting(first, "--json")
    assert (part.code, part.json["counted"], part.json["lockers"]) == (3, 3, len(boxes))
    rest = counting(dict([*boxes.items()][3:]), "--json")
    assert (rest.code, rest.json["counted"], rest.json["differences"]) == (0, len(boxes), [])
    assert rest.json["endedTime"]
    assert rest.json["right"] == sum(map(len, boxes.values()))


def test_what_does_not_fit_is_printed_with_its_codes(kiosk: Kiosk, service: Service, counting: Counting) -> None:
    unit = kiosk.deposited("T1", "--bank", BANK)["lockerUnitId"]
    boxes = found(service)
    free = next(each for each, inside in boxes.items() if not inside)
    boxes |= {unit: [], free: ["T1", "X-1"]}
    result = counting(boxes, "--json")
    assert result.code == 1
    assert result.json["differences"] == [
        {
            "outcome": "misplaced",
            "trackingNumber": "T1",
            "lockerUnitId": free,
            "recordedState": "in_locker",
            "recordedLockerBankId": BANK,
            "recordedLockerUnitId": unit,
            "mendedBy": "clear",
        },
        {"outcome": "extra", "trackingNumber": "X-1", "lockerUnitId": free},
    ]
    words = counting(boxes)
    assert words.code == 1
    assert [line.split()[:2] for line in words.out.splitlines()[1:]] == [[free, "T1"], [free, "X-1"]]


def test_what_is_safe_is_mended_with_a_reason(kiosk: Kiosk, service: Service, counting: Counting) -> None:
    moved = kiosk.deposited("T1", "--bank", BANK)["lockerUnitId"]
    lost = kiosk.deposited("T2", "--bank", BANK)["lockerUnitId"]
    taken = kiosk.deposited("T3", "--bank", BANK)["lockerUnitId"]
    boxes = found(service)
    free = next(each for each, inside in boxes.items() if not inside)
    boxes |= {moved: [], lost: [], taken: [], free: ["T1", "X-1"]}
    service.collect(BANK, taken)
    result = counting(boxes, "--repair", "--reason", "yearly count", "--json")
    assert result.code == 1
    done = {each["trackingNumber"]: (each.get("step"), each.get("state")) for each in result.json["differences"]}
    # The third was collected, as the reading at the end of the count shows: nothing is left to mend.
    assert done == {"T1": ("clear", "taken_in"), "T2": ("check", "in_locker"), "X-1": (None, None)}
    assert service.units_of("T1") == []
    assert "attention_raised" in kiosk.events()


@pytest.mark.parametrize("line", ["7", "7 ", "7 WIFI:S:guest;P:geheim;;"])
def test_a_line_that_is_none_is_named_and_nothing_is_recorded(
    kiosk: Kiosk, service: Service, counting: Counting, line: str
) -> None:
    assert service.url
    result = counting.lines(f"1 T1\n{line}\n", "--json")
    assert (result.code, result.json["error"]["code"]) == (1, "stocktake_line")
    assert result.json["error"]["parameters"] == {"line": 2}
    assert "geheim" not in result.out + result.err
    assert kiosk.events() == []


def test_an_unknown_locker_is_refused(service: Service, counting: Counting) -> None:
    assert service.url
    result = counting.lines("99 T1\n", "--json")
    assert (result.code, result.json["error"]["code"]) == (1, "unit_not_counted")


def test_a_bank_in_order_has_no_contradiction(kiosk: Kiosk, service: Service) -> None:
    assert service.url
    kiosk.deposited("T1", "--bank", BANK)
    result = kiosk("bank", BANK, "--check", "--json")
    assert (result.code, result.json["lockerBankId"], result.json["contradictions"]) == (0, BANK, [])
    assert kiosk("bank", BANK, "--check").out == ""


def test_a_contradiction_is_printed_with_its_code_and_what_mends_it(
    kiosk: Kiosk, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert service.url
    unit = kiosk.deposited("T1", "--bank", BANK)["lockerUnitId"]
    monkeypatch.setattr("kiosk.simulator.units.Unit.reserved", False)
    result = kiosk("bank", BANK, "--check", "--json")
    assert result.code == 1
    (odd,) = (each for each in result.json["contradictions"] if each["lockerUnitId"] == unit)
    assert odd == {
        "lockerUnitId": unit,
        "contradiction": "free_but_reserved",
        "mendedBy": ["check", "release", "take_out"],
        "trackingNumbers": ["T1"],
    }
    words = kiosk("bank", BANK, "--check")
    assert (words.code, words.err) == (1, "")
    assert "reports it as not reserved" in words.out
