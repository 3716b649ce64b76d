"""The choices of a search."""

from __future__ import annotations

import pytest

from kiosk.facilities.addresses import Address
from kiosk.facilities.values import Question
from kiosk.facilities.variants import LIMITS, FacilityVariant
from kiosk.words.facility_options import Aspect, options_of, question_words

VIRGINIA = Address(lines=("1 Main St",), city="Roanoke", state="VA", postal_code="24019")


@pytest.mark.parametrize("variant", FacilityVariant)
def test_every_choice_is_taken_by_the_service_of_the_account(variant: FacilityVariant) -> None:
    question = Question(address=VIRGINIA)
    for aspect in Aspect:
        options = options_of(aspect, LIMITS[variant])
        assert options
        for option in options:
            asked = option.in_question(question)
            asked.check(variant)
            assert [each.label for each in options if each.fits(asked)] == [option.label]
            assert option.label in question_words(asked, LIMITS[variant])


def test_an_account_that_knows_only_post_offices_is_offered_no_drop_off_points() -> None:
    labels = [option.label for option in options_of(Aspect.SERVICE, LIMITS[FacilityVariant.SHIPPING360])]
    assert labels == ["Any service", "Prints labels", "Label machine"]
    assert len(options_of(Aspect.CARRIER, LIMITS[FacilityVariant.SHIPPING360])) == 1
    assert [option.label for option in options_of(Aspect.COUNT, LIMITS[FacilityVariant.SHIPPING360])][-1] == "Up to 50"
