"""All mutations, by the part of the product that they break."""

from __future__ import annotations

from tests.mutations import api, door, ending, hands, home, journal, lockdown, notices, outside, paper, trade, writes

MUTATIONS = (
    *trade.MUTATIONS,
    *journal.MUTATIONS,
    *api.MUTATIONS,
    *hands.MUTATIONS,
    *home.MUTATIONS,
    *notices.MUTATIONS,
    *outside.MUTATIONS,
    *door.MUTATIONS,
    *ending.MUTATIONS,
    *lockdown.MUTATIONS,
    *paper.MUTATIONS,
    *writes.MUTATIONS,
)
