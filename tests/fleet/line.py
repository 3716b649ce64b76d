"""The line between desks and the centre's server, with somebody who cuts it, holds it up or answers in its place."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from enum import Enum, auto
from threading import Thread

from tests.fleet.postgres import Postgres

_PIECE = 65536


class Answers(Enum):
    """What happens to who connects."""

    YES = auto()
    NO = auto()
    """Every connection is ended at once."""
    SILENCE = auto()
    """Every connection is taken, and nothing is ever said."""


class Line:
    """Everything that goes to the server and comes back."""

    def __init__(self, server: Postgres, port: int) -> None:
        self._server = server
        self.port = port
        self.answers = Answers.YES
        self.cut_after: int | None = None
        """After how many bytes, in both directions together, the next connection is cut; once."""
        self.slow_by = 0.0
        """Seconds by which whatever is sent comes later."""
        self.cuts = 0
        self.passed = 0
        """Bytes in both directions."""
        self._open: set[asyncio.StreamWriter] = set()
        self._is_over = False

    def begin(self, writer: asyncio.StreamWriter) -> bool:
        """Keep who has just come, to be cut with the rest; who comes after the end is cut at once."""
        self._open.add(writer)
        if self._is_over:
            self._end(writer)
        return not self._is_over

    def end(self) -> None:
        """Cut what is open, and whoever still comes."""
        self._is_over = True
        self.end_all()

    async def take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Join a desk and the server."""
        if self.answers is Answers.NO:
            self._end(writer)
            return
        if self.answers is Answers.SILENCE:
            return
        try:
            to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self._server.port)
        except OSError:  # the server is being started
            self._end(writer)
            return
        if not self.begin(to_writer):
            return
        both = (writer, to_writer)
        await asyncio.gather(self._pass_on(reader, to_writer, both), self._pass_on(to_reader, writer, both))

    def end_all(self) -> None:
        """Cut what is open."""
        for writer in tuple(self._open):
            self._end(writer)

    async def _pass_on(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, both: tuple[asyncio.StreamWriter, ...]
    ) -> None:
        with suppress(OSError):
            while piece := await reader.read(_PIECE):
                self.passed += len(piece)
                await asyncio.sleep(self.slow_by)
                if self.cut_after is not None and self.cut_after < len(piece):
                    writer.write(piece[: self.cut_after])
                    self.cut_after = None
                    self.cuts += 1
                    break
                if self.cut_after is not None:
                    self.cut_after -= len(piece)
                writer.write(piece)
                await writer.drain()
        for each in both:
            self._end(each)

    def _end(self, writer: asyncio.StreamWriter) -> None:
        self._open.discard(writer)
        writer.close()


@contextmanager
def line_beside(server: Postgres) -> Iterator[Line]:
    """Lay a line on a thread of its own, for whoever has no event loop."""
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever)
    thread.start()
    laid = line_to(server)
    try:
        yield asyncio.run_coroutine_threadsafe(laid.__aenter__(), loop).result()
    finally:
        asyncio.run_coroutine_threadsafe(laid.__aexit__(None, None, None), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@asynccontextmanager
async def line_to(server: Postgres) -> AsyncIterator[Line]:
    """Lay a line to a server, on a port of its own."""
    joined: set[asyncio.Task[None]] = set()
    line = Line(server, 0)

    def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # Kept before its task runs: one that is cancelled before that would leave the connection open.
        if not line.begin(writer):
            return
        task = asyncio.get_running_loop().create_task(line.take(reader, writer))
        joined.add(task)
        task.add_done_callback(joined.discard)

    listening = await asyncio.start_server(take, "127.0.0.1", 0)
    line.port = listening.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        listening.close()
        line.end()
        for task in joined:
            task.cancel()
        await asyncio.gather(*joined, return_exceptions=True)
