"""What is said where scanner or badge reader can't be read as a device; the codes are given in `kiosk/scanner/`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

TEXTS: dict[str, Text] = {
    "device_missing": Text(
        N_("{path} is not there: the device is not plugged in, or has another name."),
        N_("Plug it in. `ls /dev/input/by-id` lists the devices that are; the kiosk finds it by itself."),
    ),
    "device_not_allowed": Text(
        N_("This user may not read {path}."),
        N_(
            "Install the udev rule of docs/scanner-device.md, or add the user to the group input and log in again."
            " Then plug the device out and in."
        ),
    ),
    "device_busy": Text(
        N_("Another program reads {path} for itself alone."),
        N_("While the kiosk is open, that is the kiosk. Else end the other program; `fuser -v {path}` names it."),
    ),
    "device_is_none": Text(
        N_("{path} is no scanner: it has no keys."),
        N_("Name the file of /dev/input/by-id that ends in -event-kbd."),
    ),
    "evdev_not_installed": Text(
        N_("The Python package evdev is missing on this machine."),
        N_("It comes with the extra `scanner` of this program's package."),
    ),
    "device_failed": Text(N_("{path} can't be read: {text}.")),
}
