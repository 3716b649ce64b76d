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
    "secrets_private": N_("No other user can read the secrets."),
    "no_secret_files": N_("No secret is in a file."),
    "journal_sound": N_("The journal can be opened, it is sound, and no other user can open a file here."),
    "directory_sound": N_("The recipient directory can be opened, and it is sound."),
    "not_locked_down": N_("Not tested: lockdown.on is not set."),
    "locked_down": N_("An administrator's PIN leads out of the kiosk, and nothing else does."),
    "proxy_not_needed": N_("No address is asked through a proxy."),
    "proxy_readable": N_("The proxy's address can be read."),
    "certificates_not_needed": N_("No address needs certificates."),
    "certificates_readable": N_("The certificate authorities can be read."),
    "lockers_answered": N_("The locker service accepts the credentials."),
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
    "terminal_good": N_("The screens can be drawn here."),
    "terminal_not_needed": N_("There is no terminal here; only the screens need one."),
    "scanner_not_asked_for": N_(
        "Not tested: `kiosk check --scanner` shows a code to scan and says how the scanner is set up."
    ),
    "scanner_without_terminal": N_("Not tested: there is no terminal here to scan into."),
    "scanner_silent": N_("Not tested: nothing was scanned."),
}
"""What a step can find where nothing went wrong, by its code."""


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
    """Return a step in which nothing went wrong."""
    return Step(name, ok, code, _(_FOUND[code]), values or {})


def failed(name: str, error: KioskError, values: Fields | None = None) -> Step:
    """Return a step that an error ended."""
    said = explain(error)
    return Step(name, False, error.code, said.line, values or {}, said.hint, error=error_fields(error))
