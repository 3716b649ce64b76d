"""What argparse itself says, in the language that is spoken: its own texts stand here, so that they are translated.

It looks its texts up by a `_` of its own, which is given ours.
"""

from __future__ import annotations

import argparse

from kiosk.words.language import N_, _, ngettext

# As they stand in argparse of Python 3.11 to 3.15; what a programmer did wrong is left out.
_TEXTS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("unknown parser %(parser_name)r (choices: %(choices)s)"),
    N_("unrecognized arguments: %s"),
    N_("not allowed with argument %s"),
    N_("ignored explicit argument %r"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    ngettext("expected %s argument", "expected %s arguments", 1),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("unexpected option string: %s"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("invalid choice: %(value)r, maybe you meant %(suggestion)r? (choose from %(choices)s)"),
    N_("%(prog)s: error: %(message)s\n"),
)


def speak_for_argparse() -> None:
    """Let argparse say its own texts in the language that is spoken."""
    vars(argparse).update(_=_, ngettext=ngettext)
