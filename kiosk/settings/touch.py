"""The section `[touch]`: what a desk with a touch screen and no keyboard needs."""

from __future__ import annotations

from enum import StrEnum

from kiosk.settings.section import Section


class TouchKeyboard(StrEnum):
    """When letters to tap are shown where something can be typed."""

    NEVER = "never"
    """Only where somebody asks for them, by Ctrl+K or a tap on the field."""
    ALWAYS = "always"
    """Until somebody hides them."""


class Touch(Section):
    """The touch screen of the desk."""

    keyboard: TouchKeyboard = TouchKeyboard.NEVER
