"""The step of `kiosk check` about the printer, and the page that `kiosk check --print` prints."""

from __future__ import annotations

from pydantic import SecretStr

from kiosk.cli.output import Fields
from kiosk.cli.steps import Step, failed, found
from kiosk.errors import PrinterError
from kiosk.printing.door import PrinterDoor
from kiosk.printing.papers import Bars, Layout, Qr, Rule, Size, Text
from kiosk.settings import Settings
from kiosk.tracking.testcode import TEST_CODE
from kiosk.words.language import N_, _

_HEADING = N_("Test page")
_TO_SCAN = N_("Scan either code at the kiosk: it says that this is the scanner test code.")

NAMES = ("Ångström", "Łukasz", "Щербаков", "Παπαδόπουλος", "محمد", "פאטימה", "山田太郎", "김민준")
"""In the scripts that names have most often."""


async def check_printer(settings: Settings, *, prints: bool) -> Step:
    """Look whether the desk's printer can print, and let it print a page if asked; without one that fails."""
    printer = settings.printer
    if printer.way is None and not prints:
        return found("printer", "no_printer_set", ok=None)
    values: Fields = {"printer": printer.address, "language": printer.spoken.value, "dots": printer.dots}
    door = PrinterDoor(printer)
    try:
        equipment = await door.look()
        values |= {
            "font": equipment.font,
            "rightToLeft": equipment.orders_leftward,
            "tellsStatus": equipment.tells_status,
        }
        if prints:
            await door.send(test_page(settings.desk.name))
    except PrinterError as error:
        return failed("printer", error, values)
    if not equipment.font:
        return found("printer", "printer_without_fonts", values=values)
    return found("printer", "test_page_sent" if prints else "printer_ready", values=values)


def test_page(desk: str) -> Layout:
    """Return a page with what printers get wrong: scripts, bars and small squares."""
    return (
        Text(_(_HEADING), Size.LARGE, bold=True),
        Text(desk),
        Rule(),
        *map(Text, NAMES),
        Rule(),
        Qr(SecretStr(TEST_CODE)),
        Bars(TEST_CODE),
        Text(_(_TO_SCAN), Size.SMALL),
    )
