"""The site's papers: a manifest of every file and a bill of materials of every package in it."""

import json
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from lite_site.site.tree import Entry

MANIFEST = "manifest.json"
SHARED = "_passerelle"
SBOM = "sbom.cdx.json"


@dataclass(frozen=True, slots=True, order=True)
class Component:
    """One package the site carries. `ecosystem` is the package URL type: pypi, npm or generic."""

    ecosystem: str
    name: str
    version: str
    licence: str = ""
    sha256: str = ""

    @property
    def purl(self) -> str:
        """The package URL (https://github.com/package-url/purl-spec)."""
        return f"pkg:{self.ecosystem}/{quote(self.name)}@{quote(self.version, safe='')}"


def render_manifest(files: Mapping[str, Entry]) -> bytes:
    """Every file of the site but the manifest itself, with sha256 and size in bytes."""
    listed = {
        path: {"sha256": files[path].sha256, "size": files[path].size} for path in sorted(files) if path != MANIFEST
    }
    return (json.dumps({"files": listed}, ensure_ascii=False, indent=0) + "\n").encode()


def render_sbom(components: Iterable[Component], generator_version: str) -> bytes:
    """A CycloneDX 1.6 bill of materials (https://cyclonedx.org/docs/1.6/json/); its serial number is its content's."""
    by_purl = {component.purl: component for component in sorted(components)}
    listed = [_component(by_purl[purl]) for purl in sorted(by_purl)]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(listed, sort_keys=True))
    document = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "tools": {"components": [{"type": "application", "name": "passerelle", "version": generator_version}]}
        },
        "components": listed,
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def components_of_bundle(text: str) -> Iterable[Component]:
    """The npm packages a `third-party-licenses.json` of JupyterLab's builder names."""
    for package in json.loads(text).get("packages", []):
        yield Component("npm", package["name"], package.get("versionInfo") or "0", package.get("licenseId") or "")


def _component(component: Component) -> dict[str, object]:
    described: dict[str, object] = {
        "type": "library",
        "bom-ref": component.purl,
        "name": component.name,
        "version": component.version,
        "purl": component.purl,
    }
    if component.sha256:
        described["hashes"] = [{"alg": "SHA-256", "content": component.sha256}]
    if component.licence:
        described["licenses"] = [_licence(component.licence)]
    return described


def _licence(licence: str) -> dict[str, object]:
    if " OR " in licence or " AND " in licence or " WITH " in licence:
        return {"expression": licence}
    return {"license": {"name": licence}}
