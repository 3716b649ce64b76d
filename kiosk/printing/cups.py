"""Printers behind CUPS: the program `lp` gets the job on its standard input, and nothing of it as an argument."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
from contextlib import suppress

from kiosk.errors import PrinterError
from kiosk.printing.job import Job
from kiosk.settings.printer import PrinterLanguage, Queue

_LONGEST_ANSWER = 200
_UNKNOWN = re.compile("does not exist|invalid destination|unknown destination", re.IGNORECASE)
"""What the programs say of a queue that CUPS does not know."""


def look(queue: Queue, job: Job) -> None:
    """Ask CUPS whether there is the queue and takes jobs; raises PrinterError."""
    _run("lpstat", ("-a", queue.name), job)


def send(queue: Queue, job: Job, language: PrinterLanguage) -> None:
    """Hand a job to CUPS, which prints when it can; raises PrinterError, MaybePrintedError where `lp` hangs."""
    option = "fit-to-page" if language is PrinterLanguage.PNG else "raw"
    _run("lp", ("-d", queue.name, "-o", option, "-"), job)


def _run(program: str, arguments: tuple[str, ...], job: Job) -> None:
    path = shutil.which(program)
    if path is None:
        raise PrinterError("printer_not_installed", missing=program)
    with subprocess.Popen(  # noqa: S603 - no shell; the queue's name is a setting and checked
        [path, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=os.environ | {"LC_ALL": "C"},
        start_new_session=True,
    ) as process:
        try:
            _, told = process.communicate(job.data, job.seconds_left)
        except subprocess.TimeoutExpired as error:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            raise job.stuck() from error
    if process.returncode:
        raise _refused(told.decode(errors="replace"), job)


def _refused(told: str, job: Job) -> PrinterError:
    if _UNKNOWN.search(told):
        return PrinterError("printer_unknown_queue", printer=job.printer)
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    text = "".join(sign for sign in "; ".join(lines)[:_LONGEST_ANSWER] if sign.isprintable())
    return PrinterError("printer_queue_refused", printer=job.printer, text=text.rstrip(".") or "?")
