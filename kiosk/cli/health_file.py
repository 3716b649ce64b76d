"""How things stand as numbers in Prometheus' text format, for a collector that reads files. No name, code or number.

What is counted is decided in `kiosk/cli/report.py`; here it only gets its form and its file.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kiosk.errors import StorageError
from kiosk.words.language import _

_PREFIX = "parcel_kiosk"


class Metric(NamedTuple):
    """One gauge with its help, and its values by what the labels say that tell them apart."""

    name: str
    help: str
    values: Mapping[str, float] | Mapping[tuple[str, ...], float]
    labels: tuple[str, ...] = ()


def text_of(metrics: Iterator[Metric], info: Mapping[str, str]) -> str:
    """Return the whole file: what does not change as labels of `_info`, then each metric that has a value."""
    lines = [*_head("info", _("What the kiosk is.")), f"{_PREFIX}_info{_labels(info.items())} 1"]
    for metric in metrics:
        if metric.values:
            lines += _head(metric.name, metric.help)
            lines += [_line(metric, value, number) for value, number in metric.values.items()]
    return "".join(f"{line}\n" for line in lines)


def write(path: Path, text: str) -> None:
    """Put the text in the file's place in one step, readable by every account; raises StorageError."""
    # Its name does not end like the file's: no collector reads it before it is whole.
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            with part.open("w", encoding="utf-8") as file:
                os.fchmod(file.fileno(), 0o644)
                file.write(text)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise StorageError("report_not_written", path=str(path), text=error.strerror or str(error)) from error


def _head(name: str, about: str) -> tuple[str, str]:
    return " ".join(("# HELP", f"{_PREFIX}_{name}", about)), " ".join(("# TYPE", f"{_PREFIX}_{name}", "gauge"))


def _line(metric: Metric, said: str | tuple[str, ...], number: float) -> str:
    # Without labels there is one value, and nothing said of it.
    labels = _labels(zip(metric.labels, (said,) if isinstance(said, str) else said, strict=False))
    # Adding nothing takes the sign off a zero.
    return f"{_PREFIX}_{metric.name}{labels} {round(number, 3) + 0.0:.3f}".rstrip("0").rstrip(".")


def _labels(pairs: Iterable[tuple[str, str]]) -> str:
    text = ",".join(f'{name}="{_escaped(value)}"' for name, value in pairs)
    return f"{{{text}}}" if text else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
