from __future__ import annotations

import pytest

from kiosk.errors import FleetError
from kiosk.fleet.joining import set_up
from kiosk.fleet.migrations import migrations
from tests.fleet.centres import NewCentre
from tests.fleet.postgres import needs_postgres

pytestmark = needs_postgres
DESK = "00112233445566aa"


async def test_a_centre_is_set_up_once(centre: NewCentre) -> None:
    admin = centre.centre()
    assert (await set_up(admin)).carried_out == ()
    assert [row["number"] for row in await admin.rows("SELECT number FROM fleet.migrations ORDER BY 1")] == [
        each.number for each in migrations()
    ]
    await admin.close()


async def test_a_desk_may_call_its_functions_and_read_no_table(centre: NewCentre) -> None:
    desk = centre.centre(await centre.join(DESK))
    head = '{"sequence": 0, "hash": "%s"}' % ("0" * 64)
    met = await desk.call("meet", DESK, 1, "0.2", head, "2026-11-27T10:00:00Z", "[]")
    assert met["outcome"] == "fits"
    with pytest.raises(FleetError) as refused:
        await desk.rows("SELECT * FROM fleet.events")
    assert refused.value.code == "fleet_not_allowed"
    await desk.close()


async def test_a_console_sees_the_desks_of_its_sites(centre: NewCentre) -> None:
    await centre.join(DESK, site="North")
    await centre.join("00112233445566bb", site="South")
    console = centre.centre(await centre.join_console("north", "North"))
    assert [row["site"] for row in await console.rows("SELECT site FROM fleet.desks")] == ["North"]
    await console.close()
