"""The section `[storage]`: the files of this desk."""

from __future__ import annotations

from pydantic import Field

from kiosk.settings.paths import AbsolutePath
from kiosk.settings.section import Section


class Storage(Section):
    """Where journal and directory lie, and how long they keep what is personal."""

    data_dir: AbsolutePath = None
    """Empty: the platform's place for this user, one folder for each environment."""
    personal_days: float = Field(90, gt=0)
    """So many days after a parcel's end its personal fields are blanked."""
    heads_file: AbsolutePath = None
    """A file, best on another machine, to which the end of the journal's chain is added from time to time."""
