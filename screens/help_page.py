"""What the help shows: every screen and every question, in the order in which a clerk meets them."""

from __future__ import annotations

from typing import Final

from screens.actions import Keymap
from screens.clerk_actions import (
    ADDRESS_KEYS,
    CODE_KEYS,
    CONTACT_ID_KEYS,
    ELSEWHERE_KEYS,
    EVERYWHERE,
    FIND_KEYS,
    HELP_KEYS,
    HOME_KEYS,
    LABEL_KEYS,
    LANGUAGE_KEYS,
    LEAVING_KEYS,
    LOCKER_KEYS,
    NO_LARGER_QUESTION,
    NUMBER_KEYS,
    ONCE_MORE_QUESTION,
    PROBLEM_QUESTION,
    PUT_IN_KEYS,
    RECIPIENT_KEYS,
    SCANNER_TEST_KEYS,
    SHELF_KEYS,
    TASKS_KEYS,
    TOUR_KEYS,
)
from screens.finder_actions import HELP_PAGE as FINDERS_PAGE
from screens.leaving_actions import HELP_PAGE as LEAVING_PAGE
from screens.parcel_actions import HELP_PAGE as PARCELS_PAGE
from screens.people_actions import HELP_PAGE as PEOPLES_PAGE
from screens.stocktake_actions import HELP_PAGE as STOCKTAKE_PAGE

HELP_PAGE: Final[tuple[Keymap, ...]] = (
    HOME_KEYS,
    TASKS_KEYS,
    FIND_KEYS,
    ELSEWHERE_KEYS,
    NUMBER_KEYS,
    LABEL_KEYS,
    RECIPIENT_KEYS,
    CONTACT_ID_KEYS,
    LOCKER_KEYS,
    ADDRESS_KEYS,
    SHELF_KEYS,
    PUT_IN_KEYS,
    PROBLEM_QUESTION,
    ONCE_MORE_QUESTION,
    NO_LARGER_QUESTION,
    CODE_KEYS,
    *PARCELS_PAGE,
    *LEAVING_PAGE,
    *STOCKTAKE_PAGE,
    *FINDERS_PAGE,
    SCANNER_TEST_KEYS,
    HELP_KEYS,
    TOUR_KEYS,
    LANGUAGE_KEYS,
    LEAVING_KEYS,
    *PEOPLES_PAGE,
    EVERYWHERE,
)
