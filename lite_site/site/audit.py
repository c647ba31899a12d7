"""Reads what a build wrote and finds every reference that would leave the origin or lead nowhere."""

import json
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from lite_site.problems import Problem

LOADING = {
    ("audio", "src"), ("embed", "src"), ("iframe", "src"), ("img", "src"), ("img", "srcset"), ("input", "src"),
    ("link", "href"), ("object", "data"), ("script", "src"), ("source", "src"), ("source", "srcset"),
    ("track", "src"), ("use", "href"), ("video", "poster"), ("video", "src"), ("form", "action"),
}  # fmt: skip
NAVIGATING = {("a", "href"), ("area", "href")}
HINTS = {"alternate", "author", "canonical", "license"}
CSS_REFERENCE = re.compile(
    r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)|@import\s+['\"]([^'\"]+)['\"]", re.IGNORECASE
)
# Hosts that serve code and fonts to pages. A script of the shell that names one could load from it.
CODE_HOSTS = re.compile(
    r"(?:https?:)?//(?:[\w-]+\.)*(?:jsdelivr\.net|unpkg\.com|cdnjs\.cloudflare\.com|esm\.sh|skypack\.dev|jspm\.(?:io|dev)|"
    r"googleapis\.com|gstatic\.com|bootstrapcdn\.com|mathjax\.org|polyfill\.io|fontawesome\.com/(?:releases|kits))"
)


@dataclass(slots=True)
class References:
    """What one page refers to: files it loads, places its links lead to, and the anchors it offers."""

    loads: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    policy: bool = False
    configuration: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = References()
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.found.anchors.update(given[name] for name in ("id", "name") if name in given)
        if tag == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":
            self.found.policy = True
        hint = tag == "link" and bool(HINTS & set(given.get("rel", "").lower().split()))
        for name, value in given.items():
            if (tag, name) in NAVIGATING or hint:
                self.found.leads += [value] if name == "href" else []
            elif (tag, name) in LOADING:
                self.found.loads += (
                    [part.split()[0] for part in value.split(",")] if name == "srcset" else [value]
                )
            elif name == "style":
                self.found.loads += css_references(value)
        self._inside = "config" if given.get("id") == "jupyter-config-data" else tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "config":
            self.found.configuration += data
        elif self._inside == "style":
            self.found.loads += css_references(data)


def read_references(text: str) -> References:
    """Everything an HTML page refers to."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found


def css_references(text: str) -> list[str]:
    """The addresses a stylesheet loads."""
    return [first or second for first, second in CSS_REFERENCE.findall(text)]


def off_origin(address: str) -> bool:
    """Whether loading `address` would leave the origin the page came from."""
    parts = urlsplit(address.strip())
    return bool(parts.netloc) or parts.scheme not in {"", "data", "blob", "about"}


def problems_in_page(
    path: str, text: str, files: Container[str], anchors: dict[str, set[str]]
) -> Iterator[Problem]:
    """What is wrong with the HTML at `path`; `files` are the site's, `anchors` those of its other pages."""
    found = read_references(text)
    if not found.policy:
        yield Problem(
            path, "has no Content-Security-Policy.", "Render it through a page template.", "audit-policy"
        )
    for address in found.loads:
        yield from _problems_of_load(path, address, files)
    for address in found.leads:
        if not off_origin(address):
            yield from _problems_of_link(path, address, files, anchors)
    if found.configuration:
        yield from problems_in_json(path, json.loads(found.configuration))


def problems_in_css(path: str, text: str, files: Container[str]) -> Iterator[Problem]:
    """What is wrong with the stylesheet at `path`."""
    for address in css_references(text):
        yield from _problems_of_load(path, address, files)


def problems_in_script(path: str, text: str) -> Iterator[Problem]:
    """A script that names a host serving code or fonts to pages."""
    for host in sorted(set(CODE_HOSTS.findall(text))):
        yield Problem(
            path,
            f"names {host}, a host off the origin.",
            "Trim it in lite_site/shell/trim.py.",
            "audit-off-origin",
        )


def problems_in_json(path: str, value: object, key: str = "") -> Iterator[Problem]:
    """Addresses off the origin under keys that JupyterLite and Pyodide load from."""
    if isinstance(value, dict):
        for name, item in value.items():
            yield from problems_in_json(path, item, str(name))
    elif isinstance(value, list):
        for item in value:
            yield from problems_in_json(path, item, key)
    elif (
        isinstance(value, str)
        and (key.lower().endswith(("url", "urls")) or key == "file_name")
        and off_origin(value)
    ):
        yield Problem(path, f"loads {key} from {value}.", "Host the file on the site.", "audit-off-origin")


def _problems_of_load(path: str, address: str, files: Container[str]) -> Iterator[Problem]:
    if off_origin(address):
        yield Problem(
            path, f"loads {address} from another origin.", "Host the file on the site.", "audit-off-origin"
        )
    elif (target := _target(path, address)) is not None and target not in files:
        yield Problem(
            path,
            f"loads {address}, which isn't there.",
            "Put the file beside, or mend the address.",
            "audit-dead",
        )


def _problems_of_link(
    path: str, address: str, files: Container[str], anchors: dict[str, set[str]]
) -> Iterator[Problem]:
    target = _target(path, address)
    if target is None:
        return
    page = target if target in files else join(target, "index.html").removeprefix("./")
    if page not in files:
        yield Problem(
            path, f"links to {address}, which isn't there.", "Mend or remove the link.", "audit-dead"
        )
        return
    anchor = unquote(urlsplit(address).fragment)
    if anchor and page in anchors and anchor not in anchors[page]:
        yield Problem(
            path, f"links to {address}, but the page has no such anchor.", "Mend the link.", "audit-anchor"
        )


def _target(path: str, address: str) -> str | None:
    """The site file an address on the page at `path` means; None for data addresses and anchors of the page itself."""
    parts = urlsplit(address.strip())
    if parts.scheme or (not parts.path and not parts.fragment):
        return None
    if not parts.path:
        return path
    return normpath(join(dirname(path), unquote(parts.path)))
