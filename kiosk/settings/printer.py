"""The section `[printer]`: the printer of slips and labels, how it is reached and what it understands."""

from __future__ import annotations

import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NamedTuple
from urllib.parse import unquote, urlsplit

from pydantic import AfterValidator, BeforeValidator, ValidationInfo

from kiosk.settings.paths import AbsolutePath
from kiosk.settings.section import Section, WrongValueError

PORT = 9100
"""Where network printers listen for what is to be printed as it comes."""

LEAST_DOTS, MOST_DOTS = 192, 2400
"""24 mm at 203 dots per inch, and 10 cm at 600."""


class PrinterLanguage(StrEnum):
    """What a printer understands."""

    ESC_POS = "escpos"
    """Receipt printers."""
    ZPL = "zpl"
    """Label printers."""
    PNG = "png"
    """A picture, of which CUPS makes what its printer understands."""


class Host(NamedTuple):
    """A printer in the network."""

    name: str
    port: int


class Device(NamedTuple):
    """A printer at a USB or parallel port."""

    path: Path


class Queue(NamedTuple):
    """A queue of CUPS."""

    name: str


Way = Host | Device | Queue
"""How a printer is reached."""


class PaperSize(NamedTuple):
    """What can be printed on, in dots."""

    width: int
    height: int | None
    """None: a roll, as long as what is printed."""


def way_to(address: str) -> Way | None:
    """Return how a printer with this address is reached; None where it is no address of one."""
    if not address.isprintable() or " " in address:
        return None
    if address.startswith("cups:"):
        name = address.removeprefix("cups:")
        # What begins with a hyphen would be an option of lp.
        return Queue(name) if re.fullmatch(r"[^-/#?][^/#?]*", name) else None
    try:
        parts = urlsplit(address)
        port = PORT if parts.port is None else parts.port
    except ValueError:  # a bracket that no IPv6 address closes, or a port that is no number
        return None
    if parts.query or parts.fragment or "@" in parts.netloc:
        return None
    if parts.scheme == "tcp" and parts.hostname and port and parts.path in {"", "/"}:
        return Host(parts.hostname, port)
    path = unquote(parts.path)
    is_path = path.startswith("/") and path.isprintable()
    return Device(Path(path)) if parts.scheme == "file" and not parts.netloc and is_path else None


def _address(address: str) -> str:
    if address and way_to(address) is None:
        raise WrongValueError("no_printer_address")
    return address


def _language(raw: object) -> object:
    return None if raw == "" else raw


def _fits_address(language: PrinterLanguage | None, section: ValidationInfo) -> PrinterLanguage | None:
    is_queue = section.data.get("address", "cups:").startswith("cups:")
    if language is PrinterLanguage.PNG and not is_queue:
        raise WrongValueError("pictures_need_a_queue")
    return language


def _dots(raw: object) -> object:
    # A width alone is a number in TOML.
    text = str(raw) if type(raw) is int else raw
    found = re.fullmatch(r"([0-9]{1,4})(?:x([0-9]{1,4}))?", text) if isinstance(text, str) else None
    if not found or any(not LEAST_DOTS <= int(each) <= MOST_DOTS for each in found.groups() if each):
        raise WrongValueError("printer_dots_wrong", least=LEAST_DOTS, most=MOST_DOTS)
    return text


def _with_printer(wanted: bool, section: ValidationInfo) -> bool:  # noqa: FBT001 - a validator takes the value alone
    if wanted and section.data.get("address") == "":
        raise WrongValueError("printer_address_needed")
    return wanted


WithPrinter = Annotated[bool, AfterValidator(_with_printer)]


class Printer(Section):
    """The desk's printer; without an address there is none."""

    address: Annotated[str, AfterValidator(_address)] = ""
    """`tcp://HOST:PORT`, `file:///DEVICE` or `cups:QUEUE`."""
    language: Annotated[PrinterLanguage | None, BeforeValidator(_language), AfterValidator(_fits_address)] = None
    """None: pictures for CUPS, ESC/POS for any other."""
    dots: Annotated[str, BeforeValidator(_dots)] = "576"
    """How many dots a row has, and for labels `x` and how many rows; 576 is a roll of 80 mm at 203 dots per inch."""
    font: AbsolutePath = None
    """The font's file that is tried first; empty: the best one that is installed."""
    slips: WithPrinter = False
    """Whether a slip is printed with each deposit, without asking."""
    labels: WithPrinter = False
    """Whether a label is printed for each parcel that is put on the shelf."""

    @property
    def way(self) -> Way | None:
        """How the printer is reached; None where there is none."""
        return way_to(self.address)

    @property
    def spoken(self) -> PrinterLanguage:
        """What the printer understands."""
        return self.language or (PrinterLanguage.PNG if isinstance(self.way, Queue) else PrinterLanguage.ESC_POS)

    @property
    def paper(self) -> PaperSize:
        """What it prints on."""
        width, _, height = self.dots.partition("x")
        return PaperSize(int(width), int(height) if height else None)
