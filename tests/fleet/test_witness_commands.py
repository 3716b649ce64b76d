"""`kiosk fleet heads`, `verify` and `rejoin`, `kiosk restore` with a centre, and `kiosk journal new-desk`."""

from __future__ import annotations

import asyncio
import io
import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kiosk.clock import SystemClock
from kiosk.errors import FleetRefusedError
from kiosk.fleet.centre import Centre
from kiosk.fleet.logins import LoginKind, read_login
from kiosk.fleet.shipping import Shipping
from kiosk.settings import load_settings
from kiosk.wiring import open_journal
from tests.cli.harness import WHY, Kiosk
from tests.fleet.centres import NewCentre
from tests.fleet.postgres import needs_postgres

pytestmark = needs_postgres

YESTERDAY = (datetime.now(UTC) - timedelta(days=1)).date().isoformat()


@pytest.fixture
def desk(kiosk: Kiosk, centre: NewCentre, monkeypatch: pytest.MonkeyPatch) -> Kiosk:
    """Return a desk that the centre has let in, and that has sent a parcel."""
    monkeypatch.setenv("KIOSK_FLEET__SERVER", centre.settings.server)
    kiosk.deposited("T1")
    assert kiosk("fleet", "join", "--site", "North").code == 0
    assert kiosk("fleet", "join", "--console", "office").code == 0
    ship()
    return kiosk


def ship() -> None:
    """Let the centre know everything, as the kiosk does."""
    asyncio.run(_ship())


async def _ship() -> None:
    settings = load_settings()
    centre = Centre(settings.fleet, read_login(settings.data_dir, LoginKind.DESK))
    try:
        async with open_journal(settings) as journal:
            await Shipping(journal, centre, SystemClock(), lambda: ()).run()
    finally:
        await centre.close()


def backed_up(desk: Kiosk, folder: Path) -> str:
    return str(desk("backup", str(folder), "--json").json["file"])


def test_what_heads_prints_is_what_journal_verify_compares_with(
    desk: Kiosk, centre: NewCentre, monkeypatch: pytest.MonkeyPatch
) -> None:
    with centre.admin() as admin:
        admin.execute("UPDATE fleet.heads_of_days SET day = day - 1")
    printed = desk("fleet", "heads").out
    head = desk("fleet", "heads", "--json").json["head"]
    assert printed.splitlines() == [f"{YESTERDAY} journal-head {head}", f"journal-head {head}"]
    monkeypatch.setattr(sys, "stdin", io.StringIO(printed))
    assert desk("journal", "verify", "--against", "-").code == 0
    monkeypatch.setattr(sys, "stdin", io.StringIO(printed.replace(head[-8:], "00000000")))
    assert desk("journal", "verify", "--against", "-").code == 1
    of_all = desk("fleet", "heads", "--day", YESTERDAY)
    assert of_all.out == f"journal-head {head}\n"
    assert desk("fleet", "heads", "--day", YESTERDAY, "--json").json["root"] in of_all.err
    assert desk("fleet", "heads", "--day", "yesterday").code == 2


def test_verify_says_what_differs_in_sentences(desk: Kiosk, centre: NewCentre) -> None:
    proved = desk("fleet", "verify", "--json")
    sent = desk("fleet", "status", "--json").json["eventsAtCentre"]
    assert (proved.code, proved.json) == (
        0,
        {"sound": True, "desks": 1, "events": sent, "days": 0, "differences": []},
    )
    assert desk("fleet", "verify").out == f"Nothing differs in the chain of 1 desk: {sent} events, 0 days.\n"
    with centre.admin() as admin:
        admin.execute("DELETE FROM fleet.events WHERE sequence = 2")
    differs = desk("fleet", "verify")
    assert (differs.code, differs.out) == (1, "")
    assert "does not hold from event 2 on" in differs.err
    assert desk("fleet", "verify", "--json").json["differences"][0]["code"] == "fleet_chain_differs"


def test_without_a_console_login_verify_says_how_to_get_one(desk: Kiosk) -> None:
    (desk.data_dir / LoginKind.CONSOLE.value).unlink()
    assert desk("fleet", "verify", "--json").json["error"]["code"] == "fleet_not_joined"


def test_a_restored_desk_hears_what_the_centre_knows_beyond_and_goes_on(desk: Kiosk, tmp_path: Path) -> None:
    before = desk("fleet", "status", "--json").json["events"]
    file = backed_up(desk, tmp_path)
    desk.deposited("T2")
    desk.deposited("T3")
    ship()
    sent = desk("fleet", "status", "--json").json["eventsAtCentre"]
    (desk.data_dir / "journal.sqlite").unlink()

    back = desk("restore", file, *WHY, "--json").json
    assert back["missing"] == back["centre"]["events"] == sent - before
    assert [each["trackingNumber"] for each in back["centre"]["parcels"]] == ["T2", "T3"]
    with pytest.raises(FleetRefusedError, match="fleet_older_copy"):
        ship()
    refused = desk("fleet", "status")
    assert (refused.code, "older copy" in refused.out + refused.err) == (1, True)
    rejoined = desk("fleet", "rejoin", *WHY)
    assert rejoined.code == 0, rejoined.err
    assert "T2" in rejoined.out
    assert "T3" in rejoined.out
    assert desk.events()[-2:] == ["journal_restored", "command_run"]
    ship()
    status = desk("fleet", "status", "--json")
    assert (status.code, status.json["eventsWaiting"], status.json["alarms"]) == (0, 0, [])
    assert desk("fleet", "verify").code == 0
    again = desk("fleet", "rejoin", *WHY, "--json").json
    assert (again["events"], again["parcels"]) == (0, [])


def test_a_restore_while_the_centre_is_away_says_so_and_restores(
    desk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = backed_up(desk, tmp_path)
    monkeypatch.setenv("KIOSK_FLEET__SERVER", "127.0.0.1:1")
    back = desk("restore", file, *WHY)
    assert back.code == 0
    assert "The centre does not answer" in back.out


def test_a_copied_disk_gets_an_id_and_a_login_of_its_own(
    desk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(desk.data_dir, copy)
    monkeypatch.setenv("KIOSK_STORAGE__DATA_DIR", str(copy))
    new = desk("journal", "new-desk", *WHY, "--json").json
    assert new["before"].split(":")[0] != new["head"].split(":")[0]
    assert not (copy / LoginKind.DESK.value).exists()
    assert desk("journal", "verify").code == 0
    assert desk("find", "T1", "--json").json["state"] == "in_locker"
    assert desk("fleet", "status", "--json").json["error"]["code"] == "fleet_not_joined"
    assert desk("fleet", "join", "--site", "South").code == 0
    ship()
    assert desk("fleet", "status", "--json").json["eventsWaiting"] == 0
    assert desk("fleet", "verify").code == 0


def test_new_desk_says_both_ids(kiosk: Kiosk) -> None:
    kiosk.deposited("T1")
    done = kiosk("journal", "new-desk", *WHY)
    assert done.code == 0
    assert "8 events were chained anew" in done.out
    assert kiosk.events()[-2:] == ["desk_id_changed", "command_run"]
