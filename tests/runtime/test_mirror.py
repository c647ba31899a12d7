"""Files asked for over HTTP: resumed, limited, and a dead host asked once."""

import socket
import threading
import time
from pathlib import Path

import pytest

from lite_site.problems import BuildError
from lite_site.runtime.assets import Asset
from lite_site.runtime.sources import mirror as mirror_module
from lite_site.runtime.sources.folders import Wheelhouse
from lite_site.runtime.sources.mirror import Mirror, open_mirror, pyodide_distribution
from lite_site.runtime.store import Store

from .samples import FileServer, asset_of

CONTENT = bytes(range(256)) * 400


def ignore(asset: Asset) -> None:
    """Hear of a file and do nothing."""
    del asset


def test_files_come_in_parallel_and_are_counted(server: FileServer, store: Store) -> None:
    contents = {f"a{number}.whl": CONTENT + bytes([number]) for number in range(9)}
    server.files.update(contents)
    assets = [asset_of(name, content) for name, content in contents.items()]
    seen: list[Asset] = []
    assert Mirror(server.url).fetch(assets, store, 4, seen.append) == {}
    assert sorted(seen, key=lambda asset: asset.file_name) == assets
    assert all(store.get(asset.sha256) for asset in assets)


def test_an_interrupted_download_is_resumed(server: FileServer, store: Store) -> None:
    server.files["a.whl"] = CONTENT
    server.break_after = 40_000
    assert Mirror(server.url).fetch([asset_of("a.whl", CONTENT)], store, 1, ignore) == {}
    assert [asked for _, asked in server.requests] == [None, "bytes=40000-", "bytes=80000-"]


def test_a_later_run_resumes_too(server: FileServer, store: Store) -> None:
    server.files["a.whl"] = CONTENT
    server.break_after = 10_000
    asset = asset_of("a.whl", CONTENT)
    refusals = Mirror(server.url).fetch([asset], store, 1, ignore)
    assert refusals[asset.sha256].words == "broke off the download"
    server.break_after = None
    assert Mirror(server.url).fetch([asset], store, 1, ignore) == {}
    assert server.requests[-1] == ("a.whl", "bytes=30000-")


def test_a_server_without_ranges_gives_all_again(server: FileServer, store: Store) -> None:
    asset = asset_of("a.whl", CONTENT)
    with store.resume(asset.sha256) as download:
        download.write(CONTENT[:500])
    server.files["a.whl"] = CONTENT
    server.ignore_ranges = True
    assert Mirror(server.url).fetch([asset], store, 1, ignore) == {}


@pytest.mark.parametrize("rubbish", [b"rubbish", CONTENT + b"more than there is"])
def test_an_earlier_part_that_was_wrong_is_given_up(server: FileServer, store: Store, rubbish: bytes) -> None:
    asset = asset_of("a.whl", CONTENT)
    with store.resume(asset.sha256) as download:
        download.write(rubbish)
    server.files["a.whl"] = CONTENT
    assert Mirror(server.url).fetch([asset], store, 1, ignore) == {}


def test_wrong_bytes_are_refused_after_one_request(server: FileServer, store: Store) -> None:
    server.files["a.whl"] = b"X" + CONTENT[1:]
    asset = asset_of("a.whl", CONTENT)
    refusals = Mirror(server.url).fetch([asset], store, 1, ignore)
    assert refusals[asset.sha256].cause == "wrong-bytes"
    assert len(server.requests) == 1
    assert store.get(asset.sha256) is None


def test_a_missing_file_and_a_broken_server_are_told_apart(server: FileServer, store: Store) -> None:
    asset = asset_of("a.whl", CONTENT)
    assert Mirror(server.url).fetch([asset], store, 1, ignore)[asset.sha256].cause == "absent"
    server.status = 503
    assert Mirror(server.url).fetch([asset], store, 1, ignore)[asset.sha256].words == "answers HTTP 503"


def test_an_endless_answer_is_cut(server: FileServer, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mirror_module, "LARGEST_FILE", 1000)
    server.files["a.whl"] = CONTENT
    asset = asset_of("a.whl", CONTENT)
    assert Mirror(server.url).fetch([asset], store, 1, ignore)[asset.sha256].cause == "wrong-bytes"


def test_a_dead_host_is_asked_once(store: Store) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    assets = [asset_of(f"a{number}.whl", bytes([number])) for number in range(40)]
    source = Mirror(f"http://127.0.0.1:{port}/")
    refusals = source.fetch(assets, store, 4, ignore)
    assert {refusal.words for refusal in refusals.values()} == {"can't be reached (Connection refused)"}
    assert len(refusals) == 40
    assert {refusal.cause for refusal in source.fetch(assets[:2], store, 4, ignore).values()} == {"unreachable"}


def test_a_silent_host_is_waited_for_once(store: Store) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        source = Mirror(f"http://127.0.0.1:{listener.getsockname()[1]}/", timeout=0.3)
        began = time.monotonic()
        refusals = source.fetch([asset_of(f"a{n}.whl", bytes([n])) for n in range(40)], store, 4, ignore)
        assert time.monotonic() - began < 2
    assert len(refusals) == 40


def test_pyodides_distribution_is_not_asked_for_the_indexs_wheels() -> None:
    source = pyodide_distribution()
    assert source.offers(asset_of("numpy.whl", b""))
    assert not source.offers(asset_of("ipython.whl", b"", origin="pypi"))


def test_a_folder_address_is_a_wheelhouse(tmp_path: Path) -> None:
    assert isinstance(open_mirror(tmp_path.as_uri()), Wheelhouse)


@pytest.mark.parametrize("address", ["http://example.org/", "ftp://example.org/", "nonsense", "https://"])
def test_an_unsafe_address_is_refused(address: str) -> None:
    with pytest.raises(BuildError, match="neither https nor a local folder"):
        open_mirror(address)


def test_an_address_with_a_password_is_not_repeated() -> None:
    with pytest.raises(BuildError) as caught:
        open_mirror("http://me:secret@example.org/")
    assert "secret" not in str(caught.value)


def test_a_redirect_to_plain_http_is_not_followed(store: Store) -> None:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(
                    b"HTTP/1.1 302 Found\r\nLocation: http://example.invalid/a\r\nContent-Length: 0\r\n\r\n"
                )

        threading.Thread(target=answer, daemon=True).start()
        asset = asset_of("a.whl", CONTENT)
        source = Mirror(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        assert "isn't https" in source.fetch([asset], store, 1, ignore)[asset.sha256].words
