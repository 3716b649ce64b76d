"""Calls to Pitney Bowes: what certainly happened there, and what may have."""

from __future__ import annotations

from kiosk.errors.base import KioskError, Parameter


class ApiError(KioskError):
    """A call to Pitney Bowes failed."""

    code = "api_failed"


class NotSentError(ApiError):
    """No connection could be made; the request never left, so nothing happened there."""

    code = "not_sent"
    retryable = True


class NoTokenError(NotSentError):
    """The token could not be fetched, so the request itself never left."""

    code = "no_token"


class AnswerLostError(ApiError):
    """The request left, but no usable answer came: time-out, broken line, server error, unreadable body."""

    code = "answer_lost"
    retryable = True

    def __init__(
        self, code: str = "", /, *, status: int | None = None, retry_after: float | None = None, **parameters: Parameter
    ) -> None:
        super().__init__(code, **parameters, **({} if status is None else {"status": status}))
        self.status = status
        self.retry_after = retry_after


class RefusedError(ApiError):
    """The server refused the request (4xx): it did not happen."""

    code = "refused"

    def __init__(
        self, code: str = "", /, *, status: int, service_code: str | None = None, **parameters: Parameter
    ) -> None:
        super().__init__(code, **parameters, status=status)
        self.status = status
        self.service_code = service_code
        """The service's own code, where its answer names one."""


class NotAuthorizedError(RefusedError):
    """The credentials are wrong, ended or not enabled (401, 403)."""

    code = "not_authorized"


class NotFoundError(RefusedError):
    """There is no such bank, unit, contact or parcel (404)."""

    code = "not_found"


class ThrottledError(RefusedError):
    """Too many calls (429); `retry_after` is in seconds where the server said so."""

    code = "throttled"
    retryable = True

    def __init__(self, code: str = "", /, *, retry_after: float | None = None, **parameters: Parameter) -> None:
        super().__init__(code, status=429, service_code=None, **parameters)
        self.retry_after = retry_after
