"""What is marked for translation is found, and no text needs none."""

from __future__ import annotations

import ast

from kiosk.words.language import _, pgettext, speaking
from tests.messages import marked_in

SOURCE = """
line = f"{_('None.')} {N_('in a piece')}"
word = _(SIGNS.get(code, N_("inside a mark")))
count = f"{ngettext('{count} parcel', '{count} parcels', count)}"
column = pgettext("how many lockers", "Free")
plain = other("not marked")
"""


def test_a_marked_text_is_found_in_an_f_string_and_inside_another_mark() -> None:
    found = {(text, context) for text, line, context in marked_in(ast.parse(SOURCE))}
    assert found == {
        ("None.", None),
        ("in a piece", None),
        ("inside a mark", None),
        (("{count} parcel", "{count} parcels"), None),
        ("Free", "how many lockers"),
    }


def test_no_text_is_translated_to_none() -> None:
    with speaking("fr"):
        assert pgettext("this language", "English") == "Français"
        assert _("") == ""
