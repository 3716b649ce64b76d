"""The terminal's bell as a sign for somebody who looks at parcels and not at the screen."""

from __future__ import annotations

from textual.app import App

from screens.widgets.notice import NoticeKind

BETWEEN_SECONDS = 0.18
"""Shorter, and many terminals ring once for two."""

RINGS = {NoticeKind.TAKEN: 1, NoticeKind.LOOK: 2, NoticeKind.STOP: 3}
"""How often it rings for what a notice says; for the rest it is silent."""


def ring(app: App[None], kind: NoticeKind) -> None:
    """Ring as often as the sign says."""
    for place in range(RINGS.get(kind, 0)):
        if place:
            app.set_timer(place * BETWEEN_SECONDS, app.bell)
        else:
            app.bell()
