"""What a scanner test says, for the screen and the command line: a line for each remark."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import NamedTuple

from kiosk.errors import Parameter
from kiosk.scanner.doctor import printable
from kiosk.scanner.remarks import Note, Problem, Remark
from kiosk.words.language import N_, _, ngettext
from kiosk.words.numbers import number

_CONTROL_SIGNS = (
    "NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US"
)
"""The names of the first 32 characters of ASCII, in their order."""

ENDS = {
    "enter": N_("Enter"),
    "line_feed": N_("line feed"),
    "enter_and_line_feed": N_("Enter and line feed"),
    "tab": N_("Tab"),
    "several": N_("several keys; only the first one counts"),
}
"""What a scanner sends behind a code."""


class Line(NamedTuple):
    """What is said of one remark."""

    words: str
    advice: str = ""
    """What to change; empty where it is good."""

    @property
    def is_good(self) -> bool:
        """Whether nothing has to be changed."""
        return not self.advice


_SPEED = N_("Speed: {median_ms} ms per character, {slowest_ms} ms at the slowest.")

LINES: dict[Problem | Note, Line] = {
    Problem.OTHER_CODE: Line(
        N_("This does not look like the test code."),
        N_("Scan the test code. If you just did, set the scanner and this computer to a US keyboard."),
    ),
    Problem.PART: Line(N_("Only part of the test code was read."), N_("Scan it again, from close up and straight on.")),
    Problem.LAYOUT: Line(
        N_("Keyboard: {layout} on this computer, US on the scanner."),
        N_("Set the scanner to a {layout} keyboard, or this computer to a US one."),
    ),
    Problem.CAPS_LOCK: Line(N_("Caps Lock is on."), N_("Turn it off.")),
    Problem.SLOW: Line(
        _SPEED,
        N_("Anything slower than {longest_ms} ms looks like typing. Set the scanner's inter-character delay to 0."),
    ),
    Problem.PAUSES: Line(
        N_("Speed: {median_ms} ms per character, with a pause of {slowest_ms} ms."),
        N_("Set the scanner's inter-character delay to 0. Move a cordless scanner closer to its base."),
    ),
    Problem.NO_END: Line(
        N_("End of scan: nothing sent."),
        N_('Set the scanner to send Enter after each scan. If it can\'t, set desk.scanner_end = "silence".'),
    ),
    Problem.UNEXPECTED_END: Line(
        N_("End of scan: {end}. The settings expect none."),
        N_('Set desk.scanner_end = "enter". With "silence", a pause would split a code in two.'),
    ),
    Problem.MISSING_PREFIX: Line(
        N_("Prefix: {expected} is missing. The settings expect it."),
        N_("Set the scanner to send it, or remove desk.scanner_prefix from the settings."),
    ),
    Problem.UNKNOWN_PREFIX: Line(
        N_("Prefix: {prefix}. It is not in the settings."),
        N_("Set desk.scanner_prefix = {setting}, or turn off the prefix on the scanner."),
    ),
    Problem.UNUSABLE_PREFIX: Line(
        N_("Prefix: {prefix}. It could be part of a tracking number."),
        N_("Turn it off on the scanner, or use a character that never occurs in a tracking number, such as ~."),
    ),
    Problem.SUFFIX: Line(N_("Suffix: {suffix}. It would be added to every number."), N_("Turn it off on the scanner.")),
    Note.LAYOUT_US: Line(N_("Keyboard: US, same as the scanner.")),
    Note.LAYOUT_HARMLESS: Line(N_("Keyboard: {layout}. Tracking numbers are still read correctly.")),
    Note.SPEED: Line(_SPEED),
    Note.END: Line(N_("End of scan: {end}.")),
    Note.ENDS_BY_SILENCE: Line(N_("End of scan: nothing sent, as set.")),
    Note.PREFIX: Line(N_("Prefix: {prefix}.")),
    Note.NO_PREFIX: Line(N_("Prefix: none.")),
    Note.AIM: Line(N_("AIM identifier: {aim}. It identifies the barcode type.")),
    Note.CONTROLS: Line(N_("Control characters: {controls}. The kiosk ignores them.")),
}


def title(remarks: Sequence[Remark]) -> str:
    """Return in a sentence whether the scanner is ready for use."""
    bad = sum(not remark.is_good for remark in remarks)
    if not bad:
        return _("The scanner is set up correctly.")
    return ngettext("{count} problem found.", "{count} problems found.", bad).format(count=bad)


def line(remark: Remark) -> Line:
    """Return what is said of a remark, and what to change."""
    text = LINES[remark.code]
    shown = {name: _shown(name, value) for name, value in remark.parameters.items()}
    if remark.code is Problem.UNKNOWN_PREFIX:
        # Quoted as TOML has it; control signs are no part of the setting, for the kiosk drops them before it looks.
        shown["setting"] = json.dumps(printable(str(remark.parameters["prefix"])), ensure_ascii=False)
    return Line(_(text.words).format(**shown), _(text.advice).format(**shown) if text.advice else "")


def _shown(name: str, value: Parameter) -> Parameter:
    match name, value:
        case "end", str():
            return _(ENDS[value])
        case "controls", tuple():
            return ", ".join(map(_name, value))
        case _, float():
            return number(value)
        case (("prefix" | "expected"), str()) if not value.isprintable():
            return " ".join(map(_name, value))
        case _:
            return value


def _name(sign: str) -> str:
    """Return what a character or a key is called: `STX` for a control character."""
    if len(sign) > 1:
        return sign.upper()  # a key
    names, code = _CONTROL_SIGNS.split(), ord(sign)
    return names[code] if code < len(names) else "DEL" if code == 0x7F else sign
