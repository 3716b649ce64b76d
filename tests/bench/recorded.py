"""Runs a program with its HTTP calls timed: `python -m tests.bench.recorded FILE kiosk|plain ARGUMENTS`.

FILE gets a list of [begin, end] in seconds of the monotonic clock, which all processes share.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import httpx

CALLS: list[tuple[float, float]] = []


class Recording(httpx.AsyncHTTPTransport):
    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        begin = time.perf_counter()
        response = await super().handle_async_request(request)
        await response.aread()
        CALLS.append((begin, time.perf_counter()))
        return response


def plain(url: str, number: str, contact: str) -> int:
    """Deposit a parcel without anything but httpx: the calls that the kiosk makes, one after the other."""
    with httpx.Client(event_hooks={"request": [_begin], "response": [_end]}) as client:
        answer = client.post(
            f"{url}/auth/api/v1/token", auth=("demo", "demo"), data={"grant_type": "client_credentials"}
        )
        client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
        bank = f"{url}/parcelpoint/api/v1/lockerBanks/BTwo"
        units = client.get(bank).json()["lockerUnits"]
        unit = next(unit["lockerUnitId"] for unit in units if unit["unitInService"] and not unit["unitReserved"])
        wanted = {"userId": "bench@example.com", "contactId": contact, "contactType": "recipient", "lockerUnitId": unit}
        client.post(f"{bank}/lockers/reserve", json={**wanted, "trackingNumber": number}).raise_for_status()
        parcels = {"parcels": [{"trackingNumber": number}]}
        client.patch(f"{bank}/lockers/{unit}/deposit", json=parcels).raise_for_status()
    return 0


def _begin(_: httpx.Request) -> None:
    CALLS.append((time.perf_counter(), 0.0))


def _end(response: httpx.Response) -> None:
    response.read()
    CALLS[-1] = (CALLS[-1][0], time.perf_counter())


def kiosk(*arguments: str) -> int:
    from kiosk.cli.command import run  # noqa: PLC0415 - the plain calls do without

    setattr(httpx._client, "AsyncHTTPTransport", Recording)  # noqa: B010 - the client takes it from there when it is made
    return run(arguments)


if __name__ == "__main__":
    record, program, *rest = sys.argv[1:]
    code = kiosk(*rest) if program == "kiosk" else plain(*rest)
    Path(record).write_text(json.dumps(CALLS), "utf-8")
    sys.exit(code)
