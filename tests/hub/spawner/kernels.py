"""Runs cells on a person's server as the page does: a session, a websocket with the token among its protocols."""

import asyncio
import itertools
import json
import struct
import uuid
from dataclasses import dataclass

import httpx
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

PROTOCOL = "v1.kernel.websocket.jupyter.org"


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site with a token, and the server it talks to."""

    server: str
    token: str
    origin: str

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self.ask("GET", path, headers=headers)

    def ask(self, method: str, path: str, **kwargs: object) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.token}", "Origin": self.origin, **kwargs.pop("headers", {})}  # type: ignore[dict-item]
        return httpx.request(
            method,
            f"{self.server}{path}",
            headers=headers,
            timeout=60,
            trust_env=False,
            **kwargs,  # type: ignore[arg-type]
        )

    def kernel(self, lesson: str = "01-start.ipynb") -> str:
        """The lesson's kernel, started if need be."""
        course = self.server.rstrip("/").rpartition("/")[2]
        session = {"path": f"{course}/{lesson}", "name": lesson, "type": "notebook", "kernel": {"name": "python3"}}
        answer = self.ask("POST", "api/sessions", json=session)
        assert answer.status_code == 201, answer.text
        name: str = answer.json()["kernel"]["id"]
        return name

    def run(self, code: str, lesson: str = "01-start.ipynb") -> str:
        """What a cell prints, its errors too."""
        kernel = self.kernel(lesson)

        async def work() -> str:
            socket = await self.connect(kernel)
            try:
                return await asyncio.wait_for(_execute(socket, code), 60)
            finally:
                socket.close()
                while await socket.read_message() is not None:  # until it is closed on both sides
                    pass

        return asyncio.run(work())

    async def connect(
        self, kernel: str, *, token: str | None = None, origin: str | None = None, query: str = ""
    ) -> WebSocketClientConnection:
        """The kernel's websocket; tornado's HTTPClientError where it is refused."""
        address = f"{self.server.replace('http', 'ws', 1)}api/kernels/{kernel}/channels{query}"
        protocols = [PROTOCOL] if query else [PROTOCOL, f"passerelle.token.{self.token if token is None else token}"]
        request = HTTPRequest(address, headers={"Origin": self.origin if origin is None else origin})
        return await websocket_connect(request, subprotocols=protocols)


async def _execute(socket: WebSocketClientConnection, code: str) -> str:
    assert socket.selected_subprotocol == PROTOCOL
    header = {
        "msg_id": uuid.uuid4().hex,
        "msg_type": "execute_request",
        "session": uuid.uuid4().hex,
        "username": "",
        "version": "5.4",
        "date": "",
    }
    content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False, "user_expressions": {}}
    await socket.write_message(_packed("shell", header, content), binary=True)
    said = ""
    while True:
        message = await socket.read_message()
        assert isinstance(message, bytes), message
        kind, parent, body = _unpacked(message)
        if parent != header["msg_id"]:
            continue
        if kind == "stream":
            said += str(body["text"])
        elif kind == "error":
            said += f"{body['ename']}: {body['evalue']}"
        elif kind == "status" and body["execution_state"] == "idle":
            return said


def _packed(channel: str, header: dict[str, str], content: dict[str, object]) -> bytes:
    """Jupyter Server's framing (its documentation, "WebSocket kernel wire protocols")."""
    parts = [channel.encode(), json.dumps(header).encode(), b"{}", b"{}", json.dumps(content).encode()]
    offsets = [8 * (len(parts) + 2)]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    return struct.pack(f"<{len(offsets) + 1}Q", len(offsets), *offsets) + b"".join(parts)


def _unpacked(message: bytes) -> tuple[str, str, dict[str, object]]:
    [count] = struct.unpack_from("<Q", message)
    offsets = struct.unpack_from(f"<{count}Q", message, 8)
    parts = [message[start:end] for start, end in itertools.pairwise(offsets)]
    header, parent, content = (json.loads(parts[index]) for index in (1, 2, 4))
    return header["msg_type"], parent.get("msg_id", ""), content
