"""Notebooks' connections to a real kernel: what one was told and didn't hear, the next of its name is told again."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

from tests.hub.singleuser.conftest import Served

WIRE = "v1.kernel.websocket.jupyter.org"
COUNT = "import time\nfor number in range(20):\n    print(number, flush=True)\n    time.sleep(0.05)"
COUNTED = "".join(f"{number}\n" for number in range(20))
NOTEBOOK = "notebook-1"


@dataclass(frozen=True, slots=True)
class Heard:
    """A message of the kernel's."""

    name: str
    kind: str
    content: dict[str, str]


@dataclass(frozen=True, slots=True)
class Page:
    """A page's end of a connection."""

    socket: WebSocketClientConnection

    async def run(self, code: str) -> None:
        """Send a cell."""
        header = {"msg_id": uuid4().hex, "msg_type": "execute_request", "session": "s", "username": "", "version": "5"}
        parts = [json.dumps(part).encode() for part in (header, {}, {}, {"code": code})]
        await self.socket.write_message(serialize_msg_to_ws_v1(parts, "shell"), binary=True)  # type: ignore[no-untyped-call]

    async def hear(self) -> AsyncIterator[Heard]:
        """What is said, until the connection ends."""
        while (frame := await asyncio.wait_for(self.socket.read_message(), 20)) is not None:
            _, (header, _, _, content, *_) = deserialize_msg_from_ws_v1(frame)  # type: ignore[no-untyped-call]
            told = json.loads(header)
            yield Heard(told["msg_id"], told["msg_type"], json.loads(content))

    async def hear_text(self, end: str) -> tuple[str, str]:
        """What is printed, up to where it ends so, and the id of the message that brought the end."""
        text = ""
        async for heard in self.hear():
            text += heard.content["text"] if heard.kind == "stream" else ""
            if text.endswith(end):
                return text, heard.name
        raise AssertionError(f"the connection ended after {text!r}")


@pytest.fixture
def kernel(served: Served) -> Iterator[str]:
    """A kernel of the server's."""
    started: str = served.client.post("api/kernels", json={"name": "python3"}).json()["id"]
    yield started
    served.client.delete(f"api/kernels/{started}")


@asynccontextmanager
async def connected(served: Served, kernel: str, session_id: str, **said: str) -> AsyncIterator[Page]:
    address = served.url.replace("http", "ws", 1) + f"api/kernels/{kernel}/channels?"
    asked = HTTPRequest(
        address + urlencode({"session_id": session_id} | said),
        headers={"Authorization": f"token {served.token}", "Origin": served.client.headers["Origin"]},
    )
    socket = await websocket_connect(asked, subprotocols=[WIRE])
    try:
        yield Page(socket)
    finally:
        socket.close()
        while await asyncio.wait_for(socket.read_message(), 20) is not None:
            pass


def test_the_next_of_its_name_is_told_what_wasnt_shown_while_the_old_one_looks_open(
    served: Served, kernel: str
) -> None:
    async def come_again() -> None:
        async with connected(served, kernel, NOTEBOOK, shown="") as gone:
            await gone.run(COUNT)
            begun, shown = await gone.hear_text("4\n")
            await asyncio.sleep(0.4)
            assert NOTEBOOK in served.client.get(f"api/kernels/{kernel}").json()["kept_for"]
            async with connected(served, kernel, NOTEBOOK, shown=shown) as page:
                assert begun + (await page.hear_text("19\n"))[0] == COUNTED
                assert served.client.get(f"api/kernels/{kernel}").json()["connections"] == 1

    asyncio.run(come_again())


def test_a_page_that_showed_nothing_is_told_all_one_that_doesnt_say_nothing_twice(served: Served, kernel: str) -> None:
    async def come_again() -> None:
        async with connected(served, kernel, NOTEBOOK, shown="") as page:
            await page.run(COUNT)
            await page.hear_text("4\n")
        async with connected(served, kernel, NOTEBOOK, shown="") as page:
            assert (await page.hear_text("19\n"))[0] == COUNTED
        async with connected(served, kernel, NOTEBOOK) as page:
            await page.run("print('new')")
            assert (await page.hear_text("new\n"))[0] == "new\n"

    asyncio.run(come_again())


def test_another_name_and_one_that_is_no_notebooks_are_told_nothing_of_it(served: Served, kernel: str) -> None:
    async def come() -> None:
        async with connected(served, kernel, NOTEBOOK, shown="") as page:
            await page.run(COUNT)
            await page.hear_text("19\n")
            for name in ("notebook-2", "widgets"):
                async with connected(served, kernel, name, shown="") as other:
                    await other.run("print('new')")
                    assert (await other.hear_text("new\n"))[0] == "new\n"

    asyncio.run(come())


def test_what_is_no_longer_there_is_said_to_be_gone_ahead_of_the_rest(served: Served, kernel: str) -> None:
    async def come_again() -> None:
        async with connected(served, kernel, NOTEBOOK, shown="") as page:
            await page.run(COUNT)
            await page.hear_text("19\n")
        async with connected(served, kernel, NOTEBOOK, shown="long-ago") as page:
            assert (await anext(page.hear())).kind == "passerelle_gap"
            assert (await page.hear_text("19\n"))[0] == COUNTED

    asyncio.run(come_again())
