"""What a scan means at the desk: which screen it opens, and what the clerk is told. Rules are in `kiosk/flows`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from kiosk.errors import KioskError
from screens.clerk.box import BoxScreen
from screens.clerk.parcel_step import ParcelScreen
from screens.entry import MAKE_NUMBER
from screens.messages import Join, MakeNumber, Separate, TakeIn
from screens.route import next_step, where_it_stands
from screens.widgets.notice import Greeting, NoticeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kiosk.flows.boxes import TakenIn
    from kiosk.models.parcels import Parcel
    from kiosk.services import Services
    from screens.base import ClerkScreen


class Navigator(Protocol):
    """What taking in needs of the app."""

    @property
    def clerk_screen(self) -> ClerkScreen | None:
        """The screen that is shown."""

    async def show_parcel(self, name: str, parcel: Parcel, *, greeting: Greeting) -> None:
        """Show a screen about a parcel."""

    def say(self, error: KioskError) -> None:
        """Say an error on the screen as it is now."""

    def scan_failed(self) -> None:
        """Let the same code count again at once."""


class TakingIn:
    """A scan is a parcel, or opens one that is here; joining two codes to one box is the clerk's act."""

    def __init__(self, navigator: Navigator) -> None:
        self._navigator = navigator
        self._services: Services | None = None
        self._early: list[str] = []
        """What was scanned before everything was open."""

    async def open(self, services: Services) -> None:
        """Take in what was scanned while the kiosk was opening."""
        self._services = services
        early, self._early = self._early, []
        if early:
            await self.take_in(early)

    async def do(self, what: Join | Separate | TakeIn | MakeNumber) -> None:
        """Do what a screen asks for."""
        match what:
            case Join():
                await self.join(what.parcel, what.other)
            case Separate():
                await self.separate(what.parcel, what.code)
            case TakeIn():
                await self.take_in([what.number], is_typed=True)
            case MakeNumber():
                await self.make_number()

    async def take_in(self, codes: Sequence[str], *, follows: bool = False, is_typed: bool = False) -> None:
        """Take codes in, or open the parcel that one finds; the last of several is shown."""
        services = self._services
        if services is None:
            self._early += codes
            return
        if is_typed and list(codes) == [MAKE_NUMBER]:
            await self.make_number()
            return
        screen = self._navigator.clerk_screen
        if len(codes) == 1 and screen is not None and screen.is_ready and await screen.takes_scan(codes[0]):
            return
        waiting = screen.parcel if isinstance(screen, ParcelScreen) and screen.is_ready else None
        try:
            taken = await services.boxes.take_in(codes, services.actor, before=waiting, follows=follows)
            await self._show(services, taken, waiting)
        except KioskError as error:
            self._navigator.scan_failed()
            self._navigator.say(error)

    async def make_number(self) -> None:
        """Make a number for a parcel without a barcode."""
        services = self._services
        if services is None:
            return
        try:
            parcel = await services.scans.make_number(services.actor)
        except KioskError as error:
            self._navigator.say(error)
            return
        made = Greeting("A number was made for this parcel.", kind=NoticeKind.TAKEN)
        await self._navigator.show_parcel(next_step(parcel), parcel, greeting=made)

    async def join(self, parcel: Parcel, other: Parcel) -> None:
        """Make the code scanned last a code of the box scanned before it."""
        from screens.numbers import joined  # noqa: PLC0415 - not for the first frame

        services = self._services
        if services is None:
            return
        try:
            box = await services.boxes.join(parcel, other, services.actor)
        except KioskError as error:
            self._navigator.say(error)
            return
        await self._navigator.show_parcel(next_step(box), box, greeting=joined(parcel))
        self._offer_to_separate(box, parcel.scanned or parcel.tracking_number)

    async def separate(self, parcel: Parcel, code: str) -> None:
        """Take a code off a box, and take it in as a parcel of its own."""
        services = self._services
        if services is None:
            return
        try:
            taken = await services.boxes.separate(parcel, code, services.actor)
            await self._show(services, taken, parcel)
        except KioskError as error:
            self._navigator.say(error)

    async def _show(self, services: Services, taken: TakenIn, waiting: Parcel | None) -> None:
        """Show the last parcel of what was scanned, and say what became of the rest."""
        from kiosk.flows.scans import waits_for_recipient  # noqa: PLC0415 - not for the first frame
        from screens import numbers  # noqa: PLC0415 - the same

        parcel = taken.parcels[-1]
        readings = services.scans.readings(parcel)
        if len(taken.parcels) > 1:
            await self._navigator.show_parcel(
                next_step(parcel), parcel, greeting=numbers.several(len(taken.parcels), parcel)
            )
        elif taken.added_to is not None:
            await self._navigator.show_parcel(
                next_step(parcel), parcel, greeting=numbers.added(taken.added_to, parcel, readings)
            )
            self._offer_to_separate(parcel, taken.code)
        elif taken.is_known:
            greeting = numbers.seen_before(parcel, services.lookup.label)
            await self._navigator.show_parcel(where_it_stands(parcel), parcel, greeting=greeting)
        else:
            left = waiting if waiting is not None and waits_for_recipient(waiting) else None
            await self._navigator.show_parcel(next_step(parcel), parcel, greeting=numbers.taken(parcel, readings, left))
            shown = self._navigator.clerk_screen
            if left is not None and isinstance(shown, BoxScreen) and shown.parcel.parcel_id == parcel.parcel_id:
                shown.may_be_same_box(left)

    def _offer_to_separate(self, parcel: Parcel, code: str) -> None:
        shown = self._navigator.clerk_screen
        if isinstance(shown, BoxScreen) and shown.parcel.parcel_id == parcel.parcel_id:
            shown.code_was_added(code)
