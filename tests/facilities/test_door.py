"""The door of the finder: it is opened once, by whoever asks first, and closed if it was opened."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from kiosk.api.auth import BearerToken
from kiosk.clock import SystemClock
from kiosk.errors import FinderNotSetUpError, FinderUnreachableError
from kiosk.facilities.addresses import Address
from kiosk.facilities.door import FinderDoor
from kiosk.facilities.setup import FinderSetup
from kiosk.facilities.values import Question
from kiosk.facilities.variants import LIMITS, FacilityVariant
from kiosk.settings import Settings
from tests.house.desk import no_sleep

WESTPORT = Question(address=Address(postal_code="06880"))


def setup(folder: Path, **facilities: str) -> FinderSetup:
    settings = Settings.model_validate({"storage": {"data_dir": folder}, "facilities": facilities})
    network = httpx.MockTransport(lambda _: httpx.Response(200, json={"carrierFacilitySuggestions": []}))
    return FinderSetup(settings, None, BearerToken(SecretStr("t")), SystemClock(), network, no_sleep)


async def test_the_finder_is_opened_once_and_its_connection_closed_at_the_end(tmp_path: Path) -> None:
    url = "https://example.com/shipping"
    async with FinderDoor(setup(tmp_path, variant="shipping360", url=url, api_key="")) as door:
        finder = door.open()
        assert door.open() is finder
        assert finder.limits == LIMITS[FacilityVariant.SHIPPING360]
        assert (await finder.near(WESTPORT)).facilities == ()
    with pytest.raises(FinderUnreachableError, match="connection_closed"):
        await finder.near(WESTPORT.model_copy(update={"count": 3}))


async def test_a_door_nobody_opened_has_nothing_to_close(tmp_path: Path) -> None:
    async with FinderDoor(setup(tmp_path)) as door:
        pass
    assert door._finder is None


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ({"api_key": "", "api_secret": ""}, ("facilities.api_key", "facilities.api_secret")),
        ({"api_key": "me", "api_secret": ""}, ("facilities.api_secret",)),
    ],
)
async def test_what_is_missing_in_the_settings_is_named(
    tmp_path: Path, given: dict[str, str], missing: tuple[str, ...]
) -> None:
    async with FinderDoor(setup(tmp_path, url="https://example.com/shippingservices", **given)) as door:
        with pytest.raises(FinderNotSetUpError) as caught:
            await door.open().near(WESTPORT)
    assert (caught.value.code, caught.value.parameters) == ("finder_account_missing", {"settings": missing})
