"""The steps of `kiosk check` about scanner and badge reader: whether they can be read, and what one scan tells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from kiosk.cli.answers import Answer, can_ask
from kiosk.cli.output import Fields
from kiosk.cli.scanner import ask_for_scan
from kiosk.cli.steps import Step, failed, found
from kiosk.errors import DeviceError
from kiosk.scanner.doctor import Diagnosis
from kiosk.scanner.input_device import InputDevice, OpenDevice, open_input_device
from kiosk.scanner.remarks import Remark, remarks
from kiosk.scanner.roles import DeviceRole, paths_of
from kiosk.settings import Desk, Devices, ScannerEnd
from kiosk.words.language import N_, _
from kiosk.words.scanner import line, title

_GOOD, _BAD = N_("ok"), N_("no")
_FIELDS = {DeviceRole.SCANNER: "scanner", DeviceRole.BADGE_READER: "badgeReader"}


def check_devices(devices: Devices, open_device: OpenDevice = open_input_device) -> Step:
    """Open each device that the settings name, and give it back at once."""
    paths = paths_of(devices)
    values: Fields = {_FIELDS[role]: str(path) for role, path in paths.items()}
    if not paths:
        return found("devices", "no_devices_set", ok=None)
    is_busy = False
    for path in paths.values():
        try:
            open_device(path).close()
        except DeviceError as error:
            # By the kiosk itself, mostly: while it is open, nobody else can try.
            if error.code != "device_busy":
                return failed("devices", error, values)
            is_busy = True
    if is_busy:
        return found("devices", "devices_in_use", ok=None, values=values)
    return found("devices", "devices_readable", values=values)


def check_scanner(desk: Desk, devices: Devices, open_device: OpenDevice = open_input_device) -> Step:
    """Ask for one scan of the test code and say what it tells."""
    if not can_ask():
        return found("scanner", "scanner_without_terminal", ok=None)
    if devices.scanner is None:
        return _told(desk, ask_for_scan())
    try:
        device: InputDevice = open_device(devices.scanner)
    except DeviceError as error:
        if error.code == "device_busy":
            return found("scanner", "scanner_in_use", ok=None)
        return failed("scanner", error)
    with closing(device):
        return _told(desk, ask_for_scan(device))


def _told(desk: Desk, diagnosis: Diagnosis | Answer) -> Step:
    if isinstance(diagnosis, Answer):
        has_failed = diagnosis is Answer.NO
        return found("scanner", "scanner_bad" if has_failed else "scanner_silent", ok=False if has_failed else None)
    by_silence = desk.scanner_end is ScannerEnd.SILENCE
    told = remarks(diagnosis, prefix=desk.scanner_prefix, ends_by_silence=by_silence)
    problems = tuple(remark.code.value for remark in told if not remark.is_good)
    lines = tuple(text for remark in told for text in _in_words(remark))
    values = {"problems": problems, **_measured(diagnosis)}
    code = "scanner_has_problems" if problems else "scanner_set_up"
    return Step("scanner", not problems, code, title(told), values, lines=lines)


def _in_words(remark: Remark) -> Iterator[str]:
    said = line(remark)
    yield f"{_(_GOOD if said.is_good else _BAD)}  {said.words}"
    if said.advice:
        yield f"    {said.advice}"


def _measured(diagnosis: Diagnosis) -> Fields:
    found = diagnosis.found
    return {
        "medianMs": diagnosis.median_ms,
        "slowestMs": diagnosis.slowest_ms,
        "pauses": diagnosis.pauses,
        "end": diagnosis.end.name.lower(),
        "prefix": diagnosis.prefix,
        "aim": diagnosis.aim,
        "suffix": diagnosis.suffix,
        "controls": diagnosis.controls,
        "layout": found.layout.name if found else None,
        "capsLock": found.caps_lock if found else None,
    }
