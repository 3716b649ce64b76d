"""What is said where a chain of events and what the centre of several desks has of it do not go together.

The codes are given in `kiosk/fleet/`.
"""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_TWO_WAYS = N_(
    "If a backup was restored here, let an administrator run: kiosk fleet rejoin. If this disk was copied, close the"
    " kiosk on the copy and run there: kiosk journal new-desk"
)
_AT_THE_CENTRE = N_("Find out who could write to the centre. The journals of the desks are as they were.")

TEXTS: dict[str, Text] = {
    "fleet_older_copy": Text(
        N_("The centre has later events of this desk than its journal: up to {event}. The journal is an older copy."),
        _TWO_WAYS,
    ),
    "fleet_another_journal": Text(
        N_("At the centre, event {event} of this desk is another one: an older copy of its journal or disk is in use."),
        _TWO_WAYS,
    ),
    "fleet_chain_broken": Text(
        N_("Event {event} of this desk does not go on from what the centre has of it."), _TWO_WAYS
    ),
    "fleet_event_changed": Text(
        N_("Event {event} of this desk is not as it was recorded: the centre does not take it."),
        N_("Let an administrator look: kiosk journal verify"),
    ),
    "fleet_sent_by_others": Text(
        N_("The centre refused what somebody sent in the name of this desk: a copy of its journal or disk is in use."),
        N_("Find the copy. Then close the alarm in the console of all desks: kiosk console --fleet"),
    ),
    "fleet_two_desks": Text(
        N_("Another machine has sent to the centre in the name of this desk since this one was refused."),
        N_(
            "If this disk was copied, close the kiosk and run: kiosk journal new-desk. If not, close the alarm in the"
            " console of all desks first."
        ),
    ),
    "fleet_root_differs": Text(
        N_("The heads of {day} at the centre do not come to the root that the centre gave for that day."),
        _AT_THE_CENTRE,
    ),
    "fleet_root_not_as_witnessed": Text(
        N_("The heads of {day} at the centre do not come to the root that desk {desk} wrote into its journal."),
        _AT_THE_CENTRE,
    ),
    "fleet_head_unsigned": Text(
        N_("The head of desk {desk} at event {event} was not countersigned by the centre."), _AT_THE_CENTRE
    ),
    "fleet_signature_of_others": Text(
        N_("The signature that this desk has for its event {event} is not the centre's."), _AT_THE_CENTRE
    ),
    "fleet_event_lost": Text(
        N_("The centre countersigned event {event} of this desk, and does not have it any more."), _AT_THE_CENTRE
    ),
    "fleet_chain_differs": Text(
        N_("The chain of desk {desk} at the centre does not hold from event {event} on."), _AT_THE_CENTRE
    ),
    "fleet_head_not_in_chain": Text(
        N_("The head of desk {desk} at event {event} is not in the chain that the centre has of it."), _AT_THE_CENTRE
    ),
}
