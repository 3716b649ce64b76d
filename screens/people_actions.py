"""Every key of signing in, and of the screens while nobody works at the desk."""

from __future__ import annotations

from kiosk.words.language import N_
from screens.actions import GO_BACK, LISTS, Action, Keymap
from screens.clerk_actions import LANGUAGE

CHOOSE = Action("choose", "enter", "Enter", N_("This is me"), N_("Choose your name, or sign in."), main=True)
SIGN_OUT = Action("sign_out", "f10", "F10", N_("Sign out"), N_("Leave the desk to nobody. Open work stays."))
SIGN_IN_KEYS = Keymap(N_("Sign in"), row=(CHOOSE, SIGN_OUT, LANGUAGE, GO_BACK), more=LISTS)

WAY_OUT_KEYS = Keymap(N_("Leaving a locked kiosk"), row=(CHOOSE, GO_BACK), more=LISTS)

WAKE = Action("wake", "enter", "Enter", N_("Go on"), N_("Any key, a tap or a scan."), harmless=True)
IDLE_KEYS = Keymap(N_("Nobody is here"), row=(WAKE,))

STAY_HERE = Action("stay", "enter", "Enter", N_("I am here"), N_("Any key, a tap or a scan."), main=True, harmless=True)
IDLE_WARNING_KEYS = Keymap(N_("Still there?"), row=(STAY_HERE,))

HELP_PAGE = (SIGN_IN_KEYS, WAY_OUT_KEYS, IDLE_WARNING_KEYS, IDLE_KEYS)
