import asyncio

from lite_site.proving.trap import Trap, set_trap
from tests.aside import aside


async def asked_of(*lines: bytes) -> Trap:
    async with set_trap() as trap:
        port = int(trap.address.rpartition(":")[2])
        for line in lines:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(line + b"\r\n\r\n")
            writer.write_eof()
            assert (await reader.read()).startswith(b"HTTP/1.1 502")
            writer.close()
            await writer.wait_closed()
    return trap


def test_it_lets_nothing_through_and_remembers_what_was_asked() -> None:
    asked = (b"CONNECT pypi.org:443 HTTP/1.1", b"GET http://example.org/a.csv HTTP/1.1")
    assert aside(lambda: asyncio.run(asked_of(*asked))).asked == ["pypi.org", "http://example.org/a.csv"]


def test_what_the_browser_asks_for_itself_is_left_out() -> None:
    asked = b"CONNECT content-autofill.googleapis.com:443 HTTP/1.1"
    assert aside(lambda: asyncio.run(asked_of(asked))).asked == []
