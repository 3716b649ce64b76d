"""Tells files that are no list of recipients by how they begin: a workbook, a web page, an archive. Opens no file."""

from __future__ import annotations

import codecs

from kiosk.errors import UnusableFileError

_BEGINNINGS = {
    b"\xd0\xcf\x11\xe0": "file_is_old_workbook",
    b"\x1f\x8b": "file_is_compressed",
    b"%pdf": "file_is_pdf",
    b"<!doctype html": "file_is_web_page",
    b"<html": "file_is_web_page",
    b"<?xml": "file_is_xml",
    b"dn:": "file_is_ldif",
    b"version: 1": "file_is_ldif",
    b"begin:vcard": "file_is_vcard",
}


def refuse_other_kinds(start: bytes) -> None:
    """Raise UnusableFileError, with the kind as its code, if a file that begins so is no text with rows."""
    start = start.removeprefix(codecs.BOM_UTF8).lstrip().lower()
    if start.startswith(b"pk\x03\x04"):
        is_workbook = b"xl/" in start or b"[content_types].xml" in start
        raise UnusableFileError(
            "file_is_workbook" if is_workbook or b"opendocument.spreadsheet" in start else "file_is_compressed"
        )
    for beginning, code in _BEGINNINGS.items():
        if start.startswith(beginning):
            raise UnusableFileError(code)
