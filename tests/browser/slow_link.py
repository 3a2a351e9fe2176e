"""A slow and breakable link between a browser and the app."""

import asyncio
import threading
from contextlib import suppress
from dataclasses import dataclass, field

CHUNK = 65_536


@dataclass
class SlowLink:
    """Passes everything on to a port, so many seconds later in each direction.

    Chromium's own throttling leaves websockets alone, so the delay is made here.
    """

    target: int
    delay: float
    port: int = 0
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.new_event_loop)
    open: set[asyncio.StreamWriter] = field(default_factory=set)
    cut: bool = False

    def start(self) -> None:
        """Listen; `port` says where."""
        ready = threading.Event()

        async def listen() -> None:
            server = await asyncio.start_server(self._pass, "127.0.0.1", self.port)
            self.port = server.sockets[0].getsockname()[1]
            ready.set()

        async def end() -> None:
            tasks = asyncio.all_tasks() - {asyncio.current_task()}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)  # there may be none

        def run() -> None:
            self.loop.run_until_complete(listen())
            self.loop.run_forever()
            self.loop.run_until_complete(end())

        threading.Thread(target=run, daemon=True).start()
        ready.wait(10)

    def stop(self) -> None:
        """Let go of everything."""
        self.break_off()
        self.loop.call_soon_threadsafe(self.loop.stop)

    def break_off(self) -> None:
        """Close what is open, and answer nobody until `mend`."""
        self.cut = True
        for writer in list(self.open):
            self.loop.call_soon_threadsafe(writer.close)

    def mend(self) -> None:
        """Pass on again."""
        self.cut = False

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.cut:
            writer.close()
            return
        far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.target)
        self.open |= {writer, far_writer}
        await asyncio.gather(self._carry(reader, far_writer), self._carry(far_reader, writer))
        self.open -= {writer, far_writer}

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, RuntimeError):
            while data := await reader.read(CHUNK):
                self.loop.call_later(self.delay, self._write, writer, data)
        self.loop.call_later(self.delay, writer.close)

    def _write(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        if not writer.is_closing():
            writer.write(data)
