"""When a read is asked again, as a pure decision: nothing here waits or sends. Writes are never repeated by this rule.

Limits of the plans: https://docs.shipping360.pitneybowes.com/docs/support/traffic-shaping
"""

from __future__ import annotations

import random
from typing import Final

from kiosk.errors import AnswerLostError, ApiError, NoTokenError, NotSentError, ThrottledError

ATTEMPTS: Final = 3
"""How often one read is asked at most, the first time included."""
LONGEST_WAIT: Final = 60.0
"""The longest Retry-After, in seconds, that is worth waiting for while somebody looks on."""

_FIRST_WAIT: Final = 1.0
_QUICK_WAIT: Final = 0.5


def seconds_before_retry(error: ApiError, attempt: int, rng: random.Random) -> float | None:
    """Return how many seconds to wait before asking again, or None to give up; `attempt` counts from 1.

    The wait grows with each attempt and is drawn from its whole length, so that kiosks don't come back together.
    A Retry-After is obeyed, and a little is added for the same reason.
    """
    if attempt >= ATTEMPTS:
        return None
    if isinstance(error, NotSentError) and not isinstance(error, NoTokenError):
        # A line that is down stays down for longer than a person waits: one quick retry for a lost packet.
        return rng.uniform(0, _QUICK_WAIT) if attempt == 1 else None
    if not isinstance(error, AnswerLostError | ThrottledError | NoTokenError):
        return None
    asked = None if isinstance(error, NoTokenError) else error.retry_after
    if asked is not None:
        return asked + rng.uniform(0, _FIRST_WAIT) if asked <= LONGEST_WAIT else None
    return rng.uniform(0, _FIRST_WAIT * 2 ** (attempt - 1))
