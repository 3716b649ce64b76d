"""Printers at a USB or parallel port: a device file."""

from __future__ import annotations

import errno
import os
import select
import stat
from collections.abc import Iterator
from contextlib import contextmanager

from kiosk.errors import MaybePrintedError, PrinterAwayError, PrinterError
from kiosk.printing.job import Job
from kiosk.settings.printer import Device

_FILES = {stat.S_IFREG, stat.S_IFDIR}


def look(device: Device, job: Job) -> None:
    """Open the device and print nothing; raises PrinterError where that can't be done."""
    with _opened(device, job):
        pass


def send(device: Device, job: Job) -> None:
    """Write a job; raises PrinterError before anything left, MaybePrintedError after that."""
    with _opened(device, job) as descriptor:
        left = memoryview(job.data)
        while left:
            _await_room(descriptor, job, has_begun=len(left) < len(job.data))
            try:
                left = left[os.write(descriptor, left) :]
            except BlockingIOError:
                continue
            except OSError as error:
                raise _broken(error, job, has_begun=len(left) < len(job.data)) from error
        # The kernel drops what a USB printer has not taken when the device is closed.
        _await_room(descriptor, job, has_begun=True)


@contextmanager
def _opened(device: Device, job: Job) -> Iterator[int]:
    """Open the device without waiting for anybody at its other end."""
    try:
        descriptor = os.open(device.path, os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
    except OSError as error:
        raise _not_opened(error, job) from error
    try:
        if stat.S_IFMT(os.fstat(descriptor).st_mode) in _FILES:
            raise PrinterError("printer_no_device", printer=job.printer)
        yield descriptor
    finally:
        os.close(descriptor)


def _await_room(descriptor: int, job: Job, *, has_begun: bool) -> None:
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    if not poll.poll(job.seconds_left * 1000):
        raise job.stuck() if has_begun else PrinterAwayError("printer_busy", printer=job.printer)


def _not_opened(error: OSError, job: Job) -> PrinterError:
    match error.errno:
        case errno.EACCES | errno.EPERM:
            return PrinterError("printer_not_allowed", printer=job.printer)
        case errno.EISDIR:
            return PrinterError("printer_no_device", printer=job.printer)
        case errno.EBUSY:
            return PrinterAwayError("printer_busy", printer=job.printer)
        case _:
            return _unreachable(error, job)


def _broken(error: OSError, job: Job, *, has_begun: bool) -> PrinterError:
    # ENOSPC is what the kernel's driver says of a printer without paper.
    if error.errno == errno.ENOSPC:
        if has_begun:
            return MaybePrintedError("printer_out_of_paper_midway", printer=job.printer)
        return PrinterAwayError("printer_out_of_paper", printer=job.printer)
    if has_begun:
        return MaybePrintedError("printer_broke_off", printer=job.printer, text=error.strerror or str(error))
    return _unreachable(error, job)


def _unreachable(error: OSError, job: Job) -> PrinterAwayError:
    return PrinterAwayError("printer_unreachable", printer=job.printer, text=error.strerror or str(error))
