"""What the console says without asking: how things are, the kiosk itself, and who is connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kiosk.desk.sessions import MAY_END
from kiosk.plain.console.banks import bank_line
from kiosk.plain.console.correcting import ask_text
from kiosk.plain.questions import Choice, Question
from kiosk.words.language import _, ngettext
from kiosk.words.numbers import bytes_of, number
from kiosk.words.overview import health_cause, health_words
from kiosk.words.states import origin_word, role_word

if TYPE_CHECKING:
    from kiosk.desk.session_files import Session
    from kiosk.plain.console.operator import Operator


async def say_overview(operator: Operator) -> None:
    """Say how the banks and the parcels are; what somebody has to look at is counted only."""
    queries, talk = operator.queries, operator.talk
    banks = await talk.during(queries.banks(), _("Asking the locker service"))
    overview, hours = await queries.overview(), await queries.parcels_by_hour()
    talk.say(*(bank_line(operator, each) for each in banks))
    if not banks:
        talk.say(_("This location has no locker bank."))
    taken_in = ngettext("{count} parcel taken in today", "{count} parcels taken in today", sum(hours))
    here = ngettext("{count} parcel is here.", "{count} parcels are here.", overview.counted.here)
    talk.say(f"{taken_in.format(count=number(sum(hours)))}.", here.format(count=number(overview.counted.here)))
    for text, count in (
        (_("To look into: {count}"), len(overview.attention)),
        (_("Not confirmed: {count}"), len(overview.unconfirmed)),
        (_("Expired: {count}"), len(overview.expired)),
        (_("Not notified: {count}"), len(overview.undeliverable)),
        (_("On the shelf: {count}"), len(overview.on_shelf)),
        (_("Notices waiting: {count}"), overview.owed),
    ):
        if count:
            talk.say(text.format(count=number(count)))


async def say_kiosk(operator: Operator) -> None:
    """Say version, health, storage and the last warnings."""
    kiosk = await operator.talk.during(operator.services.queries.health.look(), _("Looking at the kiosk"))
    talk, storage = operator.talk, kiosk.storage
    talk.say(_("Parcel kiosk {version}").format(version=kiosk.version))
    for each in kiosk.health:
        name, sentence = health_words(each)
        text = _("Look at {what}: {how}") if each.ok is False else _("{what}: {how}")
        talk.say(text.format(what=name, how=sentence), health_cause(each))
    events = ngettext(
        "{size}, schema {schema}, {count} event", "{size}, schema {schema}, {count} events", storage.events
    )
    said = events.format(size=bytes_of(storage.journal_bytes), schema=storage.schema, count=number(storage.events))
    talk.say(
        _("Folder: {folder}").format(folder=storage.folder),
        _("Journal: {said}").format(said=said),
        _("Free on the disk: {size}").format(size=bytes_of(storage.free_bytes)),
        _("Last warnings and errors:") if kiosk.errors else _("No warnings."),
        *kiosk.errors,
    )


async def say_settings(operator: Operator) -> None:
    """Say every setting; of secrets only that they are there."""
    kiosk = await operator.services.queries.health.look()
    operator.talk.say(*(f"{name}: {value}" for name, value in kiosk.settings))


async def ask_session(operator: Operator) -> None:
    """List who is connected, and end a session where that is asked for and allowed."""
    while True:
        sessions = await operator.desk.sessions.present()
        choices = [Choice(_session(operator, each), each) for each in sessions]
        asked: Question[Session] = Question(_("Whose session is to end? Type its number, or back."), choices=choices)
        session = await operator.talk.ask(asked)
        if operator.person.role not in MAY_END:
            operator.talk.say(_("Your role does not end sessions of others."), _("Nothing was changed."))
        elif session.is_own:
            operator.talk.say(_("This is your own session: quit leaves it."))
        else:
            await _end(operator, session)


async def _end(operator: Operator, session: Session) -> None:
    text = _("End the session of {name}, who is told this. Why?")
    reason = await ask_text(operator, text.format(name=session.name))
    ending = operator.desk.sessions.end(session, reason, operator.person)
    await operator.talk.during(ending, _("Ending the session"))
    operator.talk.say(
        _("The session of {name} was ended.").format(name=session.name),
        _("With a key and a role they can come back: take these away, too, if they are not to."),
    )


def _session(operator: Operator, session: Session) -> str:
    text = _("{name}, {role}, from {origin}, since {time}")
    if session.is_own:
        text = _("{name}, {role}, from {origin}, since {time}, this one")
    return text.format(
        name=session.name,
        role=role_word(session.role),
        origin=origin_word(session.origin),
        time=operator.when(session.since),
    )
