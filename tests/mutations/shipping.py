"""Broken promises between a desk and the centre: what is sent, what is sealed, what is forgotten, what is refused."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "names go to the centre in clear",
        "kiosk/fleet/packing.py",
        '"sealed": seal(keys[name], desk, sequence, text)',
        '"sealed": text',
        "fleet/test_personal.py::test_a_whole_copy_of_the_database_tells_no_name_and_no_contact",
    ),
    Mutation(
        "what was sealed for one place opens in another",
        "kiosk/fleet/sealing.py",
        'return f"{desk}:{sequence}".encode()',
        'return f"{len(desk)}:{len(str(sequence))}".encode()',
        "fleet/test_personal.py::test_what_is_sealed_is_opened_by_its_key_in_its_place_only",
    ),
    Mutation(
        "the centre is not told who was forgotten",
        "kiosk/fleet/shipping.py",
        '            await self._centre.call("forget", person.contact, list(person.parcels))\n',
        "",
        "fleet/test_personal.py::test_who_is_forgotten_at_a_desk_can_be_read_nowhere_any_more_and_the_chains_hold",
    ),
    Mutation(
        "whom the centre has to forget is kept in memory only",
        "kiosk/journal/shipped.py",
        "    if _shipped(database) is not None:",
        "    if _shipped(database) is None:",
        "fleet/test_personal.py::"
        "test_a_person_who_is_forgotten_while_the_centre_is_away_is_forgotten_there_when_it_is_back",
    ),
    Mutation(
        "a desk does not begin where the centre says",
        "kiosk/fleet/shipping.py",
        '                self.reached = Shipped(sequence=answer["sequence"] - 1)',
        "                self.reached = Shipped(sequence=batch.events[-1].row.sequence)",
        "fleet/test_shipping.py::test_a_centre_that_was_restored_from_an_older_copy_asks_for_what_it_lost",
    ),
    Mutation(
        "one event that the centre can't read holds up the rest",
        "kiosk/fleet/shipping.py",
        "            if len(batch.events) == 1:",
        "            if not batch.events:",
        "fleet/test_shipping.py::test_an_event_that_the_centre_can_not_read_is_parked_and_the_rest_goes_on",
    ),
    Mutation(
        "an event need not follow the one before",
        "kiosk/fleet/schema/0002_shipping.sql",
        "            IF previous <> head.hash THEN",
        "            IF previous IS NULL THEN",
        "fleet/test_forged.py::test_a_hundred_forged_events_of_every_kind_are_refused_each_with_an_alarm",
    ),
    Mutation(
        "a parcel is told of with every batch as it stood then",
        "kiosk/journal/shipping.py",
        " AND sequence > :last AND desk = :desk)",
        " AND sequence > :last AND desk = :desk AND desk IS NULL)",
        "fleet/test_shipping.py::test_a_parcel_goes_with_its_last_event",
    ),
    Mutation(
        "a centre that is away is asked again at once, for ever",
        "kiosk/background/fleet.py",
        "        if not self._failures:\n            return",
        "        if self._failures:\n            return",
        "fleet/test_background.py::"
        "test_a_centre_that_is_away_is_asked_ever_less_often_and_told_everything_when_it_is_back",
    ),
)
