"""What the catalogues are made from: marked texts are found wherever they stand, and nothing is no text."""

from __future__ import annotations

import ast

from kiosk.words.language import _, speak
from tests.messages import marked_in

SOURCE = """
line = f"{_('None.')} {N_('in a piece')} {_(WORD)}"
word = _(SIGNS.get(code, N_("inside a mark")))
count = f"{ngettext('{count} parcel', '{count} parcels', count)}"
column = pgettext("how many lockers", "Free")
plain = other("not marked")
"""


def test_texts_in_f_strings_and_inside_other_marks_are_found() -> None:
    assert {(text, context) for text, _line, context in marked_in(ast.parse(SOURCE))} == {
        ("None.", None),
        ("in a piece", None),
        ("inside a mark", None),
        (("{count} parcel", "{count} parcels"), None),
        ("Free", "how many lockers"),
    }


def test_an_empty_text_has_no_translation() -> None:
    speak("de")
    try:
        assert _("") == ""
    finally:
        speak("en")
