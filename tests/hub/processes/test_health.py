import socket
import threading

import pytest

from fallback_hub.running.health import ask


def answering(text: bytes) -> tuple[str, threading.Thread, list[bytes]]:
    server, heard = socket.create_server(("127.0.0.1", 0)), list[bytes]()

    def once() -> None:
        with server, server.accept()[0] as connection:
            heard.append(connection.recv(4096))
            connection.sendall(text)

    thread = threading.Thread(target=once)
    thread.start()
    return f"http://127.0.0.1:{server.getsockname()[1]}/hub/api/", thread, heard


def test_the_status_is_told_and_no_proxy_of_the_environment_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    address, thread, heard = answering(b"HTTP/1.1 204 No Content\r\n\r\n")
    assert ask(address, "secret", "POST") == 204
    thread.join()
    assert heard[0].startswith(b"POST /hub/api/ HTTP/1.1\r\n")
    assert b"Authorization: token secret\r\n" in heard[0]


@pytest.mark.parametrize("text", [b"", b"something else\r\n\r\n"])
def test_nonsense_is_no_answer(text: bytes) -> None:
    address, thread, _ = answering(text)
    assert ask(address) == 0
    thread.join()


def test_nobody_is_no_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert ask(f"http://127.0.0.1:{port}/") == 0
