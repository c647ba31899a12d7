import pytest

from lite_site.shell.app import POLICY as APP_POLICY
from lite_site.site.audit import problems_in_headers, problems_in_page, read_references
from lite_site.site.connection import HEADER_FILES, Hub, connect
from lite_site.site.hosting import hosting_files

HUB = Hub("https://hub.example/jupyter/")
APP, PORTAL = "rna/lab/index.html", "rna/index.html"
NAMED = '<meta name="passerelle-hub" content="https://hub.example/jupyter/">'


def policy_codes(path: str, policy: str, named: str = "", hub: Hub | None = HUB) -> list[str]:
    page = f"""<meta http-equiv="Content-Security-Policy" content="{policy}">{named}"""
    return [problem.code for problem in problems_in_page(path, read_references(page), (), {}, hub)]


def test_a_page_without_a_policy() -> None:
    (problem,) = problems_in_page(PORTAL, read_references("<p>x"), (), {})
    assert problem.code == "audit-policy"


def test_pages_that_run_code_may_connect_to_the_hub_and_name_it() -> None:
    policy = "default-src 'self'; connect-src 'self' data: blob: https://hub.example wss://hub.example"
    assert policy_codes(APP, policy, NAMED) == []
    assert policy_codes(APP, policy, NAMED, None) == ["audit-off-origin"] * 3
    assert policy_codes(PORTAL, policy, NAMED) == ["audit-off-origin"] * 3
    assert policy_codes(APP, policy, NAMED, Hub("https://other.example/")) == ["audit-off-origin"] * 3
    assert policy_codes(APP, policy, NAMED.replace("/jupyter", ""), HUB) == ["audit-off-origin"]


@pytest.mark.parametrize(
    "directive",
    [
        "connect-src 'self' https://hub.example:8443", "connect-src https://*.example", "connect-src *",
        "connect-src https:", "connect-src hub.example", "connect-src ws:", "connect-src https://hub.example/x",
        "img-src https://hub.example",
        "default-src https://hub.example", "script-src 'self' https://hub.example", "frame-src https://hub.example",
        "connect-src HTTPS://HUB.EXAMPLE", "media-src filesystem:", "report-uri https://hub.example",
    ],
)  # fmt: skip
def test_a_policy_that_lets_anything_else_through_is_refused(directive: str) -> None:
    assert policy_codes(APP, f"default-src 'self'; {directive}; object-src 'none'") == ["audit-off-origin"]


@pytest.mark.parametrize("path", HEADER_FILES)
def test_header_files_let_the_hub_through_and_nothing_else(path: str) -> None:
    text = hosting_files(APP_POLICY)[path]
    assert list(problems_in_headers(path, text, None)) == []
    connected = connect(path, text, HUB)
    assert list(problems_in_headers(path, connected, HUB)) == []
    assert len(list(problems_in_headers(path, connected, None))) == 2
    assert list(problems_in_headers(path, text.replace("img-src 'self'", "img-src *"), HUB))
