"""Which time zone a place in the United States or Canada is in, from its state and, where that has two, coordinates.

A small table instead of a map of the world: the areas are boxes drawn safely inside a zone, so that between them the
answer is the state's larger zone and said to be unsure. Zones: 49 CFR 71 and the IANA time zone database.
"""

from __future__ import annotations

from functools import cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_EAST: Final = "America/New_York"
_CENTRAL: Final = "America/Chicago"
_MOUNTAIN: Final = "America/Denver"
_PACIFIC: Final = "America/Los_Angeles"
_BOISE: Final = "America/Boise"
_PHOENIX: Final = "America/Phoenix"

_ONE_ZONE: Final = {
    _EAST: "CT DE DC GA ME MD MA NH NJ NY NC OH PA RI SC VT VA WV",
    _CENTRAL: "AL AR IL IA LA MN MS MO OK WI",
    _MOUNTAIN: "CO MT NM UT WY",
    _PACIFIC: "CA WA",
    "Pacific/Honolulu": "HI",
    "America/Puerto_Rico": "PR",
    "America/St_Thomas": "VI",
    "Pacific/Guam": "GU",
    "Pacific/Saipan": "MP",
    "Pacific/Pago_Pago": "AS",
    "America/Edmonton": "AB",
    "America/Winnipeg": "MB",
    "America/Moncton": "NB",
    "America/Halifax": "NS PE",
    "America/Whitehorse": "YT",
}
_ZONE_OF: Final = {state: zone for zone, states in _ONE_ZONE.items() for state in states.split()}


class _Area(NamedTuple):
    """A box in degrees; everything of the state inside it is in the zone."""

    zone: str
    south: float = -90
    west: float = -180
    north: float = 90
    east: float = 180


_MORE_ZONES: Final[dict[str, tuple[str, tuple[_Area, ...]]]] = {
    # The zones part at 169.5 degrees west.
    "AK": ("America/Anchorage", (_Area("America/Anchorage", west=-169), _Area("America/Adak", east=-170))),
    # The Navajo Nation in its north-east corner keeps summer time.
    "AZ": (
        _PHOENIX,
        (_Area(_PHOENIX, east=-111.9), _Area(_PHOENIX, north=35.3, east=-111.2), _Area(_PHOENIX, north=34.7)),
    ),
    "FL": (_EAST, (_Area(_EAST, west=-84.8), _Area(_CENTRAL, east=-85.5))),
    "ID": (_BOISE, (_Area(_BOISE, north=45.3), _Area(_PACIFIC, south=46))),
    # Its corners near Chicago and Evansville are on Central time.
    "IN": ("America/Indiana/Indianapolis", (_Area("America/Indiana/Indianapolis", west=-86.4),)),
    "KS": (_CENTRAL, (_Area(_CENTRAL, west=-101.2),)),
    "KY": (_EAST, (_Area(_EAST, west=-84.8), _Area(_EAST, south=38.15), _Area(_CENTRAL, east=-86.9))),
    "MI": ("America/Detroit", (_Area("America/Detroit", west=-87.2),)),
    "NE": (_CENTRAL, (_Area(_CENTRAL, west=-100.8), _Area(_MOUNTAIN, east=-101.6))),
    "ND": (_CENTRAL, (_Area(_CENTRAL, west=-100.4),)),
    "NV": (_PACIFIC, (_Area(_PACIFIC, east=-115),)),
    "OR": (_PACIFIC, (_Area(_PACIFIC, east=-118.3), _Area(_BOISE, south=43, north=44.2, west=-117.6))),
    "SD": (_CENTRAL, (_Area(_CENTRAL, west=-100.1), _Area(_MOUNTAIN, east=-101.5))),
    "TN": (
        _CENTRAL,
        (_Area(_CENTRAL, east=-85.6), _Area(_EAST, west=-84.6), _Area(_EAST, north=35.2, west=-85.35)),
    ),
    "TX": (_CENTRAL, (_Area(_CENTRAL, west=-104.8), _Area(_MOUNTAIN, east=-105.1))),
    "BC": ("America/Vancouver", (_Area("America/Vancouver", north=54, east=-118.5),)),
    # Most of Labrador is on Atlantic time, but its south-east coast is not.
    "NL": ("America/St_Johns", (_Area("America/St_Johns", north=51.2), _Area("America/Goose_Bay", south=53, east=-57))),
    "NT": ("America/Edmonton", ()),
    "NU": ("America/Iqaluit", ()),
    "ON": (
        "America/Toronto",
        (_Area("America/Toronto", west=-89.9), _Area("America/Winnipeg", east=-91.5, south=49.5)),
    ),
    "QC": ("America/Toronto", (_Area("America/Toronto", east=-66),)),
    # Lloydminster, on the border, keeps Alberta's time.
    "SK": ("America/Regina", (_Area("America/Regina", west=-109),)),
}
"""State or province: the zone of most of its people, and the areas that are sure."""


class PlaceZone(NamedTuple):
    """The zone of a place: None where nothing can be said, and whether it is sure."""

    zone: ZoneInfo | None
    is_sure: bool


def zone_of(state: str, latitude: float | None = None, longitude: float | None = None) -> PlaceZone:
    """Return the zone of a place by the two letters of its state or province, and its coordinates in degrees.

    It is unsure where a state has two zones and the coordinates are missing or near the border, and where this
    machine lacks the zone's rules.
    """
    state = state.strip().upper()
    if state in _ZONE_OF:
        return _place(_ZONE_OF[state], is_sure=True)
    if state not in _MORE_ZONES:
        return PlaceZone(None, is_sure=False)
    most, areas = _MORE_ZONES[state]
    if latitude is not None and longitude is not None:
        for area in areas:
            if area.south <= latitude <= area.north and area.west <= longitude <= area.east:
                return _place(area.zone, is_sure=True)
    return _place(most, is_sure=False)


def _place(name: str, *, is_sure: bool) -> PlaceZone:
    zone = _zone(name)
    return PlaceZone(zone, is_sure=is_sure and zone is not None)


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:  # a machine without the time zone database
        return None
