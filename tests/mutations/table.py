"""All mutations, by the part of the product that they break."""

from __future__ import annotations

from tests.mutations import api, ending, hands, home, journal, outside, trade, writes

MUTATIONS = (
    *trade.MUTATIONS,
    *journal.MUTATIONS,
    *api.MUTATIONS,
    *hands.MUTATIONS,
    *home.MUTATIONS,
    *outside.MUTATIONS,
    *ending.MUTATIONS,
    *writes.MUTATIONS,
)
