"""Reads what servers write about failures, in every shape seen, into a sentence and a code. Never fails; no httpx here.

The shapes: https://shipping.pitneybowes.com/reference/error-object.html, .../reference/error-body-formats.html, and the
error models of https://github.com/PitneyBowes/pitneybowes-360api-shipping-java.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from pydantic import JsonValue

from kiosk.api.json_bodies import parse_json

TEXT_LIMIT: Final = 300
"""How many characters of a server's own words are shown."""

_ITEMS_SHOWN: Final = 3
_READ_LIMIT: Final = 64 * 1024
_TEXT_KEYS: Final = (
    "errorDescription",
    "error_description",
    "message",
    "userMessage",
    "additionalInfo",
    "description",
    "detail",
    "faultstring",
    "title",
)
_CODE_KEYS: Final = ("errorCode", "additionalCode", "code", "key", "error")
_NESTED_KEYS: Final = ("errors", "error", "fault", "detail")


@dataclass(frozen=True)
class ErrorBody:
    """What a failed answer says: a sentence (empty if none), a code (None if none), and whether it is a web page."""

    text: str = ""
    code: str | None = None
    is_page: bool = False


def clean(text: str, limit: int = TEXT_LIMIT) -> str:
    """Make foreign text safe to show: one line, without control or direction characters, at most `limit` characters."""
    if len(text) <= limit and text.isascii() and text.isprintable():
        return " ".join(text.split())  # nearly every text; an answer with 200 facilities holds ten thousand
    # C are control, direction and zero-width signs, Z the separators. Cut first: nobody sees what lies far behind.
    shown = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text[: limit * 20])
    line = " ".join(shown.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


def read_error_body(body: bytes) -> ErrorBody:
    """Read a failed answer's body: a list, wrapped or bare, an object, a message, HTML, text, half a JSON, nothing."""
    head = body[:_READ_LIMIT]
    text = head.decode("utf-8", errors="replace").strip().lstrip("\ufeff")
    # Login pages begin with anything: a comment, a script, a style. No API of these answers with markup.
    if text.startswith("<"):
        return ErrorBody(is_page=True)
    try:
        parsed = parse_json(head)
    except ValueError:
        # Half a JSON helps nobody; a plain sentence does.
        return ErrorBody() if text[:1] in {"{", "["} else ErrorBody(text=clean(text))
    return _from_json(parsed)


def _from_json(parsed: JsonValue) -> ErrorBody:
    found = list(_said(parsed))
    texts = list(dict.fromkeys(text for text, _ in found if text))
    codes = [code for _, code in found if code]
    return ErrorBody(text=clean("; ".join(texts[:_ITEMS_SHOWN])), code=codes[0] if codes else None)


def _said(raw: JsonValue) -> Iterator[tuple[str, str | None]]:
    """Yield what each error in the body says, as its text and its code."""
    if isinstance(raw, str):
        yield raw.strip(), None
    elif isinstance(raw, list):
        for item in raw[:_ITEMS_SHOWN]:
            yield from _said(item)
    elif isinstance(raw, dict):
        yield _text_of(raw), _code_of(raw)
        for key in _NESTED_KEYS:
            # `error` and `detail` hold a text in some shapes, which is read above, and an object in others.
            nested = raw.get(key)
            if isinstance(nested, dict | list):
                yield from _said(nested)


def _text_of(item: dict[str, JsonValue]) -> str:
    texts = [value.strip() for key in _TEXT_KEYS if isinstance(value := item.get(key), str) and value.strip()]
    # The first is the sentence; additionalInfo, where it says more, is often the only part that helps.
    extra = item.get("additionalInfo")
    if isinstance(extra, str) and extra.strip() and texts and extra.strip() not in texts[0]:
        return f"{texts[0]} ({extra.strip()})"
    return texts[0] if texts else ""


def _code_of(item: dict[str, JsonValue]) -> str | None:
    for key in _CODE_KEYS:
        value = item.get(key)
        # `error: true` is a flag and no code, but a bool is an int to Python.
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return clean(str(value), 60) or None
    return None
