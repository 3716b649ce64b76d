"""The step of `kiosk check` about the voice of the desk."""

from __future__ import annotations

from kiosk.cli.output import Fields
from kiosk.cli.steps import Step, found
from kiosk.settings import Settings
from kiosk.speech import PROGRAM, hand_on

NAME = "speech"


def check_speech(settings: Settings) -> Step:
    """Let the program that speaks say nothing: so it has to reach what speaks, and nobody hears it."""
    if not settings.desk.speech:
        return found(NAME, "speech_not_set", ok=None)
    values: Fields = {"program": PROGRAM, "language": settings.desk.language}
    trouble = hand_on("", settings.desk.language)
    if trouble is not None:
        return found(NAME, trouble.value, ok=False, values=values)
    return found(NAME, "speech_ready", values=values)
