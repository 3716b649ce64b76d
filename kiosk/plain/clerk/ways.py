"""Which way leads to each step of a parcel's page. Which steps there are, and when, is in `kiosk/parcels/steps.py`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Final, NamedTuple

from kiosk.parcels.steps import Step
from kiosk.plain.clerk.steps import (
    Next,
    add_a_code,
    cancel_it,
    check,
    choose_another,
    clear,
    close_finding,
    correct_address,
    extend,
    hand_it_over,
    has_codes,
    has_printer,
    is_kept,
    lay_on_shelf,
    make_outgoing,
    move_to_right_person,
    note_collected,
    note_sent,
    print_label,
    print_slip,
    release,
    renew_code,
    send_again,
    show_code_again,
    take_back,
    take_code_off,
    take_in_again,
    take_off_shelf,
    tells_recipients,
    undo_cancel,
)

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel
    from kiosk.plain.clerk.clerk import Clerk

IN_THE_INTAKE: Final = {
    Step.SETTLE_NUMBER,
    Step.JOIN,
    Step.CHOOSE_RECIPIENT,
    Step.NOTE_NAME,
    Step.RESERVE,
    Step.ADD_TO_LOCKER,
    Step.DEPOSIT,
    Step.REPORT_UNIT,
    Step.CONFIRM_CODE,
}
"""Steps that answer a question of the intake, which the page leads to by going on."""


async def _always(clerk: Clerk, parcel: Parcel) -> bool:
    del clerk, parcel
    return True


class Way(NamedTuple):
    """How a step is taken."""

    take: Callable[[Clerk, Parcel], Awaitable[Next]]
    """Raises WentBack where somebody leaves it, and what the desk raises."""
    is_there: Callable[[Clerk, Parcel], Awaitable[bool]] = _always
    """Tells what the table does not know: whether there is a printer, another code, a code that is still kept."""


WAYS: Final[dict[Step, Way]] = {
    Step.SHOW_CODE_AGAIN: Way(show_code_again, is_kept),
    Step.HAND_OVER: Way(hand_it_over),
    Step.CHECK: Way(check),
    Step.CHOOSE_RECIPIENT: Way(choose_another),
    Step.MOVE_TO_RIGHT_PERSON: Way(move_to_right_person),
    Step.NOTE_COLLECTED: Way(note_collected),
    Step.CLOSE_FINDING: Way(close_finding),
    Step.TAKE_IN_AGAIN: Way(take_in_again),
    Step.TAKE_OFF_SHELF: Way(take_off_shelf),
    Step.TAKE_BACK: Way(take_back),
    Step.UNDO_CANCEL: Way(undo_cancel),
    Step.NOTE_SENT: Way(note_sent),
    Step.PUT_ON_SHELF: Way(lay_on_shelf),
    Step.MAKE_OUTGOING: Way(make_outgoing),
    Step.EXTEND: Way(extend),
    Step.RELEASE: Way(release),
    Step.CLEAR: Way(clear),
    Step.RENEW_CODE: Way(renew_code),
    Step.CORRECT_ADDRESS: Way(correct_address, tells_recipients),
    Step.SEND_AGAIN: Way(send_again, tells_recipients),
    Step.PRINT_SLIP: Way(print_slip, has_printer),
    Step.PRINT_LABEL: Way(print_label, has_printer),
    Step.ADD_CODE: Way(add_a_code),
    Step.TAKE_CODE_OFF: Way(take_code_off, has_codes),
    Step.CANCEL: Way(cancel_it),
}
