"""The section `[webhook]`: the address that gets each notice as a signed request."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import AfterValidator, SecretStr

from kiosk.settings.section import Section, WrongValueError
from kiosk.settings.web import WholeWebAddress

LEAST_SECRET: Final = 16
"""Characters of a secret that nobody guesses."""


def _long_enough(secret: SecretStr) -> SecretStr:
    if 0 < len(secret.get_secret_value()) < LEAST_SECRET:
        raise WrongValueError("secret_too_short", least=LEAST_SECRET)
    return secret


class Webhook(Section):
    """Where notices go for everything that is no e-mail."""

    url: WholeWebAddress | None = None
    secret: Annotated[SecretStr, AfterValidator(_long_enough)] = SecretStr("")
    """What requests are signed with."""
