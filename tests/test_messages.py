"""What the catalogues are made from: marked texts are found wherever they stand, and nothing is no text."""

from __future__ import annotations

from kiosk.words.language import _, speak
from tests.messages import within_f_strings


def test_texts_in_f_strings_are_found() -> None:
    assert list(within_f_strings("line = f\"   {_('Parcels per hour')}, {_(WORD)}\"\nplain = _('Locker')")) == [
        "Parcels per hour"
    ]


def test_an_empty_text_has_no_translation() -> None:
    speak("de")
    try:
        assert _("") == ""
    finally:
        speak("en")
