import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.schema import INTERFACES
from lite_site.language import LANGUAGES
from lite_site.shell.app import POLICY, AppPage, course_config, render_app
from lite_site.site.connection import (
    HEADER_FILES,
    Hub,
    NotConnectableError,
    connect,
    hub_named_in,
    is_app_page,
    names_hub,
    read_hub,
)
from lite_site.site.hosting import hosting_files
from tests.shell.test_app import SHELL

HUB, OTHER = Hub("https://hub.example/jupyter/"), Hub("http://127.0.0.1:8001/")
META = '<meta name="passerelle-hub" content="https://hub.example/jupyter/">\n'
PAGE = "rna/notebooks/index.html"
TITLE = 'connect-src \'self\' data: blob: <meta name="passerelle-hub" content="https://evil.example/">\n'


def rendered(title: str = "ARN") -> str:
    page = AppPage("notebooks", "..", "fr", title, "Chargement…", "Il faut JavaScript.")
    return render_app(page, SHELL, course_config(SHELL, "_passerelle/pyodide-314.0.3", "rna", "fr", None))


TEXTS = {PAGE: rendered(), **{path: text for path, text in hosting_files(POLICY).items() if path in HEADER_FILES}}


@pytest.mark.parametrize(
    ("address", "url"),
    [
        ("https://hub.example", "https://hub.example/"),
        ("https://hub.example/", "https://hub.example/"),
        ("HTTPS://Hub.Example:443/Jupyter", "https://hub.example/Jupyter/"),
        ("https://hub.example:8443/a/b/", "https://hub.example:8443/a/b/"),
        ("http://127.0.0.1:8001/", "http://127.0.0.1:8001/"),
        ("http://localhost:80", "http://localhost/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example/"),
        ("https://hub", "https://hub/"),
    ],
)
def test_an_address_is_written_as_browsers_write_it(address: str, url: str) -> None:
    assert read_hub(address, "site.toml") == (Hub(url), [])
    assert read_hub(url, "site.toml") == (Hub(url), [])


@pytest.mark.parametrize(
    "address",
    [
        "", "hub.example", "//hub.example/", "ftp://hub.example/", "javascript:alert(1)", "data:,x", "https:", "https://",
        "https:///path", "https://hub.example/?a=1", "https://hub.example/#a", "https://hub.example/a//b/",
        "https://hub.example/../x", "https://hub.example/./x", "https://hub.example/a b", 'https://hub.example/"onload',
        "https://hub.example/;script-src", "https://hub.example/'", "https://hub example/", "https://hub.example:0/",
        "https://hub.example:99999/", "https://hub.example:/", "https://hub.example:x/", "https://[::1]/", "https://*/",
        "https://*.example/", "https://hub_1.example/", "https://-hub.example/", "https://hub..example/",
        "https://hub.example./", "https://bücher.example/", "https://hub.example/é", " https://hub.example/",
        "https://hub.example/\n", "https://hub.example/%2e%2e/", "https://[", "https://hub.example\\@evil.example/",
    ],
)  # fmt: skip
def test_what_is_no_hub_is_refused_with_a_remedy(address: str) -> None:
    hub, problems = read_hub(address, "contents/site.toml, line 2")

    assert hub is None
    assert [(problem.place, problem.code) for problem in problems] == [("contents/site.toml, line 2", "hub-address")]
    assert problems[0].remedy


@pytest.mark.parametrize("address", ["https://ada:secret@hub.example/", "https://secret@hub.example/?x"])
def test_a_password_is_refused_and_not_repeated(address: str) -> None:
    hub, (problem,) = read_hub(address, "--hub")

    assert hub is None
    assert "secret" not in str(problem)


@pytest.mark.parametrize("address", ["http://hub.example/", "http://10.0.0.1/", "http://localhost.example/"])
def test_plain_http_from_elsewhere_is_a_warning(address: str) -> None:
    hub, (problem,) = read_hub(address, "site.toml")

    assert hub == Hub(address)
    assert (problem.code, problem.severity) == ("hub-plain-http", "warning")


@given(st.text(max_size=80))
def test_no_address_breaks_the_reader_nor_a_policy(address: str) -> None:
    for text in (address, f"https://{address}", f"https://hub.example/{address}"):
        hub, problems = read_hub(text, "site.toml")
        assert (hub is None) == any(problem.severity == "error" for problem in problems)
        if hub:
            assert re.fullmatch(r"https?://[a-z0-9.:-]+/[A-Za-z0-9._~/-]*", hub.url)
            assert hub.url.endswith("/")
            assert read_hub(hub.url, "site.toml")[0] == hub


def test_websockets_have_a_source_of_their_own() -> None:
    assert HUB.sources == ("https://hub.example", "wss://hub.example")
    assert OTHER.sources == ("http://127.0.0.1:8001", "ws://127.0.0.1:8001")


@pytest.mark.parametrize("path", TEXTS)
def test_a_hub_goes_into_the_policy_and_nowhere_else(path: str) -> None:
    connected = connect(path, TEXTS[path], HUB)
    added = " https://hub.example wss://hub.example"

    assert connected.count(added) == 1
    assert f"data: blob:{added};" in connected
    plain = connected.replace(added, "").replace(
        '<meta name="passerelle-hub" content="https://hub.example/jupyter/">\n', ""
    )
    assert plain == TEXTS[path]


def test_a_page_names_its_hub_beside_its_policy() -> None:
    lines = connect(PAGE, TEXTS[PAGE], HUB).splitlines()
    (named,) = [number for number, line in enumerate(lines) if "passerelle-hub" in line]

    assert lines[named] == META.strip()
    assert "Content-Security-Policy" in lines[named - 1]
    assert hub_named_in("\n".join(lines) + "\n") == HUB.url
    assert hub_named_in(TEXTS[PAGE]) is None


@pytest.mark.parametrize("path", TEXTS)
def test_twice_is_once_and_none_is_never(path: str) -> None:
    once = connect(path, TEXTS[path], HUB)

    assert connect(path, once, HUB) == once
    assert connect(path, once, None) == TEXTS[path]
    assert connect(path, connect(path, once, OTHER), HUB) == once
    assert connect(path, TEXTS[path], None) == TEXTS[path]


def test_a_hostile_title_names_no_hub() -> None:
    page = rendered(TITLE)

    assert hub_named_in(page) is None
    assert hub_named_in(connect(PAGE, page, HUB)) == HUB.url
    assert connect(PAGE, connect(PAGE, page, HUB), None) == page


@pytest.mark.parametrize("path", [PAGE, "_headers"])
def test_a_text_without_our_policy_is_refused(path: str) -> None:
    with pytest.raises(NotConnectableError):
        connect(path, "<!doctype html>", HUB)


@pytest.mark.parametrize(
    "path",
    [f"rna/{folder}{app}/index.html" for app in INTERFACES for folder in ("", *(f"{one}/" for one in LANGUAGES))],
)
def test_pages_that_run_code_name_the_hub(path: str) -> None:
    assert is_app_page(path)
    assert names_hub(path)


@pytest.mark.parametrize(
    "path",
    [
        "index.html", "rna/index.html", "404.html", "_passerelle/signed-in.html", "rna/tree/index.html",
        "rna/files/lab/index.html", "rna/files/index.html", "rna/files/fr/lab/index.html", "rna/lab/x.html",
    ],
)  # fmt: skip
def test_no_other_page_does(path: str) -> None:
    assert not names_hub(path)
