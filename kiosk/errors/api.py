"""Calls to Pitney Bowes: what certainly happened there, and what may have."""

from __future__ import annotations

from kiosk.errors.base import KioskError


class ApiError(KioskError):
    """A call to Pitney Bowes failed."""

    title = "The locker service did not do it"


class NotSentError(ApiError):
    """No connection could be made; the request never left, so nothing happened there."""

    title = "No connection to the locker service"
    default_hint = "Check the network. Nothing was changed; try again when the connection is back."
    retryable = True


class AnswerLostError(ApiError):
    """The request left, but no usable answer came: time-out, broken line, server error, unreadable body."""

    title = "The locker service did not answer"
    default_hint = "The kiosk finds out by itself what happened. Nothing is lost."
    retryable = True

    def __init__(self, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after


class RefusedError(ApiError):
    """The server refused the request (4xx): it did not happen."""

    title = "The locker service refused"

    def __init__(self, message: str, *, status: int, code: str | None = None, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.code = code


class NotAuthorizedError(RefusedError):
    """The credentials are wrong, ended or not enabled (401, 403)."""

    title = "The locker service does not accept this kiosk's credentials"
    default_hint = "The administrator must check lockers.client_id and its secret. Nothing was changed."


class NotFoundError(RefusedError):
    """There is no such bank, unit, contact or parcel (404)."""

    title = "The locker service does not know it"


class ThrottledError(RefusedError):
    """Too many calls (429); `retry_after` is in seconds where the server said so."""

    title = "The locker service asks to wait"
    default_hint = "Wait a minute and try again. Nothing was changed."
    retryable = True

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message, status=429)
        self.retry_after = retry_after
