"""Several desks and one view: what goes to the centre, a PostgreSQL server, and what is heard from it.

Whoever imports anything here gets a FleetError where the extra `fleet` is not installed.
"""

from importlib.util import find_spec

from kiosk.errors import FleetError

for _needed in ("psycopg", "cryptography"):
    if find_spec(_needed) is None:
        raise FleetError("fleet_not_installed", missing=_needed)
