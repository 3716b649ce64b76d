"""Coordinates in degrees as a flat map of a town has them: miles east and north of a middle. Numbers only."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, radians
from typing import NamedTuple

MILES_PER_DEGREE = 69.093
"""Of latitude, anywhere; of longitude at the equator."""

_ROUNDS = 12
_FLAT = 1e-4
"""Below this the equations tell nothing: places in a row have two points with the same distances, one on each side."""

Row = tuple[float, float, float]
"""Miles east and north, and a number that belongs to them."""


class Point(NamedTuple):
    """A place in degrees."""

    latitude: float
    longitude: float


class Measured(NamedTuple):
    """A place, and how far it is from somewhere, in miles."""

    point: Point
    miles: float


def east_and_north(point: Point, middle: Point) -> tuple[float, float]:
    """Return how many miles a place lies to the east and to the north of the middle; negative: west, south."""
    # The short way round, also across the 180th meridian.
    degrees_east = (point.longitude - middle.longitude + 180) % 360 - 180
    narrowing = max(cos(radians(middle.latitude)), 0.0)
    return degrees_east * narrowing * MILES_PER_DEGREE, (point.latitude - middle.latitude) * MILES_PER_DEGREE


def centre_of(points: Sequence[Point]) -> Point:
    """Return the middle between places."""
    first = points[0]
    # As miles from the first one: the mean of longitudes fails across the 180th meridian.
    moved = [east_and_north(point, first) for point in points]
    east, north = (sum(axis) / len(moved) for axis in zip(*moved, strict=True))
    return _moved(first, east, north)


def where_from(measured: Sequence[Measured]) -> Point | None:
    """Return the place from which these distances were taken; None where they don't tell.

    No answer says where the desk lies, but three distances do. They are rounded, so no point fits all of them: linear
    equations give a first guess, and steps of Gauss and Newton improve it to the one that fits best.
    """
    if len(measured) < 3:
        return None
    origin = centre_of([each.point for each in measured])
    places = [(*east_and_north(each.point, origin), each.miles) for each in measured]
    spread = max(hypot(east, north) for east, north, _ in places)
    at = _first_guess(places) if spread > 0 else None
    if at is None:
        return None
    for _ in range(_ROUNDS):
        at = _nearer(at, places)
    return _moved(origin, *at)


def _first_guess(places: Sequence[Row]) -> tuple[float, float] | None:
    """Return where the circles around the places meet, as well as they do."""
    # (x - e)^2 + (y - n)^2 = m^2 for each place. The origin is the middle of the places, so taking the mean of all
    # equations off each one removes the squares of x and y: 2ex + 2ny = e^2 + n^2 - m^2, less its mean.
    squares = [east**2 + north**2 - miles**2 for east, north, miles in places]
    mean = sum(squares) / len(places)
    return _least_squares(
        [(2 * east, 2 * north, square - mean) for (east, north, _), square in zip(places, squares, strict=True)]
    )


def _nearer(at: tuple[float, float], places: Sequence[Row]) -> tuple[float, float]:
    """Return a point whose distances fit better: one step of Gauss and Newton."""
    rows = []
    for east, north, miles in places:
        x, y = at[0] - east, at[1] - north
        # At the place itself no direction is away from it, and the division would fail.
        away = max(hypot(x, y), 1e-9)
        # Moving by one mile straight away from the place lengthens the distance by one; `miles - away` is missing.
        rows.append((x / away, y / away, miles - away))
    step = _least_squares(rows)
    return at if step is None else (at[0] + step[0], at[1] + step[1])


def _least_squares(rows: Sequence[Row]) -> tuple[float, float] | None:
    """Solve x * a + y * b = s for a and b, where each row is (x, y, s); None where the rows tell only one of them."""
    xx = sum(x * x for x, _, _ in rows)
    yy = sum(y * y for _, y, _ in rows)
    xy = sum(x * y for x, y, _ in rows)
    xs = sum(x * s for x, _, s in rows)
    ys = sum(y * s for _, y, s in rows)
    determinant = xx * yy - xy * xy
    # Compared with a square of the same unit, so that it does not depend on how far the places lie apart.
    if determinant <= _FLAT * (xx + yy) ** 2:
        return None
    return (xs * yy - ys * xy) / determinant, (ys * xx - xs * xy) / determinant


def _moved(origin: Point, east: float, north: float) -> Point:
    narrowing = max(cos(radians(origin.latitude)), 1e-9)
    longitude = origin.longitude + east / (MILES_PER_DEGREE * narrowing)
    return Point(origin.latitude + north / MILES_PER_DEGREE, (longitude + 180) % 360 - 180)
