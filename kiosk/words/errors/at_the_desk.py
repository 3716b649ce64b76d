"""What a clerk is told of errors whose full text names hosts, settings or commands.

The full text is for whoever repairs it: the console, the log and the commands say that (`explaining.py`).
"""

from __future__ import annotations

from kiosk import errors
from kiosk.errors import KioskError
from kiosk.words.language import N_

_NO_ANSWER = N_("The answer did not come in time.")
_NO_DATA = N_("The answer can't be used.")
_NOT_REACHED = N_("The service can't be reached.")
_LOG_IN = N_("This network may want somebody to log in.")
_NOT_SET_UP = N_("This kiosk is not set up for it.")
_REJECTED = N_("The service does not know this kiosk.")
_NOT_OFFERED = N_("This search is not offered here.")
_NO_PRINTER = N_("This kiosk is not set up for printing.")
_PRINTER_REJECTS = N_("The printer does not take this kiosk's print jobs.")
_MAIL_WAITS = N_("The mail server does not take it now.")
_WEBHOOK_WAITS = N_("The service that sends the notices does not take it now.")
_PRINTER_AWAY = N_("The printer can't be reached.")

_NOT_WRITABLE = N_("The kiosk may not write to its data folder.")
_TELL_OPERATOR = N_("Tell the operator. No parcels can be taken in until this is fixed.")

SENTENCES: dict[str, str] = {
    "answer_timed_out": _NO_ANSWER,
    "answer_not_finished": _NO_ANSWER,
    "answer_not_unpacked": _NO_DATA,
    "answer_too_large": _NO_DATA,
    "connection_broke": N_("The connection was lost before the answer came."),
    "answered_with_page": _NO_DATA,
    "not_found_page": _NO_DATA,
    "answered_by_network": _LOG_IN,
    "sent_to_other_host": _LOG_IN,
    "sent_elsewhere": _NO_DATA,
    "answered_without_data": _NO_DATA,
    "unexplained": N_("The service gave no reason."),
    "unknown_status": N_("The service gave no reason."),
    "throttled": N_("The service is getting too many requests."),
    "address_not_usable": _NOT_SET_UP,
    "proxy_failed": _NOT_REACHED,
    "proxy_not_reached": _NOT_REACHED,
    "proxy_gave_no_answer": _NOT_REACHED,
    "proxy_wants_password": _NOT_REACHED,
    "name_not_found": _NOT_REACHED,
    "not_trusted": N_("The connection is not secure."),
    "connection_refused": _NOT_REACHED,
    "connect_timed_out": _NOT_REACHED,
    "not_reached": _NOT_REACHED,
    "no_token": _REJECTED,
    "token_refused": _REJECTED,
    "token_refused_with_text": _REJECTED,
    "token_not_sendable": _NOT_SET_UP,
    "address_unusable": _NOT_SET_UP,
    "finder_address_missing": _NOT_SET_UP,
    "finder_account_missing": _NOT_SET_UP,
    "carrier_not_offered": _NOT_OFFERED,
    "service_not_offered": _NOT_OFFERED,
    "return_options_not_offered": _NOT_OFFERED,
    "printer_not_set": _NO_PRINTER,
    "printer_not_installed": _NO_PRINTER,
    "printer_font_unreadable": _NO_PRINTER,
    "printer_no_device": _NO_PRINTER,
    "printer_unknown_queue": _NO_PRINTER,
    "printer_not_allowed": _PRINTER_REJECTS,
    "printer_queue_refused": _PRINTER_REJECTS,
    "printer_unreachable": _PRINTER_AWAY,
    "printer_refused": _PRINTER_AWAY,
    "printer_busy": N_("The printer is busy."),
    "printer_out_of_paper": N_("The printer is out of paper."),
    "printer_cover_open": N_("The printer's cover is open."),
    "printer_out_of_paper_midway": N_("The printer ran out of paper."),
    "printer_cover_open_midway": N_("The printer's cover was opened."),
    "printer_stuck": N_("The printer stopped in the middle."),
    "printer_broke_off": N_("The connection to the printer broke in the middle."),
    "folder_not_writable": _NOT_WRITABLE,
    "file_not_writable": _NOT_WRITABLE,
    "read_only_file_system": _NOT_WRITABLE,
    "journal_of_other_environment": N_("The journal belongs to another environment."),
    "mail_not_installed": _MAIL_WAITS,
    "mail_host_unknown": _MAIL_WAITS,
    "mail_unreachable": _MAIL_WAITS,
    "mail_silent": _MAIL_WAITS,
    "mail_broke": _MAIL_WAITS,
    "mail_in_doubt": _MAIL_WAITS,
    "mail_certificate_wrong": _MAIL_WAITS,
    "mail_tls_failed": _MAIL_WAITS,
    "mail_without_starttls": _MAIL_WAITS,
    "mail_login_refused": _MAIL_WAITS,
    "mail_login_not_offered": _MAIL_WAITS,
    "mail_sender_refused": _MAIL_WAITS,
    "mail_server_refused": _MAIL_WAITS,
    "mail_folder_unusable": _MAIL_WAITS,
    "webhook_refused": _WEBHOOK_WAITS,
    "webhook_redirected": _WEBHOOK_WAITS,
    "webhook_try_later": _WEBHOOK_WAITS,
    "webhook_answered_page": _WEBHOOK_WAITS,
}
"""By code; any other sentence is one for clerks too."""

HINTS: dict[type[KioskError], str] = {
    errors.NotSentError: N_("Nothing was sent. Put the parcel on the shelf, or try again in a moment."),
    errors.AnswerLostError: N_("Nothing is lost. Try again in a moment."),
    errors.NotAuthorizedError: N_("Tell the operator. Until this is mended, put parcels on the shelf."),
    errors.StorageReadOnlyError: _TELL_OPERATOR,
    errors.StorageDamagedError: _TELL_OPERATOR,
    errors.StorageForeignError: _TELL_OPERATOR,
    errors.DirectoryBusyError: N_("Try again in a moment. If it keeps happening, tell the operator."),
    errors.DirectoryError: N_("Tell the operator. Until this is fixed, choose recipients by contact ID."),
    errors.UnknownBankError: N_("Tell the operator, or choose another bank."),
    errors.MaybePrintedError: N_("Look at the printer. Print again only if the paper is missing or cut short."),
    errors.PrinterAwayError: N_("Nothing was printed. Make sure that the printer is on, closed and has paper."),
    errors.PrinterError: N_("Nothing was printed. Tell the operator. Parcels can be taken in all the same."),
    errors.FinderNotSetUpError: N_("Tell the operator. Parcels can be taken in all the same."),
    errors.FinderUnreachableError: N_("Search again in a moment."),
}
"""By class: what a clerk can do; for any other class it is what everybody is told."""
