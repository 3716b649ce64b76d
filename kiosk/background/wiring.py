"""Builds what sends, prints and ships from the settings; `kiosk/wiring.py` decides which process does it.

What only a desk with something to send or to print needs is loaded then, and not at the start.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack, nullcontext
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from kiosk.background.fleet import LONGEST_REST_SECONDS, ShipEvents, bank_counts, way_to_centre
from kiosk.background.news import HearNews
from kiosk.background.notices import SendNotices, When
from kiosk.background.scheduler import Job
from kiosk.background.witness import WITNESS_EVERY_SECONDS, WitnessHeads
from kiosk.clock import Clock
from kiosk.desk.desk import Desk
from kiosk.desk.lockers import Lockers
from kiosk.desk.trusted_time import TrustedTime
from kiosk.desk.wiring import Ground
from kiosk.journal.desks import own_desk
from kiosk.journal.notice_store import NoticeStore
from kiosk.journal.store import Journal
from kiosk.notify.hours import rules_of
from kiosk.parcels.desk_events import HeadsWitnessed
from kiosk.parcels.notices import NoticeRules
from kiosk.parcels.other_desks import NoOtherDesks
from kiosk.parcels.people import Person
from kiosk.parcels.states import Channel
from kiosk.recipients.directory import Directory
from kiosk.settings import Settings

if TYPE_CHECKING:
    from kiosk.fleet.news import News
    from kiosk.fleet.other_desks import HeardOfOthers
    from kiosk.notify.message import Sender
    from kiosk.notify.paper import Papers


def notice_rules(settings: Settings) -> NoticeRules:
    """Return which notices a desk with these settings owes."""
    return NoticeRules(
        channels=frozenset(settings.notices.channels),
        code_by_mail=settings.notices.code == "mail",
        gather=timedelta(minutes=settings.notices.gather_minutes),
        slips=settings.printer.slips,
        labels=settings.printer.labels,
    )


def sending(
    settings: Settings,
    journal: Journal,
    directory: Directory,
    lockers: Lockers,
    time: TrustedTime,
    person: Person,
    clock: Clock,
) -> SendNotices:
    """Return what sends notices to recipients; its channels are loaded when the first one is due."""

    @cache
    def senders() -> Mapping[Channel, Sender]:
        from kiosk.notify.senders import senders_of  # noqa: PLC0415 - a start with nothing to send loads none of it

        return senders_of(settings, clock)

    wanted = settings.notices
    when = When(
        rules_of(wanted),
        remind_after=timedelta(days=wanted.reminder_days),
        remind_before_end=timedelta(hours=wanted.before_expiry_hours),
        give_up_after=timedelta(hours=wanted.give_up_hours),
    )
    return SendNotices(
        NoticeStore(journal),
        directory,
        lockers.label,
        wanted.channels,
        senders,
        when,
        clock,
        time,
        person,
    )


def others_for(settings: Settings) -> AbstractAsyncContextManager[HeardOfOthers | NoOtherDesks]:
    """Return what is known of other desks, to be opened: nothing at a desk that is on its own."""
    if not settings.fleet.server:
        return nullcontext(NoOtherDesks())
    from kiosk.fleet.other_desks import HeardOfOthers  # noqa: PLC0415 - a desk that is on its own may lack the extra

    return HeardOfOthers(settings.data_dir)


def papers_for(settings: Settings, lockers: Lockers) -> Callable[[], Papers]:
    """Return what makes slips and labels, which is loaded with the first one."""

    @cache
    def papers() -> Papers:
        from kiosk.notify import paper  # noqa: PLC0415 - nor does one with nothing to print

        return paper.Papers(settings, lockers.label)

    return papers


def fleet_jobs(
    opened: AsyncExitStack, ground: Ground, others: HeardOfOthers | NoOtherDesks, desk: Desk, person: Person
) -> list[Job]:
    """Return what goes on between this desk and the centre; nothing where the desk is on its own."""
    if isinstance(others, NoOtherDesks):
        return []
    centre = way_to_centre(ground.settings)
    shipping = ShipEvents(ground.journal, centre, ground.clock, lambda: bank_counts(desk.lockers))
    opened.push_async_callback(shipping.finish)

    async def root_of(day: date) -> HeadsWitnessed | None:
        from kiosk.fleet import witness  # noqa: PLC0415 - nor does a desk that is on its own

        return await witness.root_of(centre(), day)

    async def news() -> News:
        from kiosk.fleet.news import News  # noqa: PLC0415 - a desk that is on its own loads no cryptography

        own = await ground.journal.connection.read(own_desk)
        return News(centre(), others, own, desk.lockers.bank_ids, ground.clock)

    hearing = HearNews(news, others, desk.clashes, desk.privacy, person)
    witnessing = WitnessHeads(ground.journal, root_of, ground.clock, person)
    return [
        Job("fleet", LONGEST_REST_SECONDS, shipping.run, sooner=shipping.rest),
        Job("news", LONGEST_REST_SECONDS, hearing.run, sooner=hearing.rest),
        Job("witness", WITNESS_EVERY_SECONDS, witnessing.run),
    ]
