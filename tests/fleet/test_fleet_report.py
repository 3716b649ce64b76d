"""`kiosk report --fleet` and `kiosk console --fleet`: the figures of all desks, and who is let in."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kiosk.cli.fleet_visit import visit_fleet
from kiosk.cli.visit import begin_session
from kiosk.desk.corrections import role_given
from kiosk.errors import FleetError
from kiosk.fleet.logins import LoginKind, write_login
from kiosk.parcels.people import Person
from kiosk.parcels.states import Role
from kiosk.settings import load_settings
from tests.cli.harness import Kiosk
from tests.cli.test_report import numbers
from tests.fleet.campus import GATE, LOBBY, NUMBER, SOUTH, campus
from tests.fleet.centres import NewCentre
from tests.fleet.postgres import needs_postgres

pytestmark = needs_postgres
ANA = Person(name="ana", role=Role.VIEWER, origin="203.0.113.7")


@pytest.fixture
def not_let_in(centre: NewCentre, kiosk: Kiosk, monkeypatch: pytest.MonkeyPatch) -> Kiosk:
    monkeypatch.setenv("KIOSK_FLEET__SERVER", centre.settings.server)
    return kiosk


@pytest.fixture
def filled(centre: NewCentre, not_let_in: Kiosk) -> Kiosk:
    """Let a machine look at a centre with some desks."""

    async def fill() -> None:
        async with campus(centre):
            write_login(not_let_in.data_dir, LoginKind.CONSOLE, await centre.join_console("report", "*"))

    asyncio.run(fill())
    return not_let_in


def test_both_forms_have_the_same_figures_and_nobodys_name(filled: Kiosk, tmp_path: Path) -> None:
    report = filled("report", "--fleet", "--json").json
    file = tmp_path / "fleet.prom"
    assert filled("report", "--fleet", "--prometheus", str(file)).code == 0
    found = numbers(file)
    desks = {each["desk"]: each for each in report["desks"]}
    assert set(desks) == {LOBBY, GATE, SOUTH}
    assert (desks[LOBBY]["here"], desks[GATE]["clockRight"], desks[SOUTH]["parcelsToLookAt"]) == (True, False, 1)
    names = {
        "events": "events",
        "events_waiting": "eventsWaiting",
        "events_parked": "eventsParked",
        "alarms_open": "alarmsOpen",
        "parcels_to_look_at": "parcelsToLookAt",
        "parcels_here": "parcelsHere",
    }
    for desk, fields in desks.items():
        labels = f'desk="{desk}",name="{fields["name"]}",site="{fields["site"]}"'
        for metric, field in names.items():
            assert found[f"parcel_kiosk_fleet_desk_{metric}{{{labels}}}"] == fields[field]
    assert [(each["lockerBankId"], each["units"], each["free"]) for each in report["lockerBanks"]] == [("AOne", 40, 12)]
    assert found['parcel_kiosk_fleet_bank_units_free{bank="AOne",name="Lobby",site="South"}'] == 12
    assert {each["site"]: sum(each["takenInByHour"]) for each in report["sites"]} == {"North": 2, "South": 1}
    said = file.read_text("utf-8") + str(report)
    assert not [each for each in (NUMBER, "Yusuf", "c-yusuf", "Maria") if each in said]


def test_who_was_not_let_in_is_told_how_to_be(not_let_in: Kiosk) -> None:
    result = not_let_in("report", "--fleet")
    assert (result.code, result.out) == (1, "")
    assert "kiosk fleet join" in result.err


def test_a_visit_is_recorded_on_the_machine_where_it_is(filled: Kiosk) -> None:
    async def look() -> int:
        settings = load_settings(None)
        async with visit_fleet(settings, ANA, role_given, begin_session(ANA)) as services:
            return len(await services.looking.standings())

    assert asyncio.run(look()) == 3
    login, logout = filled("journal", "export", "--json").json
    assert (login["type"], login["person"], login["body"]) == (
        "operator_logged_in",
        "ana",
        {"role": "viewer", "origin": "203.0.113.7"},
    )
    assert logout["type"] == "operator_logged_out"


def test_a_machine_that_may_not_look_records_no_visit(not_let_in: Kiosk) -> None:
    async def look() -> None:
        async with visit_fleet(load_settings(None), ANA, role_given, begin_session(ANA)):
            raise AssertionError

    with pytest.raises(FleetError):
        asyncio.run(look())
    assert not_let_in.events() == []


def test_over_ssh_whoever_looks_at_all_desks_gets_their_report(filled: Kiosk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_ORIGINAL_COMMAND", "report")
    assert len(filled("console", "--fleet").json["desks"]) == 3
