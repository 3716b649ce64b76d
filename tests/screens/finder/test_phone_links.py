"""What the codes say: short enough for a terminal, true to the place, and nothing but what we wrote."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.barcodes import qr_code
from kiosk.facilities.addresses import Address
from kiosk.facilities.values import Facility
from screens.finder.phone_links import map_links
from screens.widgets.qr_code import size_for

ADDRESS = Address(lines=("6621 WILLIAMSON RD",), city="ROANOKE", state="VA", postal_code="24019")
texts = st.text(max_size=80)


def read(text: str) -> list[str]:
    """Return what a decoder reads from the code of a text."""
    matrix, scale, margin = qr_code(text), 4, 4
    rows = [[255] * (len(matrix) + 2 * margin)] * margin
    rows += [[255] * margin + [0 if dark else 255 for dark in row] + [255] * margin for row in matrix]
    rows += [[255] * (len(matrix) + 2 * margin)] * margin
    pixels = b"".join(bytes(value for value in row for _ in range(scale)) * scale for row in rows)
    picture = memoryview(pixels).cast("B", shape=[len(rows) * scale, len(rows) * scale])
    return [str(code.text) for code in zxingcpp.read_barcodes(picture) if "QR" in str(code.format)]


def test_a_place_with_coordinates_is_a_geo_link_with_and_without_its_name() -> None:
    place = Facility(name="Salem & Sons (Main)", address=ADDRESS, latitude=41.1192838, longitude=-73.3705073)
    assert map_links(place) == (
        "geo:41.11928,-73.37051?q=41.11928,-73.37051(Salem%20%26%20Sons%20%28Main%29)",
        "geo:41.11928,-73.37051",
    )
    assert size_for(map_links(place)[-1]).height <= 17, "it fits beside the week at 80x24 with its whole quiet zone"


def test_a_place_without_coordinates_is_a_search_for_its_address_in_capitals() -> None:
    links = map_links(Facility(address=ADDRESS))
    assert links == (
        "HTTPS://MAPS.GOOGLE.COM/?q=6621+WILLIAMSON+RD+ROANOKE+VA+24019",
        "HTTPS://MAPS.GOOGLE.COM/?q=6621+WILLIAMSON+RD+24019",
    )
    assert size_for(links[1]).height <= 19, "it fits alone at 80x24"


def test_nothing_known_is_no_link() -> None:
    assert map_links(Facility(address=Address())) == ()


@settings(max_examples=40, deadline=None)
@given(st.floats(-90, 90), st.floats(-180, 180), texts)
def test_every_geo_link_is_read_back_and_holds_the_place_to_a_metre(
    latitude: float, longitude: float, name: str
) -> None:
    place = Facility(name=name, address=ADDRESS, latitude=latitude, longitude=longitude)
    for link in map_links(place):
        assert re.fullmatch(r"geo:-?[\d.]+,-?[\d.]+(\?q=-?[\d.]+,-?[\d.]+\([\w.~%-]*\))?", link, re.ASCII)
        at = [float(part) for part in link.removeprefix("geo:").partition("?")[0].split(",")]
        assert abs(at[0] - latitude) < 1e-5
        assert abs(at[1] - longitude) < 1e-5
        assert read(link) == [link]


@given(st.lists(texts, max_size=2), texts, st.sampled_from(["VA", "CT", ""]), st.sampled_from(["24019", ""]))
def test_no_address_makes_a_link_to_somewhere_else(lines: list[str], city: str, state: str, code: str) -> None:
    place = Facility(address=Address(lines=tuple(lines), city=city, state=state, postal_code=code))
    for link in map_links(place):
        parts = urlsplit(link)
        assert (parts.scheme, parts.hostname, parts.path) == ("https", "maps.google.com", "/")
        assert link.isascii()
        assert link.isprintable()
        assert set(parse_qs(parts.query, keep_blank_values=True)) == {"q"}
        assert not parts.fragment


def test_letters_beyond_ascii_survive() -> None:
    place = Facility(address=Address(lines=("1 Rue de l'Église",), city="Québec", state="QC", postal_code="G1R 4S9"))
    link = map_links(place)[0]
    assert unquote(urlsplit(link).query.replace("+", " ")) == "q=1 RUE DE L'ÉGLISE QUÉBEC QC G1R 4S9"
    assert read(link) == [link]
