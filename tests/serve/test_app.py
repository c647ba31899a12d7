import http.client
import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pytest

from lite_site.pipeline import build_site
from lite_site.problems import Problem
from lite_site.report import SilentReport
from lite_site.serve.app import EVENTS, SCRIPT, WATCHERS_AT_MOST, make_app
from lite_site.serve.preview import claim_port, running_server
from lite_site.settings import make_settings
from lite_site.site.connection import SIGNED_IN, Hub, connect
from tests.small import files_of

from .conftest import PAGE, Preview

HOSTILE = Problem("rna/<img src=x onerror=alert(1)>.ipynb", "isn't JSON & more.", "Mend </ul> it.", "notebook-json")
TAG = re.compile(rf'<script src="{SCRIPT}" data-build="(\w+)" data-events="{EVENTS}" defer></script>')


@pytest.mark.parametrize("path", ["/", "/rna/", "/anything/else.html", "/pyodide.wasm"])
def test_before_the_first_build_every_page_says_so(preview: Preview, path: str) -> None:
    status, headers, text = preview.get(path)

    assert status == 503
    assert "Not built yet" in text
    assert headers["cache-control"] == "no-store"
    assert TAG.search(text)


def test_problems_are_listed_as_text(preview: Preview) -> None:
    preview.news.tell([HOSTILE])

    text = preview.get("/")[2]

    assert "<img" not in text
    assert "rna/&lt;img src=x onerror=alert(1)&gt;.ipynb: isn&#x27;t JSON &amp; more. Mend &lt;/ul&gt; it." in text


def test_pages_get_the_reload_script_once_and_nothing_else(built: Preview) -> None:
    status, headers, text = built.get("/")

    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert len(TAG.findall(text)) == 1
    assert TAG.sub("", text) == PAGE


def test_a_folder_gives_its_index(built: Preview) -> None:
    assert "cours é" in built.get("/rna/")[2]
    assert built.get("/rna")[0] == 307
    assert built.get("/rna")[1]["location"].endswith("/rna/")


def test_a_dead_address_gives_the_sites_notice(built: Preview) -> None:
    status, _, text = built.get("/nowhere/at/all")

    assert status == 404
    assert "perdu é" in text


def test_a_courses_own_pages_are_data(built: Preview) -> None:
    """A lesson may read them: they come byte for byte, whatever their encoding."""
    with built.ask("/rna/files/table.html") as answer:
        assert answer.read() == b"<head></head>\xe9t\xe9"


@pytest.mark.parametrize(
    ("path", "type_"),
    [("/pyodide.wasm", "application/wasm"), ("/pyodide.mjs", "text/javascript"), ("/rna/files/a%20b.csv", "text/csv")],
)
def test_other_files_come_as_they_are_and_are_asked_for_again(built: Preview, path: str, type_: str) -> None:
    status, headers, _ = built.get(path)

    assert status == 200
    assert headers["content-type"].split(";")[0].replace("application/javascript", "text/javascript") == type_
    assert headers["cache-control"] == "no-cache"
    assert headers["etag"]


def test_head_has_headers_and_no_body(built: Preview) -> None:
    assert built.get("/", method="HEAD")[0::2] == (200, "")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(built: Preview, method: str) -> None:
    assert built.get("/", method=method)[0] == 405


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "localhost.evil.example", "", "10.0.0.1", "[::1]"],
)
def test_a_foreign_host_is_refused(built: Preview, host: str) -> None:
    """A page elsewhere whose name is made to lead here (DNS rebinding) must read nothing."""
    for path in ("/", EVENTS, SCRIPT):
        connection_host = host or " "
        assert built.get(path, host=connection_host)[0] == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1", "127.0.0.1:1"])
def test_this_machine_is_let_in(built: Preview, host: str) -> None:
    assert built.get("/", host=host)[0] == 200


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/rna/../../secret.txt",
        "/rna/%2e%2e/%2e%2e/secret.txt",
        "//secret.txt", "/....//secret.txt", "/..\\secret.txt", "/%5c..%5csecret.txt", "/rna/files/link.txt", "/%00",
    ],
)  # fmt: skip
def test_nothing_outside_the_site_is_served(built: Preview, path: str) -> None:
    (built.site / "rna" / "files" / "link.txt").symlink_to(built.site.parent / "secret.txt")

    status, _, text = built.get(path)

    assert status in {400, 404}
    assert "secret" not in text


@contextmanager
def listening(preview: Preview) -> Iterator[Iterator[str]]:
    """The `built` events of one open page: the build each names."""
    with preview.ask(EVENTS) as answer:
        assert answer.status == 200
        assert answer.headers["Content-Type"].startswith("text/event-stream")

        yield (data for event, data in events_in(answer) if event == "built")


def events_in(answer: http.client.HTTPResponse) -> Iterator[tuple[str, str]]:
    """Name and data of each event, as they come."""
    name = ""
    while line := answer.readline().decode():
        field, _, value = line.strip().partition(": ")
        if field == "event":
            name = value
        elif field == "data":
            yield name, value


def mark_of(preview: Preview) -> str:
    found = TAG.search(preview.get("/")[2])
    assert found
    return found[1]


def test_a_page_hears_of_the_build_it_shows_and_of_the_next(built: Preview) -> None:
    shown = mark_of(built)
    with listening(built) as builds:
        assert next(builds) == shown

        built.news.tell([])

        assert next(builds) != shown
        assert mark_of(built) != shown


def test_a_build_between_the_page_and_its_first_event_is_not_missed(built: Preview) -> None:
    shown = mark_of(built)
    built.news.tell([])
    with listening(built) as builds:
        assert next(builds) != shown


def test_every_open_page_is_told(built: Preview) -> None:
    with listening(built) as first, listening(built) as second:
        before = {next(first), next(second)}
        built.news.tell([])
        after = {next(first), next(second)}

    assert len(before) == len(after) == 1
    assert before != after


def test_a_failed_build_leaves_open_pages_alone(built: Preview) -> None:
    shown = mark_of(built)
    built.news.tell([HOSTILE])
    assert mark_of(built) == shown


def test_a_page_that_shows_an_old_site_says_so_until_the_build_is_mended(built: Preview) -> None:
    others = [Problem(f"rna/{number}.ipynb", "isn't JSON.", "Mend it.", "notebook-json") for number in range(5)]
    with built.ask(EVENTS) as answer:
        events = events_in(answer)
        shown = next(events)

        built.news.tell([HOSTILE, *others])
        name, data = next(events)
        note = json.loads(data)
        assert name == "failed"
        assert "6 erreurs" in note["texts"]["fr"]["said"]
        assert "6 errors" in note["texts"]["en"]["said"]
        assert note["problems"][0] == str(HOSTILE)
        assert len(note["problems"]) == 3

        with built.ask(EVENTS) as later:  # a page opened meanwhile
            assert [name for name, _ in islice(events_in(later), 2)] == ["built", "failed"]

        built.news.tell([])
        assert next(events) != shown
        built.news.close()
        assert list(events) == []


HUB = Hub("http://127.0.0.1:8001/")


@contextmanager
def connected_preview(site: Path) -> Iterator[Preview]:
    """A preview of `site` with a hub."""
    with claim_port(0) as listening:
        preview = Preview(site, listening.getsockname()[1])
        with running_server(listening, make_app(site, preview.news, HUB), preview.news):
            yield preview


def test_pages_are_connected_on_the_way_and_not_on_disk(small_contents: Path, tmp_path: Path) -> None:
    site = tmp_path / "_site"
    build_site(make_settings(contents=small_contents, output=site), SilentReport())
    before = files_of(site)
    with connected_preview(site) as preview:
        for path in ("calcul/lab/", "calcul/notebooks/index.html", "calcul/lab/index.html?path=01-debut.ipynb"):
            page = TAG.sub("", preview.get(f"/{path}")[2])
            name = path.partition("?")[0]
            name = f"{name}index.html" if name.endswith("/") else name
            assert page == connect(name, (site / name).read_text(), HUB)
        for path in ("", "calcul/", "nowhere"):
            assert "8001" not in preview.get(f"/{path}")[2]
        assert "8001" not in preview.get("/calcul/files/01-debut.ipynb")[2]
    assert files_of(site) == before


def test_the_page_that_ends_a_sign_in_is_served_as_it_is(small_contents: Path, tmp_path: Path) -> None:
    """Its policy lets no event stream through, and it must not reload."""
    site = tmp_path / "_site"
    build_site(make_settings(contents=small_contents, output=site), SilentReport())
    with connected_preview(site) as preview:
        assert preview.get("/_passerelle/signed-in.html?state=a&code=b")[2] == (site / SIGNED_IN).read_text()


def test_an_old_site_that_cannot_be_connected_is_shown_as_it_is(tmp_path: Path) -> None:
    page = tmp_path / "_site" / "rna" / "lab" / "index.html"
    page.parent.mkdir(parents=True)
    page.write_text(PAGE, encoding="utf-8")
    with connected_preview(tmp_path / "_site") as preview:
        assert TAG.sub("", preview.get("/rna/lab/")[2]) == PAGE


def test_a_page_that_waits_hears_of_new_problems_and_of_the_first_site(preview: Preview) -> None:
    waiting = mark_of(preview)
    with listening(preview) as builds:
        assert next(builds) == waiting
        preview.news.tell([HOSTILE])
        failed = next(builds)
        preview.news.tell([])
        assert len({waiting, failed, next(builds)}) == 3


def test_the_reload_script_is_there(built: Preview) -> None:
    status, headers, text = built.get(SCRIPT)

    assert status == 200
    assert headers["content-type"].startswith("text/javascript")
    assert "location.reload()" in text


def test_the_preview_does_not_hold_streams_without_limit(built: Preview) -> None:
    built.news._waiting.update(object() for _ in range(WATCHERS_AT_MOST))  # type: ignore[misc]
    assert built.get(EVENTS)[0] == 503
    built.news._waiting.clear()


def test_a_page_that_left_is_forgotten(built: Preview) -> None:
    with listening(built) as builds:
        next(builds)
        assert len(built.news._waiting) == 1
    deadline = time.monotonic() + 30
    while built.news._waiting and time.monotonic() < deadline:
        built.news.tell([])
        time.sleep(0.05)
    assert not built.news._waiting


def test_closing_ends_open_streams(built: Preview) -> None:
    with listening(built) as builds:
        next(builds)
        built.news.close()
        assert list(builds) == []
