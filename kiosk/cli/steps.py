"""What a step of `kiosk check` found, as a code with values for programs and in words for people."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.cli.output import Fields, error_fields
from kiosk.errors import KioskError
from kiosk.words.errors import explain
from kiosk.words.language import N_, _

_FOUND = {
    "settings_complete": N_("The settings are complete."),
    "settings_needed": N_("Not tested: this needs the settings."),
    "language_english": N_("The kiosk speaks English."),
    "language_spoken": N_("The kiosk speaks the language that is set."),
    "secrets_private": N_("No other user can read the secrets."),
    "no_secret_files": N_("No secret is in a file."),
    "journal_sound": N_("The journal can be opened, it is sound, and no other user can open a file here."),
    "directory_sound": N_("The recipient directory can be opened, and it is sound."),
    "nobody_signs_in": N_("Not tested: people.sign_in is false."),
    "people_listed": N_("People are listed who may sign in."),
    "not_locked_down": N_("Not tested: lockdown.on is not set."),
    "locked_down": N_("An administrator's PIN leads out of the kiosk, and nothing else does."),
    "proxy_not_needed": N_("No address is asked through a proxy."),
    "proxy_readable": N_("The proxy's address can be read."),
    "certificates_not_needed": N_("No address needs certificates."),
    "certificates_readable": N_("The certificate authorities can be read."),
    "lockers_answered": N_("The locker service can be reached."),
    "credentials_accepted": N_("The locker service accepts the credentials."),
    "credentials_not_asked": N_("Not tested: the locker service could not be reached."),
    "clock_right": N_("The clock agrees with the locker service's."),
    "clock_of_this_machine": N_("Not tested: the locker service is on this machine."),
    "clock_not_told": N_("Not tested: no answer told the time."),
    "finder_answered": N_("The facility finder accepts the credentials."),
    "finder_knows_none": N_("The facility finder accepts the credentials, but knows no facility near this desk."),
    "finder_not_set_up": N_("Not tested: facilities.api_key is not set."),
    "address_not_set": N_("Not tested: desk.address is not set."),
    "no_printer_set": N_("Not tested: printer.address is not set."),
    "printer_ready": N_("The printer can be reached. `kiosk check --print` prints a test page."),
    "printer_without_fonts": N_(
        "The printer can be reached, but this machine has no fonts: most names would come out as boxes."
        " docs/printing.md says what to install."
    ),
    "test_page_sent": N_("The test page is on its way. Compare it with docs/printing.md."),
    "no_notices": N_("Not tested: notices.channels is empty."),
    "templates_readable": N_("The templates of the notices can be used."),
    "mail_not_chosen": N_("Not tested: notices.channels does not name mail."),
    "mail_taken": N_("The mail server took a test mail."),
    "mail_written": N_("A test mail was written to a file."),
    "webhook_not_chosen": N_("Not tested: notices.channels does not name webhook."),
    "webhook_taken": N_("The webhook took a test notice."),
    "no_centre_set": N_("Not tested: fleet.server is not set."),
    "centre_fits": N_("The centre of several desks knows this desk, and its journal goes on from what is there."),
    "no_devices_set": N_("Not tested: devices.scanner and devices.badge_reader are not set."),
    "devices_in_use": N_("Not tested: another program reads the device. While the kiosk is open, that is the kiosk."),
    "devices_readable": N_("The devices can be read, by the kiosk alone."),
    "speech_not_set": N_("Not tested: desk.speech is false."),
    "speech_ready": N_("What the screens ask can be said aloud."),
    "speech_missing": N_("Nothing is said aloud: spd-say is not installed."),
    "speech_hangs": N_("Nothing is said aloud: spd-say does not end."),
    "speech_failed": N_("Nothing is said aloud: spd-say failed."),
    "terminal_good": N_("The screens can be drawn here."),
    "terminal_not_needed": N_("There is no terminal here; only the screens need one."),
    "scanner_not_asked_for": N_(
        "Not tested: `kiosk check --scanner` shows a code to scan and says how the scanner is set up."
    ),
    "scanner_without_terminal": N_("Not tested: there is no terminal here to scan into."),
    "scanner_silent": N_("Not tested: nothing was scanned."),
    "scanner_bad": N_("Nothing arrives from the scanner."),
    "scanner_in_use": N_("Not tested: the kiosk is open and reads the scanner. Press F1, then F2 there."),
    "not_walked": N_("Not tested: `kiosk check --walk` asks whoever is at the desk."),
    "walk_without_terminal": N_("Not tested: there is no terminal here to ask somebody at."),
    "not_answered": N_("Not tested: the question was skipped."),
    "touch_good": N_("Taps arrive where they are made."),
    "touch_bad": N_("Taps do not arrive."),
    "touch_missed": N_("A tap did not arrive where it was made."),
    "colours_good": N_("The colours can be told apart."),
    "colours_bad": N_("The colours can't be told apart."),
    "signs_good": N_("All signs are drawn."),
    "signs_bad": N_("Some signs are not drawn."),
    "signs_wide": N_("This terminal gives some signs two cells."),
    "no_colours_wanted": N_("Not tested: NO_COLOR is set."),
    "qr_good": N_("QR codes on this screen can be scanned."),
    "qr_bad": N_("QR codes on this screen can't be scanned."),
    "bell_good": N_("The bell can be heard."),
    "bell_bad": N_("The bell can't be heard."),
    "no_paper": N_("Not tested: no test page was printed."),
    "paper_good": N_("The test page came out well."),
    "paper_bad": N_("The test page did not come out well."),
    "no_inbox": N_("Not tested: no test mail left this machine."),
    "inbox_good": N_("The test mail arrived."),
    "inbox_bad": N_("The test mail did not arrive."),
}
"""What a step finds, by its code, where no error says it."""

_ADVICE = {
    "scanner_bad": N_("Plug it in, and set it to act as a USB keyboard. docs/scanner.md says how it should be set."),
    "touch_bad": N_("The terminal has to report the mouse, as foot does, and Linux has to know the touch screen."),
    "touch_missed": N_("Calibrate the touch screen. If it was turned, its touch has to be turned with the picture."),
    "colours_bad": N_("Choose another theme (desk.theme), and a terminal with 256 colours."),
    "signs_bad": N_(
        "Choose a font with these signs, such as DejaVu Sans Mono, set TERM=linux on a plain console, or let the"
        " kiosk do without them: desk.signs."
    ),
    "signs_wide": N_("Set desk.signs to wide, or let the terminal give them one."),
    "speech_missing": N_("Install the package speech-dispatcher, or set desk.speech to false."),
    "speech_hangs": N_("Run `spd-say hello` as the kiosk's user. docs/accessibility.md says what it needs."),
    "speech_failed": N_("Run `spd-say hello` as the kiosk's user. docs/accessibility.md says what it needs."),
    "qr_bad": N_("Make the window's font larger and the screen brighter, and hold the phone further away."),
    "bell_bad": N_("Switch on the terminal's bell and the loudspeaker. Without them the screens say the same."),
    "paper_bad": N_("docs/printing.md says what each fault on the page means."),
    "inbox_bad": N_("Look into the spam folder. Then ask whoever runs the mail server what became of it."),
}
"""What to do about what a person said."""


class Step(NamedTuple):
    """What one step found."""

    name: str
    ok: bool | None
    """None: it could not be tested."""
    code: str
    message: str
    values: Fields
    hint: str = ""
    error: Fields | None = None
    lines: tuple[str, ...] = ()
    """What stands in words instead of the values, where there is more to say."""


def found(name: str, code: str, *, ok: bool | None = True, values: Fields | None = None) -> Step:
    """Return a step that no error ended."""
    hint = _(_ADVICE[code]) if code in _ADVICE else ""
    return Step(name, ok, code, _(_FOUND[code]), values or {}, hint)


def failed(name: str, error: KioskError, values: Fields | None = None) -> Step:
    """Return a step that an error ended."""
    said = explain(error)
    return Step(name, False, error.code, said.line, values or {}, said.hint, error=error_fields(error))
