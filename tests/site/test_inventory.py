import hashlib
import json
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from lite_site.site.inventory import Component, components_of_bundle, render_manifest, render_sbom
from lite_site.site.tree import Entry
from tests.small import is_whole

VALIDATOR = JsonStrictValidator(SchemaVersion.V1_6)
NUMPY = Component("pypi", "numpy", "2.4.3", "BSD-3-Clause", "ab" * 32)


def test_the_manifest_names_every_file_but_itself() -> None:
    files = {"b/é.txt": Entry("b" * 64, 3, 1), "a.html": Entry("a" * 64, 5, 2), "manifest.json": Entry("c" * 64, 9, 3)}

    assert json.loads(render_manifest(files)) == {
        "files": {"a.html": {"sha256": "a" * 64, "size": 5}, "b/é.txt": {"sha256": "b" * 64, "size": 3}}
    }
    assert render_manifest(files) == render_manifest(dict(reversed(files.items())))


@pytest.mark.parametrize(
    ("component", "purl"),
    [
        (NUMPY, "pkg:pypi/numpy@2.4.3"),
        (Component("npm", "@jupyterlab/apputils", "4.6.1"), "pkg:npm/%40jupyterlab/apputils@4.6.1"),
        (Component("pypi", "pyodide-kernel", "0.8.6+local"), "pkg:pypi/pyodide-kernel@0.8.6%2Blocal"),
    ],
)
def test_package_urls(component: Component, purl: str) -> None:
    assert component.purl == purl


@pytest.mark.parametrize(
    "licence",
    ["", "MIT", "BSD License", "Apache-2.0 OR MIT", "(MIT AND Zlib)", "GPL-2.0-only WITH Classpath-exception-2.0"],
)
def test_the_bill_is_valid_whatever_the_licence_field_says(licence: str) -> None:
    bill = render_sbom([Component("pypi", "x", "1", licence, "ab" * 32), NUMPY], "0.1").decode()

    assert VALIDATOR.validate_str(bill) is None


def test_the_bill_is_the_same_for_the_same_packages() -> None:
    other = Component("npm", "react", "18.2.0", "MIT")

    assert render_sbom([NUMPY, other], "1") == render_sbom([other, NUMPY, NUMPY], "1")
    assert render_sbom([NUMPY], "1") != render_sbom([other], "1")


def test_a_package_named_twice_is_listed_once() -> None:
    """Two bundles may carry one package and differ in how they write its licence; a reference must be unique."""
    bill = json.loads(render_sbom([NUMPY, Component("pypi", "numpy", "2.4.3", "BSD")], "1"))

    assert [component["bom-ref"] for component in bill["components"]] == ["pkg:pypi/numpy@2.4.3"]


def test_packages_of_a_bundle() -> None:
    text = json.dumps(
        {"packages": [{"name": "a", "versionInfo": "1.0", "licenseId": "MIT"}, {"name": "b", "versionInfo": None}]}
    )
    assert list(components_of_bundle(text)) == [Component("npm", "a", "1.0", "MIT"), Component("npm", "b", "0")]


def test_the_shipped_sites_bill_is_valid_and_names_every_wheel(built_site: Path) -> None:
    text = (built_site / "sbom.cdx.json").read_text()
    assert VALIDATOR.validate_str(text) is None

    components = json.loads(text)["components"]
    references = [component["bom-ref"] for component in components]
    assert len(set(references)) == len(references)
    hashes = {entry["content"] for component in components for entry in component.get("hashes", [])}
    wheels = list((built_site / "_passerelle" / "wheels").rglob("*.whl"))
    assert {hashlib.sha256(wheel.read_bytes()).hexdigest() for wheel in wheels} <= hashes
    assert {"numpy", "pyodide", "passerelle", "react", "ipywidgets"} <= {component["name"] for component in components}
    assert all(component.get("licenses") for component in components)


def test_the_shipped_sites_manifest_is_complete(built_site: Path) -> None:
    assert is_whole(built_site)
