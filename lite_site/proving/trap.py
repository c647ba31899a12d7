"""Where everything goes that would leave this machine: a proxy that lets nothing through and notes who was asked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

# Chromium asks its maker how to fill in forms: no page can prevent it.
BROWSERS_OWN = ("content-autofill.googleapis.com", "https://content-autofill.googleapis.com")
ANSWER = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
PATIENCE = 5.0


@dataclass(slots=True)
class Trap:
    """A trap's address, and what was asked through it, in order."""

    address: str = ""
    asked: list[str] = field(default_factory=list)

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Note what a request is for, and refuse it."""
        try:
            line = await asyncio.wait_for(reader.readline(), PATIENCE)
            _, _, rest = line.decode("latin-1").partition(" ")
            asked = rest.partition(" ")[0].removesuffix(":443")
            if asked and not asked.startswith(BROWSERS_OWN):
                self.asked.append(asked)
            writer.write(ANSWER)
            await writer.drain()
        except (OSError, TimeoutError, ValueError):  # it hung up, was silent, or wrote no line
            pass
        finally:
            writer.close()


@asynccontextmanager
async def set_trap() -> AsyncIterator[Trap]:
    """A trap on a free port of this machine."""
    trap = Trap()
    server = await asyncio.start_server(trap.answer, "127.0.0.1", 0)
    try:
        trap.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        yield trap
    finally:
        server.close()
