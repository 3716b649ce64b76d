"""Why the centre takes nothing from this desk, by what it answers."""

from __future__ import annotations

from typing import Final

from kiosk.errors import FleetRefusedError

_CODES: Final = {
    "program_too_old": "fleet_program_too_old",
    "schema_too_old": "fleet_schema_too_old",
    "unknown_desk": "fleet_unknown_desk",
    "older_copy": "fleet_older_copy",
    "another_journal": "fleet_another_journal",
    "two_desks": "fleet_two_desks",
    "chain_broken": "fleet_chain_broken",
    "event_changed": "fleet_event_changed",
}


def refusal(outcome: str, event: int | None = None) -> FleetRefusedError:
    """Return the error for an outcome about an event, or for an alarm, which bears the name of what raised it."""
    code = _CODES.get(outcome, "")
    return FleetRefusedError(code) if event is None else FleetRefusedError(code, event=event)
