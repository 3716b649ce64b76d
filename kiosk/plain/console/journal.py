"""The journal in lines: the newest events, searched, one in full, followed as they come, and the chain proved."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from enum import Enum, auto
from typing import TYPE_CHECKING

from kiosk.errors import KioskError
from kiosk.plain.console.facts import event_facts, event_row
from kiosk.plain.questions import Choice, Question, Word
from kiosk.words.journal import damage
from kiosk.words.kinds_of_events import kinds_named
from kiosk.words.language import N_, _, ngettext
from kiosk.words.numbers import number

if TYPE_CHECKING:
    from kiosk.plain.console.operator import Operator

AT_ONCE = 9
"""Events that are said at a time."""
MOST_AT_ONCE = 100
"""Events that are said at most of those that came between two looks."""
LOOK_EVERY_SECONDS = 1.0


class _Wish(Enum):
    """What is asked of the journal."""

    NEWEST = auto()
    OLDER = auto()
    FOLLOW = auto()
    VERIFY = auto()


_WORDS = (
    Word(N_("older"), N_("says the events before these"), _Wish.OLDER),
    Word(N_("follow"), N_("says each event as it comes, until Enter is pressed"), _Wish.FOLLOW),
    Word(N_("verify"), N_("proves the chain of events from the first to the last"), _Wish.VERIFY),
)


async def read(operator: Operator, search: str) -> None:
    """Say the newest events, and what is asked for, until somebody goes back."""
    before = await _say_events(operator, search, None)
    while True:
        asked: Question[_Wish | str] = Question(
            _("Type an event's number, a text to search for, older, follow, verify or back."),
            words=_WORDS,
            enter=Choice(_("says the newest events"), _Wish.NEWEST),
            free=str,
            takes_scans=True,
        )
        answer = await operator.talk.ask(asked)
        if answer is _Wish.FOLLOW:
            await _follow(operator, search)
        elif answer is _Wish.VERIFY:
            await _verify(operator)
        elif isinstance(answer, _Wish):
            before = await _say_events(operator, search, before if answer is _Wish.OLDER else None)
        elif answer.isdecimal() and len(answer) < 10:
            await _say_event(operator, int(answer))
        else:
            search = answer
            before = await _say_events(operator, search, None)


async def _say_events(operator: Operator, search: str, before: int | None) -> int | None:
    """Say some events, the newest first; return the number of the oldest of them."""
    events = await operator.queries.events(search=search, kinds=kinds_named(search), before=before, limit=AT_ONCE)
    operator.talk.say(*(event_row(operator, each) for each in events))
    if not events:
        operator.talk.say(_("No event fits."))
        return before
    return events[-1].sequence


async def _say_event(operator: Operator, sequence: int) -> None:
    found = await operator.queries.event(sequence)
    if found is None:
        operator.talk.say(_("There is no event {number}.").format(number=sequence))
        return
    event, personal, chain = found
    operator.talk.say(*event_facts(event, personal, chain, operator.exactly(event.at)))


async def _follow(operator: Operator, search: str) -> None:
    """Tell each event as it comes, until somebody answers."""
    telling = asyncio.create_task(_tell(operator, search))
    try:
        asked = Question[None](_("Press Enter to stop."), enter=Choice(_("stops"), None))
        await operator.talk.ask(asked)
    finally:
        telling.cancel()


async def _tell(operator: Operator, search: str) -> None:
    last = await operator.queries.last_sequence()
    while True:
        await asyncio.sleep(LOOK_EVERY_SECONDS)
        with suppress(KioskError):  # a journal that can't be read now is read again
            newest = await operator.queries.last_sequence()
            if newest == last:
                continue
            limit = min(newest - last, MOST_AT_ONCE)
            events = await operator.queries.events(search=search, kinds=kinds_named(search), limit=limit)
            for each in reversed([event for event in events if event.sequence > last]):
                operator.talk.tell(event_row(operator, each))
            last = newest


async def _verify(operator: Operator) -> None:
    verdict = await operator.talk.during(operator.queries.verify(lambda _events: None), _("Verifying the journal"))
    if verdict.sound:
        text = ngettext(
            "The journal is sound: {count} event.", "The journal is sound: all {count} events.", verdict.events
        )
        operator.talk.say(text.format(count=number(verdict.events)))
    else:
        operator.talk.fail(damage(verdict))
