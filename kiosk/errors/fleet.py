"""The centre of several desks can't be used, or does not take what this desk sends."""

from __future__ import annotations

from typing import ClassVar

from kiosk.errors.base import KioskError


class FleetError(KioskError):
    """The centre can't be used like this: somebody has to mend something there or here. The desk works on alone."""

    code = "fleet_failed"


class FleetAwayError(FleetError):
    """The centre did not answer, or can't store anything now; it may later."""

    code = "fleet_away"
    retryable: ClassVar[bool] = True


class FleetDataError(FleetError):
    """The centre can't store something that was sent to it: one value in the batch is not to its taste."""

    code = "fleet_data"


class FleetRefusedError(FleetError):
    """The centre answered and refuses this desk: its journal does not go on from what the centre has, for one."""

    code = "fleet_refused"
