import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.site.audit import (
    css_references,
    problems_in_css,
    problems_in_json,
    problems_in_page,
    problems_in_script,
    read_references,
)

POLICY = """<meta http-equiv="Content-Security-Policy" content="default-src 'self'">"""
ELSEWHERE = "https://cdn.example/x"
FILES = {"index.html", "rna/index.html", "rna/files/été 1.png", "rna/lab/index.html", "_passerelle/a.css", "rna/a b.js"}


def codes(body: str, path: str = "rna/index.html", anchors: dict[str, set[str]] | None = None) -> list[str]:
    return [problem.code for problem in problems_in_page(path, read_references(POLICY + body), FILES, anchors or {})]


LOADING = {
    "audio": '<audio src="{}">',
    "background": '<body background="{}">',
    "base": '<base href="{}">',
    "embed": '<embed src="{}">',
    "form": '<form action="{}">',
    "formaction of a button": '<button formaction="{}">',
    "formaction of an input": '<input formaction="{}">',
    "frame": '<frameset><frame src="{}">',
    "icon": '<link rel="icon" href="{}">',
    "iframe": '<iframe src="{}">',
    "image": '<img src="{}">',
    "image in a document in an attribute": '<iframe srcdoc="<img src={}>">',
    "image in a noscript": '<noscript><img src="{}"></noscript>',
    "image in a template": '<template><img src="{}"></template>',
    "image of an input": '<input type="image" src="{}">',
    "image set": '<img src="data:," srcset="{} 2x">',
    "image set, second": '<img srcset="data:image/png;base64,AAAA 1x, {} 2x">',
    "imported style": "<style>@import '{}';</style>",
    "inline style": '<p style="background: url({})">',
    "link hint": '<link rel="preconnect" href="{}">',
    "module preload": '<link rel="modulepreload" href="{}">',
    "object": '<object data="{}">',
    "poster": '<video poster="{}">',
    "preloaded image set": '<link rel="preload" as="image" imagesrcset="{} 1x">',
    "refresh": '<meta http-equiv="Refresh" content="0; URL={}">',
    "script": '<script src="{}"></script>',
    "script in SVG": '<svg><script xlink:href="{}"></script></svg>',
    "source": '<video><source src="{}"></video>',
    "source set": '<picture><source srcset="{}"></picture>',
    "style sheet": '<link rel="stylesheet" href="{}">',
    "style with url": "<style>p {{ background: url('{}') }}</style>",
    "SVG filter image": '<svg><feImage xlink:href="{}"/></svg>',
    "SVG image": '<svg><image href="{}"/></svg>',
    "SVG use": '<svg><use href="{}"/></svg>',
    "SVG use, old": '<svg><use xlink:href="{}"/></svg>',
    "track": '<video><track src="{}"></video>',
    "video": '<video src="{}">',
}


@pytest.mark.parametrize("element", LOADING.values(), ids=LOADING.keys())
def test_everything_that_loads_is_seen(element: str) -> None:
    assert codes(element.format(ELSEWHERE)) == ["audit-off-origin"]
    assert codes(element.upper().replace("{}", ELSEWHERE)) == ["audit-off-origin"]


@pytest.mark.parametrize(
    "element",
    [
        f'<a href="{ELSEWHERE}">',
        f'<area href="{ELSEWHERE}">',
        f'<link rel="canonical" href="{ELSEWHERE}">',
        f'<link rel="License" href="{ELSEWHERE}">',
        '<a href="mailto:ada@example.org">',
        '<a href="javascript:void 0">',
        '<img src="data:image/png;base64,AAAA">',
        '<img src="">',
        '<form action="">',
        f"<p>See {ELSEWHERE}</p>",
        f"<!-- <img src='{ELSEWHERE}'> -->",
        f"<style>/* url({ELSEWHERE}) */ @namespace svg url(http://www.w3.org/2000/svg);</style>",
        f"<style>p::after {{ content: 'url({ELSEWHERE})' }}</style>",
    ],
)
def test_what_loads_nothing_may_name_other_origins(element: str) -> None:
    assert codes(element) == []


def test_the_first_of_two_attributes_counts_as_in_browsers() -> None:
    assert codes(f'<img src="{ELSEWHERE}" src="files/été 1.png">') == ["audit-off-origin"]


def test_entities_are_read_before_the_address_is_judged() -> None:
    assert codes('<img src="&#104;ttps:&#x2F;&#x2F;cdn.example&sol;x">') == ["audit-off-origin"]
    assert codes('<img src="files/&eacute;t&eacute;&#32;1.png">') == []


@given(st.text(max_size=200))
def test_no_page_and_no_style_sheet_breaks_the_reader(text: str) -> None:
    read_references(text)
    read_references(f"<img srcset='{text}'><p style='{text}'><meta http-equiv=refresh content='{text}'>")
    list(problems_in_css("a.css", text, FILES))


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("a { background: url(a.png) }", ["a.png"]),
        ("a { background: URL( 'a b.png' ) }", ["a b.png"]),
        ("a { background: url(\"it's.png\") }", ["it's.png"]),
        ("a { background: url( a.png\n) }", ["a.png"]),
        ("@import 'a.css'; @import \"b.css\" print; @IMPORT url(c.css);", ["a.css", "b.css", "c.css"]),
        ("a { src: url(a.woff2) format('woff2'), url(b.woff) }", ["a.woff2", "b.woff"]),
        ("a { background: url(\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>\") }",
         ["data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'/>"]),
        ("a { content: 'url(x)'; background: url(y) }", ["y"]),
        ("/* url(x) */ a { background: url(y) } /* ' */ b { background: url(z) }", ["y", "z"]),
        ("a { background: url() }", []),
        ("a { content: 'it\\'s url(x)' }", []),
    ],
)  # fmt: skip
def test_what_a_style_sheet_loads(style: str, found: list[str]) -> None:
    assert css_references(style) == found


def test_a_style_sheets_addresses_start_at_the_style_sheet() -> None:
    style = "a { background: url(../rna/files/%C3%A9t%C3%A9%201.png) } b { background: url(rna/x.png) }"
    found = list(problems_in_css("_passerelle/a.css", style, FILES))

    assert [problem.code for problem in found] == ["audit-dead"]
    assert "rna/x.png" in found[0].problem


@pytest.mark.parametrize(
    "address",
    [
        "files/été 1.png", "files/%C3%A9t%C3%A9%201.png", "./files/%c3%a9t%c3%a9%201.png", "../rna/files/été 1.png",
        "../_passerelle/a.css?v=1", "a b.js#x", "a%20b.js",
    ],
)  # fmt: skip
def test_files_that_are_there(address: str) -> None:
    assert codes(f'<script src="{address}"></script>') == []


@pytest.mark.parametrize(
    "address",
    [
        "x.js",
        "/a.js",
        "/rna/a b.js",
        "../../rna/a b.js",
        "files/ete 1.png",
        "A B.js",
        "a b.js/",
        "a%2520b.js",
        "..",
    ],
)
def test_files_that_are_not(address: str) -> None:
    """An address from the server's root would break under a sub-path; letter case counts on most hosts."""
    assert codes(f'<script src="{address}"></script>') == ["audit-dead"]


@pytest.mark.parametrize(
    "address", ["../", "..", "../index.html", "lab/", "lab", "lab/index.html?path=a", "./", "?x=1"]
)
def test_links_that_lead_somewhere(address: str) -> None:
    assert codes(f'<a href="{address}">') == []


@pytest.mark.parametrize("address", ["../dna/", "/", "/rna/", "../..", "lab/x.html", "%2e%2e/%2e%2e/x"])
def test_links_that_lead_nowhere(address: str) -> None:
    assert codes(f'<a href="{address}">') == ["audit-dead"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("#here", []),
        ("#", []),
        ("#top", []),
        ("#gone", ["audit-anchor"]),
        ("../index.html#résumé", []),
        ("../#r%C3%A9sum%C3%A9", []),
        ("../#gone", ["audit-anchor"]),
        ("lab/#not-read-this-time", []),
    ],
)
def test_anchors(address: str, found: list[str]) -> None:
    page = f'<h2 id="here">x</h2><a name="old"></a><a href="{address}">y</a>'
    anchors = {"rna/index.html": read_references(page).anchors, "index.html": {"résumé"}}

    assert anchors["rna/index.html"] == {"here", "old"}
    assert codes(page, anchors=anchors) == found


def test_every_problem_is_told_with_place_and_remedy() -> None:
    body = f'<img src="{ELSEWHERE}"><img src="gone.png"><a href="gone/">x</a>'
    found = list(problems_in_page("rna/index.html", read_references(POLICY + body), FILES, {}))

    assert [problem.code for problem in found] == ["audit-off-origin", "audit-dead", "audit-dead"]
    assert all(problem.place == "rna/index.html" and problem.remedy for problem in found)
    assert f"loads {ELSEWHERE} from another origin" in found[0].problem


@pytest.mark.parametrize(
    ("configuration", "wrong"),
    [
        ({"litePluginSettings": {"k": {"pyodideUrl": "https://cdn.example/pyodide.mjs"}}}, True),
        ({"litePluginSettings": {"k": {"pyodideUrl": "./../_passerelle/pyodide.mjs"}}}, False),
        ({"pipliteUrls": ["./a.json", "//cdn.example/all.json"]}, True),
        ({"loadPyodideOptions": {"lockFileURL": "https://cdn.example/lock"}}, True),
        ({"packages": {"numpy": {"file_name": "https://cdn.example/numpy.whl"}}}, True),
        ({"packages": {"numpy": {"file_name": "../_passerelle/wheels/numpy.whl"}}}, False),
        ({"description": "see https://example.org"}, False),
        ({"baseUrl": None, "x": [1, True, {"themesUrl": "./a"}]}, False),
    ],
)
def test_addresses_in_a_pages_configuration(configuration: object, wrong: bool) -> None:
    embedded = json.dumps(configuration)
    page = f'<script id="jupyter-config-data" type="application/json">{embedded}</script>'

    assert codes(page) == (["audit-off-origin"] if wrong else [])
    assert bool(list(problems_in_json("pyodide-lock.json", configuration))) is wrong


@pytest.mark.parametrize(
    ("script", "wrong"),
    [
        ('import("https://cdn.jsdelivr.net/npm/x")', True),
        ("const u = `//unpkg.com/x`", True),
        ('"https://fonts.googleapis.com/css"', True),
        ('"http://www.w3.org/2000/svg"', False),
        ('"https://github.com/jupyterlite"', False),
        ('"notunpkg.com"', False),
        ('"//xunpkg.com/"', False),
    ],
)
def test_hosts_of_code_in_scripts(script: str, wrong: bool) -> None:
    assert bool(list(problems_in_script("a.js", script))) is wrong
    assert bool(codes(f"<script>{script}</script>")) is wrong


def test_no_page_of_the_shipped_site_has_a_problem(built_site: Path) -> None:
    files = {path.relative_to(built_site).as_posix() for path in built_site.rglob("*") if path.is_file()}
    pages = {
        path: (built_site / path).read_text() for path in files if path.endswith(".html") and "/files/" not in path
    }
    anchors = {path: read_references(text).anchors for path, text in pages.items()}

    assert len(pages) > 10
    assert [
        problem
        for path, text in pages.items()
        for problem in problems_in_page(path, read_references(text), files, anchors)
    ] == []
