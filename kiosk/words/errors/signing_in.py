"""What is said where somebody can't sign in or be listed; the codes are given in `kiosk/desk/people.py`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_TAKEN = N_("Already listed")
_PIN_TITLE = N_("The PIN can't be used")
_BADGE_TITLE = N_("The badge can't be used")
_OTHER_BADGE = N_("Nothing was changed. Use another badge.")

TEXTS: dict[str, Text] = {
    "pin_wrong": Text(N_("The PIN is wrong."), N_("Type it again.")),
    "pin_slowed": Text(
        N_("There were too many wrong tries."), N_("Wait {seconds} s, then try again."), N_("Please wait")
    ),
    "badge_unknown": Text(
        N_("Nobody at this desk has this badge."),
        N_("Choose your name instead. A parcel? Sign in first, then scan it."),
        N_("Unknown badge"),
    ),
    "no_pin": Text(N_("{name} has no PIN."), N_("Scan the badge instead."), N_("Badge only")),
    "person_gone": Text(N_("This person is not listed any more."), N_("Choose another name, or ask an administrator.")),
    "not_listed": Text(N_("Nobody called {name} may sign in at this desk.")),
    "nobody_listed": Text(
        N_("People sign in at this desk, and nobody is listed."),
        N_("List them with `kiosk people add NAME --reason TEXT`, or set people.sign_in to false."),
    ),
    "no_way_out": Text(
        N_("The kiosk is locked down, and no administrator has a PIN, so nobody can leave it."),
        N_("Give an administrator a PIN by `kiosk people add`, or set lockdown.on to false."),
        N_("No way out"),
    ),
    "language_unusable": Text(
        N_("There is no catalogue for this language; there are {allowed}."),
        N_("Give the code of one of these."),
        N_("Language not usable"),
    ),
    "name_unusable": Text(
        N_("A name has 1 to {longest} characters, none of them a control character."),
        N_("Nothing was changed. Give another name."),
    ),
    "name_taken": Text(
        N_("{name} is listed already."), N_("Nothing was changed. Names must tell people apart: add a letter."), _TAKEN
    ),
    "name_of_account": Text(
        N_("{name} is an account of this machine."),
        N_("Nothing was changed. Give another name, so that what a command does never looks like this person's work."),
    ),
    "role_unusable": Text(N_("At the desk somebody is a clerk or an admin.")),
    "no_key": Text(
        N_("{name} would have neither a PIN nor a badge."), N_("Nothing was changed. Give a PIN, a badge or both.")
    ),
    "pin_unusable": Text(
        N_("A PIN has {shortest} to {longest} digits and nothing else."),
        N_("Nothing was changed. Choose another PIN."),
        _PIN_TITLE,
    ),
    "pins_differ": Text(N_("The two PINs were not the same."), N_("Nothing was changed. Type it again."), _PIN_TITLE),
    "badge_unusable": Text(
        N_("A badge's code has {shortest} to {longest} characters, none of them a control character."),
        _OTHER_BADGE,
        _BADGE_TITLE,
    ),
    "badge_is_number": Text(
        N_("This code can only be a parcel's tracking number, so no scan of it would sign anybody in."),
        _OTHER_BADGE,
        _BADGE_TITLE,
    ),
    "badge_taken": Text(N_("Somebody else at this desk has this badge."), _OTHER_BADGE, _BADGE_TITLE),
}
