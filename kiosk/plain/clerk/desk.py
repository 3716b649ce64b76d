"""The clerk's conversation from its first line to its last: home, what can be typed everywhere, who works there.

Whatever ends a question without an answer (`kiosk/plain/questions.py`) comes here, and says what is asked next.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING, Final

from kiosk.desk.questions import question_on_opening
from kiosk.errors import KioskError
from kiosk.languages import languages
from kiosk.parcels.parcel import Parcel
from kiosk.parcels.states import SignOut
from kiosk.plain.clerk.clerk import Clerk
from kiosk.plain.clerk.events import Events
from kiosk.plain.clerk.expired import ask_expired
from kiosk.plain.clerk.facts import row
from kiosk.plain.clerk.find import find
from kiosk.plain.clerk.finder import find_places
from kiosk.plain.clerk.hand_over import collect
from kiosk.plain.clerk.lists import ask_list, open_last, open_next
from kiosk.plain.clerk.outgoing import leaving_today
from kiosk.plain.clerk.page import show
from kiosk.plain.clerk.people import Shift
from kiosk.plain.clerk.places import EVERYWHERE, TASKS, Place
from kiosk.plain.clerk.scans import make_number, take_entry, take_in
from kiosk.plain.clerk.stocktake import ask_bank
from kiosk.plain.clerk.undo import undo
from kiosk.plain.questions import (
    Choice,
    InputOver,
    Interrupted,
    NobodyThere,
    Question,
    ScannedNext,
    WentBack,
    WentTo,
)
from kiosk.plain.typing import Entry
from kiosk.tracking.codes import Code
from kiosk.wiring import person_at_desk
from kiosk.words.language import _, ngettext, own_name
from kiosk.words.times import is_day_first

if TYPE_CHECKING:
    from kiosk.plain.lines import Talk
    from kiosk.wiring import Services

Todo = Callable[[], Awaitable[None]]

MAKE_NUMBER: Final = "+"
"""Typed alone at home, it asks for a number for a parcel without a barcode."""


class _Wish(Enum):
    """What is wanted at home without naming it."""

    NEXT = auto()


class DeskTalk:
    """The whole conversation."""

    def __init__(self, talk: Talk, services: Services) -> None:
        self._talk = talk
        self._services = services
        self._clerk = Clerk(talk, services, person_at_desk(services.settings))
        self._shift = Shift(talk, services)
        self._events = Events(self._clerk)
        self._held: list[Entry] = []
        """What was scanned while nobody was signed in."""
        self._has_left = False
        self._todo: Todo = self._home

    async def run(self) -> None:
        """Talk until somebody leaves; raises InputOver where nothing comes any more."""
        desk, people = self._services.settings.desk, self._services.settings.people
        self._talk.typing.open(
            own_prefix=desk.own_prefix,
            scanner_prefix=desk.scanner_prefix,
            ends_by_silence=desk.scanner_end.value == "silence",
        )
        self._shift.voice.at_desk(desk.language)
        self._talk.everywhere = EVERYWHERE
        self._talk.idle_seconds = people.idle_minutes * 60 or None
        self._talk.say(
            _("Parcel kiosk, {environment}.").format(environment=self._services.settings.environment.value),
            _("Everything is asked and answered in lines. Type ? for help at any question."),
        )
        recovering = asyncio.create_task(self._recover())
        try:
            if self._shift.asks:
                self._todo = self._sign_in
            while not self._has_left:
                await self._go_on()
        finally:
            recovering.cancel()

    async def _go_on(self) -> None:
        """Do what is to be done, and note what is next by how it ended."""
        todo, self._todo = self._todo, self._home
        try:
            await todo()
        except KioskError as error:
            self._talk.expect_again()
            self._talk.fail(error)
        except WentBack:
            pass
        except ScannedNext as turn:
            self._take_later(turn.entry)
        except WentTo as turn:
            self._clerk.left = None
            if isinstance(turn.word.value, Place):
                self._todo = partial(self._go_to, turn.word.value, turn.rest)
        except NobodyThere:
            self._todo = self._nobody_there
        except Interrupted as turn:
            self._todo = partial(self._leave, at_once=turn.at_once)
        if self._shift.asks and self._shift.signed_in is None and not self._has_left:
            self._todo = self._sign_in

    def _take_later(self, entry: Entry) -> None:
        """Take a scan in next; while nobody is signed in, it waits for whoever is."""
        if self._shift.asks and self._shift.signed_in is None:
            self._held.append(entry)
            text = ngettext(
                "{count} parcel was scanned. It is taken in as soon as you sign in.",
                "{count} parcels were scanned. They are taken in as soon as you sign in.",
                len(self._held),
            )
            self._talk.say(_("Sign in first."), text.format(count=len(self._held)))
            return
        self._todo = partial(take_entry, self._clerk, entry, self._clerk.left)

    async def _home(self) -> None:
        clerk = self._clerk
        clerk.asked = clerk.left = None
        asked: Question[Code | _Wish] = Question(
            _("Scan a parcel, or type a number, a name, or tasks."),
            enter=Choice(_("opens the next parcel that waits"), _Wish.NEXT),
            free=lambda code: code,
            takes_scans=True,
            about=_("A scan begins the intake of a parcel, or opens one that is here. + is a box without a barcode."),
        )
        answer = await self._talk.ask(asked)
        if isinstance(answer, _Wish):
            await open_next(clerk)
        elif answer == MAKE_NUMBER:
            await make_number(clerk)
        elif await self._shift.whose_badge(answer):
            self._clerk.person = self._shift.as_clerk(clerk.person)
        else:
            await self._take_typed(answer)

    async def _take_typed(self, code: Code) -> None:
        """Take in what can only be a number; of anything else offer what it fits here."""
        clerk = self._clerk
        if self._talk.typing.is_parcel(code) or await clerk.desk.handing_over.opened_by(code) is not None:
            await take_entry(clerk, Entry((code,)), None)
            return
        fits = await clerk.done(clerk.queries.searching.search(code, day_first=is_day_first()), _("Looking for it"))
        if fits.is_known or (fits.may_be_new and not fits.found):
            await take_entry(clerk, Entry((code,)), None)
            return
        if not fits.found:
            self._talk.say(
                _("Nothing here matches {text}.").format(text=code), _("Scan the parcel, or type its number.")
            )
            return
        choices: list[Choice[Parcel | Code]] = [Choice(row(clerk, each), each) for each in fits.parcels]
        if fits.may_be_new or fits.others:
            choices.append(Choice(_("Take {number} in as a new parcel").format(number=code), code))
        asked: Question[Parcel | Code] = Question(_("Which one? Type its number, or back."), choices=choices)
        answer = await self._talk.ask(asked)
        if isinstance(answer, Parcel):
            await show(clerk, question_on_opening(answer))
        else:
            await take_in(clerk, [answer])

    async def _go_to(self, place: Place, rest: str = "") -> None:
        clerk = self._clerk
        ways: dict[Place, Todo] = {
            Place.FIND: partial(find, clerk, rest),
            Place.LIST: partial(ask_list, clerk),
            Place.LAST: partial(open_last, clerk),
            Place.UNDO: partial(undo, clerk),
            Place.TASKS: self._ask_task,
            Place.HAND_OVER: partial(collect, clerk),
            Place.EXPIRED: partial(ask_expired, clerk),
            Place.LEAVING: partial(leaving_today, clerk),
            Place.COUNT: partial(ask_bank, clerk),
            Place.DROP_OFF: partial(find_places, clerk),
            Place.NEW: partial(take_in, clerk, [Code(rest)]) if rest else partial(make_number, clerk),
            Place.LANGUAGE: self._ask_language,
            Place.SIGN_OUT: self._change,
            Place.LEAVE: self._leave,
        }
        await ways[place]()

    async def _ask_task(self) -> None:
        choices = [Choice(_(text), place) for text, place in TASKS]
        if self._shift.asks:
            choices.append(Choice(_("Sign out, or let somebody else take over"), Place.SIGN_OUT))
        asked: Question[Place] = Question(_("What is to be done? Type a number, or back."), choices=choices)
        await self._go_to(await self._talk.ask(asked))

    async def _ask_language(self) -> None:
        choices = [Choice(own_name(code), code) for code in languages()]
        asked: Question[str] = Question(_("Which language? Type a number, or back."), choices=choices)
        self._shift.voice.choose(await self._talk.ask(asked))

    async def _sign_in(self) -> None:
        """Ask who works here, then take in what was scanned meanwhile."""
        self._clerk.person = await self._shift.sign_in()
        held, self._held = self._held, []
        for entry in held:
            await take_in(self._clerk, entry.codes)

    async def _change(self) -> None:
        """Let whoever is signed in go, or somebody else take over."""
        asked: Question[bool] = Question(
            _("Sign out, or let somebody else take over?"),
            choices=[Choice(_("Sign out"), True), Choice(_("Somebody else takes over"), False)],
        )
        if await self._talk.ask(asked):
            await self._shift.sign_out(SignOut.ASKED)
        else:
            self._clerk.person = await self._shift.sign_in()

    async def _nobody_there(self) -> None:
        """Leave the desk to nobody; open work waits under Unfinished."""
        await self._shift.sign_out(SignOut.IDLE)
        self._talk.say(_("Nobody has typed or scanned anything for a while."))
        seconds, self._talk.idle_seconds = self._talk.idle_seconds, None
        try:
            if not self._shift.asks:
                here = Choice(_("goes on"), True)
                await self._talk.ask(Question[bool](_("Press Enter to go on."), enter=here))
        finally:
            self._talk.idle_seconds = seconds

    async def _leave(self, *, at_once: bool = False) -> None:
        """End the conversation; a locked kiosk is left by an administrator only."""
        if self._services.settings.lockdown.on:
            self._has_left = await self._shift.may_leave()
            return
        text = _("Leave the kiosk? Nothing is lost. Type yes to leave.")
        self._has_left = at_once or await self._talk.is_sure(text)

    async def _recover(self) -> None:
        """Settle what an earlier run left, say what is unfinished, and let the background go on."""
        services = self._services
        with suppress(KioskError):
            await services.settling.settle_all()
            unfinished = await services.queries.unfinished()
            waiting = [each for each in unfinished if not each.is_on_shelf]
            if waiting:
                text = ngettext(
                    "{count} parcel is unfinished from before: press Enter to go on with it.",
                    "{count} parcels are unfinished from before: press Enter to go on with the first.",
                    len(waiting),
                )
                self._talk.tell(text.format(count=len(waiting)))
            await services.queries.proposals.get_ready()  # also to tell early whether the line works
        # Also where settling failed: what runs by itself tries again.
        self._events.start()
        services.background.start()


async def converse(talk: Talk, services: Services) -> None:
    """Talk with the clerk until somebody leaves or nothing comes any more."""
    with suppress(InputOver):
        await DeskTalk(talk, services).run()
