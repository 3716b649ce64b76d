"""All mutations, by the part of the product that they break."""

from __future__ import annotations

from tests.mutations import (
    api,
    devices,
    door,
    ending,
    fleet,
    hands,
    home,
    journal,
    lockdown,
    looking,
    notices,
    other_desks,
    outside,
    paper,
    people,
    shipping,
    trade,
    upkeep,
    witness,
    writes,
)

MUTATIONS = (
    *trade.MUTATIONS,
    *journal.MUTATIONS,
    *api.MUTATIONS,
    *hands.MUTATIONS,
    *devices.MUTATIONS,
    *home.MUTATIONS,
    *notices.MUTATIONS,
    *outside.MUTATIONS,
    *door.MUTATIONS,
    *ending.MUTATIONS,
    *fleet.MUTATIONS,
    *lockdown.MUTATIONS,
    *looking.MUTATIONS,
    *paper.MUTATIONS,
    *people.MUTATIONS,
    *shipping.MUTATIONS,
    *upkeep.MUTATIONS,
    *witness.MUTATIONS,
    *other_desks.MUTATIONS,
    *writes.MUTATIONS,
)
