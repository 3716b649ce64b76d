"""Which codes of one burst are parcels."""

from __future__ import annotations

import pytest

from kiosk.errors import UnreadableScanError
from kiosk.tracking.labels import labels_of

UPS, USPS = "1Z999AA10123456784", "9400136895232395100002"


@pytest.mark.parametrize("typed", ["smith", "mar", "SMITH-JONES"])
def test_a_word_between_two_codes_is_no_parcel(typed: str) -> None:
    labels = labels_of((UPS, typed, USPS), own_prefix="IH-")
    assert [label.code for label in labels] == [UPS, USPS]


def test_codes_of_ones_own_are_parcels_beside_others() -> None:
    labels = labels_of(("BOX-7712", UPS, "K4711"), own_prefix="IH-")
    assert [label.code for label in labels] == ["BOX-7712", UPS, "K4711"]


def test_words_alone_are_a_text() -> None:
    with pytest.raises(UnreadableScanError):
        labels_of(("smith", "jones"), own_prefix="IH-")
