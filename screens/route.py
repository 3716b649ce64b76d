"""Which screen asks which question of an intake (`kiosk/desk/questions.py`). Pure: destinations, no screens."""

from __future__ import annotations

from typing import assert_never

from kiosk.desk.questions import (
    ChooseLocker,
    ChooseRecipient,
    NothingToAsk,
    PutIn,
    Question,
    SettleNumber,
    TakeCode,
    WriteNumber,
)
from screens.destinations import (
    ParcelDestination,
    ShowCode,
    ShowLabel,
    ShowLocker,
    ShowNumber,
    ShowParcel,
    ShowPutIn,
    ShowRecipient,
)


def screen_for(question: Question) -> ParcelDestination:
    """Return where a question is asked; where nothing is asked, the parcel's page."""
    match question:
        case SettleNumber(parcel):
            return ShowNumber(parcel)
        case WriteNumber(parcel):
            return ShowLabel(parcel)
        case ChooseRecipient(parcel):
            return ShowRecipient(parcel)
        case ChooseLocker(parcel, too_small):
            return ShowLocker(parcel, too_small)
        case PutIn(parcel):
            return ShowPutIn(parcel)
        case TakeCode(parcel):
            return ShowCode(parcel)
        case NothingToAsk(parcel):
            return ShowParcel(parcel)
        case _:
            assert_never(question)
