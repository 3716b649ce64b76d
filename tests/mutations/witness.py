"""Broken promises between several desks: whoever changes the past, or uses an id twice, is found out."""

from __future__ import annotations

from tests.mutations.mutation import Mutation

MUTATIONS = (
    Mutation(
        "an older copy that went on is taken for a chain that broke",
        "kiosk/fleet/shipping.py",
        "after = max(self.reached.sequence - 1, 0) if self._is_new else self.reached.sequence",
        "after = self.reached.sequence",
        "fleet/test_rejoining.py::test_an_older_copy_that_has_as_many_events_by_now_is_found_out_too",
    ),
    Mutation(
        "a desk goes on from an event that the centre does not have",
        "kiosk/fleet/rejoining.py",
        "            shared = middle\n        else:\n            different = middle\n",
        "            different = middle\n        else:\n            shared = middle\n",
        "fleet/test_rejoining.py::test_what_the_centre_knows_beyond_is_told_and_the_desk_goes_on_from_the_last_common_event",
    ),
    Mutation(
        "parcels that both knew before are not told of anew",
        "kiosk/journal/shipping.py",
        "HAVING max(sequence) <= ?",
        "HAVING max(sequence) > ?",
        "fleet/test_rejoining.py::test_what_the_centre_knows_beyond_is_told_and_the_desk_goes_on_from_the_last_common_event",
    ),
    Mutation(
        "nobody says that somebody else sends in a desk's name",
        "kiosk/fleet/shipping.py",
        'Cause(code="fleet_sent_by_others") if answer.get("alarm") else None',
        "None",
        "fleet/test_rejoining.py::test_a_copied_disk_is_said_at_both_and_can_not_push_the_other_aside",
    ),
    Mutation(
        "a chain at the centre is believed where its hashes fit and its order does not",
        "kiosk/fleet/chains.py",
        """record.endswith(f',"{previous}"]')""",
        "previous is not None",
        "fleet/test_witness.py::test_what_somebody_changed_at_the_centre_is_named",
    ),
    Mutation(
        "what desks wrote down of each other is not compared",
        "kiosk/fleet/verifying.py",
        "if self.made.get(witnessed.day) != witnessed.root:",
        "if witnessed.day not in self.made:",
        "fleet/test_witness.py::test_a_centre_that_writes_everything_anew_is_found_out_by_the_chains_of_the_others",
    ),
    Mutation(
        "events of another chain pass for those of the old id",
        "kiosk/journal/rechaining.py",
        'if (change["events"], change["head"]) != (sequence - 1, end):',
        'if change["events"] != sequence - 1:',
        "journal/test_new_desk.py::test_events_that_were_not_in_the_old_chain_are_found_out",
    ),
    Mutation(
        "a copied desk gets its id while a kiosk is open",
        "kiosk/journal/new_desk.py",
        "if not journal.owner.is_alone():",
        "if journal.owner is None:",
        "journal/test_new_desk.py::test_beside_another_process_nothing_is_changed",
    ),
)
