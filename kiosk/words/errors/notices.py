"""What is said of notices that can't be delivered, and of templates that can't be used; given in `kiosk/notify/`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_TEMPLATE = N_("A template of the notices can't be used")
_OURS_COUNTS = N_("Until it is mended, the text that comes with the kiosk counts. docs/notices.md has all fields.")
_CORRECT_ADDRESS = N_("Ask the recipient for the address, correct it, and send the notice again.")
_CHECK_SERVER = N_("Check mail.host, mail.port and the network. Notices wait, and are tried again.")
_CHECK_SECURITY = N_("Check mail.security and mail.port. Notices wait, and are tried again.")
_CHECK_LOGIN = N_("Check mail.user and mail.password. Notices wait, and are tried again.")
_CHECK_WEBHOOK = N_("Check webhook.url and the service behind it. Notices wait, and are tried again.")

TEXTS: dict[str, Text] = {
    "templates_missing": Text(N_("There is no folder {path}."), N_("Set notices.templates to a folder."), _TEMPLATE),
    "template_unreadable": Text(N_("{path} can't be read: {text}."), _OURS_COUNTS, _TEMPLATE),
    "template_not_toml": Text(N_("{path} is not valid TOML."), _OURS_COUNTS, _TEMPLATE),
    "template_unknown_text": Text(N_("{path} has a text {key}, which no notice uses."), _OURS_COUNTS, _TEMPLATE),
    "template_no_text": Text(N_("In {path}, {key} must be a text in quotes."), _OURS_COUNTS, _TEMPLATE),
    "template_no_names": Text(N_("In {path}, {key} must be a list of {count} names."), _OURS_COUNTS, _TEMPLATE),
    "template_broken_field": Text(
        N_("In {path}, a $ in {key} is not followed by the name of a field."),
        N_("Write $$ for the sign itself. Until it is mended, the text that comes with the kiosk counts."),
        _TEMPLATE,
    ),
    "template_unknown_field": Text(
        N_("In {path}, {key} has a field ${field}, which is unknown there. It may have: {allowed}."),
        _OURS_COUNTS,
        _TEMPLATE,
    ),
    "template_without_fields": Text(
        N_("In {path}, {key} has a field ${field}, but it can have none."), _OURS_COUNTS, _TEMPLATE
    ),
    "language_unknown": Text(
        N_("There are no notices in the language {language} (notices.language, desk.language). There are: {known}."),
        N_("Choose one of these, or write a file of texts (docs/notices.md). Until then notices are in English."),
        _TEMPLATE,
    ),
    "no_address": Text(N_("The recipient has no e-mail address."), _CORRECT_ADDRESS),
    "address_is_none": Text(N_("What is kept as the recipient's e-mail address is none."), _CORRECT_ADDRESS),
    "address_refused": Text(N_("The mail server refused the recipient's address ({status})."), _CORRECT_ADDRESS),
    "message_refused": Text(
        N_("The mail server took the recipient's address, but refused the message ({status})."),
        N_("Ask the mail server's administrator why; `kiosk check` sends a test mail and shows the answer."),
    ),
    "try_later": Text(
        N_("The mail server takes the message later ({status})."), N_("Nothing to do: it is tried again.")
    ),
    "mail_not_installed": Text(
        N_("For e-mail a Python package is missing here (aiosmtplib)."),
        N_("Install the kiosk with its extra for mail: pip install 'parcel-kiosk[mail]'. Notices wait until then."),
    ),
    "mail_host_unknown": Text(N_("The mail server {host} was not found."), _CHECK_SERVER),
    "mail_unreachable": Text(N_("The mail server {host} could not be reached at port {port}."), _CHECK_SERVER),
    "mail_silent": Text(N_("The mail server {host} did not answer in time."), _CHECK_SERVER),
    "mail_broke": Text(
        N_("The connection to the mail server {host} was lost."), N_("Nothing to do: the notice is tried again.")
    ),
    "mail_in_doubt": Text(
        N_("The connection to the mail server {host} was lost while it took the message. It may have arrived."),
        N_("Nothing to do: it is sent again under the same Message-ID."),
    ),
    "mail_certificate_wrong": Text(
        N_("The certificate of the mail server {host} was not accepted: {text}."),
        N_(
            "Check mail.host, mail.ca_file, this machine's clock, and the server's certificate."
            " Notices wait, and are tried again."
        ),
    ),
    "mail_tls_failed": Text(N_("No secure connection to the mail server {host}, port {port}."), _CHECK_SECURITY),
    "mail_without_starttls": Text(N_("The mail server {host} does not offer STARTTLS."), _CHECK_SECURITY),
    "mail_login_refused": Text(N_("The mail server {host} refused the login ({status})."), _CHECK_LOGIN),
    "mail_login_not_offered": Text(N_("The mail server {host} offers no login that the kiosk knows."), _CHECK_LOGIN),
    "mail_sender_refused": Text(
        N_("The mail server refused the sender's address ({status})."),
        N_("Check mail.sender: the server must let this login send in its name. Notices wait, and are tried again."),
    ),
    "mail_server_refused": Text(N_("The mail server {host} refused to talk to this kiosk ({status})."), _CHECK_SERVER),
    "mail_folder_unusable": Text(
        N_("The folder for mails, {folder}, can't be used: {text}."),
        N_("Give this user write permission for the folder, and make room on the disk."),
    ),
    "webhook_refused": Text(
        N_("{host} refused the notice ({status})."),
        N_("Check the service behind webhook.url: it must take the request that docs/notices.md describes."),
    ),
    "webhook_try_later": Text(N_("{host} takes the notice later ({status})."), N_("Nothing to do: it is tried again.")),
    "webhook_answered_page": Text(N_("{host} answered with a web page ({status})."), _CHECK_WEBHOOK),
    "webhook_redirected": Text(N_("{host} redirected the notice ({status})."), _CHECK_WEBHOOK),
}
