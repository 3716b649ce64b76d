"""The screens of a desk without a keyboard as pictures: letters under what they find, other signs, rows for fingers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.screens.clerk.test_snapshots import SIZES, home_with_parcels, looks_as_it_did, names
from tests.screens.hand import Fingers
from tests.screens.kiosk_in_test import Desk, Kiosk
from tests.screens.test_dead_screens import hand_over


async def home_by_hand(kiosk: Kiosk) -> None:
    await home_with_parcels(kiosk)
    await Fingers(kiosk).tap("hide")
    await kiosk.shows("Next: 1 waiting", "Drop-off")


async def other_signs(kiosk: Kiosk) -> None:
    await hand_over(kiosk)
    await Fingers(kiosk).type("Zo")
    await Fingers(kiosk).tap("others")
    await Fingers(kiosk).tap("shift")
    await kiosk.shows("To Zo", "\u00c5")


STATES: dict[str, Callable[[Kiosk], Awaitable[Any]]] = {
    "home": home_with_parcels,
    "home-without": home_by_hand,
    "recipient": names,
    "hand-over-other-signs": other_signs,
}


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_the_screen_looks_as_it_did(
    desk: Desk,
    snap_compare: Callable[..., bool],
    state: Callable[[Kiosk], Awaitable[Any]],
    size: tuple[int, int],
) -> None:
    desk.touch = {"keyboard": "always"}
    assert looks_as_it_did(desk, snap_compare, state, size)
