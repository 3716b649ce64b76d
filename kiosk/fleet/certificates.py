"""Whose certificates are trusted at the centre, and why one is not: PostgreSQL's library says only that it is not."""

from __future__ import annotations

import asyncio
import ssl
import struct
from contextlib import suppress
from typing import Final

from certifi import where

from kiosk.errors import FleetError
from kiosk.settings.fleet import Fleet, Server

_ASKS_FOR_TLS: Final = struct.pack("!ii", 8, 80877103)
"""What a client of PostgreSQL sends first."""
_REASONS: Final = {
    9: "fleet_certificate_too_new",
    10: "fleet_certificate_expired",
    62: "fleet_certificate_of_another",
    64: "fleet_certificate_of_another",
}
"""By OpenSSL's number of what is wrong."""


def authorities(fleet: Fleet) -> str:
    """Return the file of those who may vouch for the server: as set, else the public ones that the kiosk brings."""
    # Not the library's own `system`: where the driver comes as a wheel, that is a folder which no machine has.
    return str(fleet.ca_file or where())


def refuse_unreadable_files(fleet: Fleet) -> None:
    """Raise FleetError where a file that the settings name can't be read: the library would do without."""
    for path in filter(None, (fleet.ca_file, fleet.certificate_file, fleet.key_file)):
        try:
            with path.open("rb"):
                pass
        except OSError as error:
            raise FleetError("fleet_file_unreadable", path=str(path), text=error.strerror) from None


async def why_refused(server: Server, trusted: str, seconds: float) -> FleetError:
    """Return what is wrong with the certificate that a server shows."""
    try:
        # Not ssl.create_default_context: it is stricter than PostgreSQL's library, and writes keys to SSLKEYLOGFILE.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.load_verify_locations(cafile=trusted)
        async with asyncio.timeout(seconds):
            await _shake_hands(server, context)
    except ssl.SSLCertVerificationError as error:
        return FleetError(_REASONS.get(error.verify_code, "fleet_certificate_untrusted"), host=server.host)
    except (OSError, asyncio.IncompleteReadError):
        pass
    return FleetError("fleet_certificate_untrusted", host=server.host)


async def _shake_hands(server: Server, context: ssl.SSLContext) -> None:
    reader, writer = await asyncio.open_connection(server.host, server.port)
    try:
        writer.write(_ASKS_FOR_TLS)
        if await reader.readexactly(1) == b"S":
            await writer.start_tls(context, server_hostname=server.host)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()
