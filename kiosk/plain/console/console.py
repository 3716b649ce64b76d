"""The operator's conversation from its first line to its last: which page is said, and how one goes to another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.plain.console.banks import ask_bank
from kiosk.plain.console.journal import read
from kiosk.plain.console.operator import Operator
from kiosk.plain.console.pages import ask_session, say_kiosk, say_overview, say_settings
from kiosk.plain.console.parcels import find, look_at
from kiosk.plain.console.places import EVERYWHERE, PAGES, Place
from kiosk.plain.questions import Choice, InputOver, Interrupted, Question, ScannedNext, WentBack, WentTo
from kiosk.words.language import _, ngettext
from kiosk.words.numbers import number
from kiosk.words.states import role_word

if TYPE_CHECKING:
    from kiosk.parcels.people import Person
    from kiosk.plain.lines import Talk
    from kiosk.wiring import Services

Todo = Callable[[], Awaitable[None]]


class ConsoleTalk:
    """The whole conversation of one person."""

    def __init__(self, talk: Talk, services: Services, person: Person) -> None:
        self._operator = Operator(talk, services, person)
        self._talk = talk
        self._has_left = False
        self._todo: Todo = self._home

    async def run(self) -> None:
        """Talk until somebody leaves; raises InputOver where nothing comes any more."""
        operator, settings = self._operator, self._operator.services.settings
        self._talk.everywhere, self._talk.to_clerk = EVERYWHERE, False
        self._talk.say(
            _("The console of {desk}, {environment}.").format(
                desk=settings.desk.name, environment=settings.environment.value
            ),
            _("You are {name}, {role}. Type ? for help at any question.").format(
                name=operator.person.name, role=role_word(operator.person.role)
            ),
        )
        while not self._has_left:
            await self._go_on()

    async def _go_on(self) -> None:
        """Do what is to be done, and note what is next by how it ended."""
        todo, self._todo = self._todo, self._home
        try:
            await todo()
        except KioskError as error:
            self._talk.fail(error)
        except WentBack:
            pass
        except ScannedNext as turn:
            self._todo = partial(find, self._operator, turn.entry.text)
        except WentTo as turn:
            if isinstance(turn.word.value, Place):
                self._todo = partial(self._go_to, turn.word.value, turn.rest)
        except Interrupted:
            self._todo = self._leave

    async def _home(self) -> None:
        await self._say_what_waits()
        asked: Question[Place | str] = Question(
            _("What do you want to see? Type a number, or a parcel's number or name."),
            choices=[Choice(_(text), place) for text, place in PAGES],
            free=str,
            takes_scans=True,
        )
        answer = await self._talk.ask(asked)
        if isinstance(answer, Place):
            await self._go_to(answer)
        else:
            await find(self._operator, answer)

    async def _say_what_waits(self) -> None:
        overview = await self._operator.queries.overview()
        if overview.pressing:
            text = ngettext("{count} thing needs attention.", "{count} things need attention.", overview.pressing)
            self._talk.say(text.format(count=number(overview.pressing)))

    async def _go_to(self, place: Place, rest: str = "") -> None:
        operator = self._operator
        ways: dict[Place, Todo] = {
            Place.OVERVIEW: partial(say_overview, operator),
            Place.ATTENTION: partial(look_at, operator),
            Place.PARCELS: partial(find, operator, rest),
            Place.BANKS: partial(ask_bank, operator),
            Place.JOURNAL: partial(read, operator, rest),
            Place.KIOSK: partial(say_kiosk, operator),
            Place.SETTINGS: partial(say_settings, operator),
            Place.SESSIONS: partial(ask_session, operator),
            Place.LEAVE: self._leave,
        }
        await ways[place]()

    async def _leave(self) -> None:
        self._has_left = True


async def converse(person: Person, talk: Talk, services: Services) -> None:
    """Talk with the operator until somebody leaves or nothing comes any more."""
    with suppress(InputOver):
        await ConsoleTalk(talk, services, person).run()
