"""The way to the finder, light enough for every start: it loads and opens the rest of this room at the first search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from kiosk.facilities.setup import KEPT_FOLDER, FinderSetup

if TYPE_CHECKING:
    from kiosk.facilities.finder import Finder
    from kiosk.facilities.values import Facility


class FinderDoor:
    """Opens the finder for whoever looks for facilities, and closes it at the end if anybody did."""

    def __init__(self, setup: FinderSetup) -> None:
        self._setup = setup
        self._finder: Finder | None = None

    async def __aenter__(self) -> Self:
        """Open nothing yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close what was opened."""
        if self._finder is not None:
            await self._finder.aclose()

    def open(self) -> Finder:
        """Return the finder, always the same one; only the first call loads it."""
        if self._finder is None:
            from kiosk.facilities.wiring import build_finder  # noqa: PLC0415 - a start without a search loads none of it

            self._finder = build_finder(self._setup)
        return self._finder

    async def nearest_open(self) -> Facility | None:
        """Return the nearest facility that is open now, by the answer that is kept on this machine; asks nobody."""
        # Where nobody ever searched there is no answer, and nothing to load for it.
        if not (self._setup.settings.data_dir / KEPT_FOLDER).is_dir():
            return None
        return await self.open().nearest_open()
