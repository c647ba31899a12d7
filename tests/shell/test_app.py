import json
import re
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lite_site.courses.model import Interface
from lite_site.shell.app import POLICY, AppPage, KernelStart, course_config, render_app
from lite_site.shell.build import Shell
from lite_site.site.audit import off_origin, read_references

SHELL = Shell(
    key="0123456789abcdef",
    folder=Path("/nowhere"),
    files={},
    config={"appVersion": "0.8.6", "federated_extensions": [{"name": "x", "load": "static/x.js"}]},
    bundles={"notebooks": "notebooks/bundle.js", "lab": "lab/bundle.js", "repl": "repl/bundle.js"},
)
CONFIG = course_config(SHELL, "_passerelle/pyodide-314.0.3", "rna", "fr", None)
HOSTILE = "</script><script>alert(1)</script><!--\"'&\u2028{0}{title}"


def page(app: Interface = "notebooks", root: str = "..", language: str = "fr", title: str = "ARN") -> AppPage:
    return AppPage(app, root, language, title, "Chargement…", "Il faut JavaScript.")


class Read(HTMLParser):
    """The page as a browser reads it: elements in order, title, text of the configuration."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts: dict[str, str] = {}
        self.lang: str | None = None
        self._inside = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        given = dict(attrs)
        self.lang = given.get("lang", self.lang) if tag == "html" else self.lang
        self._inside = given.get("id") or tag

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""

    def handle_data(self, data: str) -> None:
        self.texts[self._inside] = self.texts.get(self._inside, "") + data


PLAIN = Read(render_app(page(), SHELL, CONFIG))


def configuration(text: str) -> dict[str, object]:
    found = json.loads(Read(text).texts["jupyter-config-data"])
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("title", [HOSTILE, "a < b & c", "{title}", "L'ADN «double»"])
def test_a_hostile_title_stays_text(title: str) -> None:
    read = Read(render_app(page(title=title), SHELL, CONFIG))

    assert read.tags == PLAIN.tags
    assert read.texts["title"] == title


@given(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1))
def test_no_text_of_a_course_makes_an_element(text: str) -> None:
    said = AppPage("lab", "..", "fr", text, text, text)
    rendered = render_app(said, SHELL, {**CONFIG, "passerelleCourse": text, text: [text]})

    assert Read(rendered).tags == PLAIN.tags
    assert configuration(rendered)["passerelleCourse"] == text


def test_a_hostile_value_stays_inside_the_configuration() -> None:
    rendered = render_app(page(), SHELL, {**CONFIG, "passerelleCourse": HOSTILE})

    assert rendered.count("</script>") == Read(rendered).tags.count("script")
    assert configuration(rendered)["passerelleCourse"] == HOSTILE


@pytest.mark.parametrize(("root", "place"), [("..", "rna/notebooks/index.html"), ("../..", "rna/en/lab/index.html")])
def test_addresses_are_relative_and_lead_to_the_shared_folder(root: str, place: str) -> None:
    loads = read_references(render_app(page(root=root), SHELL, CONFIG)).loads

    assert len(loads) == 3
    assert all(normpath(join(dirname(place), address)).startswith(f"{SHELL.prefix}/") for address in loads)


def addresses_in(value: object) -> list[str]:
    match value:
        case dict():
            return [found for key, item in value.items() if key != "env" for found in addresses_in(item)]
        case list():
            return [found for item in value for found in addresses_in(item)]
        case str():
            return [value] if "/" in value and not value.startswith("@") else []
    return []


def test_addresses_in_the_configuration_stay_in_the_site() -> None:
    """They start at the course folder: JupyterLite wants `./`, and one step up is the site's root."""
    found = addresses_in(CONFIG)

    assert len(found) > 8
    assert not any(off_origin(address) for address in found)
    assert all(
        normpath(join("course", address)).split("/")[0] in {"course", "_passerelle", ".", "static"} for address in found
    )


@pytest.mark.parametrize(("language", "locale"), [("fr", "fr_FR"), ("en", "default")])
def test_the_interface_speaks_the_pages_language(language: str, locale: str) -> None:
    rendered = render_app(page(language=language), SHELL, CONFIG)
    overrides = configuration(rendered)["settingsOverrides"]

    assert Read(rendered).lang == language
    assert isinstance(overrides, dict)
    assert overrides["@jupyterlab/translation-extension:plugin"] == {"locale": locale}


@pytest.mark.parametrize("app", ["notebooks", "lab", "repl"])
def test_each_interface_starts_its_own_bundle(app: Interface) -> None:
    rendered = render_app(page(app), SHELL, CONFIG)

    assert f"{SHELL.prefix}/build/{app}/bundle.js" in rendered
    assert configuration(rendered)["appUrl"] == f"./{app}"


def test_the_policy_lets_nothing_leave_the_origin() -> None:
    assert read_references(render_app(page(), SHELL, CONFIG)).policies
    for directive in POLICY.split(";"):
        sources = directive.split()[1:]
        assert sources
        assert not [source for source in sources if "." in source or "*" in source or source in {"http:", "https:"}]


def test_the_kernel_is_told_not_to_ask_elsewhere() -> None:
    settings = CONFIG["litePluginSettings"]
    assert isinstance(settings, dict)
    kernel = settings["@jupyterlite/pyodide-kernel-extension:kernel"]

    assert kernel["disablePyPIFallback"] is True
    assert kernel["pipliteUrls"] == []
    assert re.fullmatch(r"\./\.\./_passerelle/.*/pyodide\.mjs", kernel["pyodideUrl"])


def test_a_kernel_with_a_snapshot_is_told_where_everything_is() -> None:
    start = KernelStart("_passerelle/snapshot-01/snapshot.json", "sha256-AAAA")
    config = course_config(SHELL, "_passerelle/pyodide-314.0.3", "rna", "fr", start)
    settings, plain = config["litePluginSettings"], CONFIG["litePluginSettings"]
    assert isinstance(settings, dict)
    assert isinstance(plain, dict)
    (kernel,), (without,) = settings.values(), plain.values()

    assert kernel["pyodideUrl"] == f"./../{SHELL.prefix}/restore-snapshot.mjs"
    assert kernel["loadPyodideOptions"] == {
        **without["loadPyodideOptions"],
        "indexURL": "./../_passerelle/pyodide-314.0.3/",
        "snapshotURL": "./../_passerelle/snapshot-01/snapshot.json",
        "snapshotIntegrity": "sha256-AAAA",
    }
