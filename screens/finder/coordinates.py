"""Coordinates in degrees as a flat map of a town has them: miles east and north of a middle. Numbers only."""

from __future__ import annotations

from math import cos, hypot, radians
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

MILES_PER_DEGREE = 69.093
"""Of latitude, anywhere; of longitude at the equator."""

_ROUNDS = 12
_FLAT = 1e-4
"""Of three places in a row nobody can tell on which side of them a fourth one lies."""


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
    degrees_east = (point.longitude - middle.longitude + 180) % 360 - 180
    narrowing = max(cos(radians(middle.latitude)), 0.0)
    return degrees_east * narrowing * MILES_PER_DEGREE, (point.latitude - middle.latitude) * MILES_PER_DEGREE


def centre_of(points: Sequence[Point]) -> Point:
    """Return the middle between places."""
    first = points[0]
    moved = [east_and_north(point, first) for point in points]
    east, north = (sum(axis) / len(moved) for axis in zip(*moved, strict=True))
    return _moved(first, east, north)


def where_from(measured: Sequence[Measured]) -> Point | None:
    """Return the place from which these distances were taken; None where they don't tell.

    No answer says where the desk lies, but three distances do. They are rounded, so the place is the one that fits all
    of them best (Gauss and Newton's way, from the exact answer of the equations without their squares).
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


def _first_guess(places: Sequence[tuple[float, float, float]]) -> tuple[float, float] | None:
    """Solve the equations of the circles, less their mean, for where they meet."""
    count = len(places)
    squares = [east**2 + north**2 - miles**2 for east, north, miles in places]
    mean = sum(squares) / count
    xx, yy, xy, xs, ys = (
        sum(values)
        for values in zip(
            *(
                (4 * x * x, 4 * y * y, 4 * x * y, 2 * x * (square - mean), 2 * y * (square - mean))
                for (x, y, _), square in zip(places, squares, strict=True)
            ),
            strict=True,
        )
    )
    determinant = xx * yy - xy * xy
    if determinant <= _FLAT * (xx + yy) ** 2:
        return None
    return (xs * yy - ys * xy) / determinant, (ys * xx - xs * xy) / determinant


def _nearer(at: tuple[float, float], places: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """Return a place whose distances fit better."""
    xx = yy = xy = xs = ys = 0.0
    for east, north, miles in places:
        x, y = at[0] - east, at[1] - north
        away = max(hypot(x, y), 1e-9)
        x, y, wrong = x / away, y / away, miles - away
        xx, yy, xy, xs, ys = xx + x * x, yy + y * y, xy + x * y, xs + x * wrong, ys + y * wrong
    determinant = xx * yy - xy * xy
    if determinant <= _FLAT * (xx + yy) ** 2:
        return at
    return at[0] + (xs * yy - ys * xy) / determinant, at[1] + (ys * xx - xs * xy) / determinant


def _moved(origin: Point, east: float, north: float) -> Point:
    narrowing = max(cos(radians(origin.latitude)), 1e-9)
    longitude = origin.longitude + east / (MILES_PER_DEGREE * narrowing)
    return Point(origin.latitude + north / MILES_PER_DEGREE, (longitude + 180) % 360 - 180)
