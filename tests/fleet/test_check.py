"""The step of `kiosk check` about the centre: met as the kiosk meets it, with nothing sent."""

from __future__ import annotations

from pathlib import Path

from kiosk.cli.check_fleet import check_fleet
from kiosk.fleet.logins import LoginKind, write_login
from kiosk.settings import Settings, Storage
from tests.fleet.centres import NewCentre
from tests.fleet.desks import at_centre, chain_at_centre, joined
from tests.fleet.postgres import needs_postgres

pytestmark = needs_postgres


async def test_a_desk_that_fits_is_told_so_and_nothing_is_sent(tmp_path: Path, centre: NewCentre) -> None:
    settings = Settings(storage=Storage(data_dir=tmp_path), fleet=centre.settings)
    async with joined(tmp_path, centre) as desk:
        write_login(tmp_path, LoginKind.DESK, desk.login)
        await desk.takes_in("T1")
        with centre.admin() as admin:
            admin.execute("""UPDATE fleet.desks SET banks = '[{"lockerBankId": "AOne"}]'""")
        step = await check_fleet(settings)
        assert (step.ok, step.code) == (True, "centre_fits"), step
        assert step.values["eventsWaiting"] == 1
        assert chain_at_centre(centre, (await desk.head()).desk) == []
        assert at_centre(centre, "SELECT banks FROM fleet.desks") == [{"banks": [{"lockerBankId": "AOne"}]}], "as told"


async def test_why_a_desk_does_not_get_there_is_said(tmp_path: Path, centre: NewCentre) -> None:
    settings = Settings(storage=Storage(data_dir=tmp_path), fleet=centre.settings)
    async with joined(tmp_path, centre) as desk:
        step = await check_fleet(settings)
        assert (step.ok, step.code) == (False, "fleet_not_joined")
        write_login(tmp_path, LoginKind.DESK, desk.login)
        with centre.admin() as admin:
            admin.execute("UPDATE fleet.heads SET sequence = 7")
        step = await check_fleet(settings)
        assert (step.ok, step.code) == (False, "fleet_older_copy")
        assert "7" in step.message
