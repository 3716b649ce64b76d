"""What a parcel says when it is opened for the first time after a restart that interrupted it. Words only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from kiosk.desk.questions import (
    ChooseLocker,
    ChooseRecipient,
    NothingToAsk,
    PutIn,
    TakeCode,
    WriteNumber,
    only_a_person_knows,
    question_about,
)
from kiosk.words.language import _
from kiosk.words.places import where_words
from screens.widgets.notice import Greeting

if TYPE_CHECKING:
    from kiosk.parcels.parcel import Parcel


class LeftOver:
    """The parcels that an earlier run left unfinished; each says its own matter, and once."""

    def __init__(self) -> None:
        self._ids: set[str] = set()

    def begin(self, parcels: Sequence[Parcel]) -> Parcel | None:
        """Have these say it; return the first about which only a person knows."""
        self._ids = {parcel.parcel_id for parcel in parcels}
        return next(filter(only_a_person_knows, parcels), None)

    def greeting(self, parcel: Parcel, bank_label: Callable[[str], str]) -> Greeting:
        """Return what the parcel says when it is opened; nothing the second time."""
        if parcel.parcel_id not in self._ids:
            return Greeting()
        self._ids.remove(parcel.parcel_id)
        return _matter(parcel, bank_label)


def _matter(parcel: Parcel, bank_label: Callable[[str], str]) -> Greeting:
    """Return where the intake stood; nothing where the screen says all there is: an open number, a doubt, a finding."""
    match question_about(parcel):
        case WriteNumber():
            return Greeting(
                _("The kiosk was restarted before anybody said that this number is on the box."),
                _("See whether it is there; if not, write it."),
            )
        case ChooseRecipient():
            return Greeting(
                _("The kiosk was restarted before anybody said for whom it is."),
                _("The parcel is still at the desk: read its label."),
            )
        case ChooseLocker():
            return Greeting(
                _("The kiosk was restarted before it got a locker."), _("The parcel is still at the desk: go on.")
            )
        case PutIn():
            return Greeting(
                _("The kiosk was restarted while the parcel was on its way into {place}.").format(
                    place=where_words(parcel, bank_label)
                ),
                _("See whether it is in, then choose."),
            )
        case TakeCode() if parcel.code_waiting:
            return Greeting(
                _("The kiosk was restarted before anybody confirmed this code."),
                _("The parcel is in {place}: pass the code on, then confirm.").format(
                    place=where_words(parcel, bank_label)
                ),
            )
        case NothingToAsk() if parcel.is_in_hand and not parcel.is_in_doubt and not parcel.attention:
            return Greeting(
                _("The kiosk was restarted while the parcel was moved to the right person."),
                _("It is out of the wrong locker: go on with it."),
            )
        case _:
            return Greeting()
