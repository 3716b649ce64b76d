"""How numbers read: thousands and decimals, sizes, distances. Times are in `times.py`.

A number that people read goes through here; a text has its place without a format (`{count}`, not `{count:,}`).
"""

from __future__ import annotations

from kiosk.words.language import N_, _, ngettext, pgettext


def number(value: float, decimals: int = 0) -> str:
    """Return a number with its thousands apart, and so many decimals."""
    whole, _point, part = f"{value:,.{decimals}f}".partition(".")
    # Translators: the sign between thousands, as in 1,000: a no-break space where your language leaves a gap
    whole = whole.replace(",", pgettext("number: thousands", ","))
    # Translators: the sign before decimals, as in 0.5
    return f"{whole}{pgettext('number: decimals', '.')}{part}" if part else whole


def as_short(value: float) -> str:
    """Return a number with as many decimals as it has: `24`, `0.5`."""
    return f"{value:g}".replace(".", pgettext("number: decimals", "."))


def bytes_of(count: int) -> str:
    """Return a size in the unit that suits it."""
    size = float(count)
    if size < 1000:
        return ngettext("{size} byte", "{size} bytes", count).format(size=count)
    for text in (N_("{size} kB"), N_("{size} MB")):
        size /= 1000
        if size < 1000:
            return _(text).format(size=number(size, 1))
    return _("{size} GB").format(size=number(size / 1000, 1))


def miles_of(miles: float) -> str:
    """Return a distance."""
    return _("{miles} mi").format(miles=number(miles, 1))
