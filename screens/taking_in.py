"""What a scan means at the desk: which screen it opens, and what the clerk is told. Rules are in `kiosk/desk`."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypeVar

from kiosk.desk.questions import question_about, question_on_opening
from kiosk.errors import KioskError
from kiosk.parcels.steps import Step
from kiosk.scanner.tokens import Scan
from kiosk.tracking.codes import Code
from kiosk.words.language import N_, _
from kiosk.words.numbers import number
from screens.base import ClerkScreen
from screens.clerk.parcel_screen import ParcelScreen
from screens.destinations import ParcelDestination, ShowElsewhere, ShowHandOver, ShowNumber
from screens.entry import MAKE_NUMBER
from screens.flow import SHOW_WAIT_AFTER_SECONDS, with_words
from screens.messages import Join, MakeNumber, Separate, TakeIn
from screens.pieces import pieces_of
from screens.route import screen_for
from screens.widgets.notice import Greeting, NoticeKind

if TYPE_CHECKING:
    from kiosk.desk.boxes import AtAnotherDesk, TakenIn
    from kiosk.desk.handing_over import OpenedBy
    from kiosk.parcels.parcel import Parcel
    from kiosk.parcels.people import Person
    from kiosk.wiring import Services


T = TypeVar("T")
Admits: TypeAlias = "Callable[[Sequence[Scan]], Awaitable[Sequence[Scan]]]"
"""Returns what of the scans is to be taken in now."""

TAKING_IN = N_("Taking in")
STAY_UNFINISHED = N_("What was scanned with it stays under Unfinished.")


class Kiosk(Protocol):
    """What taking in needs of the app."""

    @property
    def person(self) -> Person:
        """Who works at the desk."""

    @property
    def clerk_screen(self) -> ClerkScreen | None:
        """The screen that is shown."""

    async def show(self, to: ParcelDestination, greeting: Greeting) -> None:
        """Show a screen about a parcel."""

    def say(self, error: KioskError) -> None:
        """Say an error on the screen as it is now."""

    def scan_failed(self) -> None:
        """Let the same code count again at once."""


class TakingIn:
    """A scan is a parcel, or opens one that is here; joining two codes to one box is the clerk's act."""

    def __init__(self, kiosk: Kiosk) -> None:
        self._kiosk = kiosk
        self._services: Services | None = None
        self._admits: Admits
        self._early: list[Scan] = []
        """What was scanned before everything was open."""

    async def open(self, services: Services, admits: Admits) -> None:
        """Take in what was scanned while the kiosk was opening, as far as `admits` lets it through now."""
        self._services, self._admits = services, admits
        early, self._early = self._early, []
        if early:
            await self.take_in_scans(early)

    async def do(self, what: Join | Separate | TakeIn | MakeNumber) -> None:
        """Do what a screen asks for."""
        match what:
            case Join():
                await self.join(what.parcel, what.other)
            case Separate():
                await self.separate(what.parcel, what.code)
            case TakeIn():
                await self._take_in_number(what)
            case MakeNumber():
                await self.make_number()

    def pass_over(self, what: Join | Separate | TakeIn | MakeNumber) -> None:
        """Say that a number was typed for which no screen can come any more: another parcel was scanned behind it."""
        if isinstance(what, TakeIn) and (screen := self._kiosk.clerk_screen) is not None and screen.is_ready:
            not_taken = _("{number} was not taken in, for another parcel came.").format(number=what.number)
            screen.notice.say(NoticeKind.LOOK, not_taken, _("Type it again after this one."))

    async def take_in(self, codes: Sequence[Code], *, is_typed: bool = False) -> None:
        """Take in codes that were typed or pasted."""
        if is_typed and list(codes) == [MAKE_NUMBER]:
            await self.make_number()
        else:
            await self.take_in_scans([Scan(tuple(codes))])

    async def take_in_scans(self, scans: Sequence[Scan]) -> None:
        """Take scans in, or open the parcels that they find; the last of several is shown."""
        services = self._services
        if services is None:
            self._early += scans
            return
        if not (scans := await self._admits(scans)):
            return
        screen = self._kiosk.clerk_screen
        if screen is not None and screen.TAKES_ALL_SCANS and screen.is_ready:
            for code in (code for scan in scans for code in scan.codes):
                await screen.takes_scan(code)
            return
        # Only a single code can answer what the screen asks for, such as a badge; several are parcels.
        alone = scans[0].codes[0] if len(scans) == 1 == len(scans[0].codes) else None
        if alone is not None and screen is not None and screen.is_ready:
            asked = with_words(screen, screen.takes_scan(alone), _("Reading the code"))
            if await asked:
                return
        await self._take_in_all(services, scans)

    async def _take_in_number(self, what: TakeIn) -> None:
        """Take in a number that was typed, which is a pickup code only where nobody has said that it is none."""
        if self._services is not None and what.is_no_pickup_code:
            await self._take_in_pieces(self._services, [Scan((what.number,))], came_here=what.came_here)
        else:
            await self.take_in([what.number], is_typed=True)

    async def _take_in_all(self, services: Services, scans: Sequence[Scan]) -> None:
        """Take in what is a parcel; whoever collects one by its pickup code comes behind that, and is served first."""
        parcels, collecting = list[Scan](), None
        for scan in scans:
            # A code among others of its burst is a line of a label.
            if len(scan.codes) > 1 or scan.follows:
                parcels.append(scan)
                continue
            code = scan.codes[0]
            try:
                opened = await self._done(services.desk.handing_over.opened_by(code), _(TAKING_IN))
            except KioskError as error:
                self._fail(error)
                continue
            if opened is None:
                parcels.append(scan)
            else:
                collecting = (code, opened)
        if parcels:
            await self._take_in_pieces(services, pieces_of(parcels))
        if collecting is not None:
            await self._hand_over(services, *collecting, _(STAY_UNFINISHED) if parcels else "")

    async def _take_in_pieces(self, services: Services, pieces: Sequence[Scan], *, came_here: bool = False) -> None:
        """Take in one piece after the other, with words while it takes; what fails is said at the end.

        What is at another desk is not taken in, unless the clerk said that it came here.
        """
        screen = self._kiosk.clerk_screen
        waiting = screen.parcel if isinstance(screen, ParcelScreen) and screen.is_ready else None
        before, taken, failed = waiting, None, None
        total, done, ids = sum(len(each.codes) for each in pieces), 0, set[str]()
        said_at, has_said = time.monotonic(), False
        elsewhere: list[AtAnotherDesk] = []
        for piece in pieces:
            if time.monotonic() - said_at > SHOW_WAIT_AFTER_SECONDS and screen is not None and screen.is_ready:
                screen.notice.wait(_("Taking in {done} of {total}...").format(done=number(done), total=number(total)))
                said_at, has_said = time.monotonic(), True
            try:
                boxes = services.desk.boxes
                found, codes = ((), piece.codes) if came_here else await boxes.set_aside(piece.codes)
                elsewhere += found
                if codes:
                    flow = boxes.take_in(codes, self._kiosk.person, before=before, follows=piece.follows)
                    taken = await self._done(flow, _(TAKING_IN))
                    # The last box before this piece is the one that the clerk may join the piece's parcel to.
                    waiting, before = before, taken.parcels[-1]
                    ids |= {parcel.parcel_id for parcel in taken.parcels}
            # One piece that fails must not cost the others: each is a parcel that lies at the desk.
            except KioskError as error:
                failed = error
            done += len(piece.codes)
        if has_said and screen is not None and screen.is_ready:
            screen.greet()
        try:
            if taken is not None:
                await self._show(services, taken, waiting, len(ids))
        except KioskError as error:
            failed = error
        if elsewhere and (shown := self._kiosk.clerk_screen) is not None:
            shown.cover(ShowElsewhere(tuple(elsewhere)))
        if failed is not None:
            self._fail(failed)

    async def _hand_over(self, services: Services, code: Code, opened: OpenedBy, hint: str) -> None:
        """Show who collects the parcel of a pickup code; its page where it can't be given out now."""
        parcel, said = opened.parcel, Greeting(_("This is the parcel's pickup code."), hint, NoticeKind.INFO)
        if Step.HAND_OVER in services.desk.offers(parcel, self._kiosk.person):
            await self._kiosk.show(ShowHandOver(parcel, code if opened.may_be_new else None), said)
        else:
            await self._kiosk.show(screen_for(question_on_opening(parcel)), said)

    async def _done(self, flow: Coroutine[object, object, T], waiting: str) -> T:
        """Return what a flow returns; the screen that is shown says so while that takes."""
        return await with_words(self._kiosk.clerk_screen, flow, waiting)

    def _fail(self, error: KioskError) -> None:
        self._kiosk.scan_failed()
        self._kiosk.say(error)

    async def make_number(self) -> None:
        """Make a number for a parcel without a barcode."""
        services = self._services
        if services is None:
            return
        try:
            making = services.desk.scans.make_number(self._kiosk.person)
            parcel = await self._done(making, _("Making a number"))
        except KioskError as error:
            self._kiosk.say(error)
            return
        made = Greeting(_("A number was made for this parcel."), kind=NoticeKind.TAKEN)
        await self._kiosk.show(screen_for(question_about(parcel)), made)

    async def join(self, parcel: Parcel, other: Parcel) -> None:
        """Make the code scanned last a code of the box scanned before it."""
        from kiosk.desk.boxes import code_of  # noqa: PLC0415 - not for the first frame
        from screens.numbers import joined  # noqa: PLC0415 - the same

        services = self._services
        if services is None:
            return
        try:
            joining = services.desk.boxes.join(parcel, other, self._kiosk.person)
            box = await self._done(joining, _("Putting both codes on one box"))
        except KioskError as error:
            self._kiosk.say(error)
            return
        await self._kiosk.show(screen_for(question_about(box)), joined(parcel))
        self._offer_to_separate(box, code_of(parcel))

    async def separate(self, parcel: Parcel, code: Code) -> None:
        """Take a code off a box, and take it in as a parcel of its own."""
        services = self._services
        if services is None:
            return
        try:
            separating = services.desk.boxes.separate(parcel, code, self._kiosk.person)
            taken = await self._done(separating, _("Making two boxes of it"))
            await self._show(services, taken, parcel, 1)
        except KioskError as error:
            self._kiosk.say(error)

    async def _show(self, services: Services, taken: TakenIn, waiting: Parcel | None, count: int) -> None:
        """Show the last parcel of as many as were scanned, and say what became of the rest."""
        from screens import numbers  # noqa: PLC0415 - not for the first frame

        parcel = taken.parcels[-1]
        to = _asked_about(taken)
        if count > 1:
            await self._kiosk.show(to, numbers.several(count, parcel))
        elif taken.added_to is not None:
            await self._kiosk.show(to, numbers.added(taken.added_to, parcel, taken.scan))
            self._offer_to_separate(parcel, taken.code)
        elif taken.is_known:
            greeting = numbers.seen_before(parcel, services.clock.now(), services.queries.lockers.label)
            await self._kiosk.show(screen_for(question_on_opening(parcel)), greeting)
        else:
            joinable = waiting is not None and Step.JOIN in services.desk.offers(waiting, self._kiosk.person)
            left = waiting if joinable else None
            await self._kiosk.show(to, numbers.taken(parcel, taken.scan, left))
            if left is not None and (shown := self._shown_for(parcel)) is not None:
                shown.same_box.offer_to_join(left)
                shown.show_actions()

    def _offer_to_separate(self, parcel: Parcel, code: Code) -> None:
        if (shown := self._shown_for(parcel)) is not None:
            shown.same_box.offer_to_separate(code)
            shown.show_actions()

    def _shown_for(self, parcel: Parcel) -> ParcelScreen | None:
        shown = self._kiosk.clerk_screen
        if isinstance(shown, ParcelScreen) and shown.parcel.parcel_id == parcel.parcel_id:
            return shown
        return None


def _asked_about(taken: TakenIn) -> ParcelDestination:
    """Return where the intake goes on with the last parcel; what its code may be goes along."""
    to = screen_for(question_about(taken.parcels[-1]))
    return to._replace(scan=taken.scan) if isinstance(to, ShowNumber) else to
