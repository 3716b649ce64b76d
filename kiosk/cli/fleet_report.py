"""`kiosk report --fleet`: how all desks stand, as JSON or as numbers for Prometheus. Reads only; tells of nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import NamedTuple, TypeAlias

from kiosk import __version__
from kiosk.cli.exits import DONE
from kiosk.cli.health_file import Metric, text_of, write
from kiosk.cli.output import Fields, Output
from kiosk.clock import Clock, SystemClock
from kiosk.desk.corrections import role_given
from kiosk.fleet.concerns import Alarm
from kiosk.fleet.looking import open_looking
from kiosk.fleet.standings import Standing
from kiosk.fleet.usage import BankUse, SiteHours
from kiosk.settings import Settings
from kiosk.words.language import _

_Values: TypeAlias = "dict[tuple[str, ...], float]"


class _Known(NamedTuple):
    """The figures of both forms."""

    desks: tuple[Standing, ...]
    alarms: tuple[Alarm, ...]
    banks: tuple[BankUse, ...]
    sites: tuple[SiteHours, ...]


def tell(settings: Settings, prometheus: Path | None, output: Output) -> int:
    """Print the report, or write it as numbers into a file; raises FleetError or StorageError."""
    clock = SystemClock()
    known = asyncio.run(_known(settings, clock))
    if prometheus is None:
        output.json(_fields(known, clock.now()))
    else:
        write(prometheus, text_of(_metrics(known, clock.now()), {"version": __version__}))
    return DONE


async def _known(settings: Settings, clock: Clock) -> _Known:
    async with open_looking(settings, clock, role_given) as looking:
        alarms = (await looking.concerns()).alarms
        return _Known(
            await looking.standings(),
            tuple(each for each in alarms if each.closed_at is None),
            await looking.banks(),
            await looking.parcels_by_hour(),
        )


def _fields(known: _Known, now: datetime) -> Fields:
    return {
        "reportTime": now,
        "version": __version__,
        "desks": [_desk(each) for each in known.desks],
        "alarms": [
            {
                "desk": each.desk,
                "kind": each.kind,
                "sequence": each.sequence,
                "raisedTime": each.raised_at,
            }
            for each in known.alarms
        ],
        "lockerBanks": [
            {
                "lockerBankId": each.bank,
                "lockerBankName": each.label,
                "site": each.site,
                "units": each.units,
                "free": each.free,
                "readTime": each.told_at,
            }
            for each in known.banks
        ],
        "sites": [
            {"site": each.site, "beginTime": each.begins_at, "takenInByHour": each.taken_in} for each in known.sites
        ],
    }


def _desk(desk: Standing) -> Fields:
    return {
        "desk": desk.desk,
        "name": desk.name,
        "site": desk.site,
        "here": not desk.is_away,
        "seenTime": desk.seen_at,
        "knownTime": desk.known_at,
        "clockOffsetSeconds": _offset(desk),
        "clockRight": not desk.is_clock_off,
        "version": desk.program or None,
        "events": desk.events,
        **_counts(desk),
    }


def _counts(desk: Standing) -> dict[str, int]:
    return {
        "eventsWaiting": desk.waiting,
        "eventsParked": desk.parked,
        "alarmsOpen": desk.alarms,
        "parcelsToLookAt": desk.to_look_at,
        "parcelsHere": desk.here,
    }


def _metrics(known: _Known, now: datetime) -> Iterator[Metric]:
    def of_desks(name: str, about: str, figure: Callable[[Standing], float | None]) -> Metric:
        figures = {(each.desk, each.name, each.site): figure(each) for each in known.desks}
        values: _Values = {labels: value for labels, value in figures.items() if value is not None}
        return Metric(f"fleet_desk_{name}", about, values, ("desk", "name", "site"))

    yield Metric("fleet_report_timestamp_seconds", _("When this file was written."), {"": now.timestamp()})
    yield of_desks("here", _("1: the desk was heard in the last minutes."), lambda each: not each.is_away)
    yield of_desks("known_timestamp_seconds", _("Of when it is what is known."), lambda each: each.known_at.timestamp())
    yield of_desks("clock_offset_seconds", _("By how much its clock is ahead; absent: not known."), _offset)
    yield of_desks("events", _("The number of its newest event that is stored."), lambda each: each.events)
    yield of_desks("events_waiting", _("Events that it had not sent."), lambda each: each.waiting)
    yield of_desks("events_parked", _("Events that can't be read at the centre."), lambda each: each.parked)
    yield of_desks("alarms_open", _("Alarms that nobody has closed."), lambda each: each.alarms)
    yield of_desks("parcels_to_look_at", _("Parcels with findings, or in doubt."), lambda each: each.to_look_at)
    yield of_desks("parcels_here", _("Parcels that are there."), lambda each: each.here)
    banks = {(each.bank, each.label, each.site): each for each in known.banks}
    labels = ("bank", "name", "site")
    units: _Values = {key: each.units for key, each in banks.items()}
    free: _Values = {key: each.free for key, each in banks.items()}
    yield Metric("fleet_bank_units", _("Lockers of the bank."), units, labels)
    yield Metric("fleet_bank_units_free", _("Those of them that are free."), free, labels)
    taken_in: dict[str, float] = {each.site: sum(each.taken_in) for each in known.sites}
    yield Metric("fleet_site_parcels_taken_in", _("Parcels taken in in the last 24 hours."), taken_in, ("site",))


def _offset(desk: Standing) -> float | None:
    return desk.clock_offset.total_seconds() if desk.clock_offset is not None else None
