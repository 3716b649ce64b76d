"""What is said where the simulator can't start; the codes are given in `kiosk/simulator/`.

What the simulator answers over HTTP is the service's own words, and stands there.
"""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_TITLE = N_("The simulator can't start")
_BEGIN_ANEW = N_("It contains only simulated data. Delete it to start over.")

TEXTS: dict[str, Text] = {
    "simulator_folder_unusable": Text(
        N_("The simulator can't use the folder {folder}: {text}."),
        N_("Choose a folder that this user can write to."),
        _TITLE,
    ),
    "simulator_file_unreadable": Text(N_("{path} can't be read: {text}."), _BEGIN_ANEW, _TITLE),
    "simulator_of_other_version": Text(
        N_("{path} was created by another version of this program (schema {schema}; this version needs {known})."),
        _BEGIN_ANEW,
        _TITLE,
    ),
    "port_taken": Text(
        N_("Port {port} is in use by another program."), N_("Choose another port, or 0 for any free one."), _TITLE
    ),
    "port_unusable": Text(
        N_("The simulator can't listen on port {port}: {text}."),
        N_("Choose another port, or 0 for any free one."),
        _TITLE,
    ),
    "fault_chances_too_high": Text(N_("The fault probabilities add up to more than 1."), N_("Lower them."), _TITLE),
    "fault_unknown": Text(
        N_(
            "“{part}” is not a valid fault. Use NAME=PROBABILITY (0 to 1) for {faults}"
            " and NAME=SECONDS (0 to 3600) for {delays}, separated by commas."
        ),
        N_("For example: --faults lost=0.05,429-after=0.02,late-seconds=40"),
        _TITLE,
    ),
}
