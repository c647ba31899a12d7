"""Reads what a build wrote and finds every reference that would leave the origin or lead nowhere."""

import json
import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import chain
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from lite_site.problems import Problem
from lite_site.site.connection import Hub, is_app_page

LOADING = {
    ("audio", "src"), ("base", "href"), ("body", "background"), ("button", "formaction"), ("embed", "src"),
    ("feimage", "href"), ("form", "action"), ("frame", "src"), ("iframe", "src"), ("image", "href"), ("img", "src"),
    ("img", "srcset"), ("input", "formaction"), ("input", "src"), ("link", "href"), ("link", "imagesrcset"),
    ("object", "data"), ("script", "href"), ("script", "src"), ("source", "src"), ("source", "srcset"),
    ("track", "src"), ("use", "href"), ("video", "poster"), ("video", "src"),
}  # fmt: skip
OUR_MISTAKE = "It is our mistake: tell us."
NAVIGATING = {("a", "href"), ("area", "href")}
HINTS = {"alternate", "author", "canonical", "license"}
LISTS = {"srcset", "imagesrcset"}
SRCSET_PART = re.compile(r"[\s,]*(\S*[^\s,])(?:,|\s[^,]*(?:,|$)|$)")
CSS_REFERENCE = re.compile(
    r"/\*.*?\*/|@namespace[^;]*;"  # these, and strings that stand alone, load nothing
    r"|(?:url|src)\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^'\")]*))\s*\)|@import\s+(?:\"([^\"]*)\"|'([^']*)')"
    r"|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'",
    re.IGNORECASE | re.DOTALL,
)
IN_HEADERS = re.compile(r"""Content-Security-Policy:? "?([^"\n]*)""")
# What a policy may name that leads nowhere else: quoted keywords, and addresses that hold their content themselves.
STAYS = re.compile(r"'[a-z0-9-]+'|data:|blob:")
REFRESH = re.compile(r"\s*[\d.]+\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]*)", re.IGNORECASE)
# Hosts that serve code and fonts to pages. A script of the shell that names one could load from it. The pattern begins
# with a literal, which `re` finds thirty times faster in the shell's 17 MB than an optional scheme.
CODE_HOSTS = re.compile(
    r"//(?:[\w-]+\.)*(?:jsdelivr\.net|unpkg\.com|cdnjs\.cloudflare\.com|esm\.sh|skypack\.dev|jspm\.(?:io|dev)|"
    r"googleapis\.com|gstatic\.com|bootstrapcdn\.com|mathjax\.org|polyfill\.io|fontawesome\.com/(?:releases|kits))"
)


@dataclass(slots=True)
class References:
    """What one page refers to: files it loads, places its links lead to, the anchors it offers.

    `policies` are its Content-Security-Policies; `hubs` the addresses of hubs it names.
    """

    loads: list[str] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    anchors: set[str] = field(default_factory=set)
    policies: list[str] = field(default_factory=list)
    hubs: list[str] = field(default_factory=list)
    configuration: str = ""
    scripts: str = ""


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = References()
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given: dict[str, str] = {}
        for name, value in attrs:  # of an attribute written twice, the first counts
            given.setdefault(name.removeprefix("xlink:"), value or "")
        self.found.anchors.update(given[name] for name in ("id", "name") if name in given)
        if tag == "meta":
            named = given.get("http-equiv") or given.get("name", "")
            self._read_meta(named.lower(), given.get("content", ""))
        hint = tag == "link" and bool(HINTS & set(given.get("rel", "").lower().split()))
        for name, value in given.items():
            if (tag, name) in NAVIGATING or (hint and name == "href"):
                self.found.leads.append(value)
            elif (tag, name) in LOADING:
                self.found.loads += SRCSET_PART.findall(value) if name in LISTS else [value]
            elif name == "style":
                self.found.loads += css_references(value)
            elif name == "srcdoc":
                self.found.loads += read_references(value).loads
        self._inside = "config" if given.get("id") == "jupyter-config-data" else tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside == "config":
            self.found.configuration += data
        elif self._inside == "style":
            self.found.loads += css_references(data)
        elif self._inside == "script":
            self.found.scripts += data

    def _read_meta(self, directive: str, content: str) -> None:
        if directive == "content-security-policy":
            self.found.policies.append(content)
        elif directive == "passerelle-hub":
            self.found.hubs.append(content)
        elif directive == "refresh" and (led := REFRESH.match(content)) and led[1]:
            self.found.loads.append(led[1])


def read_references(text: str) -> References:
    """Everything an HTML page refers to."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.found


def css_references(text: str) -> list[str]:
    """The addresses a stylesheet loads."""
    found = ("".join(groups).strip() for groups in CSS_REFERENCE.findall(text))
    return [address for address in found if address]


def as_browsers_read(address: str) -> str:
    """An address without what browsers strip: control characters and space around it, tabs and line ends inside."""
    return address.strip("".join(map(chr, range(0x21)))).translate({9: None, 10: None, 13: None})


def off_origin(address: str) -> bool:
    """Whether loading `address` would leave the origin the page came from.

    To browsers a backslash is a slash, and any number of slashes over one announces a host
    (https://url.spec.whatwg.org, "special authority ignore slashes state").
    """
    read = as_browsers_read(address)
    if read.replace("\\", "/").startswith("//"):
        return True
    try:
        return urlsplit(read).scheme not in {"", "data", "blob", "about"}
    except ValueError:  # a host that can't be one
        return True


def problems_in_page(
    path: str, found: References, files: Container[str], anchors: dict[str, set[str]], hub: Hub | None = None
) -> Iterator[Problem]:
    """What is wrong with the HTML page at `path`.

    `files` are the site's, `anchors` those of its other pages; `hub` is the one place off the origin that pages which
    run code may reach, and they alone.
    """
    known = hub if is_app_page(path) else None
    yield from problems_in_policies(path, found.policies, known)
    for address in found.hubs:
        if known is None or address != known.url:
            yield Problem(path, f"names a hub, {address}, that isn't the site's.", OUR_MISTAKE, "audit-off-origin")
    if not found.policies:
        yield Problem(path, "has no Content-Security-Policy.", "Render it through a page template.", "audit-policy")
    for address in found.loads:
        yield from _problems_of_load(path, address, files)
    for address in found.leads:
        if not off_origin(address):
            yield from _problems_of_link(path, address, files, anchors)
    yield from problems_in_script(path, found.scripts)
    if found.configuration:
        yield from problems_in_json(path, json.loads(found.configuration))


def problems_in_headers(path: str, text: str, hub: Hub | None) -> Iterator[Problem]:
    """What is wrong with the policies that a file of headers for hosts gives."""
    yield from problems_in_policies(path, IN_HEADERS.findall(text), hub)


def problems_in_policies(path: str, policies: Iterable[str], hub: Hub | None) -> Iterator[Problem]:
    """What a Content-Security-Policy lets through off the origin, connections to the hub aside."""
    for directive in chain.from_iterable(policy.split(";") for policy in policies):
        name, *sources = directive.split() or [""]
        let_through = hub.sources if hub and name == "connect-src" else ()
        for source in sources:
            if source not in let_through and not STAYS.fullmatch(source):
                problem = f"has a security policy that lets {source} through ({name})."
                yield Problem(path, problem, OUR_MISTAKE, "audit-off-origin")


def problems_in_css(path: str, text: str, files: Container[str]) -> Iterator[Problem]:
    """What is wrong with the stylesheet at `path`."""
    for address in css_references(text):
        yield from _problems_of_load(path, address, files)


def problems_in_script(path: str, text: str) -> Iterator[Problem]:
    """A script that names a host serving code or fonts to pages."""
    for host in sorted(set(CODE_HOSTS.findall(text))):
        yield Problem(
            path,
            f"names {host.removeprefix('//')}, a host off the origin.",
            OUR_MISTAKE,
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
    elif isinstance(value, str) and (key.lower().endswith(("url", "urls")) or key == "file_name") and off_origin(value):
        yield Problem(path, f"loads {key} from {value}.", "Host the file on the site.", "audit-off-origin")


def _problems_of_load(path: str, address: str, files: Container[str]) -> Iterator[Problem]:
    if off_origin(address):
        yield Problem(path, f"loads {address} from another origin.", "Host the file on the site.", "audit-off-origin")
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
        yield Problem(path, f"links to {address}, which isn't there.", "Mend or remove the link.", "audit-dead")
        return
    anchor = unquote(urlsplit(address).fragment)
    if anchor not in {"", "top"} and page in anchors and anchor not in anchors[page]:
        yield Problem(path, f"links to {address}, but the page has no such anchor.", "Mend the link.", "audit-anchor")


def _target(path: str, address: str) -> str | None:
    """The site file an address on the page at `path` means; None for data addresses and anchors of the page itself."""
    parts = urlsplit(as_browsers_read(address))
    if parts.scheme or (not parts.path and not parts.fragment):
        return None
    if not parts.path:
        return path
    target = normpath(join(dirname(path), unquote(parts.path)))
    return f"{target}/" if parts.path.endswith("/") else target
