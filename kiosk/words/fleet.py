"""What is said of the centre and of other desks to somebody who looks at all of them: states, alarms, whose it is."""

from __future__ import annotations

from datetime import timedelta

from kiosk.fleet.concerns import AlarmKind
from kiosk.fleet.names import Whose
from kiosk.fleet.refusals import refusal
from kiosk.fleet.standings import Standing
from kiosk.words.errors import explain
from kiosk.words.findings import Advice
from kiosk.words.language import N_, _, ngettext
from kiosk.words.numbers import number
from kiosk.words.people import person

_ALARMS = {
    AlarmKind.OLDER_COPY: N_("older copy"),
    AlarmKind.ANOTHER_JOURNAL: N_("another journal"),
    AlarmKind.CHAIN_BROKEN: N_("chain broken"),
    AlarmKind.EVENT_CHANGED: N_("event changed"),
}


def alarm_word(kind: str) -> str:
    """Return an alarm in two or three words."""
    return _(_ALARMS[AlarmKind(kind)]) if kind in set(AlarmKind) else kind


def alarm_advice(kind: str, sequence: int) -> Advice:
    """Return what an alarm says, and what to do about it."""
    if kind not in set(AlarmKind):
        return Advice(_("A later version of this program raised this alarm."), _("Bring this program up to date."))
    said = explain(refusal(kind, sequence))
    return Advice(said.sentence, said.hint)


def parked_advice(sequence: int, sqlstate: str) -> Advice:
    """Return what an event is that the centre could not read, and what to do about it."""
    text = _("Event {sequence} is stored as it came, but the centre can't read it (SQLSTATE {sqlstate}).")
    return Advice(
        text.format(sequence=sequence, sqlstate=sqlstate),
        _("Nothing is lost and nothing waits for it. At the desk: its page Journal shows it."),
    )


def whose_words(whose: Whose) -> str:
    """Return for whom a parcel is, or that nobody can read any more who that was."""
    return _("(forgotten)") if whose.is_forgotten else person(whose.contact)


def offset_words(offset: timedelta) -> str:
    """Return by how much a clock is off, in few characters: `+3 min`, `-2 h`."""
    minutes = round(abs(offset) / timedelta(minutes=1))
    sign = "-" if offset < timedelta(0) else "+"
    if minutes < 60:
        return _("{sign}{minutes} min").format(sign=sign, minutes=minutes)
    hours = round(minutes / 60)
    if hours < 48:
        return _("{sign}{hours} h").format(sign=sign, hours=hours)
    return _("{sign}{days} d").format(sign=sign, days=round(hours / 24))


def standing_sentences(desk: Standing, since: str) -> tuple[str, ...]:
    """Return what somebody has to know of a desk, the most pressing first; `since` is since when it is away."""
    said = []
    if desk.alarms:
        text = ngettext("{count} alarm is open: see page 5.", "{count} alarms are open: see page 5.", desk.alarms)
        said.append(text.format(count=desk.alarms))
    if desk.seen_at is None:
        said.append(_("It was let in and has never been here."))
    elif desk.is_away:
        said.append(
            _("Not heard since {time}. It works on alone; what it has not sent stays in its journal.").format(
                time=since
            )
        )
    if desk.is_clock_off and desk.clock_offset is not None:
        ahead = _("Its clock is ahead ({offset}): put it right.")
        behind = _("Its clock is behind ({offset}): put it right.")
        text = ahead if desk.clock_offset > timedelta(0) else behind
        said.append(text.format(offset=offset_words(desk.clock_offset)))
    if desk.waiting:
        text = ngettext("{count} event waits at the desk.", "{count} events wait at the desk.", desk.waiting)
        said.append(text.format(count=number(desk.waiting)))
    if desk.parked:
        text = ngettext("{count} event can't be read here.", "{count} events can't be read here.", desk.parked)
        said.append(text.format(count=number(desk.parked)))
    if desk.to_look_at:
        text = ngettext(
            "{count} parcel has to be looked at there.",
            "{count} parcels have to be looked at there.",
            desk.to_look_at,
        )
        said.append(text.format(count=number(desk.to_look_at)))
    return tuple(said) or (_("Nothing to look at."),)
