"""The keys of all settings, which of them are secret, and which one a misspelled key was meant to be."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from pydantic import BaseModel, SecretStr

Key = tuple[str, ...]
"""A setting's place: its sections, then its name."""


def keys_of(section: type[BaseModel], above: Key = ()) -> Iterator[tuple[Key, bool]]:
    """Yield the key of each setting, and whether it is a secret."""
    for name, field in section.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            yield from keys_of(kind, (*above, name))
        else:
            yield (*above, name), kind is SecretStr


def nearest(key: Key, section: type[BaseModel]) -> Key | None:
    """Return the key that was meant by one that is none; None where nothing is like it."""
    known = [each for each, _ in keys_of(section)]
    # In a section that there is, only its own keys are meant: the section alone makes all of them alike.
    depth = next(
        length for length in range(len(key) - 1, -1, -1) if any(each[:length] == key[:length] for each in known)
    )
    written = {"_".join(each[depth:]): each for each in known if each[:depth] == key[:depth]}
    found = get_close_matches("_".join(key[depth:]), written, n=1, cutoff=0.75)
    return written[found[0]] if found else None
