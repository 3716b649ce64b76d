"""The section `[printer]`: what is an address of a printer, what fits it, and what its defaults are."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.errors import SettingsError
from kiosk.settings import Printer, load_settings
from kiosk.settings.printer import Device, Host, PaperSize, PrinterLanguage, Queue, Way
from kiosk.words.errors import explain


def loaded(folder: Path, text: str) -> Printer:
    path = folder / "kiosk.toml"
    path.write_text(f"[printer]\n{text}\n", "utf-8")
    return load_settings(path, environ={}).printer


def test_without_settings_there_is_no_printer(tmp_path: Path) -> None:
    printer = loaded(tmp_path, "")
    assert printer.way is None
    assert (printer.slips, printer.labels) == (False, False)
    assert printer.paper == PaperSize(576, None)


@pytest.mark.parametrize(
    ("address", "way", "language"),
    [
        ("tcp://printer.example", Host("printer.example", 9100), PrinterLanguage.ESC_POS),
        ("tcp://10.0.0.7:9101/", Host("10.0.0.7", 9101), PrinterLanguage.ESC_POS),
        ("tcp://[::1]:9100", Host("::1", 9100), PrinterLanguage.ESC_POS),
        ("file:///dev/usb/lp0", Device(Path("/dev/usb/lp0")), PrinterLanguage.ESC_POS),
        ("file:///dev/my%20printer", Device(Path("/dev/my printer")), PrinterLanguage.ESC_POS),
        ("cups:front_desk", Queue("front_desk"), PrinterLanguage.PNG),
        ("cups:Empfang-Größe", Queue("Empfang-Größe"), PrinterLanguage.PNG),
    ],
)
def test_the_address_says_how_the_printer_is_reached_and_what_it_understands(
    tmp_path: Path, address: str, way: Way, language: PrinterLanguage
) -> None:
    printer = loaded(tmp_path, f'address = "{address}"')
    assert (printer.way, printer.spoken) == (way, language)


def test_everything_can_be_set(tmp_path: Path) -> None:
    text = """
        address = "tcp://zebra.example"
        language = "zpl"
        dots = "812x406"
        font = "/usr/share/fonts/x.ttf"
        slips = true
        labels = true
    """
    printer = loaded(tmp_path, text)
    assert (printer.spoken, printer.paper) == (PrinterLanguage.ZPL, PaperSize(812, 406))
    assert (printer.font, printer.slips, printer.labels) == (Path("/usr/share/fonts/x.ttf"), True, True)
    assert loaded(tmp_path, "dots = 384").paper == PaperSize(384, None)
    assert load_settings(tmp_path / "kiosk.toml", {"KIOSK_PRINTER__DOTS": "812"}).printer.paper.width == 812


@pytest.mark.parametrize(
    "address",
    [
        "printer.example",
        "tcp://",
        "tcp://printer.example:x",
        "tcp://printer.example:0",
        "tcp://me:secret@printer.example",
        "tcp://printer.example/queue",
        "tcp://[",
        "http://printer.example",
        "file://host/dev/usb/lp0",
        "file:dev/usb/lp0",
        "file:///dev/%00",
        "cups:",
        "cups:-o raw",
        "cups:-oraw",
        "cups:front/draft",
        "cups:front desk",
        "tcp://printer\\u0009.example",
        " tcp://printer.example",
    ],
)
def test_what_is_no_address_of_a_printer_is_said(tmp_path: Path, address: str) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, f'address = "{address}"')
    assert caught.value.code == "no_printer_address"
    assert explain(caught.value).sentence.startswith(f"printer.address ({tmp_path / 'kiosk.toml'}) must be the address")


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ('dots = "80mm"', "printer_dots_wrong", "printer.dots"),
        ("dots = 191", "printer_dots_wrong", "printer.dots"),
        ('dots = "812x2401"', "printer_dots_wrong", "printer.dots"),
        ("dots = true", "printer_dots_wrong", "printer.dots"),
        ("dots = 57.6", "printer_dots_wrong", "printer.dots"),
        ('dots = "\u0665\u0667\u0666"', "printer_dots_wrong", "printer.dots"),
        ('language = "pcl"', "setting_not_one_of", "printer.language"),
        ('address = "tcp://a.example"\nlanguage = "png"', "pictures_need_a_queue", "printer.language"),
        ("slips = true", "printer_address_needed", "printer.slips"),
        ("labels = true", "printer_address_needed", "printer.labels"),
        ('font = "x.ttf"', "path_not_absolute", "printer.font"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, text: str, code: str, key: str) -> None:
    with pytest.raises(SettingsError) as caught:
        loaded(tmp_path, text)
    assert (caught.value.code, caught.value.parameters["key"]) == (code, key)
    assert "{" not in explain(caught.value).sentence
