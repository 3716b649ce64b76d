"""How the events about the desk read: a part of `events.py`."""

from __future__ import annotations

from typing import TypeAlias, assert_never

from kiosk.parcels import desk_events as desk
from kiosk.parcels.states import SignIn, SignOut
from kiosk.words.language import N_, _
from kiosk.words.places import Label
from kiosk.words.plain import plain
from kiosk.words.states import origin_word, role_word
from kiosk.words.steps import step_word
from kiosk.words.times import local_time, short_day

Visits: TypeAlias = (
    desk.OperatorLoggedIn
    | desk.OperatorLoggedOut
    | desk.OperatorRefused
    | desk.SessionEnded
    | desk.ReportRead
    | desk.CommandRun
)
Upkeep: TypeAlias = (
    desk.PersonForgotten
    | desk.OldParcelsBlanked
    | desk.JournalImported
    | desk.ClockJumped
    | desk.BackupMade
    | desk.JournalRestored
    | desk.HeadsWitnessed
    | desk.DeskIdChanged
)
Counting: TypeAlias = desk.StocktakeBegan | desk.UnitCounted | desk.StocktakeEnded
SigningIn: TypeAlias = (
    desk.PersonAdded
    | desk.PersonChanged
    | desk.PersonRemoved
    | desk.PersonSignedIn
    | desk.PersonSignedOut
    | desk.KioskLeft
)
DeskEvents: TypeAlias = Visits | Upkeep | Counting | SigningIn

_CHANGED = {
    "name": N_("name"),
    "role": N_("role"),
    "user_id": N_("user ID"),
    "pin": N_("PIN"),
    "badge": N_("badge"),
    "language": N_("language"),
}
_BY = {SignIn.PIN: N_("by PIN"), SignIn.BADGE: N_("by badge")}
_WHY = {
    SignOut.ASKED: N_("by key"),
    SignOut.IDLE: N_("nothing was pressed for a while"),
    SignOut.TAKEN_OVER: N_("somebody else signed in"),
}


def desk_event_words(event: DeskEvents) -> str:
    """Return what happened, in a few words."""
    if isinstance(event, Visits):
        return _visits(event)
    if isinstance(event, SigningIn):
        return _signing_in(event)
    return _upkeep(event) if isinstance(event, Upkeep) else _counting(event)


def desk_event_details(event: DeskEvents, label: Label) -> tuple[str, ...]:
    """Return what tells most of an event beside its name: who and from where, the locker and what was in it."""
    if isinstance(event, SigningIn):
        return _signing_in_details(event)
    if isinstance(event, Visits):
        return _visits_details(event)
    match event:
        case desk.ClockJumped():
            return (local_time(event.clock), local_time(event.expected))
        case desk.BackupMade():
            return (origin_word(event.origin),)
        case desk.JournalRestored():
            return (local_time(event.made_at), plain(event.reason), origin_word(event.origin))
        case desk.HeadsWitnessed():
            return (short_day(event.day),)
        case desk.DeskIdChanged():
            return (event.before,)
        case desk.UnitCounted():
            found = ", ".join(map(plain, event.found)) or _("empty")
            return (f"{label(event.locker_bank_id)} {event.locker_unit_id}", found)
        case desk.StocktakeBegan() | desk.StocktakeEnded():
            return (label(event.locker_bank_id),)
        case _:
            return ()


def _visits(event: Visits) -> str:
    match event:
        case desk.OperatorLoggedIn():
            return _("Signed in to the console")
        case desk.OperatorLoggedOut():
            return _("Signed out of the console")
        case desk.OperatorRefused():
            return _("Console access refused")
        case desk.SessionEnded():
            return _("Console session ended")
        case desk.ReportRead():
            return _("Report read")
        case desk.CommandRun():
            return _("Command run")
        case _:
            assert_never(event)


def _visits_details(event: Visits) -> tuple[str, ...]:
    match event:
        case desk.OperatorLoggedIn() | desk.ReportRead():
            return (role_word(event.role), origin_word(event.origin))
        case desk.OperatorLoggedOut():
            return (origin_word(event.origin),)
        case desk.OperatorRefused():
            return (
                (origin_word(event.origin),)
                if event.step is None
                else (step_word(event.step), origin_word(event.origin))
            )
        case desk.CommandRun():
            return (f"kiosk {event.command.replace('_', ' ')}", plain(event.reason), origin_word(event.origin))
        case desk.SessionEnded():
            return (plain(event.name), plain(event.reason), origin_word(event.origin))
        case _:
            assert_never(event)


def _upkeep(event: Upkeep) -> str:
    match event:
        case desk.PersonForgotten():
            return _("Personal data of one person deleted")
        case desk.OldParcelsBlanked():
            return _("Personal data of old parcels deleted")
        case desk.JournalImported():
            return _("Journal imported")
        case desk.ClockJumped():
            return _("Clock jumped")
        case desk.BackupMade():
            return _("Backup made")
        case desk.JournalRestored():
            return _("Restored from a backup")
        case desk.HeadsWitnessed():
            return _("Heads of all desks witnessed")
        case desk.DeskIdChanged():
            return _("Desk got an id of its own")
        case _:
            assert_never(event)


def _counting(event: Counting) -> str:
    match event:
        case desk.StocktakeBegan():
            return _("Stock-take begun")
        case desk.UnitCounted():
            return _("Locker counted")
        case desk.StocktakeEnded():
            return _("Stock-take ended")
        case _:
            assert_never(event)


def _signing_in(event: SigningIn) -> str:
    match event:
        case desk.PersonAdded():
            return _("Person added")
        case desk.PersonChanged():
            return _("Person changed")
        case desk.PersonRemoved():
            return _("Person removed")
        case desk.PersonSignedIn():
            return _("Signed in at the desk")
        case desk.PersonSignedOut():
            return _("Signed out at the desk")
        case desk.KioskLeft():
            return _("Locked kiosk left")
        case _:
            assert_never(event)


def _signing_in_details(event: SigningIn) -> tuple[str, ...]:
    match event:
        case desk.PersonAdded():
            return (plain(event.name), role_word(event.role))
        case desk.PersonChanged():
            return (
                plain(event.name),
                role_word(event.role),
                ", ".join(_(_CHANGED.get(each, each)) for each in event.changed),
            )
        case desk.PersonRemoved():
            return (plain(event.name),)
        case desk.PersonSignedIn():
            return (role_word(event.role), _(_BY[event.by]))
        case desk.PersonSignedOut():
            return (_(_WHY[event.why]),)
        case desk.KioskLeft():
            return (role_word(event.role),)
        case _:
            assert_never(event)
