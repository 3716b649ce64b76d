"""What pages that are about no one parcel share: the services, and the way back to the screen beneath."""

from __future__ import annotations

from kiosk.wiring import Services
from screens.actions import GO_BACK, Action
from screens.base import ClerkScreen
from screens.messages import EntryUsed
from screens.stack import drop


class TopPage(ClerkScreen):
    """A screen that lies on top of another one and is about no parcel."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services

    def allows(self, action: Action) -> bool | None:
        """Let a person go back also while something is under way: nothing here has to be finished."""
        return action.name == GO_BACK.name or super().allows(action)

    def action_go_back(self) -> None:
        """Go back to the screen beneath."""
        self.post_message(EntryUsed())
        drop(self)
