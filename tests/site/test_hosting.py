import re

import pytest

from lite_site.shell.app import POLICY
from lite_site.site.hosting import NAMED, hosting_files

FILES = hosting_files(POLICY)
NETLIFY = FILES["_headers"]
CADDY = FILES["_passerelle/hosting/Caddyfile"]
NGINX = FILES["_passerelle/hosting/nginx.conf"]


def test_github_pages_is_told_to_serve_underscored_folders() -> None:
    assert FILES[".nojekyll"] == ""


@pytest.mark.parametrize("text", [NETLIFY, CADDY, NGINX], ids=["netlify", "caddy", "nginx"])
def test_every_host_gets_the_policy_with_frames_and_the_plain_headers(text: str) -> None:
    assert f"{POLICY}; frame-ancestors 'self'" in text
    assert re.search(r"X-Content-Type-Options:? \"?nosniff", text)
    assert re.search(r"Referrer-Policy:? \"?same-origin", text)
    assert "immutable" in text


def rules(text: str) -> dict[str, list[str]]:
    """Netlify's and Cloudflare's form: a path at the line's start, its headers indented below."""
    found: dict[str, list[str]] = {}
    path = ""
    for line in text.splitlines():
        if line.startswith("  "):
            assert re.fullmatch(r"  [A-Za-z-]+: \S.*", line)
            found[path].append(line.split(":")[0].strip())
        else:
            path = line
            found[path] = []
    return found


def test_no_two_netlify_rules_set_one_header_for_one_path() -> None:
    """Such hosts join the values of all rules that match: `no-cache, max-age=31536000` would serve nobody."""
    everywhere = set(rules(NETLIFY).pop("/*"))
    assert everywhere == {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy"}
    for path, names in rules(NETLIFY).items():
        assert path.count("*") == 1
        assert path.endswith("*")
        assert path == "/*" or names == ["Cache-Control"]


@pytest.mark.parametrize("text", [CADDY, NGINX], ids=["caddy", "nginx"])
def test_braces_and_quotes_are_balanced(text: str) -> None:
    directives = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    assert directives.count("{") == directives.count("}")
    assert all(line.count('"') % 2 == 0 for line in directives.splitlines())


def test_every_nginx_directive_ends() -> None:
    """The same snippet passes `nginx -t`; a semicolon in the policy stands inside quotes."""
    for line in NGINX.splitlines():
        assert line.startswith("#") or line.strip().endswith((";", "{", "}"))


@pytest.mark.parametrize(
    ("path", "named"),
    [
        ("/_passerelle/shell-0123/start.js", True),
        ("/courses/2026/_passerelle/wheels/ab/numpy.whl", True),
        ("/_passerelle/pyodide-314.0.3/pyodide.mjs", True),
        ("/_passerelle/snapshot-0123/memory.bin", True),
        ("/_passerelle/pages/ab/site.css", True),
        ("/_passerelle/hosting/nginx.conf", False),
        ("/_passerelle/schemas/course.json", False),
        ("/rna/index.html", False),
        ("/service-worker.js", False),
        ("/", False),
    ],
)
def test_only_what_is_named_by_its_content_is_kept_forever(path: str, named: bool) -> None:
    assert bool(re.search(NAMED, path)) is named
