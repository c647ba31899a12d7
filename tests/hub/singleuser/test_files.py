import hashlib
import os
import socket
import threading
import time

import httpx
import psutil
import pytest

from fallback_hub.singleuser.uploads import CHUNK
from tests.hub.singleuser.conftest import LARGEST, ORIGIN, Served


def sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def put(
    served: Served, name: str, data: bytes, start: int = 0, end: int | None = None, **headers: str
) -> httpx.Response:
    """One chunk of `data`, for a file that isn't there unless headers say otherwise."""
    end = len(data) if end is None else end
    said = {"If-None-Match": "*"} if not headers else {name.replace("_", "-"): text for name, text in headers.items()}
    said |= {"Upload-Offset": str(start), "Upload-Length": str(len(data)), "Upload-Sha256": sha(data)}
    return served.client.put(f"passerelle/files/{name}", content=data[start:end], headers=said)


def arrived(served: Served, name: str, data: bytes) -> int:
    """How much of `data` the server says to have."""
    head = served.client.head(f"passerelle/files/{name}", headers={"Upload-Sha256": sha(data)})
    return int(head.headers["upload-offset"])


def test_there_and_back(empty: Served) -> None:
    data = os.urandom(3_000_000)
    answer = put(empty, "data/reads 1.fastq", data)
    assert answer.status_code == 201
    assert answer.json() == {"path": "data/reads 1.fastq", "bytes": len(data), "sha256": sha(data)}
    listed = empty.client.get("passerelle/files").json()
    assert [(file["path"], file["bytes"], file["sha256"]) for file in listed["files"]] == [
        ("data/reads 1.fastq", len(data), sha(data))
    ]
    assert listed["max_file_bytes"] == LARGEST
    assert listed["free_bytes"] > 0
    fetched = empty.client.get("passerelle/files/data/reads 1.fastq")
    assert fetched.content == data
    assert fetched.headers["etag"] == f'"{sha(data)}"'


def test_what_a_notebook_wrote_can_never_be_a_page_of_the_hub(empty: Served) -> None:
    (empty.folder / "page.html").write_text("<script>alert(document.cookie)</script>")
    answer = empty.client.get("passerelle/files/page.html")
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_chunks_resume_after_a_cut_and_after_the_server_died(empty: Served) -> None:
    data = os.urandom(2_000_000)
    assert put(empty, "big.bin", data, 0, 900_000).status_code == 204
    head = empty.client.head("passerelle/files/big.bin", headers={"Upload-Sha256": sha(data)})
    assert (head.status_code, head.headers["upload-offset"]) == (200, "900000")
    empty.stop()
    empty.start()
    head = empty.client.head("passerelle/files/big.bin", headers={"Upload-Sha256": sha(data)})
    assert head.headers["upload-offset"] == "900000"
    assert put(empty, "big.bin", data, 900_000).status_code == 201
    assert (empty.folder / "big.bin").read_bytes() == data


def test_a_connection_cut_within_a_chunk_keeps_what_came(empty: Served) -> None:
    data = os.urandom(4_000_000)
    host, port = empty.url.split("/")[2].split(":")
    with socket.create_connection((host, int(port))) as line:
        head = (
            f"PUT /user/alice/rna/passerelle/files/cut.bin HTTP/1.1\r\nHost: {host}:{port}\r\n"
            f"Authorization: token {empty.token}\r\nContent-Length: {len(data)}\r\nUpload-Offset: 0\r\n"
            f"Upload-Length: {len(data)}\r\nUpload-Sha256: {sha(data)}\r\nIf-None-Match: *\r\n\r\n"
        )
        line.sendall(head.encode() + data[:1_500_000])
        until = time.monotonic() + 60
        while arrived(empty, "cut.bin", data) <= 1_000_000:
            assert time.monotonic() < until
            time.sleep(0.05)
    offset = 0
    until = time.monotonic() + 60
    while time.monotonic() < until:
        offset = arrived(empty, "cut.bin", data)
        if put(empty, "cut.bin", data, offset).status_code == 201:
            break
        time.sleep(0.1)
    assert 1_000_000 < offset <= 1_500_000
    assert (empty.folder / "cut.bin").read_bytes() == data


def test_what_the_page_believes_has_to_hold(empty: Served) -> None:
    put(empty, "a.txt", b"one")
    answer = put(empty, "a.txt", b"two")
    assert (answer.status_code, answer.json()["code"], answer.json()["sha256"]) == (412, "changed", sha(b"one"))
    assert answer.headers["access-control-allow-origin"] == ORIGIN  # else the page couldn't read why
    assert set(answer.json()["message"]) == {"fr", "en"}
    assert put(empty, "a.txt", b"two", If_Match=f'"{sha(b"one")}"').status_code == 201
    assert put(empty, "a.txt", b"three", If_Match="*").status_code == 201
    deleted = empty.client.delete("passerelle/files/a.txt", headers={"If-Match": f'"{sha(b"two")}"'})
    assert deleted.status_code == 412
    assert (empty.folder / "a.txt").read_bytes() == b"three"
    deleted = empty.client.delete("passerelle/files/a.txt", headers={"If-Match": f'"{sha(b"three")}"'})
    assert deleted.status_code == 204
    assert not (empty.folder / "a.txt").exists()
    assert empty.client.delete("passerelle/files/a.txt", headers={"If-Match": "*"}).status_code == 404


def test_an_upload_that_says_nothing_of_what_it_expects_is_refused(empty: Served) -> None:
    answer = put(empty, "a.txt", b"one", Accept="*/*")
    assert (answer.status_code, answer.json()["code"]) == (428, "precondition")


def test_damaged_too_big_and_ill_placed_chunks(empty: Served) -> None:
    headers = {"If-None-Match": "*", "Upload-Offset": "0", "Upload-Length": "3"}
    damaged = empty.client.put(
        "passerelle/files/a.txt", content=b"two", headers={**headers, "Upload-Sha256": sha(b"one")}
    )
    assert (damaged.status_code, damaged.json()["code"]) == (422, "wrong-hash")
    big = {**headers, "Upload-Length": str(LARGEST + 1), "Upload-Sha256": sha(b"one")}
    refused = empty.client.put("passerelle/files/a.txt", content=b"one", headers=big)
    assert (refused.status_code, refused.json()["max_file_bytes"]) == (413, LARGEST)
    assert put(empty, "a.txt", b"x" * (CHUNK + 1)).status_code == 413
    assert put(empty, "a.txt", b"0123456789", 4).status_code == 409
    assert not (empty.folder / "a.txt").exists()


def test_an_empty_file(empty: Served) -> None:
    assert put(empty, "empty.txt", b"").status_code == 201
    assert empty.client.get("passerelle/files/empty.txt").content == b""


def test_two_tabs_send_the_same_file_at_once(empty: Served) -> None:
    data = os.urandom(6_000_000)
    seen: list[int] = []

    def send() -> None:
        with httpx.Client(base_url=empty.url, headers=empty.client.headers, timeout=60, trust_env=False) as client:
            tab = Served(empty.url, empty.folder, client, {}, "")
            offset = 0
            for _ in range(200):
                answer = put(tab, "same.bin", data, offset, min(len(data), offset + 500_000))
                seen.append(answer.status_code)
                if answer.status_code == 201:
                    return
                offset = int(answer.headers["upload-offset"])
                time.sleep(0.02 if answer.status_code == 409 else 0)

    tabs = [threading.Thread(target=send) for _ in range(2)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join(60)
    assert seen.count(201) == 2
    assert (empty.folder / "same.bin").read_bytes() == data


def test_parts_of_a_file(empty: Served) -> None:
    put(empty, "a.txt", b"0123456789")
    part = empty.client.get("passerelle/files/a.txt", headers={"Range": "bytes=3-5"})
    assert (part.status_code, part.content, part.headers["content-range"]) == (206, b"345", "bytes 3-5/10")
    other = empty.client.get("passerelle/files/a.txt", headers={"Range": "bytes=3-5", "If-Range": '"other"'})
    assert (other.status_code, other.content) == (200, b"0123456789")
    none = empty.client.get("passerelle/files/a.txt", headers={"Range": "bytes=10-"})
    assert (none.status_code, none.headers["content-range"]) == (416, "bytes */10")
    head = empty.client.head("passerelle/files/a.txt")
    assert (head.status_code, head.headers["content-length"], head.content) == (200, "10", b"")


@pytest.mark.parametrize(
    "path",
    [
        "..%2Fsecret.txt", "%2e%2e/secret.txt", "a/..%2f..%2fsecret.txt", "%2Fetc%2Fpasswd", ".passerelle/hashes.json",
        ".ssh/authorized_keys", "a%00b", "link", "folder/secret.txt", "a%5C..%5Cb%00", "e%CC%81t%CC%81",
    ],
)  # fmt: skip
def test_no_path_leads_out_of_the_course(empty: Served, path: str) -> None:
    (empty.folder.parent / "secret.txt").write_text("secret")
    (empty.folder / "link").symlink_to(empty.folder.parent / "secret.txt")
    (empty.folder / "folder").symlink_to(empty.folder.parent)
    got = empty.client.get(httpx.URL(empty.url).join(f"passerelle/files/{path}"))
    assert got.status_code in {400, 404}
    assert "secret" not in got.text.replace("secret.txt", "")
    headers = {"If-Match": "*", "Upload-Offset": "0", "Upload-Length": "3", "Upload-Sha256": sha(b"bad")}
    for method, content in (("PUT", b"bad"), ("DELETE", None)):
        address = httpx.URL(empty.url).join(f"passerelle/files/{path}")
        assert empty.client.request(method, address, content=content, headers=headers).status_code in {400, 404, 405}
    assert (empty.folder.parent / "secret.txt").read_text() == "secret"


def test_the_site_may_ask_and_nobody_else(empty: Served) -> None:
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "PUT"}
    preflight = httpx.options(f"{empty.url}passerelle/files/a.txt", headers=asked, trust_env=False)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == ORIGIN
    assert {"upload-offset", "upload-sha256", "if-match", "authorization"} <= set(
        preflight.headers["access-control-allow-headers"].split(", ")
    )
    other = httpx.options(
        f"{empty.url}passerelle/files/a.txt", headers={**asked, "Origin": "https://evil.example"}, trust_env=False
    )
    assert other.headers["access-control-allow-origin"] == ORIGIN  # never the one that asks
    assert "access-control-allow-credentials" not in other.headers


@pytest.mark.parametrize("route", ["passerelle/files", "passerelle/files/a.txt", "passerelle/usage"])
def test_nobody_without_a_token(empty: Served, route: str) -> None:
    (empty.folder / "a.txt").write_text("mine")
    for headers in ({}, {"Authorization": "token wrong"}):
        for method in ("GET", "PUT", "DELETE", "HEAD"):
            answer = httpx.request(method, f"{empty.url}{route}", headers=headers, trust_env=False)
            assert answer.status_code in {403, 405}, (method, answer.text)
            assert "mine" not in answer.text
    assert (empty.folder / "a.txt").read_text() == "mine"


def computed(process: psutil.Process) -> float:
    """Seconds that it had a processor, whatever else the machine did."""
    used: float = sum(process.cpu_times()[:2])
    return used


def test_speed_is_near_plain_http(empty: Served) -> None:
    """Not a benchmark: it would show a file read whole into memory, or hashed twice."""
    data = os.urandom(CHUNK)
    whole = data * 4
    assert empty.process is not None
    server = psutil.Process(empty.process.pid)
    before = computed(server)
    for start in range(0, len(whole), CHUNK):
        answer = put(empty, "fast.bin", whole, start, start + CHUNK)
    assert answer.status_code == 201
    assert len(whole) / (computed(server) - before) > 10_000_000
    assert empty.client.get("passerelle/files/fast.bin").content == whole
