"""What aiosmtplib's errors mean for a mail. They quote addresses, and so are no cause of ours."""

from __future__ import annotations

import socket
import ssl

from aiosmtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from kiosk.errors import DeliveryDelayedError, DeliveryError
from kiosk.settings.mail import PORTS, Mail


def failure_of(error: Exception, settings: Mail, *, taking_over: bool = False) -> DeliveryError:
    """Return what an error means; `taking_over`: the server was about to take the mail, and may have it.

    Only what is wrong with this address or this mail is for good: everything else, a wrong setting too, can be mended.
    """
    if isinstance(error, SMTPResponseException) and error.code > 0:
        refusal = _refusal(error, settings.host)
        refusal.answer = f"{error.code} {error.message}"
        return refusal
    if taking_over:
        return DeliveryDelayedError("mail_in_doubt", host=settings.host)
    return _no_connection(error, settings)


def _refusal(error: SMTPResponseException, host: str) -> DeliveryError:
    status = error.code
    if status < 500:
        return DeliveryDelayedError("try_later", status=status)
    match error:
        case SMTPRecipientRefused():
            return DeliveryError("address_refused", status=status)
        case SMTPDataError():
            return DeliveryError("message_refused", status=status)
        case SMTPSenderRefused():
            return DeliveryDelayedError("mail_sender_refused", status=status)
        case SMTPAuthenticationError():
            return DeliveryDelayedError("mail_login_refused", host=host, status=status)
        case _:
            return DeliveryDelayedError("mail_server_refused", host=host, status=status)


def _no_connection(error: Exception, settings: Mail) -> DeliveryDelayedError:
    # aiosmtplib puts errors of its own around those of the system.
    host, port = settings.host, settings.port or PORTS[settings.security]
    match error.__cause__ or error:
        case ssl.SSLCertVerificationError(verify_message=text):
            return DeliveryDelayedError("mail_certificate_wrong", host=host, text=text)
        case ssl.SSLError():
            return DeliveryDelayedError("mail_tls_failed", host=host, port=port)
        case socket.gaierror() | UnicodeError():
            return DeliveryDelayedError("mail_host_unknown", host=host)
        case SMTPTimeoutError():
            return DeliveryDelayedError("mail_silent", host=host)
        case TimeoutError() if isinstance(error, SMTPTimeoutError) and not isinstance(error, ConnectionError):
            return DeliveryDelayedError("mail_silent", host=host)
        case SMTPServerDisconnected() | SMTPResponseException():  # it hung up, or speaks no SMTP
            return DeliveryDelayedError("mail_broke", host=host)
        case _:
            return DeliveryDelayedError("mail_unreachable", host=host, port=port)
