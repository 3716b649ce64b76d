"""What is said where paper can't be printed; the codes are given in `kiosk/printing/`."""

from __future__ import annotations

from kiosk.words.errors.text import Text
from kiosk.words.language import N_

_PAPER_IN = N_("Nothing was printed. Put paper in and close the printer, then print again.")
_PAPER_IN_MIDWAY = N_("Put paper in and close the printer. Print again if the last print is missing or cut short.")

TEXTS: dict[str, Text] = {
    "printer_not_set": Text(
        N_("No printer is set."), N_("Set printer.address to the printer's address: docs/printing.md lists the kinds.")
    ),
    "printer_not_installed": Text(
        N_("{missing} is missing on this machine."),
        N_("Pillow comes with the extra `printer` of this program's package, lp with CUPS (cups-client)."),
    ),
    "printer_font_unreadable": Text(
        N_("{path}, named by printer.font, can't be read as a font."),
        N_("Name a TrueType or OpenType file, or leave printer.font empty: then an installed font is found."),
    ),
    "printer_unreachable": Text(N_("The printer {printer} can't be reached: {text}.")),
    "printer_refused": Text(
        N_("The printer {printer} refuses the connection."),
        N_(
            "Nothing was printed. Most printers listen on port 9100, and to one computer at a time:"
            " compare the port, and end what else prints there."
        ),
    ),
    "printer_busy": Text(
        N_("The printer {printer} is busy with something else."),
        N_("Nothing was printed. Switch the printer off and on if it stays busy, then print again."),
    ),
    "printer_not_allowed": Text(
        N_("This user may not write to {printer}."),
        N_("Add the user to the group that owns the device, which is lp as a rule, and log in again."),
    ),
    "printer_no_device": Text(
        N_("{printer} is no printer's device but a file or a folder."),
        N_("Set printer.address to the device, such as file:///dev/usb/lp0. The printer has to be on."),
    ),
    "printer_unknown_queue": Text(
        N_("CUPS has no queue for {printer}."), N_("`lpstat -e` lists the queues. Correct printer.address.")
    ),
    "printer_queue_refused": Text(
        N_("CUPS did not take the print job for {printer}: {text}."),
        N_("Nothing was printed. `lpstat -p -d` says what is wrong with the queue."),
    ),
    "printer_out_of_paper": Text(N_("The printer {printer} is out of paper."), _PAPER_IN),
    "printer_cover_open": Text(N_("The cover of the printer {printer} is open."), _PAPER_IN),
    "printer_out_of_paper_midway": Text(N_("The printer {printer} ran out of paper."), _PAPER_IN_MIDWAY),
    "printer_cover_open_midway": Text(N_("The cover of the printer {printer} was opened."), _PAPER_IN_MIDWAY),
    "printer_stuck": Text(N_("The printer {printer} did not take all of the print job within {seconds} seconds.")),
    "printer_broke_off": Text(N_("The connection to the printer {printer} broke in the middle: {text}.")),
}
