"""The section `[people]`: whether people sign in at the desk, and when its screen is cleared."""

from __future__ import annotations

from pydantic import Field

from kiosk.settings.section import Section


class People(Section):
    """Who works at the desk, and for how long after their last key."""

    sign_in: bool = True
    """Whether somebody has to sign in; without it everybody works as `desk.user_id`."""
    idle_minutes: float = Field(10, ge=0, le=60 * 24)
    """After so long without a key, a tap or a scan names and codes leave the screen; 0 never."""
