"""Opens the names of recipients for whoever looks at the centre. Keys are asked for each time: who is forgotten is."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from pydantic import ValidationError

from kiosk.errors import FleetError
from kiosk.fleet.centre import Centre
from kiosk.fleet.sealing import opened
from kiosk.parcels.contacts import Contact


class Whose(NamedTuple):
    """For whom a parcel is."""

    contact: Contact | None = None
    is_forgotten: bool = False
    """There was somebody, and nobody can read any more who."""


class Names:
    """Reads contacts that desks have sealed."""

    def __init__(self, centre: Centre) -> None:
        self._centre = centre

    async def of(self, rows: Sequence[dict[str, Any]]) -> tuple[Whose, ...]:
        """Return for whom the parcels of these rows are, in their order; raises FleetError."""
        wanted = {(row["contact"], row["month"]) for row in rows if row["contact"] and row["sealed"]}
        keys: dict[tuple[str, str], str] = {}
        if wanted:
            query = "SELECT contact, month, key FROM fleet.keys_for(%s)"
            found = await self._centre.rows(query, (json.dumps(sorted(wanted)),))
            keys = {(row["contact"], row["month"]): row["key"] for row in found}
        return tuple(_whose(row, keys.get((row["contact"], row["month"]))) for row in rows)


def _whose(row: dict[str, Any], key: str | None) -> Whose:
    if not row["month"]:
        return Whose()
    # Forgetting takes the contact and leaves the month; the end of its months takes the key.
    if key is None:
        return Whose(is_forgotten=True)
    try:
        return Whose(Contact.model_validate_json(opened(key, row["desk"], row["sequence"], row["sealed"])))
    except (FleetError, ValidationError):
        return Whose()
